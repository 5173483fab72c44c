"""The pages and the API of matters, as officers of both sides use them."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gandan.ground.organisations.operations import appoint
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.matters.models import Matter, Pledge
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.matters.test_matters import city as city
from tests.matters.test_matters import matter as matter
from tests.matters.test_matters import opened, pledged

FORM = {
    "title": "Lối đi chung sau chợ", "issue": "land", "place": "Hẻm sau chợ", "ward": "W1", "households": "12",
    "partner": "BXDD-W1", "asks": "Mở lại lối đi\nThêm đèn", "settle_by": "2027-01-20", "do": "save",
}  # fmt: skip


def done(client, page, what, **more):
    answer = client.post(page, {"do": what, **more})
    assert answer.status_code == 302, answer.content.decode()[:3000]


def test_a_matter_goes_from_its_opening_to_its_end_and_is_opened_again(city):
    binh, quyen = signed_in(city.binh), signed_in(city.quyen)
    page = binh.post("/matters/new/", FORM).url
    assert "Thêm đèn" in quyen.get(page).content.decode()
    done(quyen, page, "dialogue", held_on="2026-11-20", where="Nhà văn hoá", heads="40", minutes="Thống nhất mở lối đi")
    ask = Matter.objects.get().asks.first()
    done(binh, page, "pledge", pledge="Dỡ hàng rào", owner="CAP-W1", due_on="2026-12-01", ask=str(ask.pk))
    pledge = Pledge.objects.get()
    assert "Dỡ hàng rào" in binh.get("/?group=later").content.decode()
    assert binh.get(f"/matters/pledges/{pledge.pk}/").url == f"{page}#p{pledge.pk}"
    done(binh, page, "postpone", pledge=str(pledge.pk), day="2026-12-05")
    assert "hẹn đầu 01/12/2026" in binh.get(page).content.decode()
    assert "Còn 1 cam kết chưa xong" in binh.get(page).content.decode()
    done(binh, page, "keep", pledge=str(pledge.pk), result="Đã dỡ")
    done(binh, page, "propose", outcome="Đã mở lối đi")
    assert "Đồng ý kết thúc" not in binh.get(page).content.decode()
    assert "Đồng ý kết thúc" in quyen.get(page).content.decode()
    done(quyen, page, "agree")
    assert "giữ đúng mọi hẹn" in binh.get(page).content.decode()
    done(quyen, page, "reopen", again="Lại bị rào", settle_by="2026-12-20")
    assert Matter.objects.get().reopened == 1


@pytest.mark.parametrize(("what", "given", "field", "says"), [
    ("ask", {"words": "Nhà ông Tám lấn đường"}, "wrong_words", "có thể chỉ ra một người"),
    ("dialogue", {"held_on": "2026-11-20", "where": "Chợ", "heads": "9", "minutes": "Bà Hai nói"}, "wrong_minutes", "chỉ ra một"),
    ("dialogue", {"held_on": "2027-11-20", "where": "Chợ", "heads": "9", "minutes": "Thống nhất"}, "wrong_held_on", "sau khi"),
    ("pledge", {"pledge": "Dỡ rào", "owner": "CAP-W1", "due_on": "2020-01-01"}, "wrong_due_on", "ngày"),
    ("propose", {"outcome": ""}, "wrong_outcome", "giải quyết thế nào"),
])  # fmt: skip
def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(city, matter, what, given, field, says):
    answer = signed_in(city.binh).post(f"/matters/{matter.pk}/", {"do": what, **given})

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert says in shown.partition(field)[2][:400]
    assert all(value in shown for name, value in given.items() if name in {"words", "minutes", "pledge"})


def test_a_form_that_names_somebody_is_refused_beside_its_field(city):
    binh = signed_in(city.binh)
    for name, words in (("title", "Việc bà Hai"), ("place", "Cạnh nhà anh Ba"), ("asks", "Gọi 0909 123 456")):
        answer = binh.post("/matters/new/", FORM | {name: words})
        assert "có thể chỉ ra một người" in answer.content.decode().partition(f'id="wrong_{name}"')[2][:300], name
        assert words in answer.content.decode()
    assert "bên kia" in binh.post("/matters/new/", FORM | {"partner": "CAP-W2"}).content.decode()
    assert not Matter.objects.exists()


def test_a_click_on_the_map_becomes_a_point_without_scripts(city):
    binh = signed_in(city.binh)
    drawn = binh.post("/matters/new/", FORM | {"pin.x": "160", "pin.y": "130", "title": ""})
    assert (drawn.status_code, "10.780000" in drawn.content.decode()) == (200, True)
    assert not Matter.objects.exists()
    page = binh.post("/matters/new/", FORM | {"latitude": "10.78", "longitude": "106.70"}).url
    assert Matter.objects.get().latitude == 10.78
    assert "Lối đi chung" in binh.get("/matters/map/").content.decode()
    assert binh.post(f"{page}change/", FORM | {"title": "Lối đi sau chợ", "do": "save"}).status_code == 302
    assert Matter.objects.get().title == "Lối đi sau chợ"
    far = binh.post(f"{page}change/", FORM | {"latitude": "21.0", "longitude": "105.8"})
    assert "không nằm trong phường" in far.content.decode().partition('id="wrong_ward"')[2][:300]


def test_others_see_nothing_and_who_promised_is_led_there(city, matter):
    promised = pledged(city, matter, owner=city.unit("PC08"))
    appoint(person=city.chi, unit=city.unit("CAP-W2"), role=Role.SPECIALIST, line=Line.POLICE, by=city.importer, on=TODAY)
    chi = signed_in(city.chi)
    assert chi.get(f"/matters/{matter.pk}/").status_code == 403
    assert chi.get(f"/matters/pledges/{promised.pk}/").status_code == 403
    assert "Chưa có vụ việc nào khớp" in chi.get("/matters/").content.decode()
    appoint(person=city.phuc, unit=city.unit("PC08"), role=Role.SPECIALIST, line=Line.POLICE, by=city.importer, on=TODAY)
    phuc = signed_in(city.phuc)
    assert phuc.get(f"/matters/pledges/{promised.pk}/").url == f"/matters/{matter.pk}/#p{promised.pk}"
    page = phuc.get(f"/matters/{matter.pk}/").content.decode()
    assert ("Cam kết của đơn vị Ông/Bà" in page, "Người dân đề nghị" in page, promised.words in page) == (True, False, True)
    kept = {"do": "keep", "pledge": str(promised.pk), "result": "Đã dỡ"}
    assert phuc.post(f"/matters/{matter.pk}/", kept).status_code == 302
    assert signed_in(city.binh).get("/matters/999999/").status_code == 404
    assert signed_in(city.alice).get("/matters/").status_code == 403


def test_the_list_is_narrowed_by_words_and_costs_no_more_for_many(city):
    binh = signed_in(city.binh)
    opened(city, title="Kè bờ kênh")
    binh.get("/matters/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        binh.get("/matters/")
    for nth in range(8):
        opened(city, title=f"Vụ {nth}")
    with CaptureQueriesContext(connection) as many:
        shown = binh.get("/matters/").content.decode()
    assert (len(many), "Vụ 7" in shown) == (len(few), True)
    found = binh.get("/matters/?q=ke bo kenh&issue=land&state=open&unit=BXDD-W1").content.decode()
    assert ("Kè bờ kênh" in found, "Vụ 7" in found) == (True, False)
    assert "NOWHERE" in binh.get("/matters/?unit=NOWHERE").content.decode()


def test_programs_take_up_and_read_matters(city):
    binh = signed_in(city.binh)
    asked = {
        "unit": "CAP-W1", "partner": "BXDD-W1", "area": "W1", "issue": "land", "title": "Lối đi chung", "place": "Hẻm sau chợ",
        "asks": ["Mở lại lối đi"], "settle_by": "2027-01-20",
    }  # fmt: skip
    made = binh.post("/api/v1/matters", json.dumps(asked), content_type="application/json")
    assert made.status_code == 201, made.content
    number = made.json()["number"]
    read = binh.get(f"/api/v1/matters/{number}").json()
    assert (read["asks"], read["state"], read["pledges"]) == (["Mở lại lối đi"], "open", [])
    assert [one["number"] for one in binh.get("/api/v1/matters?q=loi di&late=false").json()["items"]] == [number]
    named = binh.post("/api/v1/matters", json.dumps(asked | {"title": "Việc bà Hai"}), content_type="application/json")
    assert (named.status_code, named.json()["code"]) == (409, "names_somebody")
    assert signed_in(city.chi).post("/api/v1/matters", json.dumps(asked), content_type="application/json").status_code == 403
