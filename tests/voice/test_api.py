"""The inbox for programs: read, taken down once, answered, passed on."""

from django.test import Client

from gandan.ground.accounts import proof
from gandan.work.voice.models import Case, Visitor
from tests.cast import TODAY
from tests.clock import held_clock as held_clock

BROUGHT = {"kind": "report", "service": "other", "text": "Nước tràn ra đường", "ward": "W1", "channel": "other", "source": "1022"}


def test_a_case_of_another_channel_comes_once_and_is_answered(town, ask):
    taken = ask("binh", "voice", method="post", body={**BROUGHT, "source_number": "77"})
    assert taken.status == 201
    assert len(taken.body["code"]) == 16
    assert ask("binh", "voice", method="post", body={**BROUGHT, "source_number": "77"}).refusal == (409, "known_source")

    number = taken.body["number"]
    assert [one["number"] for one in ask("binh", "voice", text="nuoc tran").body["items"]] == [number]
    assert ask("binh", f"voice/{number}").body["whole_text"] == "Nước tràn ra đường"
    answered = ask("binh", f"voice/{number}/answer", method="post", body={"text": "Đã khơi cống.", "outcome": "done"})
    assert (answered.status, answered.body["state"]) == (200, "answered")
    assert ask("binh", f"voice/{number}/answer", method="post", body={"text": "x", "outcome": "done"}).refusal == (
        409,
        "wrong_state",
    )


def test_what_can_not_be_so_is_named(town, ask):
    refused = ask("binh", "voice", method="post", body={**BROUGHT, "service": "noise"})
    assert refused.refusal == (422, "not_ready")
    assert refused.body["problems"][0]["at"] == "body.attribute[when]"


def test_others_find_no_trace_and_may_do_nothing(town, send, ask):
    case = send()
    assert ask("chi", "voice").body["items"] == []
    assert ask("chi", f"voice/{case.number}").refusal == (404, "unknown_case")
    assert ask("chi", f"voice/{case.number}/answer", method="post", body={"text": "x", "outcome": "done"}).status == 404
    assert ask("oanh", f"voice/{case.number}/pass", method="post", body={"unit": "PC08"}).status in {403, 404}
    assert ask("lan", "voice", method="post", body=BROUGHT).refusal == (403, "not_allowed")
    assert Case.objects.get().unit == town.unit("CAP-W1")

    assert ask("binh", f"voice/{case.number}/pass", method="post", body={"unit": "PC08", "text": "Đèn"}).status == 200
    assert Case.objects.get().unit == town.unit("PC08")


def test_legal_steps_are_read_done_and_lengthened(town, send, ask):
    case = send("crime", "Xe bị bẻ khoá", name="Trần Thị An", phone="0909123456")
    there = f"voice/{case.number}/steps"
    (step,) = ask("binh", there).body
    assert (step["clock"], step["grade"], step["end"], step["late"]) == ("transfer", "normal", "", False)
    assert ask("chi", there).refusal == (404, "unknown_case")
    longer = {"clock": "transfer", "grade": "remote", "allowed_by": "Trưởng Công an phường, QĐ 12"}
    assert ask("chi", f"{there}/lengthen", method="post", body=longer).refusal == (404, "unknown_case")
    assert ask("chi", there, method="post", body={"step": "tell", "body": "x"}).refusal == (404, "unknown_case")
    assert ask("binh", f"{there}/lengthen", method="post", body=longer).body[0]["grade"] == "remote"
    assert ask("binh", f"{there}/lengthen", method="post", body=longer).refusal == (409, "no_such_extension")
    assert ask("binh", there, method="post", body={"step": "tell"}).refusal == (409, "missing_words")
    told = ask("binh", there, method="post", body={"step": "tell", "body": "Cơ quan CSĐT"}).body
    assert [(one["clock"], one["end"]) for one in told] == [("transfer", "told"), ("file", "")]
    assert ask("binh", there, method="post", body={"step": "file", "body": "Cơ quan CSĐT"}).body[1]["end"] == "filed"
    assert ask("binh", there, method="post", body={"step": "accept"}).refusal == (409, "no_such_stage")

    complaints = [send("complaint", "Quyết định phạt sai", concerned="CAP-W1", name="Trần Thị An") for _ in range(3)]
    for one, body, end in zip(
        complaints,
        ({"step": "accept"}, {"step": "refuse", "text": "Hết thời hiệu."}, {"step": "refer", "text": "x", "body": "Toà án"}),
        ("accepted", "refused", "referred"),
        strict=True,
    ):
        assert ask("minh", f"voice/{one.number}/steps", method="post", body=body).body[0]["end"] == end
    assert ask("binh", f"voice/{complaints[0].number}/steps").status == 404  # complaints go to the inspectorate alone


