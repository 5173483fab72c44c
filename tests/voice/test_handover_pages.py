"""Hand-overs on pages and by program: from the first word of who found something to the depot."""

import re
from datetime import timedelta

from django.test import Client

from gandan.work.voice.models import Case, Item, Link
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock as held_clock

DRAFT, MINE, ITEMS = "/public/voice/draft/", "/public/voice/mine/", "/voice/items/"
THING = {"kind-1": "blade", "name-1": "Dao găm cán gỗ", "mark-1": "MS 112", "quantity-1": "2", "condition-1": "rusted"}


def test_the_way_of_a_hand_over_from_the_first_word_to_the_depot(town):
    finder = Client()
    begin = finder.get("/public/voice/new/handover/").content.decode()
    for said in ("đừng chạm, đừng di chuyển", "tel:113", "tel:114", "không hứa khác đi"):
        assert said in begin
    finder.post("/public/voice/new/handover/")
    assert "Trông giống loại nào" in finder.get(DRAFT).content.decode()
    given = {
        "text": "Hai con dao găm cũ",
        "ward": "W1",
        "attribute[what][]": ["blade"],
        "attribute[how]": "collect",
        "whole": "1",
    }
    finder.post(DRAFT, {**given, "do": "send"})
    case = Case.objects.get()

    desk, second, depot = signed_in(town.binh), signed_in(town.dung), signed_in(town.phuc)
    home = f"/voice/{case.number}/"
    assert "Dao, kiếm, nỏ…" in desk.get(home).content.decode()
    refused = desk.post(home, {"do": "arrange", "how": "collect", "day": "hôm nay", "words": "Hai cán bộ"})
    assert (refused.status_code, "Xin chọn ngày hẹn" in refused.content.decode()) == (422, True)
    when = {"day": (TODAY + timedelta(1)).isoformat(), "begins": "08:00", "ends": "09:00", "at": "hẻm 12"}
    assert desk.post(home, {"do": "arrange", "how": "collect", "words": "Hai cán bộ đến.", **when}).status_code == 302
    assert "Hai cán bộ đến." in finder.get(MINE).content.decode()

    wrong = desk.post(home, {"do": "take_in", "rows": "3", **THING, "quantity-1": "x", "ground": "found", "place": "hẻm 12"})
    assert wrong.status_code == 422
    assert "Dao găm cán gỗ" in wrong.content.decode()
    assert 'id="wrong-1"' in wrong.content.decode()
    assert desk.post(home, {"do": "take_in", "rows": "3", **THING, "ground": "found", "place": "hẻm 12"}).status_code == 302
    assert "ký là người thứ hai" not in desk.get(home).content.decode()
    assert "ký là người thứ hai" in second.get(home).content.decode()
    assert Client().get("/public/voice/mine/protocol.pdf").status_code == 404
    assert second.post(home, {"do": "witness"}).status_code == 302

    mine = finder.get(MINE).content.decode()
    assert "Dao găm cán gỗ: 2 chiếc" in mine
    paper = finder.get("/public/voice/mine/protocol.pdf")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert desk.get(f"/voice/{case.number}/protocol.pdf").content == paper.content
    assert depot.get(f"/voice/{case.number}/protocol.pdf").status_code == 404

    assert "Dao găm cán gỗ" in desk.get(ITEMS).content.decode()
    none = desk.post(home, {"do": "give", "unit": "PC08", "depot": "yes"})
    assert none.status_code == 422
    assert desk.post(home, {"do": "give", "unit": "PC08", "depot": "yes", "item": ["1"], "words": "NP 7"}).status_code == 302
    link = str(Link.objects.get().pk)
    assert "Ký nhận" in depot.get(ITEMS).content.decode()
    assert "Ký nhận" not in desk.get(ITEMS).content.decode()
    assert desk.post(ITEMS, {"link": link, "do": "take"}).status_code == 403
    assert depot.post(ITEMS, {"link": link, "do": "take", "remarks": "còn niêm phong"}).status_code == 302
    assert depot.post(ITEMS, {"link": link, "do": "take"}).status_code == 422
    assert Item.objects.get().where == "stored"
    assert "Dao găm cán gỗ" in depot.get(ITEMS + "?where=stored").content.decode()
    page = desk.get(home).content.decode()
    assert re.search(r"Trần Văn Bình\) → .*nhập kho \(Lý Hồng Phúc", page)
    assert "không còn khớp" not in page


