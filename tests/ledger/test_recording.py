from datetime import date

import pytest
from django.db import IntegrityError, connection, connections, transaction

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.models import Event, Pending
from gandan.ground.ledger.operations import NewEvent, correct, operation, post, record, record_many, unchanged
from gandan.ground.ledger.queries import events_about
from gandan.ground.ledger.rules import AlreadyCorrected, NothingRecorded, Undeclared, WrongDay

MARCH = date(2024, 3, 5)


def receive(place, *, day=MARCH, unit=None, procedure="passport"):
    return record(Kind.DOSSIER_RECEIVED, unit=unit or place.north, day=day, by=place.hoa, procedure=procedure, channel="counter")


def test_an_event_keeps_what_was_said_of_it_and_waits_to_be_posted(place):
    number = record(Kind.UNIT_RENAMED, unit=place.north, day=MARCH, by=place.hoa, about=place.north, reason="decision")

    event = Event.objects.get(pk=number)
    assert (event.kind, event.facets, event.sign, event.day, event.reason) == ("unit.renamed", {}, 1, MARCH, "decision")
    assert (event.about_type, event.about_id, event.unit, event.by) == (
        "organisations.unit",
        place.north.pk,
        place.north,
        place.hoa,
    )
    assert Pending.objects.filter(pk=number, quiet=False).exists()


def test_events_with_the_same_facets_share_one_set(place):
    numbers = [receive(place), receive(place), receive(place, procedure="identity-card")]

    sets = Event.objects.filter(pk__in=numbers).order_by("pk").values_list("facet_set_id", flat=True)
    assert sets[0] == sets[1] != sets[2]


def test_what_is_not_declared_is_refused(place):
    with pytest.raises(Undeclared, match="needs the facet channel"):
        record(Kind.DOSSIER_RECEIVED, unit=place.north, day=MARCH, by=place.hoa, procedure="passport")
    with pytest.raises(Undeclared, match="declares no amount"):
        record(Kind.UNIT_RENAMED, unit=place.north, day=MARCH, by=place.hoa, amount=3)
    with pytest.raises(Undeclared, match="short code"):
        record(Kind.UNIT_RENAMED, unit=place.north, day=MARCH, by=place.hoa, reason="vì ông A yêu cầu")


@pytest.mark.parametrize("day", [date(2014, 12, 31), date(2025, 7, 1)])
def test_nothing_happens_at_a_unit_before_it_was_founded_or_after_it_closed(place, day):
    with pytest.raises(WrongDay, match="SOUTH"):
        receive(place, unit=place.south, day=day)


def test_a_correction_reverses_an_event_even_where_the_unit_has_closed_since(place):
    original = receive(place, unit=place.south, day=date(2025, 6, 30))

    reversal = Event.objects.get(pk=correct(original, reason="typed-twice", by=place.hoa))

    first = Event.objects.get(pk=original)
    assert (reversal.sign, reversal.corrects_id, reversal.reason) == (-1, original, "typed-twice")
    assert (reversal.unit_id, reversal.day, reversal.facet_set_id) == (first.unit_id, first.day, first.facet_set_id)


def test_an_event_is_corrected_once_and_a_correction_never(place):
    original = receive(place)
    reversal = correct(original, reason="typed-twice", by=place.hoa)

    for number in (original, reversal, 10**9):
        with pytest.raises(AlreadyCorrected):
            correct(number, reason="again", by=place.hoa)


@pytest.mark.parametrize("change", ["UPDATE ledger_event SET day = day + 1", "DELETE FROM ledger_event", "TRUNCATE ledger_event"])
@pytest.mark.parametrize("role", ["default", "owner"])
def test_no_role_changes_an_event(committed, role, change):
    with pytest.raises(Exception, match=r"append-only|permission denied") as refusal, connections[role].cursor() as cursor:
        cursor.execute(change)
    assert "ledger" in str(refusal.value)


def test_many_events_are_recorded_in_their_order_and_history_is_quiet(place):
    days = [date(2020, 1, 1), date(2026, 11, 1)]
    numbers = record_many(
        [NewEvent(Kind.UNIT_RENAMED, place.north.pk, day, place.hoa.pk) for day in days], go_live=date(2026, 1, 1)
    )

    assert list(Event.objects.filter(pk__in=numbers).order_by("pk").values_list("day", flat=True)) == days
    assert list(Pending.objects.order_by("pk").values_list("pk", "quiet")) == [(numbers[0], True), (numbers[1], False)]


def test_what_happened_to_a_record_is_told_in_the_order_in_which_it_counts(place):
    for day in (date(2024, 3, 5), date(2024, 1, 2)):
        record(Kind.UNIT_RENAMED, unit=place.north, day=day, by=place.hoa, about=place.north)

    assert [e.day for e in events_about("organisations.unit", place.north.pk)] == [date(2024, 1, 2), date(2024, 3, 5)]


def test_an_operation_that_tells_nothing_is_a_bug_and_leaves_nothing(place):
    @operation
    def rename(*, by, on):
        place.north.name = "Phường Khác"
        place.north.save()

    with pytest.raises(NothingRecorded, match="rename"):
        rename(by=place.hoa, on=MARCH)
    place.north.refresh_from_db()
    assert place.north.name == "Phường Bắc"


def test_an_operation_may_say_that_nothing_changed(place):
    @operation
    def hear(*, by, on):
        unchanged()
        return "heard"

    assert hear(by=place.hoa, on=MARCH) == "heard"
    assert not Event.objects.exists()


def test_an_operation_inside_another_speaks_for_both_and_fails_with_it(place):
    @operation
    def inner(*, by, on):
        receive(place)

    @operation
    def outer(*, by, on, fail):
        inner(by=by, on=on)
        if fail:
            raise ValueError("no")

    outer(by=place.hoa, on=MARCH, fail=False)
    with pytest.raises(ValueError, match="no"):
        outer(by=place.hoa, on=MARCH, fail=True)
    assert Event.objects.count() == 1


def test_an_event_is_gone_with_the_transaction_of_its_record(place):
    def fail():
        with transaction.atomic():
            receive(place)
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO ledger_pending (event_id, quiet) SELECT event_id, quiet FROM ledger_pending")

    with pytest.raises(IntegrityError):
        fail()
    assert not Event.objects.exists()
    assert post() == 0
