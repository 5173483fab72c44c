"""Ideas on the pages: a citizen without an account or a script, the civil side that sorts, the unit that answers; comments."""

import re

import pytest
from django.test import Client

from gandan.ground.messages.models import Message
from gandan.ground.organisations.queries import clock
from gandan.work.voice.models import Ballot, Call, Idea, IdeaGroup, Milestone, Remark
from gandan.work.voice.operations import propose_groups
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock as held_clock
from tests.privacy.keeping import keep, kept
from tests.voice.test_pages import code_on, picture

DRAFTED = {
    "title": "Không gian văn hóa", "theme": "Làm gì cho văn hóa ở phường?", "unit": "79", "decider": "CATP",
    "decides": "Ủy ban quyết định.", "becomes": "Mỗi nhóm có trả lời.", "opens_on": "2026-11-20", "closes_on": "2026-12-31",
}  # fmt: skip
MINE = "/public/voice/mine/"


@pytest.fixture
def call(cast):
    leader = signed_in(cast.hoa)
    assert leader.post("/ideas/new/", {**DRAFTED, "becomes": ""}).status_code == 422
    there = leader.post("/ideas/new/", DRAFTED).url
    assert leader.post(f"{there}edit/", {**DRAFTED, "title": "Không gian văn hóa Hồ Chí Minh"}).url == there
    assert Client().get(f"/public{there}").status_code != 200
    assert leader.post(there, {"do": "open"}).url == there
    return Call.objects.get()


def sent(call, words, **more):
    citizen = Client()
    there = f"/public/ideas/{call.pk}/write/"
    looked = citizen.post(there, {"words": words, "public": "yes", "do": "look", **more})
    assert looked.status_code == 200, looked.content.decode()
    more.pop("file", None)
    for _nervous in range(3):
        assert citizen.post(there, {"words": words, "public": "yes", "do": "send", **more}).url == "/public/ideas/sent/"
    return citizen, looked.content.decode()


def test_the_way_of_an_idea_from_the_first_word_to_the_milestone(cast, call):
    assert "Hồ Chí Minh" in Client().get("/public/ideas/").content.decode()
    citizen, _looked = sent(call, "Mở tủ sách Bác Hồ ở mỗi nhà văn hóa khu phố.", phone="0909123456", file=picture())
    code = code_on(citizen.get("/public/ideas/sent/"))
    idea = Idea.objects.get()
    moderator = signed_in(cast.hoa)
    page = moderator.get("/voice/words/").content.decode()
    assert idea.words in page
    assert "0909" not in page
    assert moderator.post("/voice/words/", {"one": f"idea-{idea.pk}", "do": "hide", "why": ""}).status_code == 422
    shown = {"one": f"idea-{idea.pk}", "do": "show", "words": idea.words}
    assert moderator.post("/voice/words/", shown).status_code == 302
    assert signed_in(cast.dung).post("/voice/words/", shown).status_code == 403

    other, looked = sent(call, "Mở tủ sách Bác Hồ tại nhà văn hóa khu phố")
    assert "Đã có người nói gần như vậy" in looked
    assert idea.words in looked
    near = other.post(f"/public/ideas/{call.pk}/near/", {"words": "Mở tủ sách Bác Hồ ở nhà văn hóa"}).content.decode()
    assert idea.words in near

    second = Idea.objects.exclude(pk=idea.pk).get()
    propose_groups(call=call, clusters=[[idea.pk, second.pk]], by=clock(), on=TODAY)
    desk = f"/ideas/{call.pk}/"
    assert "Đêm qua đề nghị" in moderator.get(desk).content.decode()
    both = {"do": "confirm", "ideas": [idea.pk, second.pk], "at": str(IdeaGroup.objects.get().pk)}
    assert moderator.post(desk, {**both, "name": ""}).status_code == 422
    assert moderator.post(desk, {**both, "name": "Tủ sách Bác Hồ"}).status_code == 302
    group = IdeaGroup.objects.get()
    there = f"{desk}groups/{group.pk}/"

    police = signed_in(cast.dung)
    assert "Tủ sách Bác Hồ" in police.get("/ideas/").content.decode()
    assert police.get(f"/ideas/groups/{group.pk}/").url == there
    assert police.post(there, {"do": "answer", "words": "Giữ lời này", "decision": ""}).status_code == 422
    assert police.post(there, {"do": "part", "ideas": [second.pk]}).status_code == 403
    assert police.post(there, {"do": "answer", "words": "Làm ở năm khu phố.", "decision": "taken_up"}).url == there
    assert police.post(there, {"do": "milestone", "words": "Năm tủ sách", "due_on": "31/12/2026"}).url == there
    step = Milestone.objects.get()
    assert police.get(f"/ideas/milestones/{step.pk}/").url == there
    for stranger in (cast.binh, cast.quyen):
        for way in (f"/ideas/groups/{group.pk}/", f"/ideas/milestones/{step.pk}/"):
            assert signed_in(stranger).get(way).status_code == 404
    assert police.post(there, {"do": "reach", "step": step.pk, "result": "", "at": step.pk}).status_code == 422
    assert police.post(there, {"do": "reach", "step": step.pk, "result": "Đã mở năm tủ."}).url == there

    elsewhere = Client()
    assert elsewhere.post(MINE, {"code": code}).url == "/public/ideas/mine/"
    mine = elsewhere.get("/public/ideas/mine/").content.decode()
    assert "Làm ở năm khu phố." in mine
    assert "Đã mở năm tủ." in mine
    assert "1 người gửi đã xem" in police.get(there).content.decode()
    file = re.search(r'href="(/public/ideas/mine/files/[^"]+)"', mine)[1]
    assert b"secret place" not in b"".join(elsewhere.get(file).streaming_content)
    public = Client().get(f"/public/ideas/{call.pk}/{idea.pk}/").content.decode()
    photo = re.search(r'src="(/public/ideas/photos/[^"]+)"', public)[1]
    assert b"secret place" not in b"".join(Client().get(photo).streaming_content)
    assert Client().get(f"/public/ideas/{call.pk}/{second.pk}/").status_code != 200  # nobody has looked at it yet
    elsewhere.post("/public/voice/mine/leave/")
    assert elsewhere.get("/public/ideas/mine/").url == MINE


