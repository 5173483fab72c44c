"""The pages and the API of relief, from a household's form to the code at a depot; without an emergency there is no page."""

import json
import re

import pytest
from django.test import Client

from gandan.work.relief.models import Given, Need, Offer
from gandan.work.relief.operations import end
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.relief.test_relief import asked, filled
from tests.relief.test_relief import flood as flood

PUBLIC = ("/public/relief/", "/public/relief/need/", "/public/relief/offer/")


def form(flood, **other):
    given = {
        "where": f"{flood.pk}:W1", "item-food": "2", "item-water": "1", "name": "Hộ bà Sáu", "phone": "0909 000 001",
        "address": "12 hẻm 3", "heads": "4", "once": "one form",
    }  # fmt: skip
    return {**given, **other}


def code_in(page):
    return re.findall(r"\d{4} \d{4} \d{4} \d{4}", page)[0]


def test_public_pages_are_there_while_an_emergency_goes_on(cast):
    stranger = Client()
    assert [stranger.get(path).status_code for path in PUBLIC] == [404, 404, 404]
    assert "Hiện không có đợt cứu trợ nào" in stranger.get(PUBLIC[0]).content.decode()
    dung = signed_in(cast.dung)
    act = {"disaster": "flood", "title": "Triều cường", "act_number": "12/QĐ", "act_body": "UBND", "act_day": "2026-11-20"}
    short = dung.post("/relief/", act)
    assert (short.status_code, "Chọn ít nhất một phường" in short.content.decode()) == (422, True)
    page = dung.post("/relief/", act | {"wards": ["W1"]}).url
    assert [stranger.get(path).status_code for path in PUBLIC] == [200, 200, 200]
    assert "12/QĐ" in stranger.get(PUBLIC[0]).content.decode()
    assert "Triều cường" in stranger.get("/public/").content.decode()
    assert signed_in(cast.binh).post("/relief/", act | {"wards": ["W1"]}).status_code == 403
    assert dung.post(page, {"do": "end"}).status_code == 302
    assert [stranger.get(path).status_code for path in PUBLIC] == [404, 404, 404]


def test_a_household_asks_is_set_aside_for_and_fetches_once(cast, flood):
    household, binh = Client(), signed_in(cast.binh)
    assert household.post("/public/relief/need/", form(flood)).url == "/public/relief/mine/"
    mine = household.get("/public/relief/mine/").content.decode()
    receipt = code_in(mine)
    household.post("/public/relief/need/", form(flood))
    assert code_in(household.get("/public/relief/mine/").content.decode()) == receipt
    need, page = Need.objects.get(), f"/relief/{flood.pk}/"
    binh.post(page, {"do": "depot", "name": "Trường học"})
    depot = re.findall(r"/depots/(\d+)/", binh.get(page).content.decode())[0]
    assert "Chưa kho nào đủ hàng" in binh.get(f"/relief/needs/{need.pk}/").content.decode()
    for item in ("food", "water"):
        binh.post(page, {"do": "stock", "depot": depot, "item": item, "amount": "10"})
    assert need.number in binh.get(page).content.decode()
    assert binh.post(f"/relief/needs/{need.pk}/", {"do": "set-aside", "depot": depot}).status_code == 302

    other = Client()
    other.post("/public/relief/mine/", {"code": receipt})
    shown = other.get("/public/relief/mine/").content.decode()
    secret = re.findall(r'code-words">(\d{4} \d{4})<', shown)[0]
    assert "Trường học" in shown
    handed = binh.post(f"{page}depots/{depot}/", {"secret": secret}).content.decode()
    assert need.number in handed
    again = binh.post(f"{page}depots/{depot}/", {"secret": secret})
    assert (again.status_code, "Mỗi mã chỉ nhận một lần" in again.content.decode()) == (422, True)
    assert "đã nhận" in other.get("/public/relief/mine/").content.decode()
    assert Given.objects.count() == 1


