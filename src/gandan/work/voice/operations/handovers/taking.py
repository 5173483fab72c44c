"""What is taken in is written down by one officer and signed by a second: then it has a number, and nothing in it changes."""

from collections.abc import Sequence
from datetime import date, datetime

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.documents.operations import Register
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record_many, unchanged
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import owe
from gandan.work.voice.flow import Outcome, State, WrongState
from gandan.work.voice.kinds import DEPOT
from gandan.work.voice.models import Case, Item, Protocol
from gandan.work.voice.operations.handling import settle
from gandan.work.voice.operations.handovers.arranging import hand_over_of
from gandan.work.voice.operations.holding import ABOUT, touched
from gandan.work.voice.queries.handovers.chain import first_link
from gandan.work.voice.rules.brought import NotReady, NotSaid, tidy
from gandan.work.voice.rules.handovers.arms import arms_of, named, pieces
from gandan.work.voice.rules.handovers.chain import Ground, SamePerson
from gandan.work.voice.rules.handovers.things import Thing, thing_faults, tidied
from gandan.work.voice.rules.terms import term_of

SIGN = "BBGN"  # biên bản giao nhận


@operation
def take_in(
    *, case: Case | int, things: Sequence[Thing], ground: str, place: str, giver: str, giver_address: str,
    circumstances: str, by: Person, on: date, at: datetime,
) -> Protocol:  # fmt: skip
    """Write down what is taken in. Until a second officer signs, it is a draft that can be written anew.

    :param giver: empty, if they leave no name; the law lets them
    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises WrongState: if it is no hand-over, or is settled
    :raises NotReady: if something is missing or can't be so; it says what, by field
    """
    fresh = hand_over_of(case, by, on)
    rows = tidied(things)
    wrong = thing_faults(rows, on)
    if ground not in set(Ground):
        wrong["ground"] = NotSaid(gettext_noop("Xin chọn vật do đâu mà có."))
    if not tidy(place, 400):
        wrong["place"] = NotSaid(gettext_noop("Xin ghi nơi giao nhận."))
    if wrong:
        raise NotReady(wrong)
    Protocol.objects.filter(case=fresh).delete()
    protocol = Protocol.objects.create(
        case=fresh, unit=fresh.unit, year=on.year, place=tidy(place, 400), giver=tidy(giver, 200),
        giver_address=tidy(giver_address, 400), ground=ground, circumstances=tidy(circumstances, 4000),
        taken_on=on, taken_at=at, taken_by=by,
    )  # fmt: skip
    Item.objects.bulk_create(
        Item(
            protocol=protocol, nth=nth, kind=one.kind, name=one.name or arms_of(one.kind, on).name, mark=one.mark,
            quantity=one.count, measure=arms_of(one.kind, on).measure, condition=one.condition, seal=one.seal,
            holder=fresh.unit,
        )
        for nth, one in enumerate(rows, start=1)
    )  # fmt: skip
    fresh.state = State.WORKING.value
    touched(fresh, at, "state")
    unchanged()  # nothing is taken in before two have signed
    return protocol


@operation
def witness(*, case: Case | int, by: Person, on: date, at: datetime) -> Protocol:
    """Sign what another has written down: it is numbered, the giver is answered, and the items are owed to the depot.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises WrongState: if nothing is written down, or it was signed
    :raises SamePerson: if `by` wrote it
    """
    fresh = hand_over_of(case, by, on)
    protocol = Protocol.objects.select_for_update(of=("self",)).filter(case=fresh, second_by=None).first()
    if protocol is None:
        raise WrongState(gettext_noop("Việc {number} chưa có biên bản nào chờ ký."), number=fresh.number)
    if protocol.taken_by_id == by.pk:
        raise SamePerson
    (number,) = Register(fresh.unit, SIGN, on.year).take()
    protocol.number, protocol.year, protocol.second_by, protocol.second_at = number, on.year, by, at
    protocol.digest = first_link(protocol).digest
    protocol.save(update_fields=["number", "year", "second_by", "second_at", "digest"])
    record_many(
        [
            NewEvent(
                Kind.HANDOVER_TAKEN_IN, fresh.unit_id, on, by.pk,
                {"group": named(one.kind).group, "arms": one.kind}, ABOUT, fresh.pk, pieces(one.measure, one.quantity),
            )
            for one in protocol.items.order_by("nth")
        ]
    )  # fmt: skip
    words = gettext_noop("Đã nhận vật giao nộp, biên bản giao nhận số {number}. Ông/Bà xem và tải biên bản ở trang này.")
    settle(fresh, words.format(number=f"{number:02d}/{SIGN}"), Outcome.DONE, by, on, at)
    due_on = due_date(on, term_of("handover", "depot", on).term, working_calendar(fresh.unit))
    owe(
        kind=DEPOT, about=fresh, label=fresh.number, owed_to=Receiver.SUPERIOR, unit=fresh.unit, due_on=due_on, by=by, on=on,
        subject="handover",
    )  # fmt: skip
    return protocol
