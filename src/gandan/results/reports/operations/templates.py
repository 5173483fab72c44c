"""Taking up the templates of superiors, and beginning several reports at once by them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_for_all, tops
from gandan.ground.organisations.rights import Right
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.reports.models import OwedReport, Report, ReportTemplate
from gandan.results.reports.operations.approving import submit
from gandan.results.reports.operations.owing import begin_owed
from gandan.results.reports.rules import ReportStatus, read_templates

TEMPLATES = Path(__file__).parent.parent / "data" / "templates.yaml"


@operation
def set_templates(*, text: str, by: Person, on: date) -> list[ReportTemplate]:
    """Take up templates from their file. What a template says from a day on leaves reports that are begun as they are.

    :raises BadTemplate: if it can't be read
    :raises NotAllowed: if `by` may not manage programmes for everybody
    """
    require_for_all(Right.MANAGE_PROGRAMMES, by=by, on=on)
    made = []
    for one in read_templates(text, CATALOGUE):
        told = {
            "title": one.title, "title_en": one.title_en, "layout": one.layout, "first_day": one.first_day,
            "addressed_to": one.addressed_to, "rows": [asdict(row) for row in one.rows],
            "sections": [asdict(section) for section in one.sections], "source": one.source,
        }  # fmt: skip
        known = ReportTemplate.objects.filter(code=one.code, valid_from=one.valid_from).first()
        if known is not None and all(getattr(known, name) == value for name, value in told.items()):
            continue
        found, _ = ReportTemplate.objects.update_or_create(code=one.code, valid_from=one.valid_from, defaults=told)
        record(Kind.TEMPLATE_SET, about=found, unit=tops(on)[0], day=on, by=by)
        made.append(found)
    if not made:
        unchanged()
    return made


@operation
def begin_several(*, owed: Sequence[int], simulated: bool, by: Person, on: date) -> list[Report]:
    """Begin several owed reports at once, each by its superior's template, prefilled from the ledger.

    :raises NotAllowed: if `by` may not write reports at one of the units
    """
    waiting = OwedReport.objects.filter(pk__in=list(owed), report=None).order_by("pk").values_list("pk", flat=True)
    made = [begin_owed(owed=pk, simulated=simulated, by=by, on=on) for pk in waiting]
    if not made:
        unchanged()
    return made


@operation
def submit_several(*, owed: Sequence[int], by: Person, on: date) -> list[Report]:
    """Lay several drafts before the head of the unit at once.

    :raises NotAllowed: if `by` may not write reports at one of the units
    :raises PeriodNotOver: if a day of one's period is not over
    :raises BrokenText: if one's text can't be read
    :raises StillToWrite: if something of one is still to be written
    """
    drafts = Report.objects.filter(owed__pk__in=list(owed), status=ReportStatus.DRAFT.value).order_by("pk")
    made = [submit(report=one, by=by, on=on) for one in drafts]
    if not made:
        unchanged()
    return made
