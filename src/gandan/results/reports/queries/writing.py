"""How a report comes about: versions, comments, explanations, steps, and changes that ask for an explanation."""

from dataclasses import dataclass
from datetime import date, datetime

from gandan.results.reports.models import Explanation, Report, ReportComment, ReportStep, SectionVersion
from gandan.results.reports.queries.compiling import section_blocks
from gandan.results.reports.rules import RESULTS, ReportStatus, Sheet, WayStep, is_unwritten, times_vi


@dataclass(frozen=True)
class VersionRow:
    """A version of a section."""

    number: int
    text: str
    merged: bool
    by_name: str
    at: datetime


@dataclass(frozen=True)
class SectionToWrite:
    """A section in which something is still to be written."""

    position: int
    title: str


@dataclass(frozen=True)
class CommentRow:
    """What somebody said beside a section."""

    id: int
    position: int
    text: str
    by_name: str
    on: date
    settled_on: date | None


@dataclass(frozen=True)
class StepRow:
    """A step on the way of a report."""

    step: WayStep
    reason: str
    unit_id: int
    by_name: str
    on: date
    at: datetime


@dataclass(frozen=True)
class Unusual:
    """A figure that changed so much that a reader asks why."""

    code: str
    said: str
    explained: str


def still_to_write(report: Report) -> list[SectionToWrite]:
    """Return the sections in which something is still to be written, in order. Where the tables stand, no words are owed."""
    blocks = section_blocks(report, strict=False)
    return [
        SectionToWrite(one.position, one.title)
        for one in report.sections.all()
        if one.pk in blocks and is_unwritten(blocks[one.pk]) and (blocks[one.pk] or one.position != RESULTS)
    ]


def versions(report: Report, position: int) -> list[VersionRow]:
    """Return the versions of a section, the newest first."""
    found = SectionVersion.objects.filter(section__report=report, section__position=position).select_related("by")
    return [VersionRow(one.number, one.text, one.merged, one.by.name, one.at) for one in found.order_by("-number")[:100]]


def writers(report: Report) -> list[str]:
    """Return the names of those who have written on a report."""
    found = SectionVersion.objects.filter(section__report=report, base__gt=0).order_by("by__name")
    return list(dict.fromkeys(found.values_list("by__name", flat=True)))


def comments(report: Report) -> list[CommentRow]:
    """Return what was said beside the sections, the oldest first."""
    found = ReportComment.objects.filter(section__report=report).select_related("section", "by")
    return [CommentRow(one.pk, one.section.position, one.text, one.by.name, one.on, one.settled_on) for one in found]


def steps(report: Report) -> list[StepRow]:
    """Return the way of a report, the newest step first."""
    found = ReportStep.objects.filter(report=report).select_related("by").order_by("-pk")
    return [StepRow(WayStep(one.step), one.reason, one.unit_id, one.by.name, one.on, one.at) for one in found]


def written_anew(report: Report) -> bool:
    """Say whether a report that was sent back is being written anew."""
    return Report.objects.filter(replaces=report).exists()


def sent_back(report: Report) -> StepRow | None:
    """Return the step by which a draft, or the report it is written anew from, was last sent back, as long as that holds."""
    if report.status not in {ReportStatus.DRAFT, ReportStatus.RETURNED}:
        return None
    back = {WayStep.TAKEN_BACK, WayStep.RETURNED}
    last = next(iter(steps(report)), None)
    if last is None and report.replaces is not None:
        return next((one for one in steps(report.replaces) if one.step in back), None)
    return last if last is not None and last.step in back else None


def used_above(report: Report) -> bool:
    """Say whether a frozen report of a unit above rests on this one, so that it can't be sent back any more."""
    return report.cited_by.exists()


def explanations(report: Report) -> dict[str, str]:
    """Return what the unit says of figures that changed much, by measure."""
    return dict(Explanation.objects.filter(report=report).values_list("code", "text"))


def unusual(report: Report, sheet: Sheet) -> list[Unusual]:
    """Return the changes that ask for an explanation, each with what was said of it."""
    explained, found = explanations(report), []
    for measure in sheet.measures:
        held, own = sheet.comparisons.get(measure.code), sheet.at(measure.code, sheet.period)
        if held and held.unusual and own:
            said = times_vi(own.cell.value, held.before, share=measure.suffix == "%")
            found.append(Unusual(measure.code, said, explained.get(measure.code, "")))
    return found