def test_what_is_typed_stays_and_what_is_wrong_stands_beside_it(call):
    citizen = Client()
    there = f"/public/ideas/{call.pk}/write/"
    citizen.get(there)
    refused = citizen.post(there, {"words": "ngắn", "phone": "12", "do": "send"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "không giống một số điện thoại" in page
    assert ">ngắn</textarea>" in page
    assert ">ngắn</textarea>" in citizen.get(there).content.decode()


def test_who_begins_to_write_gets_what_their_next_form_is_checked_by(call):
    citizen = Client(enforce_csrf_checks=True)
    there, ours = f"/public/ideas/{call.pk}/write/", {"Origin": "http://testserver"}
    form = {"words": "Mở tủ sách ở khu phố.", "do": "look"}
    looked = citizen.post(there, form, headers=ours)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', looked.content.decode())[1]
    assert citizen.post(there, form, headers=ours).status_code == 403
    sent = citizen.post(there, {**form, "do": "send", "csrfmiddlewaretoken": token}, headers=ours)
    assert sent.url == "/public/ideas/sent/"


def test_support_takes_a_code_and_one_press(cast, call):
    sent(call, "Trồng cây xanh ở sân chung cư cho trẻ em chơi.")
    idea = Idea.objects.get()
    signed_in(cast.hoa).post("/voice/words/", {"one": f"idea-{idea.pk}", "do": "show", "words": idea.words})
    there = f"/public/ideas/{call.pk}/{idea.pk}/support/"
    citizen = Client()
    assert "không có danh sách ai ủng hộ" in citizen.get(there).content.decode()
    assert citizen.post(there, {"do": "ask", "phone": "12"}).status_code == 422
    assert citizen.post(there, {"do": "ask", "phone": "0909 123 456"}).status_code == 200
    assert citizen.post(there, {"do": "support", "code": "000"}).status_code == 422
    code = re.search(r"\d{6}", Message.objects.get(template="ballot-code").content)[0]
    assert citizen.post(there, {"do": "support", "code": code}).url == f"/public/ideas/{call.pk}/{idea.pk}/"
    assert citizen.post(there, {"do": "support"}).status_code == 302  # again: told so, not counted
    assert Ballot.objects.count() == 1
    assert "ủng hộ" not in signed_in(cast.dung).get("/messages/").content.decode()
    assert "0909" not in signed_in(cast.lan).get("/messages/").content.decode()

    robot = Client()
    robot.get(there)
    robot.post(there, {"do": "ask", "phone": "0909 123 457"})
    for guess in range(6):
        robot.post(there, {"do": "support", "code": f"{guess:06}"})
    code = re.search(r"\d{6}", Message.objects.filter(template="ballot-code").latest("pk").content)[0]
    assert robot.post(there, {"do": "support", "code": code}).status_code == 422  # five tries were enough


def test_calls_are_the_civil_sides_to_lead(cast, call):
    for person, list_status, desk_status in ((cast.dung, 200, 200), (cast.binh, 403, 404), (cast.lan, 403, 404)):
        client = signed_in(person)
        assert client.get("/ideas/").status_code == list_status
        assert client.get(f"/ideas/{call.pk}/").status_code == desk_status
        assert client.get("/ideas/new/").status_code == 403
        assert client.get(f"/ideas/{call.pk}/edit/").status_code == 403
        assert client.post(f"/ideas/{call.pk}/edit/", {**DRAFTED, "title": "Khác"}).status_code == 403
        assert client.post(f"/ideas/{call.pk}/", {"do": "end"}).status_code in {403, 404}
    call.refresh_from_db()
    assert call.title == "Không gian văn hóa Hồ Chí Minh"
    leader = signed_in(cast.hoa)
    assert leader.post(f"/ideas/{call.pk}/", {"do": "extend", "closes_on": "2026-12-01"}).status_code == 422
    assert leader.post(f"/ideas/{call.pk}/", {"do": "extend", "closes_on": "2027-01-31"}).status_code == 302
    assert "đã gia hạn, trước là" in Client().get(f"/public/ideas/{call.pk}/").content.decode()
    assert leader.post(f"/ideas/{call.pk}/", {"do": "end"}).status_code == 302
    assert Client().get(f"/public/ideas/{call.pk}/write/").status_code == 302


def test_a_comment_is_moderated_in_the_open(cast, call):
    there = f"/public/comments/call/{call.pk}/"
    author = Client()
    assert author.post(there, {"words": " "}).status_code == 422
    assert author.post(there, {"words": "Kêu gọi thì hay, nhưng lần trước có trả lời ai đâu."}).url == "/public/comments/mine/"
    assert author.post(there, {"words": "Kêu gọi thì hay, nhưng lần trước có trả lời ai đâu."}).status_code == 302  # again
    code = code_on(author.get("/public/comments/mine/"))
    one = Remark.objects.get()
    page = f"/public/ideas/{call.pk}/"
    assert one.words not in Client().get(page).content.decode()
    shown = {"one": f"comment-{one.pk}", "do": "show", "words": "x"}
    assert signed_in(cast.giang).post("/voice/words/", shown).status_code == 403
    moderator = signed_in(cast.hoa)
    assert f"BL-{one.pk}" in moderator.get("/voice/words/").content.decode()
    assert moderator.post("/voice/words/", {"one": f"comment-{one.pk}", "do": "hide", "why": "abuse"}).status_code == 302
    assert "có lời xúc phạm: 1" in Client().get(page).content.decode()

    elsewhere = Client()
    assert elsewhere.post(MINE, {"code": code}).url == "/public/comments/mine/"
    assert "có lời xúc phạm" in elsewhere.get("/public/comments/mine/").content.decode()
    assert elsewhere.post("/public/comments/mine/", {"words": ""}).status_code == 422
    assert elsewhere.post("/public/comments/mine/", {"words": "Tôi chỉ phê bình."}).status_code == 302
    assert one.words not in moderator.get("/voice/words/").content.decode()  # whoever hid it doesn't judge the appeal
    assert moderator.post("/voice/words/", shown).status_code == 422
    assert (keep(cast.giang, f"BL-{one.pk}"), keep(cast.hoa, f"BL-{one.pk}")) == (400, 302)  # the civil side alone
    assert f"BL-{one.pk}" in kept(cast.hoa)
    assert Client().post("/public/comments/call/999/", {"words": "Có ai không"}).status_code == 404
