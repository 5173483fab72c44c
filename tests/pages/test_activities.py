"""The pages of activities: noted in six fields, listed and mapped, two of the same side by side, points answered."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gandan.ground.promises.models import Promise
from gandan.work.community import queries
from gandan.work.community.models import Activity, Point
from gandan.work.community.operations import note, put_photo, raise_point
from gandan.work.community.rules import Form, Noting, Topic
from tests.cast import TODAY
from tests.community.test_activities import picture

TYPED = {
    "unit": "CAP-W1", "form": "forum", "topic": "fraud", "day": "2026-11-19", "place": "Nhà văn hoá khu phố 3", "partner": "",
    "count": "80", "key": "phone-00001",
}  # fmt: skip
VISIT = Noting(Form.VISIT, TODAY - timedelta(1), "Hội trường khu phố 5", Topic.LAW, "", 30)


@pytest.fixture
def visit(cast):
    return note(unit=cast.unit("CAP-W1"), noting=VISIT, by=cast.binh, on=TODAY)


def test_an_activity_is_noted_and_shown(cast, desk):
    binh = desk(cast.binh)
    page = binh.get("/activities/new/").content.decode()
    assert page.count('class="field"') == 6
    assert "Ban Xây dựng Đảng phường Sài Gòn" in page

    made = binh.post("/activities/new/", TYPED)

    activity = Activity.objects.get()
    assert made.url == f"/activities/{activity.pk}/"
    shown = binh.get(made.url).content.decode()
    assert "Diễn đàn lắng nghe Nhân dân" in shown
    assert "Nhà văn hoá khu phố 3" in binh.get("/activities/").content.decode()


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"day": "2026-11-21"}, "day", "chưa đến"),
        ({"day": "2026-02-31"}, "day", "không có trong lịch"),
        ({"place": "Nhà ông Tám"}, "place", "có thể chỉ ra một người"),
        ({"count": "rất đông"}, "count", "Ghi một số"),
        ({"partner": "CAP-W2"}, "partner", "cùng một bên"),
    ],
)
def test_a_refusal_stands_beside_its_field(cast, desk, more, field, said):
    page = desk(cast.binh).post("/activities/new/", TYPED | more)

    text = page.content.decode()
    assert page.status_code == 422
    assert said in text.partition(f'id="wrong_{field}"')[2][:300]
    assert more.get("place", TYPED["place"]) in text
    assert not Activity.objects.exists()


def test_what_a_phone_kept_is_taken_once(cast, desk):
    binh = desk(cast.binh)
    turn = binh.get("/activities/new/send/").json()
    assert turn["who"] == "binh"

    first = binh.post("/activities/new/send/", TYPED | {"offline": "1"})
    again = binh.post("/activities/new/send/", TYPED | {"offline": "1"})

    assert first.json() == again.json()
    assert Activity.objects.get().offline
    wrong = binh.post("/activities/new/send/", TYPED | {"key": "phone-00002", "day": "2026-11-21"})
    assert (wrong.status_code, list(wrong.json()["wrong"])) == (422, ["day"])
    assert Client().get("/activities/new/send/").status_code == 401
    elsewhere = desk(cast.chi).post("/activities/new/send/", TYPED | {"key": "phone-00003"})
    assert (elsewhere.status_code, list(elsewhere.json()["wrong"]), Activity.objects.count()) == (403, [""], 1)


def test_what_is_kept_for_flight_mode_holds_no_record(cast, desk, visit):
    binh = desk(cast.binh)
    shell = binh.get("/activities/new/offline/")
    script = binh.get("/activities/new/worker.js")

    assert "Hội trường khu phố 5" not in shell.content.decode()
    assert "csrfmiddlewaretoken" not in shell.content.decode()
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert "script-src 'self'" in shell.headers["Content-Security-Policy"]


def test_what_was_raised_is_owed_and_answered(cast, desk, visit):
    binh, page = desk(cast.binh), f"/activities/{visit.pk}/"
    named = binh.post(page, {"do": "point", "words": "Ông Tám nói đèn hỏng"})
    assert "có thể chỉ ra một người" in named.content.decode()
    assert "Ông Tám nói đèn hỏng" in named.content.decode()

    assert binh.post(page, {"do": "point", "words": "Đèn đường hỏng", "needed": "on", "due_on": "2026-11-30"}).url == page
    point, promise = Point.objects.get(), Promise.objects.get(kind="activity.answer")
    assert (promise.officer, str(promise.due_on)) == (cast.binh, "2026-11-30")
    assert binh.get(f"/activities/points/{point.pk}/").url == f"{page}#p1"
    assert f"/activities/points/{point.pk}/" in binh.get("/?group=later").content.decode()
    assert binh.post(page, {"do": "answer", "point": str(point.pk), "answer": "Đã sửa."}).url == page
    assert "Đã sửa." in binh.get(page).content.decode()


def test_it_is_set_right_and_withdrawn(cast, desk, visit):
    binh, page = desk(cast.binh), f"/activities/{visit.pk}/"
    form = {name: value for name, value in TYPED.items() if name not in {"unit", "key"}} | {"count": "33", "seen": "1"}

    assert binh.post(f"{page}change/", form).url == page
    stale = binh.post(f"{page}change/", form | {"count": "34"})
    assert (stale.status_code, "vừa sửa buổi này" in stale.content.decode()) == (422, True)
    assert binh.post(page, {"do": "withdraw"}).url == page
    assert "Buổi này đã rút" in binh.get(page).content.decode()


def test_two_of_the_same_stand_side_by_side(cast, desk, visit):
    other = note(unit=cast.unit("BXDD-W1"), noting=replace(VISIT, partner="CAP-W1", count=35), by=cast.quyen, on=TODAY)
    binh = desk(cast.binh)
    assert "/activities/twins/" in binh.get("/activities/").content.decode()
    page = binh.get("/activities/twins/").content.decode()
    assert page.count("Gộp, giữ bản này") == 2

    merged = {"do": "merge", "keep": str(visit.pk), "other": str(other.pk), "heads": "35"}
    assert binh.post("/activities/twins/", merged).url == "/activities/twins/"
    assert "Không có buổi nào ghi trùng" in binh.get("/activities/twins/").content.decode()


def test_a_photo_is_shown_to_who_may_see_the_activity(cast, desk, visit):
    kept = put_photo(activity=visit, source=picture(), name="a.jpg", nobody_seen=True, by=cast.binh, on=TODAY)

    shown = desk(cast.binh).get(f"/activities/photos/{kept.token}/")
    assert (shown.headers["Content-Type"], b"".join(shown.streaming_content)[:2]) == ("image/jpeg", b"\xff\xd8")
    assert desk(cast.chi).get(f"/activities/photos/{kept.token}/").status_code == 403
    assert desk(cast.chi).get(f"/activities/{visit.pk}/").status_code == 403


def test_the_map_and_the_list_lead_to_each_other(cast, desk, visit):
    page = desk(cast.giang).get("/activities/map/").content.decode()

    assert "area=W1" in page
    assert "Hội trường" in desk(cast.giang).get("/activities/?area=W1&form=visit").content.decode()
    assert "Hội trường" not in desk(cast.giang).get("/activities/?area=W1&form=forum").content.decode()
    assert "Không có đơn vị" in desk(cast.giang).get("/activities/?unit=NOWHERE").content.decode()


def test_a_list_of_many_costs_as_much_as_a_list_of_one(cast, desk, visit):
    giang = desk(cast.giang)
    giang.get("/activities/")
    with CaptureQueriesContext(connection) as one:
        giang.get("/activities/")
    for nth in range(20):
        more = note(unit=cast.unit("CAP-W1"), noting=replace(VISIT, day=TODAY - timedelta(2 + nth)), by=cast.binh, on=TODAY)
        raise_point(activity=more, words="Đèn hỏng", by=cast.binh, on=TODAY)
    with CaptureQueriesContext(connection) as many:
        giang.get("/activities/")

    assert len(many) <= len(one)


def test_a_map_is_counted_once_in_some_seconds(cast, desk, visit, settings, monkeypatch):
    settings.PAGES_KEPT = 15
    giang = desk(cast.giang)
    first = giang.get("/activities/map/").content.decode()
    monkeypatch.setattr(queries, "by_area", lambda *_what: [])
    again = giang.get("/activities/map/").content.decode()
    assert "area=W1" in first
    assert "area=W1" in again
    assert "area=W1" not in giang.get("/activities/map/?form=campaign").content.decode()