@pytest.mark.parametrize(("wrong", "field", "says"), [
    ({"where": ""}, "wrong_where", "Chọn phường"),
    ({"item-food": "", "item-water": ""}, "wrong_wanted", "ít nhất một thứ"),
    ({"phone": "1"}, "wrong_phone", "điện thoại"),
    ({"heads": "0"}, "wrong_heads", "Số người"),
    ({"address": ""}, "wrong_address", "nơi hộ"),
])  # fmt: skip
def test_what_is_missing_stands_beside_its_field_and_the_rest_stays(cast, flood, wrong, field, says):
    answer = Client().post("/public/relief/need/", form(flood, **wrong))

    assert answer.status_code == 422
    assert says in answer.content.decode().partition(f'id="{field}"')[2][:300]
    assert "Hộ bà Sáu" in answer.content.decode()


def test_who_telephones_is_taken_down_with_a_receipt_and_an_offer_is_taken_in(cast, flood):
    binh, chi = signed_in(cast.binh), signed_in(cast.chi)
    filled(cast, flood)
    page = f"/relief/{flood.pk}/"
    taken = binh.post(f"{page}enter/", form(flood, channel="phone")).url
    receipt = code_in(binh.get(taken).content.decode())
    assert Client().post("/public/relief/mine/", {"code": receipt}).status_code == 200
    assert chi.get(taken).status_code == 403
    assert chi.post(f"{page}enter/", form(flood)).status_code == 403
    given = {"where": f"{flood.pk}:W1", "item": "food", "amount": "20", "name": "Chùa", "phone": "0909 111 222", "once": "x"}
    giver = Client()
    assert {giver.post("/public/relief/offer/", given).url for _ in range(3)} == {"/public/relief/mine/"}
    thanks = giver.get("/public/relief/mine/").content.decode()
    assert ("cảm ơn" in thanks, "GCT-" in thanks) == (True, True)
    code = re.search(r'class="code-words">([\d ]+)<', thanks)[1]
    assert "wrong_amount" in Client().post("/public/relief/offer/", given | {"amount": "x", "once": "y"}).content.decode()
    depot = re.findall(r"/depots/(\d+)/", binh.get(page).content.decode())[0]
    assert chi.get(f"{page}depots/{depot}/").status_code == 403
    assert binh.post(page, {"do": "take-in", "offer": str(Offer.objects.get().pk), "depot": depot}).status_code == 302
    assert "Đã nhận vào kho" in Client().post("/public/relief/mine/", {"code": code}).content.decode()
    short = binh.post(page, {"do": "missing", "depot": depot, "item": "food", "amount": "9999"})
    assert (short.status_code, "chỉ còn 30" in short.content.decode()) == (422, True)


def test_a_wrong_receipt_opens_nothing_and_one_may_withdraw(cast, flood):
    stranger = Client()
    wrong = stranger.post("/public/relief/mine/", {"code": "1234"})
    assert (wrong.status_code, "Không mở được bằng mã này" in wrong.content.decode()) == (422, True)
    asked(cast, flood, 7)
    stranger.post("/public/relief/mine/", {"code": f"{7:016}"})
    assert "đã rút" in stranger.post("/public/relief/mine/", {"do": "withdraw"}).content.decode()


def test_programs_read_numbers_and_take_down_needs(cast, flood):
    filled(cast, flood)
    binh = signed_in(cast.binh)
    given = {"ward": "W1", "wanted": {"food": 2}, "name": "Hộ bà Sáu", "phone": "0909 000 009", "address": "12", "heads": 3}
    path = f"/api/v1/relief/{flood.pk}"
    made = binh.post(f"{path}/needs", json.dumps(given), content_type="application/json")
    assert (made.status_code, len(made.json()["receipt"])) == (201, 16)
    twice = binh.post(f"{path}/needs", json.dumps(given), content_type="application/json")
    assert (twice.status_code, twice.json()["code"]) == (409, "already_asked")
    read = binh.get(path).json()
    assert [one["needs"] for one in read["wards"] if one["ward"]["code"] == "W1"] == [1]
    assert {one["item"]: one["amount"] for one in read["depots"][0]["stock"]} == {"food": 10, "water": 10}
    assert "Hộ bà Sáu" not in json.dumps(read) + json.dumps(binh.get("/api/v1/relief").json())
    assert signed_in(cast.chi).post(f"{path}/needs", json.dumps(given), content_type="application/json").status_code == 403
    assert signed_in(cast.lan).get(path).status_code == 403
    end(emergency=flood, by=cast.dung, on=TODAY)
    assert binh.post(f"{path}/needs", json.dumps(given), content_type="application/json").status_code == 409
