"""Items go from hand to hand: one person gives, another takes, both by name; the last hand is the depot's."""

from collections.abc import Sequence
from datetime import date, datetime

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record, record_many, unchanged
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.queries.atlas import atlas
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.operations import hand_over as hand_promises_over
from gandan.ground.promises.operations import keep_many
from gandan.ground.promises.queries import open_about
from gandan.work.voice.flow import WrongState
from gandan.work.voice.kinds import DEPOT
from gandan.work.voice.models import Case, Item, Link, Protocol
from gandan.work.voice.operations.holding import ABOUT
from gandan.work.voice.operations.passing import NotTheirWork
from gandan.work.voice.queries.handovers.chain import signed_link
from gandan.work.voice.rules.brought import tidy
from gandan.work.voice.rules.handovers.chain import NotInHand, SamePerson, Where


@operation
def give(
    *, protocol: Protocol | int, items: Sequence[int], to: Unit, to_depot: bool, words: str, by: Person, on: date, at: datetime
) -> Link:
    """Give items to another unit, or into the depot. They are on their way until somebody there signs.

    :param items: their places in the record
    :raises NotAllowed: if `by` may not work on such cases at the unit that holds them
    :raises NotInHand: if there are none, or some are elsewhere
    :raises NotTheirWork: if the other unit is none of the police, or holds them already
    :raises NotStanding: if the other unit does not exist on the day
    """
    number = protocol if isinstance(protocol, int) else protocol.pk
    fresh = Protocol.objects.select_for_update(of=("self",)).select_related("case").filter(pk=number).first()
    if fresh is None:
        raise NotInHand(gettext_noop("Việc này chưa có biên bản nào."))
    found = list(fresh.items.filter(nth__in=list(items), where=Where.HELD.value).select_related("holder").order_by("nth"))
    holders = {one.holder_id for one in found}
    if fresh.second_by_id is None or not found or len(found) != len(set(items)) or len(holders) != 1:
        raise NotInHand(gettext_noop("Chọn vật đang ở cùng một đơn vị, theo biên bản đã đủ hai người ký."))
    holder = found[0].holder
    require(Right.ANSWER_VOICE, by=by, unit=holder, on=on)
    check_standing(to, on)
    if Line.POLICE not in atlas().tree.lines(to.pk) or (to.pk == holder.pk and not to_depot):
        raise NotTheirWork(gettext_noop("{unit} không nhận được vật này."), unit=to.name)
    link = Link.objects.create(
        protocol=fresh, from_unit=holder, to_unit=to, to_depot=to_depot, words=tidy(words, 400), given_by=by, given_on=on,
        given_at=at,
    )  # fmt: skip
    link.items.set(found)
    Item.objects.filter(pk__in=[one.pk for one in found]).update(where=Where.ON_WAY.value)
    record(Kind.HANDOVER_GIVEN, about=fresh.case, unit=holder, day=on, by=by, amount=len(found))
    return link


@operation
def take(*, link: Link | int, remarks: str, by: Person, on: date, at: datetime) -> Link:
    """Sign that items have come: they are in these hands now. When all are in the depot, nothing is owed any more.

    :raises NotAllowed: if `by` may not work on such cases at the unit they were given to
    :raises WrongState: if somebody signed before
    :raises SamePerson: if `by` gave them
    """
    fresh = _on_way(link)
    require(Right.ANSWER_VOICE, by=by, unit=fresh.to_unit, on=on)
    if fresh.given_by_id == by.pk:
        raise SamePerson
    fresh.taken_by, fresh.taken_on, fresh.taken_at, fresh.remarks = by, on, at, tidy(remarks, 400)
    fresh.nth = fresh.protocol.links.exclude(nth=None).count() + 1
    fresh.digest = signed_link(fresh).digest
    fresh.save(update_fields=["taken_by", "taken_on", "taken_at", "remarks", "nth", "digest"])
    where = Where.STORED if fresh.to_depot else Where.HELD
    many = fresh.items.update(holder=fresh.to_unit, where=where.value)
    kind = Kind.HANDOVER_STORED if fresh.to_depot else Kind.HANDOVER_TAKEN
    case = fresh.protocol.case
    record(kind, about=case, unit=fresh.to_unit, day=on, by=by, amount=many)
    owed = open_about(ABOUT, [case.pk], DEPOT).get(case.pk)
    left = set(fresh.protocol.items.exclude(where=Where.STORED.value).values_list("holder_id", flat=True))
    if owed is not None and not left:
        keep_many(promises=[owed.pk], by=by, on=on)
    elif owed is not None and left == {fresh.to_unit_id} and owed.unit_id != fresh.to_unit_id:
        hand_promises_over(moves={owed.pk: fresh.to_unit}, by=by, on=on)
    return fresh


@operation
def take_back(*, link: Link | int, by: Person, on: date) -> None:
    """Keep items after all that were given and not taken.

    :raises NotAllowed: if `by` may not work on such cases at the unit that gave them
    :raises WrongState: if somebody signed for them
    """
    fresh = _on_way(link)
    require(Right.ANSWER_VOICE, by=by, unit=fresh.from_unit, on=on)
    fresh.items.update(where=Where.HELD.value)
    record(Kind.HANDOVER_KEPT_BACK, about=fresh.protocol.case, unit=fresh.from_unit, day=on, by=by)
    fresh.delete()


@operation
def follow_items(*, unit: Unit, by: Person, on: date) -> int:
    """Let the main heir of a unit that has ended hold its items; return how many records they stand in.

    :raises NotAllowed: if `by` may not work on the unit's cases
    """
    require(Right.ANSWER_VOICE, by=by, unit=unit, on=on)
    heir = atlas().tree.main_heir(unit.pk, on)
    held = Item.objects.filter(holder=unit)
    cases = list(Case.objects.filter(protocol__items__in=held).distinct().values_list("pk", flat=True))
    if not cases or heir == unit.pk:
        unchanged()
        return 0
    held.update(holder=heir)
    Link.objects.filter(to_unit=unit, taken_by=None).update(to_unit=heir)
    if owed := {pk: one for pk, one in open_about(ABOUT, cases, DEPOT).items() if one.unit_id == unit.pk}:
        hand_promises_over(moves={one.pk: Unit.objects.get(pk=heir) for one in owed.values()}, by=by, on=on)
    record_many([NewEvent(Kind.HANDOVER_TAKEN, heir, on, by.pk, {}, ABOUT, pk, 1) for pk in cases])
    return len(cases)


def _on_way(link: Link | int) -> Link:
    number = link if isinstance(link, int) else link.pk
    fresh = (
        Link.objects.select_for_update(of=("self",))
        .select_related("protocol__case", "from_unit", "to_unit")
        .filter(pk=number, taken_by=None)
        .first()
    )
    if fresh is None:
        raise WrongState(gettext_noop("Lần giao này đã có người ký nhận, hoặc đã được giữ lại."))
    return fresh
