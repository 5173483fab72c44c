"""Open dossiers that change their unit: one by one, or all of a unit that has ended."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import F

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record_many, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Succession, Unit
from gandan.ground.organisations.queries import check_standing, require, tree
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.ground.promises import operations as promises
from gandan.ground.promises.queries import open_about
from gandan.work.dossiers.flow import OPEN, Status
from gandan.work.dossiers.models import Dossier
from gandan.work.dossiers.operations.steps import LETTER, RESULT, TAKE, take_open

ABOUT = Dossier._meta.label_lower


class StillStanding(Refused):
    """The unit has not ended by that day, so nobody takes over all that it has open."""


class OtherLine(Refused):
    """The other unit stands on none of the lines of this one: what is known of people doesn't go from the police to others."""


class NobodyNamed(Refused):
    """The unit has no main heir, and nobody said who takes these dossiers."""


@operation
def hand_over(*, dossier: Dossier | int, to: Unit, by: Person, on: date) -> Dossier:
    """Hand an open dossier over to another unit. Its term and its appointment stay as they are.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises WrongStep: if it is finished or withdrawn
    :raises NotStanding: if one of the two units does not exist on the day
    :raises OtherLine: if the two stand on no line together but that of administration
    """
    dossier = take_open(dossier, by, on, among=OPEN | {Status.REGISTERED})
    check_standing(to, on)
    lines, theirs = (set(tree().lines(pk)) for pk in (dossier.unit_id, to.pk))
    if lines != {Line.ADMINISTRATION} and not theirs & (lines - {Line.ADMINISTRATION}):
        raise OtherLine(
            gettext_noop("{unit} không cùng hệ thống với đơn vị đang giữ hồ sơ; dữ liệu của dân không chuyển sang đó."),
            unit=to.name,
        )
    if to.pk == dossier.unit_id:
        unchanged()
        return dossier
    _pass_on({dossier.pk: dossier}, {dossier.pk: to}, by, on)
    dossier.unit = to
    return dossier


@operation
def follow_succession(*, unit: Unit, by: Person, on: date, to: Mapping[int, Unit] | None = None, rest: Unit | None = None) -> int:
    """Pass all open dossiers of a unit that has ended on to its heirs; return how many.

    :param to: who takes which dossier, by its id: an explicit choice
    :param rest: who takes all others; the main heir if not said
    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises StillStanding: if the unit has not ended by `on`
    :raises NobodyNamed: if there is no main heir, and some dossiers are left over
    :raises NotStanding: if a unit that is to take over does not exist on the day
    """
    require(Right.WRITE_DOSSIERS, by=by, unit=unit, on=on)
    if unit.closed_on is None or unit.closed_on > on:
        raise StillStanding(gettext_noop("{unit} vẫn hoạt động ngày {day}."), unit=unit.name, day=f"{on:%d/%m/%Y}")
    held = {
        each.pk: each
        for each in Dossier.objects.at([unit.pk]).unsettled().select_related("procedure").select_for_update(of=("self",))
    }
    chosen = {pk: new for pk, new in (to or {}).items() if pk in held}
    if rest is None and len(chosen) < len(held):
        main = Succession.objects.filter(old=unit, main=True).select_related("new").first()
        if main is None:
            raise NobodyNamed(gettext_noop("{unit} không có đơn vị kế thừa chính; hãy chọn nơi nhận từng hồ sơ."), unit=unit.name)
        rest = main.new
    takers = {pk: chosen.get(pk, rest) for pk in held}
    moves = {pk: new for pk, new in takers.items() if new is not None}
    for new in {new.pk: new for new in moves.values()}.values():
        check_standing(new, on)
    if not moves:
        unchanged()
        return 0
    _pass_on(held, moves, by, on)
    return len(moves)


def _pass_on(held: Mapping[int, Dossier], moves: Mapping[int, Unit], by: Person, on: date) -> None:
    """Record the pairs and move the promises with them. Both of a pair count for one day, the first of the new unit."""
    for kind in (RESULT, LETTER, TAKE):
        owed = open_about(ABOUT, moves, kind)
        if owed:
            promises.hand_over(moves={promise.pk: moves[pk] for pk, promise in owed.items()}, by=by, on=on)
    record_many([event for pk, new in moves.items() for event in _told(held[pk], new, by, on)])
    for new in {new.pk: new for new in moves.values()}.values():
        Dossier.objects.filter(pk__in=[pk for pk, taker in moves.items() if taker.pk == new.pk]).update(
            unit=new, version=F("version") + 1
        )


def _told(dossier: Dossier, new: Unit, by: Person, on: date) -> Iterator[NewEvent]:
    """Yield what is recorded: a dossier that nobody has taken in is in no office's stock yet, and only finds its way."""
    pairs: tuple[tuple[Kind, int], ...] = ((Kind.DOSSIER_HANDED_OVER, dossier.unit_id), (Kind.DOSSIER_TAKEN_OVER, new.pk))
    if dossier.status == Status.REGISTERED.value:
        pairs = ((Kind.DOSSIER_REROUTED, dossier.unit_id),)
    for kind, unit in pairs:
        yield NewEvent(kind, unit, on, by.pk, {"procedure": dossier.procedure.code}, ABOUT, dossier.pk)
