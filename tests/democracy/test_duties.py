"""Duties to publish: owed by a day of the law, proved place by place, late in the open."""

from datetime import timedelta
from io import BytesIO

import pytest

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import sweep
from gandan.work.democracy.operations import NotSo, drop_duty, prove
from gandan.work.democracy.queries import duties_of, overdue_everywhere, shown_duty
from gandan.work.democracy.rules.dated import NoRule, Place
from gandan.work.democracy.rules.writing import BadText
from tests.cast import TODAY
from tests.documents.files import photo

PAGE = "https://phuong.example/ngan-sach"
LATER = TODAY + timedelta(14)


def test_the_law_of_the_day_says_where_by_when_and_for_how_long(ward):
    duty = ward.duty()

    assert (duty.places, duty.days, str(duty.due_on)) == (["board", "page"], 30, "2026-11-27")  # five working days after a Friday
    promise = Promise.objects.get(kind="duty.publish")
    assert (promise.unit_id, promise.due_on, promise.owed_to) == (ward.board.pk, duty.due_on, "public")


def test_it_is_done_when_it_hangs_in_every_place(ward):
    duty = ward.duty()
    prove(duty=duty, place=Place.PAGE, posted_on=TODAY, address=PAGE, by=ward.writer, on=TODAY)
    assert shown_duty(duty.pk, TODAY).missing == (Place.BOARD,)
    assert Promise.objects.get(kind="duty.publish").state == "open"

    prove(duty=duty, place=Place.BOARD, posted_on=TODAY, photo=BytesIO(photo()), photo_name="bảng.jpg", by=ward.writer, on=TODAY)

    shown = shown_duty(duty.pk, TODAY)
    assert (shown.open, shown.overdue, shown.hangs) == (False, False, True)
    assert Promise.objects.get(kind="duty.publish").state == "kept"
    assert not shown_duty(duty.pk, TODAY + timedelta(30)).hangs  # thirty days, the first one counted


def test_what_is_late_stands_on_the_page_of_the_ward_first(ward):
    late, done = ward.duty(), ward.duty(title="Phí và lệ phí")
    for place in (Place.PAGE, Place.BOARD):
        prove(duty=done, place=place, posted_on=TODAY, address=PAGE, by=ward.writer, on=TODAY)
    sweep(on=LATER, by=ward.cast.importer)

    rows = duties_of({ward.area.pk}, LATER)
    assert [(row.id, row.overdue) for row in rows] == [(late.pk, True), (done.pk, False)]
    assert [row.id for row in overdue_everywhere(LATER)] == [late.pk]
    assert Event.objects.filter(facet_set__kind="promise.overdue").exists()


def test_a_proof_is_something_to_look_at(ward):
    duty = ward.duty()
    with pytest.raises(BadText, match="ảnh chụp"):
        prove(duty=duty, place=Place.PAGE, posted_on=TODAY, by=ward.writer, on=TODAY)
    with pytest.raises(BadText):
        prove(duty=duty, place=Place.PAGE, posted_on=TODAY + timedelta(1), address=PAGE, by=ward.writer, on=TODAY)
    with pytest.raises(NotSo):
        prove(duty=duty, place=Place.HOME, posted_on=TODAY, address=PAGE, by=ward.writer, on=TODAY)
    prove(duty=duty, place=Place.PAGE, posted_on=TODAY, address=PAGE, by=ward.writer, on=TODAY)
    with pytest.raises(NotSo):
        prove(duty=duty, place=Place.PAGE, posted_on=TODAY, address=PAGE, by=ward.writer, on=TODAY)


def test_it_is_dropped_in_the_open_for_a_reason(ward):
    duty = ward.duty()
    with pytest.raises(BadText):
        drop_duty(duty=duty, why=" ", by=ward.editor, on=TODAY)
    drop_duty(duty=duty, why="Ghi trùng", by=ward.editor, on=TODAY)

    assert shown_duty(duty.pk, TODAY).dropped_why == "Ghi trùng"
    assert Promise.objects.get(kind="duty.publish").state == "dropped"


def test_others_declare_nothing_here_and_before_the_law_nothing_was_owed(ward):
    with pytest.raises(NotAllowed):
        ward.duty(by=ward.police_writer)
    with pytest.raises(NoRule):
        ward.duty(born_on=TODAY.replace(year=2020))
