"""A holiday announced late, and what it does to the dossiers that are open."""

from datetime import date

import pytest

from gandan.faces.jobs.jobs import follow_calendar
from gandan.faces.jobs.reactions import REACTIONS, react
from gandan.ground.calendar.models import Holiday
from gandan.ground.calendar.operations import declare_holiday, withdraw
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.operations import post_all
from gandan.ground.messages.models import Message
from gandan.ground.organisations.queries import clock
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import sweep
from gandan.work.dossiers import operations, queries
from gandan.work.dossiers.models import Dossier, DueMove
from tests.cast import TODAY
from tests.dossiers.conftest import FRIDAY, MONDAY

FUNERAL = date(2026, 11, 24)


def receive(office, **more):
    return operations.receive(
        procedure="passport", unit=office.unit("PA08"), applicant="Trần Thị Hoa", by=office.alice, on=MONDAY, **more
    )


def declare(office, day=FUNERAL, on=FRIDAY):
    return declare_holiday(day=day, name="Quốc tang", name_en="State funeral", source="CĐ 99", by=office.importer, on=on)


def follow(on=FRIDAY) -> int:
    return follow_calendar(on=on.isoformat())


def stand(dossier) -> tuple[date, date]:
    return Dossier.objects.get(pk=dossier.pk).due_on, Promise.objects.get(about_id=dossier.pk, kind="dossier.result").due_on


def test_what_is_open_is_due_later_and_its_applicant_is_told_once(office):
    dossier = receive(office)
    operations.note_contact(dossier=dossier, email="hoa@example.org", by=office.alice, on=MONDAY)
    before, _ = stand(dossier)
    declare(office)

    assert follow() == 1
    due, promised = stand(dossier)
    assert due == promised > before
    move = DueMove.objects.get()
    assert (move.was_due_on, move.due_on, move.days, move.names) == (before, due, [FUNERAL], ["Quốc tang"])
    told = Message.objects.get()
    assert told.recipient == "hoa@example.org"
    assert "Quốc tang" in told.content
    events = Event.objects.filter(facet_set__kind="promise.moved", about_id=dossier.pk)
    assert [(each.day, each.facets["was"]) for each in events] == [(FRIDAY, "open")]

    assert follow() == 0
    assert (stand(dossier), DueMove.objects.count(), Message.objects.count(), events.count()) == ((due, due), 1, 1, 1)


def test_the_page_says_why(office):
    dossier = receive(office)
    declare(office)
    follow()

    shown = queries.dossier(dossier.number, office.alice, FRIDAY)
    assert [(each.was_due_on < each.due_on, each.names) for each in shown.due_moves] == [(True, ["Quốc tang"])]
    assert "Quốc tang" in {day.reason.name for day in shown.reckoning.days}


def test_what_fell_overdue_only_for_want_of_the_holiday_never_was(office):
    dossier = receive(office)
    due, _ = stand(dossier)
    late = date.fromordinal(due.toordinal() + 1)
    sweep(on=late, by=clock())
    assert Promise.objects.get(about_id=dossier.pk).overdue_on == late

    declare(office, on=late)
    follow(late)

    promise = Promise.objects.get(about_id=dossier.pk)
    assert (promise.overdue_on, promise.due_on > due) == (None, True)
    reversed_ = Event.objects.filter(corrects__facet_set__kind="promise.overdue")
    assert [each.reason for each in reversed_] == ["excused"]


def test_what_does_not_move(office):
    waiting, done, other = receive(office), receive(office), receive(office)
    operations.ask_supplement(
        dossier=waiting, papers=[{"name": "Ảnh", "original": 1}], words="Thiếu ảnh", by=office.alice, on=FRIDAY
    )
    operations.finish(dossier=done, by=office.alice, on=FRIDAY)
    operations.withdraw(dossier=other, by=office.alice, on=FRIDAY)
    before = [stand(each) for each in (waiting, done, other)]
    declare(office)

    assert follow() == 0
    assert [stand(each) for each in (waiting, done, other)] == before


def test_a_wait_moves_with_the_calendar_when_it_ends(office):
    dossier = receive(office)
    operations.ask_supplement(
        dossier=dossier, papers=[{"name": "Ảnh", "original": 1}], words="Thiếu ảnh", by=office.alice, on=FRIDAY
    )
    declare(office)
    follow()
    operations.supplemented(dossier=dossier, by=office.alice, on=date(2026, 11, 25))

    assert follow(date(2026, 11, 25)) == 0  # it has been reckoned with the holiday already
    assert queries.dossier(dossier.number, office.alice, TODAY).reckoning.due == stand(dossier)[0]


def test_a_holiday_taken_back_leaves_the_later_day(office):
    dossier = receive(office)
    declare(office)
    follow()
    due = stand(dossier)
    withdraw(declared=Holiday.objects.get(day=FUNERAL), by=office.importer, on=FRIDAY)

    assert (follow(), stand(dossier)) == (0, due)


@pytest.mark.parametrize("size", [1, 3])
def test_it_goes_on_where_it_was(office, monkeypatch, size):
    monkeypatch.setattr("gandan.work.dossiers.operations.following.AT_ONCE", size)
    for _ in range(5):
        receive(office)
    declare(office)

    assert follow() == 5
    assert len(set(Dossier.objects.values_list("due_on", flat=True))) == 1


def test_it_follows_from_the_calendar_by_itself(office):
    assert follow_calendar in REACTIONS[Kind.CALENDAR_CHANGED]
    declare(office)
    post_all()
    while react():
        pass
