"""Activities: noted once, counted by heads, made one by a person where two have noted the same."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db.models import Sum
from PIL import Image

from gandan.ground.documents.models import Attachment
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import appoint
from gandan.ground.organisations.queries import clock
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.privacy.queries import held as kept_ones
from gandan.ground.promises.models import Promise
from gandan.work.community import operations as community
from gandan.work.community import queries
from gandan.work.community.models import Activity, Point
from gandan.work.community.operations.activities import ChangedMeanwhile, Gone, NotTheSame
from gandan.work.community.queries import Filters
from gandan.work.community.rules import Field, Form, LongAgo, NamesSomebody, Noting, NotYet, TooMany, Topic, check_nameless
from tests.cast import TODAY
from tests.privacy.keeping import keep

YESTERDAY = TODAY - timedelta(1)
FORUM = Noting(Form.FORUM, YESTERDAY, "Nhà văn hoá khu phố 3", Topic.FRAUD, "", 80)


@pytest.fixture
def by_police(cast):
    return community.note(unit=cast.unit("CAP-W1"), noting=FORUM, by=cast.binh, on=TODAY)


@pytest.fixture
def by_civil(cast):
    noting = replace(FORUM, place="Hội trường khu phố 3", partner="CAP-W1", count=95)
    return community.note(unit=cast.unit("BXDD-W1"), noting=noting, by=cast.quyen, on=TODAY)


def attendance() -> int:
    found = Event.objects.filter(facet_set__kind="activity.held").values_list("sign", "amount")
    return sum(sign * amount for sign, amount in found)


def held() -> int:
    return Event.objects.filter(facet_set__kind="activity.held").aggregate(all=Sum("sign"))["all"]


def test_an_activity_is_noted_in_its_ward_and_tells_the_ledger(cast, by_police):
    assert (by_police.area, by_police.heads, by_police.households) == (cast.unit("W1"), 80, 0)
    event = Event.objects.get(facet_set__kind="activity.held")
    assert (event.unit, event.day, event.amount) == (cast.unit("CAP-W1"), YESTERDAY, 80)
    assert event.facet_set.facets == {"activity": "forum", "topic": "fraud", "sides": "one"}


def test_support_counts_households_and_no_heads(cast):
    noting = replace(FORUM, form=Form.SUPPORT, topic=Topic.WELFARE, count=12)
    made = community.note(unit=cast.unit("CAP-W1"), noting=noting, by=cast.binh, on=TODAY)

    assert (made.heads, made.households) == (0, 12)
    assert Event.objects.get(facet_set__kind="household.supported").amount == 12


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"day": TODAY + timedelta(1)}, NotYet),
        ({"day": date(2024, 11, 1)}, LongAgo),
        ({"count": 80_000}, TooMany),
        ({"place": "Nhà ông Nguyễn Văn Tám"}, NamesSomebody),
        ({"partner": "CAP-W2"}, community.OneSide),
    ],
)
def test_what_cannot_be_is_refused_with_words(cast, more, why):
    with pytest.raises(why):
        community.note(unit=cast.unit("CAP-W1"), noting=replace(FORUM, **more), by=cast.binh, on=TODAY)
    assert not Activity.objects.exists()


def test_nobody_notes_for_another_unit(cast):
    with pytest.raises(NotAllowed):
        community.note(unit=cast.unit("CAP-W2"), noting=FORUM, by=cast.binh, on=TODAY)


def test_sent_again_under_its_key_it_is_the_same_one(cast):
    sent = {"unit": cast.unit("CAP-W1"), "by": cast.binh, "on": TODAY, "key": "phone-1234", "offline": True}
    first = community.note(noting=FORUM, **sent)
    again = community.note(noting=FORUM, **sent)

    assert again.pk == first.pk
    assert held() == 1
    with pytest.raises(community.KeyUsedBefore):
        community.note(noting=replace(FORUM, count=81), **sent)


def test_what_is_set_right_is_corrected_in_the_ledger(cast, by_police):
    changed = community.change(activity=by_police, noting=replace(FORUM, count=60), by=cast.binh, on=TODAY, seen=1)

    assert (changed.heads, changed.version, attendance(), held()) == (60, 2, 60, 1)
    with pytest.raises(ChangedMeanwhile):
        community.change(activity=by_police, noting=FORUM, by=cast.binh, on=TODAY, seen=1)


def test_a_withdrawn_activity_no_longer_counts(cast, by_police):
    community.withdraw(activity=by_police, by=cast.binh, on=TODAY)

    assert (held(), attendance()) == (0, 0)
    assert queries.activities(cast.giang, TODAY).rows == []
    with pytest.raises(Gone):
        community.withdraw(activity=by_police, by=cast.binh, on=TODAY)


def test_two_notings_of_one_forum_are_made_one_by_a_person(cast, by_police, by_civil):
    community.raise_point(activity=by_civil, words="Đèn đường hẻm 12 hỏng", by=cast.quyen, on=TODAY)
    community.raise_point(activity=by_police, words="Cần thêm camera", by=cast.binh, on=TODAY)
    (pair,) = queries.twins(cast.binh, TODAY, YESTERDAY)
    assert (pair.one.id, pair.other.id) == (by_police.pk, by_civil.pk)

    kept = community.merge(keep=by_police.pk, other=by_civil.pk, heads=90, by=cast.binh, on=TODAY)

    assert (kept.heads, kept.partner) == (90, cast.unit("BXDD-W1"))
    assert (held(), attendance()) == (1, 90)
    shown = queries.activity(kept.pk, cast.binh, TODAY)
    assert [point.words for point in shown.points] == ["Cần thêm camera", "Đèn đường hẻm 12 hỏng"]
    assert [one.id for one in shown.merged] == [by_civil.pk]
    assert queries.twins(cast.binh, TODAY, YESTERDAY) == []


def test_two_that_look_alike_can_be_told_apart(cast, by_police, by_civil):
    community.keep_apart(one=by_civil.pk, other=by_police.pk, by=cast.binh, on=TODAY)

    assert queries.twins(cast.binh, TODAY, YESTERDAY) == []
    assert held() == 2


def test_what_is_set_right_may_come_to_look_like_another_or_cease_to(cast, by_civil):
    ours = community.note(unit=cast.unit("CAP-W1"), noting=replace(FORUM, form=Form.VISIT), by=cast.binh, on=TODAY)
    assert queries.twins(cast.binh, TODAY, YESTERDAY) == []

    community.change(activity=ours, noting=FORUM, by=cast.binh, on=TODAY)
    (pair,) = queries.twins(cast.binh, TODAY, YESTERDAY)
    assert (pair.one.id, pair.other.id) == (by_civil.pk, ours.pk)
    assert [one.id for one in queries.activity(by_civil.pk, cast.quyen, TODAY).looks_like] == [ours.pk]

    community.change(activity=by_civil, noting=replace(FORUM, topic=Topic.FIRE, form=Form.VISIT), by=cast.quyen, on=TODAY)
    assert queries.twins(cast.binh, TODAY, YESTERDAY) == []


def test_what_is_brought_in_may_look_like_what_is_there(cast, by_police):
    unit, ward = cast.unit("BXDD-W1").pk, by_police.area_id
    held = [community.Held(unit, ward, None, FORUM), community.Held(unit, ward, None, replace(FORUM, day=TODAY - timedelta(9)))]
    alike, _other = community.bring_in_activities(held=held, by=cast.importer, on=TODAY, go_live=TODAY)
    assert [pair.other.id for pair in queries.twins(cast.binh, TODAY, TODAY - timedelta(30))] == [alike]


def test_different_days_are_not_made_one(cast, by_police):
    other = community.note(unit=cast.unit("CAP-W1"), noting=replace(FORUM, day=TODAY - timedelta(9)), by=cast.binh, on=TODAY)
    with pytest.raises(NotTheSame):
        community.merge(keep=by_police.pk, other=other.pk, heads=80, by=cast.binh, on=TODAY)


def test_a_stranger_to_both_does_not_merge(cast, by_police, by_civil):
    with pytest.raises(NotAllowed):
        community.merge(keep=by_police.pk, other=by_civil.pk, heads=90, by=cast.chi, on=TODAY)


def test_what_needs_an_answer_becomes_a_promise_with_owner_and_day(cast, by_police):
    due = TODAY + timedelta(10)
    point = community.raise_point(
        activity=by_police, words="Đèn đường hẻm 12 hỏng", due_on=due, officer=cast.binh, by=cast.binh, on=TODAY
    )
    promise = Promise.objects.get(kind="activity.answer")
    assert (promise.unit, promise.officer, promise.due_on) == (cast.unit("CAP-W1"), cast.binh, due)

    community.answer_point(point=point, answer="Đã báo đơn vị chiếu sáng, sửa ngày 24/11.", by=cast.binh, on=TODAY)

    promise.refresh_from_db()
    assert promise.state == "kept"
    (shown,) = queries.activity(by_police.pk, cast.giang, TODAY).points
    assert (shown.answer[:6], shown.open, shown.late) == ("Đã báo", False, False)


@pytest.mark.parametrize(
    "words",
    ["Ông Tám nói đèn hỏng", "gọi 0903 123 456", "chị Lan ở tổ 4", "Nguyễn Văn Bảy phản ánh", "thư ve@example.org"],
)
def test_a_point_names_nobody(cast, by_police, words):
    with pytest.raises(NamesSomebody):
        community.raise_point(activity=by_police, words=words, by=cast.binh, on=TODAY)
    assert not Point.objects.exists()


@pytest.mark.parametrize(
    "words", ["Bà con đề nghị sửa đèn", "Anh chị em công nhân", "đường Nguyễn Thị Minh Khai ngập", "Ông/Bà tổ trưởng", "hẻm 12/3"]
)
def test_streets_and_people_at_large_are_not_names(words):
    check_nameless(words)


def picture() -> BytesIO:
    taken, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Máy ảnh"
    Image.new("RGB", (40, 30), "white").save(taken, "JPEG", exif=exif)
    taken.seek(0)
    return taken


def test_a_photo_loses_what_the_camera_wrote_into_it(cast, by_police):
    kept = community.put_photo(activity=by_police, source=picture(), name="a.jpg", nobody_seen=True, by=cast.binh, on=TODAY)
    with default_storage.open(kept.shelf) as content:
        assert not Image.open(content).getexif()
    assert [one.token for one in queries.activity(by_police.pk, cast.binh, TODAY).photos] == [kept.token]
    community.drop_photo(activity=by_police, token=kept.token, by=cast.binh, on=TODAY)
    assert queries.activity(by_police.pk, cast.binh, TODAY).photos == []


def test_no_photo_without_a_look_at_it_and_nothing_that_is_no_photo(cast, by_police):
    with pytest.raises(community.SomebodySeen):
        community.put_photo(activity=by_police, source=picture(), name="a.jpg", nobody_seen=False, by=cast.binh, on=TODAY)
    with pytest.raises(community.NotAPhoto):
        community.put_photo(
            activity=by_police, source=BytesIO(b"%PDF-1.4 x"), name="a.jpg", nobody_seen=True, by=cast.binh, on=TODAY
        )
    assert not Attachment.objects.exists()


def test_the_list_is_narrowed_and_goes_on_where_it_ended(cast):
    for nth in range(5):
        day, form = TODAY - timedelta(nth), Form.FORUM if nth % 2 else Form.VISIT
        community.note(unit=cast.unit("CAP-W1"), noting=replace(FORUM, day=day, form=form), by=cast.binh, on=TODAY)
    first = queries.activities(cast.giang, TODAY, limit=3)
    rest = queries.activities(cast.giang, TODAY, after=first.next, limit=3)

    assert [len(first.rows), len(rest.rows), rest.next] == [3, 2, None]
    assert len({row.id for row in (*first.rows, *rest.rows)}) == 5
    assert len(queries.activities(cast.giang, TODAY, Filters(form=Form.FORUM)).rows) == 2
    assert queries.activities(cast.chi, TODAY).rows == []
    (place,) = queries.by_area(cast.giang, TODAY, Filters(), TODAY - timedelta(30), TODAY)
    assert (place.area.code, place.held, place.heads) == ("W1", 5, 400)


def test_what_was_raised_ends_and_the_numbers_stay(cast, by_police):
    community.raise_point(activity=by_police, words="Đèn hỏng", by=cast.binh, on=TODAY)

    number = f"BH-{by_police.pk}"
    assert (keep(cast.chi, number), keep(cast.binh, number)) == (403, 302)
    assert community.erase_activities(before=TODAY, but=kept_ones("community.activity", TODAY), by=clock(), on=TODAY) == []
    assert keep(cast.binh, number, step="release") == 302
    ended = community.erase_activities(before=TODAY, but=kept_ones("community.activity", TODAY), by=clock(), on=TODAY)

    by_police.refresh_from_db()
    assert (ended, by_police.place, by_police.heads) == ([by_police.pk], "", 80)
    assert Point.objects.get().words == ""


def test_who_works_on_both_sides_has_the_other_side_as_partner(cast):
    codes = [row.code for row in queries.partners_of(cast.unit("CAP-W1").pk, TODAY)]
    assert codes == ["BXDD-W1"]
    appoint(person=cast.chi, unit=cast.unit("BXDD-W1"), role=Role.SPECIALIST, line=Line.CIVIL, by=cast.importer, on=TODAY)
    noting = replace(FORUM, partner="BXDD-W1")
    made = community.note(unit=cast.unit("CAP-W1"), noting=noting, by=cast.binh, on=TODAY)
    assert queries.activity(made.pk, cast.chi, TODAY).row.partner.code == "BXDD-W1"


def test_what_is_held_for_a_model_stands_at_the_model(cast):
    made = community.register(
        unit=cast.unit("CAP-W1"), field=Field.SAFE_AREA, name="Khu phố bình yên", summary="", partner=cast.unit("BXDD-W1"),
        by=cast.binh, on=TODAY,
    )  # fmt: skip
    held = community.note(unit=cast.unit("CAP-W1"), noting=replace(FORUM, model=made.pk), by=cast.binh, on=TODAY)
    community.note(unit=cast.unit("CAP-W1"), noting=FORUM, by=cast.binh, on=TODAY)

    told = queries.of_model(made.pk, cast.binh, TODAY)
    assert (told.held, told.heads, [row.id for row in told.latest]) == (1, FORUM.count, [held.pk])
    assert told.latest[0].model_name == "Khu phố bình yên"
    assert [row.id for row in queries.activities(cast.binh, TODAY, Filters(model=made.pk)).rows] == [held.pk]
    assert [one.name for one in queries.own_models(cast.unit("BXDD-W1").pk)] == ["Khu phố bình yên"]
    changed = community.change(activity=held, noting=FORUM, by=cast.binh, on=TODAY)
    assert (changed.model_id, queries.of_model(made.pk, cast.binh, TODAY).held) == (None, 0)


def test_what_is_held_for_two_models_is_not_the_same(cast):
    unit = cast.unit("CAP-W1")
    for name in ("Khu phố bình yên", "Hẻm sạch"):
        made = community.register(unit=unit, field=Field.SAFE_AREA, name=name, summary="", partner=None, by=cast.binh, on=TODAY)
        community.note(unit=unit, noting=replace(FORUM, model=made.pk), by=cast.binh, on=TODAY)
    assert queries.twins(cast.binh, TODAY, YESTERDAY) == []
    community.note(unit=unit, noting=FORUM, by=cast.binh, on=TODAY)
    assert len(queries.twins(cast.binh, TODAY, YESTERDAY)) == 2


@pytest.mark.parametrize("lapsed", [True, False])
def test_a_model_of_others_or_one_that_has_lapsed_takes_no_activity(cast, lapsed):
    unit = cast.unit("CAP-W1" if lapsed else "CAP-W2")
    made = community.register(
        unit=unit, field=Field.SAFE_AREA, name="Khu phố bình yên", summary="", partner=None, by=cast.importer, on=TODAY
    )
    if lapsed:
        community.lapse(model=made.pk, why="closed", by=cast.importer, on=TODAY)
    with pytest.raises(community.OfAnotherModel):
        community.note(unit=cast.unit("CAP-W1"), noting=replace(FORUM, model=made.pk), by=cast.binh, on=TODAY)
    assert not Activity.objects.exists()
