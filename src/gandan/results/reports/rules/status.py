"""What a report can be."""

from enum import StrEnum


class ReportStatus(StrEnum):
    DRAFT = "draft"
    FROZEN = "frozen"


class ReportKind(StrEnum):
    CLOSING = "closing"  # tổng kết: closes a programme
    INTERIM = "interim"  # sơ kết: while a programme runs
    PERIODIC = "periodic"  # of a period, without a programme
