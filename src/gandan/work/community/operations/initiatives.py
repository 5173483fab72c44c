"""Initiatives: proposed, tried, recognised under a number, copied by others; and commendations."""

from collections.abc import Collection
from datetime import date

from gandan.ground.documents.operations import Register
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require, require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.community.models import Commendation, CommunityModel, Copy, Initiative
from gandan.work.community.operations.registering import NothingSaid
from gandan.work.community.rules import Merit, Step, check_nameless, may_follow

RECOGNISED, COMMENDED = "CNSK", "QĐ-KT"
AT_ONCE = 500


class WrongStep(Refused):
    """The initiative does not stand where this can be done."""


@operation
def propose(*, unit: Unit, title: str, summary: str, by: Person, on: date) -> Initiative:
    """Propose an initiative.

    :raises NotAllowed: if `by` may not write the work with people at this unit
    :raises NothingSaid: if it has no title
    :raises NamesSomebody: if it seems to name somebody
    """
    require(Right.WRITE_COMMUNITY, by=by, unit=unit, on=on)
    if not title.strip():
        raise NothingSaid(gettext_noop("Sáng kiến cần một tên gọi."))
    check_nameless(f"{title}\n{summary}")
    check_standing(unit, on)
    made = Initiative.objects.create(unit=unit, title=title.strip(), summary=summary.strip(), proposed_on=on)
    record(Kind.INITIATIVE_PROPOSED, unit=unit, day=on, by=by, about=made)
    return made


def _stepped(initiative: int, step: Step, right: Right, by: Person, on: date) -> Initiative:
    fresh = Initiative.objects.select_for_update(of=("self",)).select_related("unit").get(pk=initiative)
    require(right, by=by, unit=fresh.unit, on=on)
    if not may_follow(Step(fresh.step), step):
        raise WrongStep(gettext_noop("Sáng kiến này không ở bước đó."))
    fresh.step = step.value
    return fresh


@operation
def try_out(*, initiative: int, result: str, by: Person, on: date) -> Initiative:
    """Say what came of trying an initiative.

    :raises NotAllowed: if `by` may not write the work with people at its unit
    :raises WrongStep: if it was not just proposed
    :raises NothingSaid: if there is no result
    :raises NamesSomebody: if the result seems to name somebody
    """
    fresh = _stepped(initiative, Step.TRIED, Right.WRITE_COMMUNITY, by, on)
    if not result.strip():
        raise NothingSaid(gettext_noop("Xin ghi kết quả làm thử."))
    check_nameless(result)
    fresh.result, fresh.tried_on = result.strip(), on
    fresh.save()
    record(Kind.INITIATIVE_TRIED, unit=fresh.unit, day=on, by=by, about=fresh)
    return fresh


@operation
def recognise_initiative(*, initiative: int, by: Person, on: date) -> Initiative:
    """Recognise an initiative that was tried, under the next number of its unit's register.

    :raises NotAllowed: if `by` may not recognise at its unit
    :raises WrongStep: if it was not tried
    """
    fresh = _stepped(initiative, Step.RECOGNISED, Right.RECOGNISE_MODELS, by, on)
    (number,) = Register(fresh.unit, RECOGNISED, on.year).take()
    fresh.decision, fresh.decided_on = f"{number:02d}/{RECOGNISED}-{fresh.unit.code}", on
    fresh.save()
    record(Kind.INITIATIVE_RECOGNISED, unit=fresh.unit, day=on, by=by, about=fresh)
    return fresh


@operation
def decline_initiative(*, initiative: int, by: Person, on: date) -> Initiative:
    """Decide that an initiative is not taken further.

    :raises NotAllowed: if `by` may not recognise at its unit
    :raises WrongStep: if it was decided already
    """
    fresh = _stepped(initiative, Step.DECLINED, Right.RECOGNISE_MODELS, by, on)
    fresh.decided_on = on
    fresh.save()
    record(Kind.INITIATIVE_DECLINED, unit=fresh.unit, day=on, by=by, about=fresh)
    return fresh


@operation
def copy(*, initiative: int, unit: Unit, by: Person, on: date) -> Copy:
    """Note that another unit takes up a recognised initiative; said twice, it is once.

    :raises NotAllowed: if `by` may not write the work with people at that unit
    :raises WrongStep: if it is not recognised, or is that unit's own
    """
    require(Right.WRITE_COMMUNITY, by=by, unit=unit, on=on)
    fresh = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative)
    if fresh.step != Step.RECOGNISED.value or fresh.unit_id == unit.pk:
        raise WrongStep(gettext_noop("Chỉ làm theo sáng kiến đã công nhận của đơn vị khác."))
    made, new = Copy.objects.get_or_create(initiative=fresh, unit=unit, defaults={"on": on})
    if new:
        record(Kind.INITIATIVE_COPIED, unit=unit, day=on, by=by, about=fresh)
    else:
        unchanged()
    return made


@operation
def commend(
    *,
    unit: Unit,
    merit: Merit,
    name: str,
    reason: str,
    by: Person,
    on: date,
    initiative: int | None = None,
    model: int | None = None,
) -> Commendation:
    """Commend a collective or a person, under the next number of the unit's decisions.

    :raises NotAllowed: if `by` may not recognise at this unit
    :raises NothingSaid: if there is no name, or no reason
    """
    require(Right.RECOGNISE_MODELS, by=by, unit=unit, on=on)
    if not name.strip() or not reason.strip():
        raise NothingSaid(gettext_noop("Xin ghi khen ai và vì việc gì."))
    check_nameless(reason)
    check_standing(unit, on)
    (number,) = Register(unit, COMMENDED, on.year).take()
    made = Commendation.objects.create(
        unit=unit, merit=merit.value, name=name.strip(), reason=reason.strip(), decision=f"{number:02d}/{COMMENDED}-{unit.code}",
        decided_on=on, initiative=Initiative.objects.filter(pk=initiative).first() if initiative else None,
        model=CommunityModel.objects.filter(pk=model).first() if model else None,
    )  # fmt: skip
    record(Kind.COMMENDATION_GIVEN, unit=unit, day=on, by=by, about=made, merit=merit.value)
    return made


@operation
def erase_commended(*, before: date, but: Collection[int], by: Person, on: date) -> list[int]:
    """Take the names out of commendations decided before a day; number and reason stay. Return their numbers.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    ended = Commendation.objects.filter(decided_on__lt=before, forgotten_on=None).exclude(pk__in=but)
    numbers = list(ended.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    Commendation.objects.filter(pk__in=numbers).update(name="", forgotten_on=on)
    return numbers
