"""The cascade: a unit derives its own plan from the programme, and keeps the thread to it."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.rights import Right
from gandan.results.programmes.models import Draft, Party, Programme
from gandan.results.programmes.operations.drafting import AlreadyDrafted, BadText, open_draft
from gandan.results.programmes.operations.enacting import in_force
from gandan.results.programmes.operations.taking import ProgrammeClosed
from gandan.results.programmes.rules import Part, PartKind

LONGEST = 40


class NotItsProgramme(Refused):
    """No plan is derived from that."""


@operation
def derive_plan(*, programme: Programme, unit: Unit, by: Person, on: date, signs_as: str = "Thủ trưởng đơn vị") -> Draft:
    """Begin a unit's own plan: the programme's contents, tasks and targets, to be made its own. Each keeps its thread.

    :raises NotAllowed: if `by` may not write plans of the unit
    :raises ProgrammeClosed: if the programme has been closed
    :raises NotItsProgramme: if no text is in force, or it is a plan itself
    :raises AlreadyDrafted: if the unit has its plan
    :raises NotStanding: if the unit does not exist on the day
    """
    require(Right.WRITE_PLANS, by=by, unit=unit, on=on)
    check_standing(unit, on)
    if programme.closed_on:
        raise ProgrammeClosed(gettext_noop("Chương trình {code} đã tổng kết, không sửa được nữa."), code=programme.code)
    upper = in_force(programme)
    if programme.upper_id is not None or not upper:
        raise NotItsProgramme(gettext_noop("Kế hoạch của đơn vị lập từ một chương trình đang có hiệu lực."))
    if Programme.objects.filter(upper=programme, unit=unit, closed_on=None).exists():
        raise AlreadyDrafted(gettext_noop("{unit} đã có kế hoạch theo chương trình {code}."), unit=unit.name, code=programme.code)
    title = plan_title(programme, unit)
    return begin_plan(programme, unit, list(_derived(upper, title, programme.title, unit, on)), signs_as=signs_as, by=by, on=on)


def plan_title(programme: Programme, unit: Unit) -> str:
    return f"Kế hoạch của {unit.name} thực hiện {programme.title[0].lower()}{programme.title[1:]}"[:300]


def begin_plan(programme: Programme, unit: Unit, parts: Sequence[Part], *, signs_as: str, by: Person, on: date) -> Draft:
    """Lay out a unit's plan under a programme, to be written on by the unit.

    :raises BadText: if it can't be given a code
    """
    code, title = f"{programme.code}-{unit.code.lower()}", plan_title(programme, unit)
    if len(code) > LONGEST or Programme.objects.filter(code=code).exists():
        raise BadText(gettext_noop("Không đặt được mã cho kế hoạch của {unit}."), unit=unit.name)
    plan = Programme.objects.create(
        code=code, title=title, unit=unit, line=programme.line, upper=programme, verified=True, source=programme.code,
        during=DateRange(max(programme.during.lower, unit.founded_on), programme.during.upper), basis=[programme.title],
    )  # fmt: skip
    Party.objects.create(programme=plan, position=1, unit=unit, signs_as=signs_as[:80])
    draft = open_draft(plan, 0, "", parts, by, on)
    record(Kind.PLAN_DERIVED, about=plan, unit=unit, day=on, by=by)
    return draft


def _derived(upper: Sequence[Part], title: str, of: str, unit: Unit, on: date) -> Iterator[Part]:
    """Each part of the programme as the unit's own: it does the tasks, and aims no lower from this year on."""
    for part in upper:
        match part.kind:
            case PartKind.TITLE:
                yield Part(part.key, part.kind, title)
            case PartKind.BASIS:
                yield Part(part.key, part.kind, of)
            case PartKind.TASK:
                kept = {name: part.facts[name] for name in ("every", "text_en") if part.facts.get(name)}
                due = part.facts.get("due_on", "")
                ahead = {"due_on": due} if due >= on.isoformat() else {}
                yield Part(
                    part.key, part.kind, part.text, part.parent, {**kept, **ahead, "units": [unit.code], "upper": part.key}
                )
            case PartKind.INDICATOR:
                targets = [
                    {name: value for name, value in target.items() if name != "unit"}
                    for target in part.facts.get("targets", ())
                    if int(target["year"]) >= on.year and not target.get("unit")
                ]
                yield Part(part.key, part.kind, "", part.parent, {"measure": part.facts["measure"], "targets": targets})
            case PartKind.CONTENT:
                facts = {"upper": part.key, "title_en": part.facts.get("title_en", "")}
                yield Part(part.key, part.kind, part.text, part.parent, facts)
            case PartKind.PERIOD | PartKind.PARTIES:
                continue  # a plan has those of the programme, and of the unit
            case _:
                yield Part(part.key, part.kind, part.text, part.parent)
