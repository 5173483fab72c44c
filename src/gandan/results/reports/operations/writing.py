"""Writing a draft together: every save is a version, what two wrote at once is joined, what is said beside it stays beside it."""

from dataclasses import dataclass
from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require, standing_heir
from gandan.ground.organisations.rights import Right
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import measure
from gandan.results.reports.models import Explanation, Report, ReportComment, ReportSection, SectionVersion
from gandan.results.reports.operations.taking import refuse_frozen, taken_draft
from gandan.results.reports.queries import resolved
from gandan.results.reports.rules import Merged, bound, merge, read


class NothingSaid(Refused):
    """A comment or an explanation has words."""


class UnknownSection(Refused):
    """The report has no such section or version."""


@dataclass(frozen=True)
class Saved:
    """What a save came to: the section as it now is, the version that holds what was sent, in how many places both were kept."""

    section: ReportSection
    sent: int
    both: int = 0
    merged: bool = False


@operation
def write_section(
    *, report: Report, position: int, text: str, by: Person, on: date, title: str = "", base: int | None = None
) -> ReportSection:
    """Write a section of a draft; one that is not there yet is added. What others saved since `base` is joined in.

    :raises NotAllowed: if `by` may not write reports at the unit
    :raises AlreadyFrozen: if the report is frozen
    :raises AlreadySubmitted: if it lies before the head
    :raises BrokenText: if the text can't be read, naming the line
    :raises BadReference: if it binds a unit or a period that does not exist, naming the line
    """
    report = taken_draft(report, Right.WRITE_REPORTS, by, on)
    for _ in resolved(report, bound(read(text, CATALOGUE))):
        pass
    section = ReportSection.objects.filter(report=report, position=position).first()
    if section and section.text == text and title in {"", section.title}:
        unchanged()
        return section
    if section is None:
        section = ReportSection.objects.create(report=report, position=position, title=title, text=text)
        SectionVersion.objects.create(section=section, number=1, base=0, text=text, by=by, on=on)
    else:
        section.title = title or section.title
        _save(section, text, section.version if base is None else base, by, on)
    record(Kind.REPORT_EDITED, about=report, unit=standing_heir(report.unit, on), day=on, by=by)
    return section


@operation
def autosave_section(*, report: Report, position: int, text: str, base: int, by: Person, on: date) -> Saved:
    """Keep what somebody is writing, whether it can be read yet or not, joined with what others saved since version `base`.

    The ledger is told once a day of each who writes.

    :raises NotAllowed: if `by` may not write reports at the unit
    :raises AlreadyFrozen: if the report is frozen
    :raises AlreadySubmitted: if it lies before the head
    :raises UnknownSection: if there is no such section, or it has no such version
    """
    report = taken_draft(report, Right.WRITE_REPORTS, by, on)
    section = ReportSection.objects.filter(report=report, position=position).first()
    if section is None or not 1 <= base <= section.version:
        raise UnknownSection(gettext_noop("Báo cáo không có mục này, hoặc mục chưa có bản đó."))
    known = SectionVersion.objects.filter(section__report=report, by=by, on=on).exists()
    if text == SectionVersion.objects.get(section=section, number=base).text:  # nothing new: only what others wrote comes back
        unchanged()
        return Saved(section, base, merged=base != section.version)
    merged, sent = _save(section, text, base, by, on)
    if known:
        unchanged()
    else:
        record(Kind.REPORT_EDITED, about=report, unit=standing_heir(report.unit, on), day=on, by=by)
    return Saved(section, sent, merged.both, section.text != text)


