"""Calls for ideas by the API: what stands in public, and the answer."""

from django.test import Client

from gandan.ground.accounts import proof
from gandan.work.voice.models import Idea, Remark
from gandan.work.voice.operations import confirm_group, show_idea
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock as held_clock


def test_a_group_is_read_and_answered(cast, call, think):
    group = confirm_group(call=call, ideas=[think().pk], name="Tủ sách", by=cast.hoa, on=TODAY)
    base = f"/api/v1/calls/{call.pk}/groups"
    assert [one["number"] for one in signed_in(cast.binh).get("/api/v1/calls").json()] == [call.pk]
    (read,) = signed_in(cast.binh).get(base).json()
    assert (read["name"], read["ideas"], read["supports"], read["decision"]) == ("Tủ sách", 1, None, None)

    there, said = f"{base}/{group.pk}/answer", {"text": "Sẽ mở.", "decision": "taken_up"}
    assert signed_in(cast.binh).post(there, said, content_type="application/json").status_code == 404
    assert signed_in(cast.hoa).post(f"{base}/999/answer", said, content_type="application/json").status_code == 404
    assert signed_in(cast.dung).post(there, said, content_type="application/json").json()["answer"] == "Sẽ mở."
    assert signed_in(cast.dung).post(there, said, content_type="application/json").status_code == 409
    assert signed_in(cast.binh).get("/api/v1/calls/999/groups").status_code == 404


def test_ideas_and_comments_are_sent_without_an_account_once_for_the_same_work(cast, call, think, monkeypatch):
    monkeypatch.setattr(proof, "RIPE", 45)
    near = show_idea(idea=think("Mở tủ sách cho trẻ em ở khu phố 3.").pk, words="Mở tủ sách cho trẻ em.", by=cast.hoa, on=TODAY)
    asked = {"text": "Nên mở tủ sách cho trẻ em"}
    found = signed_in(cast.binh).post(f"/api/v1/calls/{call.pk}/near", asked, content_type="application/json").json()
    assert [one["number"] for one in found] == [near.pk]

    anybody, before = Client(), Idea.objects.count()
    idea, comment = {"text": "Lắp đèn ở hẻm 12 cho đỡ tối."}, {"about": "call", "number": call.pk, "text": "Hay lắm."}
    for there, body, kept in ((f"/api/v1/calls/{call.pk}/ideas", idea, Idea), ("/api/v1/comments", comment, Remark)):
        token = anybody.get("/api/v1/sending").json()
        robot = anybody.post(there, {**body, "token": token["token"]}, content_type="application/json")
        assert (robot.status_code, robot.json()["code"], robot.headers["Retry-After"]) == (429, "too_often", "45")
        worked = {**body, "token": token["token"], "proof": proof.solve(token["token"], token["bits"])}
        sent = [anybody.post(there, worked, content_type="application/json") for _ in range(3)]
        assert {one.status_code for one in sent} == {201}
        assert len({one.json()["code"] for one in sent}) == 1
        assert kept.objects.filter(words=body["text"]).count() == 1
        forged = {**worked, "token": "A" * 48}
        assert anybody.post(there, forged, content_type="application/json").status_code == 429
    assert Idea.objects.count() == before + 1
    nowhere = {**comment, "number": 999, "token": "A" * 48}
    assert anybody.post("/api/v1/comments", nowhere, content_type="application/json").status_code == 404
    follower = Client()
    assert follower.post("/public/voice/mine/", {"code": sent[0].json()["code"]}).url == "/public/comments/mine/"