def test_what_was_given_can_be_kept_back(town, send):
    case = send("handover", "Một cây kiếm")
    desk, second = signed_in(town.binh), signed_in(town.dung)
    home = f"/voice/{case.number}/"
    desk.post(home, {"do": "take_in", "rows": "1", **THING, "ground": "war", "place": "trụ sở"})
    second.post(home, {"do": "witness"})
    desk.post(home, {"do": "give", "unit": "PC08", "item": ["1"]})
    assert desk.post(ITEMS, {"link": str(Link.objects.get().pk), "do": "take_back"}).status_code == 302
    assert Item.objects.get().where == "held"


def test_a_program_does_the_same_and_others_find_no_trace(town, send, ask):
    case = send("handover", "Nghi là lựu đạn", answers={"what": ["bomb"]})
    visit = {
        "collected": False, "day": (TODAY + timedelta(1)).isoformat(), "begins": "08:00", "ends": "09:00", "place": "hẻm 12"
    }  # fmt: skip
    at = f"hand-overs/{case.number}"
    assert ask("binh", f"{at}/visit", method="post", body=visit).refusal == (409, "may_explode")
    for unreadable in ({"begins": "08:00Z"}, {"day": "9999-12-31"}):
        assert ask("binh", f"{at}/visit", method="post", body={**visit, **unreadable}).refusal == (422, "unreadable")
    assert ask("binh", f"{at}/visit", method="post", body={**visit, "collected": True}).body["state"] == "working"
    for act, body in (("visit", visit), ("give", {"items": [1], "unit": "PC08"}), ("sign", {})):
        assert ask("chi", f"{at}/{act}", method="post", body=body).refusal == (404, "unknown_case")
    assert ask("chi", at).refusal == (404, "unknown_case")
    record = {"things": [{"kind": "grenade", "quantity": 1}], "ground": "war", "place": "hẻm 12"}
    assert ask("chi", f"{at}/record", method="post", body=record).refusal == (404, "unknown_case")
    unready = ask("binh", f"{at}/record", method="post", body={**record, "things": [{"kind": "cannon"}]})
    assert unready.refusal == (422, "not_ready")
    assert ask("binh", f"{at}/give", method="post", body={"items": [1], "unit": "PC08"}).refusal == (409, "not_in_hand")
    assert ask("binh", at).body is None
    assert ask("binh", f"{at}/record", method="post", body=record).body["number"] == ""
    assert ask("binh", f"{at}/sign", method="post").refusal == (409, "same_person")
    assert ask("dung", f"{at}/sign", method="post").body["number"].startswith("01/BBGN")

    given = ask("binh", f"{at}/give", method="post", body={"items": [1], "unit": "PC08", "to_depot": True})
    assert [one["where"] for one in given.body["items"]] == ["on_way"]
    (waiting,) = ask("phuc", "hand-overs/links").body["items"]
    assert ask("chi", "hand-overs/links").body["items"] == []
    assert ask("chi", f"hand-overs/links/{waiting['id']}/take", method="post", body={}).refusal == (403, "not_allowed")
    assert ask("phuc", f"hand-overs/links/{waiting['id']}/take", method="post", body={}).status == 200
    assert [one["kind"] for one in ask("phuc", "hand-overs/items", stored=True).body["items"]] == ["grenade"]
    assert ask("binh", at).body["holds"] is True