@operation
def restore_version(*, report: Report, position: int, number: int, by: Person, on: date) -> ReportSection:
    """Take an earlier version of a section back as its newest.

    :raises NotAllowed: if `by` may not write reports at the unit
    :raises AlreadyFrozen: if the report is frozen
    :raises AlreadySubmitted: if it lies before the head
    :raises UnknownSection: if there is no such version
    """
    report = taken_draft(report, Right.WRITE_REPORTS, by, on)
    version = SectionVersion.objects.filter(section__report=report, section__position=position, number=number).first()
    if version is None:
        raise UnknownSection(gettext_noop("Báo cáo không có mục này, hoặc mục chưa có bản đó."))
    section = ReportSection.objects.get(report=report, position=position)
    _save(section, version.text, section.version, by, on)
    record(Kind.REPORT_EDITED, about=report, unit=standing_heir(report.unit, on), day=on, by=by)
    return section


@operation
def comment(*, report: Report, position: int, text: str, by: Person, on: date) -> ReportComment:
    """Say something beside a section: whoever writes, approves or reads the figures of the unit may.

    :raises NotAllowed: if `by` may not read figures at the unit
    :raises AlreadyFrozen: if the report is frozen
    :raises UnknownSection: if there is no such section
    :raises NothingSaid: if it is empty
    """
    found = Report.objects.select_for_update(of=("self",)).select_related("unit").get(pk=report.pk)
    require(Right.READ_FIGURES, by=by, unit=found.unit, on=on)
    refuse_frozen(found)
    section = ReportSection.objects.filter(report=found, position=position).first()
    if section is None:
        raise UnknownSection(gettext_noop("Báo cáo không có mục này, hoặc mục chưa có bản đó."))
    made = ReportComment.objects.create(section=section, text=_words(text), by=by, on=on)
    record(Kind.REPORT_COMMENTED, about=found, unit=standing_heir(found.unit, on), day=on, by=by)
    return made


@operation
def settle_comment(*, report: Report, number: int, by: Person, on: date) -> ReportComment:
    """Say that what a comment asked for is done.

    :raises NotAllowed: if `by` may not write reports at the unit
    :raises AlreadyFrozen: if the report is frozen
    :raises AlreadySubmitted: if it lies before the head
    :raises UnknownSection: if the report has no such comment
    """
    report = taken_draft(report, Right.WRITE_REPORTS, by, on)
    found = ReportComment.objects.filter(pk=number, section__report=report).first()
    if found is None:
        raise UnknownSection(gettext_noop("Báo cáo không có góp ý này."))
    unchanged()
    found.settled_on, found.settled_by = on, by
    found.save(update_fields=["settled_on", "settled_by"])
    return found


@operation
def explain_change(*, report: Report, code: str, text: str, by: Person, on: date) -> Explanation:
    """Say why a figure changed so much.

    :raises NotAllowed: if `by` may not write reports at the unit
    :raises AlreadyFrozen: if the report is frozen
    :raises AlreadySubmitted: if it lies before the head
    :raises UnknownMeasure: if there is no such measure
    :raises NothingSaid: if it is empty
    """
    report = taken_draft(report, Right.WRITE_REPORTS, by, on)
    code, words = measure(code).code, _words(text)
    made, _ = Explanation.objects.update_or_create(report=report, code=code, defaults={"text": words, "by": by, "on": on})
    record(Kind.REPORT_EDITED, about=report, unit=standing_heir(report.unit, on), day=on, by=by)
    return made


def _save(section: ReportSection, text: str, base: int, by: Person, on: date) -> tuple[Merged, int]:
    """Keep a text as it was sent, and joined with what came meanwhile as a version of its own; return the number of the first."""
    had = SectionVersion.objects.filter(section=section, number=base).values_list("text", flat=True).first()
    merged = merge(had if had is not None else section.text, text, section.text)
    sent = section.version + 1
    made = [SectionVersion(section=section, number=sent, base=base, text=text, by=by, on=on)]
    if merged.text != text:
        made.append(SectionVersion(section=section, number=sent + 1, base=sent, text=merged.text, merged=True, by=by, on=on))
    SectionVersion.objects.bulk_create(made)
    section.text, section.version = merged.text, made[-1].number
    section.save()
    return merged, sent


def _words(text: str) -> str:
    if not text.strip():
        raise NothingSaid(gettext_noop("Xin viết vài lời trước khi gửi."))
    return text.strip()
