"""A matter is settled when one side says so and the other agrees; it may be opened again."""

from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.rights import OWN_HANDS
from gandan.ground.privacy.rules import check_nameless
from gandan.ground.promises.operations import keep
from gandan.ground.promises.queries import owed_about
from gandan.work.matters.flow import State, may_follow
from gandan.work.matters.models import Matter, Pledge
from gandan.work.matters.operations.opening import SETTLE, acting_for, owe_settlement, saved, taken
from gandan.work.matters.queries.fates import fates
from gandan.work.matters.rules import Pledged, in_time, said


class WrongState(Refused):
    """The matter does not stand where this can be done."""


class StillOwed(Refused):
    """A promise to the people is neither kept nor broken."""


class YourOwnWord(Refused):
    """Who said that it is settled doesn't agree for the other side."""


@operation
def propose(*, matter: Matter | int, outcome: str, by: Person, on: date, side: Unit | None = None) -> Matter:
    """Say for one side that a matter is settled, and how. The other side has yet to agree.

    :param side: for which of the two units, where `by` may speak for both
    :raises NotAllowed: if `by` may not work on it for that side
    :raises WrongState: if it is not open
    :raises StillOwed: if a promise is neither kept nor broken
    :raises NothingSaid: if it doesn't say how
    :raises NamesSomebody: if it seems to name somebody
    """
    fresh = taken(matter)
    mine = acting_for(fresh, by, on)
    if side is not None and side not in mine:
        raise NotAllowed(gettext_noop("Ông/Bà không thay mặt {unit} được."), unit=side.name)
    _check(fresh, State.PROPOSED)
    text = said(outcome, gettext_noop("Xin ghi vụ việc được giải quyết thế nào."))
    check_nameless(text)
    open_ones = Pledge.objects.filter(matter=fresh, state=Pledged.OPEN.value).count()
    if open_ones:
        raise StillOwed(gettext_noop("Còn {count} cam kết chưa xong. Mỗi cam kết phải ghi đã giữ, hoặc không giữ được vì sao."),
                        count=open_ones)  # fmt: skip
    fresh.state, fresh.outcome, fresh.proposed_on = State.PROPOSED.value, text, on
    fresh.proposed_by, fresh.proposed_for = by, side or mine[0]
    saved(fresh)
    record(Kind.MATTER_PROPOSED, unit=fresh.proposed_for, day=on, by=by, about=fresh, issue=fresh.issue)
    return fresh


@operation
def agree(*, matter: Matter | int, by: Person, on: date) -> Matter:
    """Agree for the other side that a matter is settled: it is.

    :raises NotAllowed: if `by` may not work on it for the side that has yet to agree
    :raises YourOwnWord: if it was `by` who said that it is settled
    :raises WrongState: if nobody has said that it is settled
    """
    fresh = taken(matter)
    _check(fresh, State.SETTLED)
    _check_other(fresh, by, on)
    keep(promise=owed_about(fresh, SETTLE), by=by, on=on)
    fresh.state, fresh.settled_on = State.SETTLED.value, on
    fresh.settled_in_time = in_time(fates(fresh))
    saved(fresh)
    record(
        Kind.MATTER_SETTLED, unit=fresh.unit, day=on, by=by, about=fresh, issue=fresh.issue,
        punctuality="in_time" if fresh.settled_in_time else "late",
    )  # fmt: skip
    return fresh


@operation
def send_back(*, matter: Matter | int, why: str, by: Person, on: date) -> Matter:
    """Say for the other side that a matter is not settled yet, and why: it stays open.

    :raises NotAllowed: if `by` may not work on it for the side that has yet to agree
    :raises YourOwnWord: if it was `by` who said that it is settled
    :raises WrongState: if nobody has said that it is settled
    :raises NothingSaid: if there is no reason
    :raises NamesSomebody: if it seems to name somebody
    """
    fresh = taken(matter)
    if fresh.state != State.PROPOSED:
        raise _wrong(fresh)
    _check_other(fresh, by, on)
    text = said(why, gettext_noop("Xin ghi vì sao chưa xong."))
    check_nameless(text)
    fresh.state, fresh.outcome, fresh.proposed_on = State.OPEN.value, text, None
    fresh.proposed_by = fresh.proposed_for = None
    saved(fresh)
    record(Kind.MATTER_RETURNED, unit=fresh.unit, day=on, by=by, about=fresh, issue=fresh.issue)
    return fresh


@operation
def reopen(*, matter: Matter | int, why: str, settle_by: date, by: Person, on: date) -> Matter:
    """Open a settled matter again, with a new day. That it was called settled stays counted; that it was reopened is too.

    :raises NotAllowed: if `by` may not work on it for either side
    :raises WrongState: if it is not settled
    :raises NothingSaid: if there is no reason
    :raises NamesSomebody: if it seems to name somebody
    :raises DueBefore: if the new day is past
    """
    fresh = taken(matter)
    acting_for(fresh, by, on)
    if fresh.state != State.SETTLED:
        raise _wrong(fresh)
    text = said(why, gettext_noop("Xin ghi vì sao mở lại."))
    check_nameless(text)
    fresh.state, fresh.outcome, fresh.settled_on, fresh.settled_in_time = State.OPEN.value, text, None, None
    fresh.proposed_on = fresh.proposed_by = fresh.proposed_for = None
    fresh.reopened, fresh.settle_by = fresh.reopened + 1, max(settle_by, on)
    saved(fresh)
    record(Kind.MATTER_REOPENED, unit=fresh.unit, day=on, by=by, about=fresh, issue=fresh.issue)
    owe_settlement(fresh, settle_by, by, on)
    return fresh


def _check(matter: Matter, then: State) -> None:
    if not may_follow(State(matter.state), then):
        raise _wrong(matter)


def _wrong(matter: Matter) -> WrongState:
    return WrongState(gettext_noop("Vụ việc “{title}” không ở bước làm được việc này. Xin tải lại trang."), title=matter.title)


def _check_other(matter: Matter, by: Person, on: date) -> None:
    """:raises NotAllowed: if somebody may not speak for the side that has yet to agree
    :raises YourOwnWord: if they spoke for the first
    """
    other = matter.partner if matter.proposed_for_id == matter.unit_id else matter.unit
    if other not in acting_for(matter, by, on):
        raise NotAllowed(gettext_noop("Chờ {unit} đồng ý."), unit=other.name)
    if matter.proposed_by_id == by.pk and by.username not in OWN_HANDS:
        raise YourOwnWord(gettext_noop("Người đề nghị không tự đồng ý thay bên kia."))
