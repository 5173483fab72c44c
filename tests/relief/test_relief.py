"""Relief: asked for by households, set aside, handed out once, never more than there is; over with the emergency."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction

from gandan.faces.jobs.ends import ENDS
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations.queries import clock, public
from gandan.ground.privacy.models import Erasure
from gandan.ground.privacy.operations import erase, release
from gandan.ground.promises.models import Promise
from gandan.work.relief import operations as relief
from gandan.work.relief import queries
from gandan.work.relief.flow import Offered, State
from gandan.work.relief.models import Emergency, Given, Need, Offer, Stock
from gandan.work.relief.operations.asking import WrongState
from gandan.work.relief.operations.opening import KEPT, Ended
from gandan.work.relief.rules import Channel, Disaster, Item, NotReady
from tests.accounts.proving import signed_in
from tests.cast import TODAY, assemble
from tests.clock import held_clock as held_clock

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
RICE = {Item.FOOD: 2, Item.WATER: 1}


def opened(cast):
    return relief.open_emergency(
        unit=cast.police, disaster=Disaster.FLOOD, title="Triều cường", act_number="12/QĐ-UBND", act_body="UBND thành phố",
        act_day=TODAY, wards=[cast.unit("W1"), cast.unit("W2")], by=cast.dung, on=TODAY,
    )  # fmt: skip


@pytest.fixture
def flood(cast):
    return opened(cast)


def asked(cast, flood, nth=1, on=TODAY, **other):
    given = {
        "ward": cast.unit("W1"), "wanted": RICE, "name": "Hộ bà Sáu", "phone": f"0909 000 {nth:03}", "address": "12 hẻm 3",
        "heads": 4, "code": f"{nth:016}", "channel": Channel.ONLINE, "by": public(), "on": on, "once": "",
    }  # fmt: skip
    return relief.ask(emergency=flood, **{**given, **other})


def filled(cast, flood, food=10, water=10):
    depot = relief.set_depot(
        emergency=flood, unit=cast.unit("CAP-W1"), ward=cast.unit("W1"), name="Trường học", by=cast.binh, on=TODAY
    )
    for item, amount in ((Item.FOOD, food), (Item.WATER, water)):
        relief.stock_up(depot=depot, item=item, amount=amount, by=cast.binh, on=TODAY)
    return depot


def aside(cast, need, depot, secret="11112222"):
    return relief.set_aside(need=need, depot=depot, secret=secret, by=cast.binh, on=TODAY)


def handed(cast, depot, secret="11112222"):
    return relief.hand_out(depot=depot, secret=secret, by=cast.binh, on=TODAY, at=NOW)


def lies(depot):
    return {one.item: (one.amount, one.set_aside) for one in Stock.objects.filter(depot=depot)}


def test_an_emergency_is_opened_by_an_act_in_wards_by_who_may(cast):
    flood = opened(cast)
    row = queries.emergency(flood.pk, cast.binh, TODAY)
    assert [(one.ward.code, one.unit.code) for one in row.wards] == [("W2", "CAP-W2"), ("W1", "CAP-W1")]
    given = {"unit": cast.police, "disaster": Disaster.FLOOD, "title": "x", "act_body": "y", "act_day": TODAY, "on": TODAY}
    with pytest.raises(NotAllowed):
        relief.open_emergency(act_number="1", wards=[cast.unit("W1")], by=cast.binh, **given)
    with pytest.raises(relief.NoAct):
        relief.open_emergency(act_number=" ", wards=[cast.unit("W1")], by=cast.dung, **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Emergency.objects.filter(pk=flood.pk).update(act_number="")


def test_a_need_goes_from_asking_to_handing_out_and_the_receipt_shows_it(cast, flood):
    need, depot = asked(cast, flood), filled(cast, flood)
    assert queries.held("0000 0000 0000 0001").state is State.WAITING
    (suggested,) = queries.depots_for(flood.pk, cast.unit("W1").pk, RICE)
    aside(cast, need, suggested.id)
    shown = queries.held("0000000000000001")
    assert (shown.state, shown.depot_name, shown.secret) == (State.SET_ASIDE, "Trường học", "11112222")
    assert lies(depot) == {"food": (10, 2), "water": (10, 1)}
    handed(cast, depot, "1111 2222")
    assert lies(depot) == {"food": (8, 0), "water": (9, 0)}
    assert (queries.held("1".zfill(16)).state, queries.held("1".zfill(16)).secret) == (State.GIVEN, "")
    assert Promise.objects.get(kind="relief.need").state == "kept"
    told = Counter(Event.objects.filter(facet_set__kind="relief.handed_out").values_list("facet_set__facets__item", "amount"))
    assert told == {("food", 2): 1, ("water", 1): 1}


def test_nothing_is_given_twice(cast, flood):
    need, depot = asked(cast, flood), filled(cast, flood)
    aside(cast, need, depot)
    handed(cast, depot)
    with pytest.raises(relief.AlreadyGiven):
        handed(cast, depot)
    with pytest.raises(relief.UnknownCode):
        handed(cast, depot, "99998888")
    with pytest.raises(relief.UnknownCode):
        handed(cast, depot, "")
    assert Given.objects.count() == 1


def test_a_household_is_asked_for_once_and_a_form_sent_twice_is_one(cast, flood):
    first = asked(cast, flood, once="form 1")
    assert asked(cast, flood, once="form 1", code="9" * 16).pk == first.pk
    with pytest.raises(relief.AlreadyAsked):
        asked(cast, flood, code="8" * 16, phone="0909000001")
    aside(cast, first, depot := filled(cast, flood))
    handed(cast, depot)
    assert asked(cast, flood, code="7" * 16).pk != first.pk


@pytest.mark.parametrize(("wrong", "field"), [
    ({"wanted": {}}, "wanted"),
    ({"wanted": {Item.FOOD: 100_000}}, "wanted"),
    ({"name": " "}, "name"),
    ({"phone": "12"}, "phone"),
    ({"address": ""}, "address"),
    ({"heads": 0}, "heads"),
])  # fmt: skip
def test_what_is_missing_is_said_by_its_field(cast, flood, wrong, field):
    with pytest.raises(NotReady) as refused:
        asked(cast, flood, **wrong)
    assert refused.value.field == field
    assert not Need.objects.exists()


def test_no_ward_outside_and_nothing_after_the_end(cast, flood):
    with pytest.raises(relief.NobodyOpens):
        asked(cast, flood, ward=cast.unit("O1"))
    need = asked(cast, flood)
    relief.end(emergency=flood, by=cast.dung, on=TODAY)
    assert (Need.objects.get().state, Promise.objects.get().state) == (State.DECLINED, "dropped")
    for late in (
        lambda: asked(cast, flood, 2),
        lambda: filled(cast, flood),
        lambda: relief.end(emergency=flood, by=cast.dung, on=TODAY),
    ):
        with pytest.raises(Ended):
            late()
    with pytest.raises(Refused):
        relief.set_aside(need=need, depot=1, secret="1", by=cast.binh, on=TODAY)
    assert queries.going_on() == []


def test_needs_are_seen_and_worked_on_in_their_ward_alone(cast, flood):
    need = asked(cast, flood)
    assert [one.id for one in queries.needs(cast.binh, TODAY, emergency=flood.pk).rows] == [need.pk]
    assert [one.id for one in queries.needs(cast.dung, TODAY, emergency=flood.pk).rows] == [need.pk]
    for other in (cast.chi, cast.giang, cast.khanh, cast.lan):
        assert queries.needs(other, TODAY, emergency=flood.pk).rows == []
        with pytest.raises(NotAllowed):
            queries.need(need.pk, other, TODAY)
        with pytest.raises(NotAllowed):
            relief.decline(need=need, by=other, on=TODAY)
    with pytest.raises(NotAllowed):
        asked(cast, flood, 2, channel=Channel.PHONE, by=cast.chi)
    assert asked(cast, flood, 2, channel=Channel.PHONE, by=cast.binh).channel == "phone"


def test_no_more_is_set_aside_than_there_is_and_it_comes_back(cast, flood):
    depot = filled(cast, flood, food=3, water=9)
    first, second = asked(cast, flood, 1), asked(cast, flood, 2)
    aside(cast, first, depot, "1" * 8)
    with pytest.raises(relief.NotEnough):
        aside(cast, second, depot, "2" * 8)
    with pytest.raises(relief.NotEnough):
        relief.stock_up(depot=depot, item=Item.FOOD, amount=-2, by=cast.binh, on=TODAY)
    relief.give_back(need=first, by=cast.binh, on=TODAY)
    with pytest.raises(relief.UnknownCode):
        handed(cast, depot, "1" * 8)
    aside(cast, second, depot, "3" * 8)
    relief.withdraw(code=f"{2:016}", by=public(), on=TODAY)
    assert lies(depot) == {"food": (3, 0), "water": (9, 0)}
    with pytest.raises(WrongState):
        relief.withdraw(code=f"{2:016}", by=public(), on=TODAY)
    relief.stock_up(depot=depot, item=Item.FOOD, amount=-3, by=cast.binh, on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stock.objects.filter(depot=depot).update(amount=-1)


def test_an_offer_is_taken_in_once(cast, flood):
    depot = filled(cast, flood, food=1)
    given = {"ward": cast.unit("W1"), "item": Item.FOOD, "name": "Chùa", "phone": "0909 111 222", "by": public(), "on": TODAY}
    one = relief.offer(emergency=flood, amount=20, code="5" * 16, once="x", **given)
    assert relief.offer(emergency=flood, amount=20, code="6" * 16, once="x", **given).pk == one.pk
    relief.take_in(offer=one, depot=depot, by=cast.binh, on=TODAY)
    with pytest.raises(WrongState):
        relief.take_in(offer=one, depot=depot, by=cast.binh, on=TODAY)
    other = relief.offer(emergency=flood, amount=5, code="6" * 16, **given)
    assert [row.id for row in queries.offers(cast.binh, TODAY, emergency=flood.pk)] == [other.pk]
    assert relief.turn_down(offer=other, by=cast.binh, on=TODAY).state == Offered.DECLINED
    assert lies(depot)["food"] == (21, 0)
    with pytest.raises(NotReady):
        relief.offer(emergency=flood, amount=0, code="4" * 16, **given)


def test_all_that_is_known_of_anybody_is_erased_with_proof_and_figures_stay(cast, flood):
    need, depot = asked(cast, flood), filled(cast, flood)
    aside(cast, need, depot)
    handed(cast, depot)
    relief.offer(
        emergency=flood, ward=cast.unit("W1"), item=Item.FOOD, amount=3, name="Chùa", phone="0909 111 222", code="5" * 16,
        by=public(), on=TODAY,
    )  # fmt: skip
    relief.end(emergency=flood, by=cast.dung, on=TODAY)
    by_its_day = {"kind": "relief", "of": ENDS["relief"].of, "about_type": ENDS["relief"].about_type, "by": clock()}
    assert erase(on=TODAY + KEPT - timedelta(1), **by_its_day) == 0
    until = TODAY + KEPT + timedelta(30)
    desk, kept = signed_in(cast.binh), {"step": "hold", "number": need.number.lower(), "reason": "inspection"}
    assert signed_in(cast.chi).post("/privacy/holds/", {**kept, "until": f"{until}"}).status_code == 403
    assert desk.post("/privacy/holds/", {**kept, "number": "CT-999999", "until": f"{until}"}).status_code == 400
    assert desk.post("/privacy/holds/", {**kept, "until": f"{until}"}).status_code == 302
    assert f"/relief/needs/{need.pk}/" in desk.get("/privacy/holds/").content.decode()
    assert erase(on=TODAY + KEPT, **by_its_day) == 1  # the offer; what is held stays
    assert (Need.objects.get().name, Emergency.objects.get().erased_on) == (need.name, None)
    release(about=need, unit=need.unit, by=cast.binh, on=TODAY + KEPT)
    assert erase(on=TODAY + KEPT, **by_its_day) == 2
    assert erase(on=TODAY + KEPT, **by_its_day) == 0

    gone, offered = Need.objects.get(), Offer.objects.get()
    assert {gone.name, gone.phone, gone.address, gone.receipt, gone.secret, gone.opened_by, offered.name, offered.phone} == {""}
    assert bytes(gone.phone_index) == b""
    assert (Erasure.objects.get(kind="relief").records, Emergency.objects.get().erased_on) == (3, TODAY + KEPT)
    with pytest.raises(queries.UnknownNeed):
        queries.held(f"{1:016}")
    with pytest.raises(queries.UnknownNeed):
        queries.held("")
    row = queries.emergency(flood.pk, cast.binh, TODAY)
    assert (row.needs, row.met) == (1, 1)
    assert Event.objects.filter(facet_set__kind="need.met").count() == 1


def side_by_side(work, many):
    """Run a work in many threads at the same moment, each with a connection of its own; return what each said."""
    start = Barrier(many)

    def one(nth):
        try:
            start.wait(timeout=30)
            return work(nth)
        except Refused as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


def test_eight_hands_at_once_give_one_household_its_goods_once(committed):
    cast = assemble()
    flood = opened(cast)
    need, depot = asked(cast, flood), filled(cast, flood)
    aside(cast, need, depot)

    said = Counter(side_by_side(lambda nth: handed(cast, depot).number, 8))

    assert said == {need.number: 1, "already_given": 7}
    assert (Given.objects.count(), lies(depot)) == (1, {"food": (8, 0), "water": (9, 0)})


def test_eight_households_at_once_get_no_more_than_lies_there(committed):
    cast = assemble()
    flood = opened(cast)
    depot = filled(cast, flood, food=7, water=99)  # for three
    needs = [asked(cast, flood, nth) for nth in range(1, 9)]

    said = Counter(side_by_side(lambda nth: bool(aside(cast, needs[nth], depot, f"{nth:08}")), 8))

    assert said == {True: 3, "not_enough": 5}
    assert lies(depot) == {"food": (7, 6), "water": (99, 3)}


def test_a_household_that_asks_eight_times_at_once_has_one_need(committed):
    cast = assemble()
    flood = opened(cast)

    said = Counter(side_by_side(lambda nth: bool(asked(cast, flood, code=f"{nth:016}")), 8))

    assert said == {True: 1, "already_asked": 7}
    assert Need.objects.count() == 1