def test_an_extract_is_passed_on_and_concluded_without_a_trace_of_the_case(town, send, ask):
    case = send("denunciation", "Cán bộ nhận tiền", concerned="CAP-W1", name="Trần Thị An", phone="0909123456")
    there, passed = f"voice/{case.number}/extracts", {"to": "CATP", "text": "Cán bộ quầy 2 bị tố nhận tiền."}
    assert ask("minh", there, method="post", body=passed).refusal == (409, "wrong_state")
    ask("minh", f"voice/{case.number}/steps", method="post", body={"step": "accept"})
    telling = {**passed, "text": "Bà Trần Thị An nói cán bộ nhận tiền."}
    assert ask("minh", there, method="post", body=telling).refusal == (409, "tells_who")
    assert ask("binh", there, method="post", body=passed).refusal == (404, "unknown_case")
    assert ask("minh", there, method="post", body=passed).status == 201

    (seen,) = ask("dung", "voice/extracts").body
    assert (seen["text"], seen["conclusion"], set(seen) & {"case", "sender", "name"}) == (passed["text"], "", set())
    assert ask("dung", there).refusal == (404, "unknown_case")
    assert ask("binh", "voice/extracts").refusal == (403, "not_allowed")
    end, said = f"voice/extracts/{seen['number']}/conclude", {"text": "Đúng, đã kỷ luật."}
    assert ask("binh", end, method="post", body=said).refusal == (404, "unknown_case")
    assert ask("minh", end, method="post", body=said).refusal == (403, "not_allowed")
    assert ask("dung", end, method="post", body={"text": " "}).refusal == (409, "missing_words")
    assert ask("dung", end, method="post", body=said).body["conclusion"] == said["text"]
    assert ask("dung", end, method="post", body=said).refusal == (409, "wrong_state")
    assert [one["conclusion"] for one in ask("minh", there).body] == [said["text"]]


def test_what_many_report_at_once_is_answered_in_one_act(town, send, ask):
    cases = [send(text=f"Nước ngập trước nhà số {nth}") for nth in range(6)]
    (burst,) = ask("binh", "voice/bursts").body
    assert (burst["many"], burst["cases"]) == (6, [one.pk for one in cases])
    assert ask("chi", "voice/bursts").body == []
    said = {"cases": burst["cases"], "text": "Đã bơm nước.", "outcome": "done"}
    assert ask("chi", "voice/bursts/answer", method="post", body=said).refusal == (404, "unknown_case")
    wrong = {**said, "cases": [*burst["cases"], 999_999]}
    assert ask("binh", "voice/bursts/answer", method="post", body=wrong).refusal == (404, "unknown_case")
    assert ask("binh", "voice/bursts/answer", method="post", body=said).body == {"answered": 6}
    assert not Case.objects.open().exists()
    assert ask("binh", "voice/bursts/answer", method="post", body=said).status == 409


def test_sessions_of_reception_are_planned_booked_once_and_called_off(town, ask):
    plan = {
        "unit": "CAP-W1", "receiver": "Trưởng Công an phường", "place": "Phòng tiếp dân", "days": [f"{TODAY:%Y-12-01}"],
        "begins": "08:00", "ends": "09:00", "minutes": 30, "source": "Lịch tháng 12",
    }  # fmt: skip
    assert ask("chi", "receptions", method="post", body=plan).refusal == (403, "not_allowed")
    (made,) = ask("binh", "receptions", method="post", body=plan).body
    assert made["free"] == ["08:00", "08:30"]
    assert ask("binh", "receptions", method="post", body=plan).refusal == (409, "bad_plan")
    assert [one["number"] for one in ask("chi", "receptions", unit="CAP-W1").body] == [made["number"]]

    anybody, there = Client(), f"/api/v1/receptions/{made['number']}/bookings"
    token = anybody.get("/api/v1/sending").json()
    comes = {"token": token["token"], "at": "08:30", "name": "Trần Thị An", "phone": "0909123456"}
    booked = [anybody.post(there, comes, content_type="application/json") for _ in range(5)]
    assert {one.status_code for one in booked} == {201}
    assert len({one.json()["code"] for one in booked}) == Visitor.objects.count() == 1
    other = {**comes, "token": anybody.get("/api/v1/sending").json()["token"]}
    assert anybody.post(there, other, content_type="application/json").json()["code"] == "not_free"
    assert token["ripe"] == proof.RIPE

    off = f"receptions/{made['number']}/call-off"
    assert ask("chi", off, method="post", body={"text": "Họp"}).refusal == (403, "not_allowed")
    assert ask("binh", off, method="post", body={"text": "Họp đột xuất"}).body["called_off"] == "Họp đột xuất"
    assert ask("binh", off, method="post", body={"text": "Họp"}).refusal == (404, "no_reception")
