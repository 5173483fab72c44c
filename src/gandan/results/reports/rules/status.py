"""What a report can be."""

from enum import StrEnum


class ReportStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"  # laid before the head of the unit
    FROZEN = "frozen"  # approved: its figures never change again
    RETURNED = "returned"  # approved, then sent back by the unit above; it is not cited


# Whose figures were stored at a posting.
FROZEN_ONCE = frozenset({ReportStatus.FROZEN, ReportStatus.RETURNED})


class ReportKind(StrEnum):
    CLOSING = "closing"  # tổng kết: closes a programme
    INTERIM = "interim"  # sơ kết: while a programme runs
    PERIODIC = "periodic"  # of a period, without a programme


class WayStep(StrEnum):
    """A step on the way of a report."""

    SUBMITTED = "submitted"
    TAKEN_BACK = "taken_back"  # by the head of its own unit, to be written on
    APPROVED = "approved"
    RETURNED = "returned"  # by the unit above
    NUMBERED = "numbered"
    SIGNED = "signed"
    PUBLISHED = "published"
    RESTATED = "restated"
