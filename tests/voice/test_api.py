"""The inbox for programs: read, taken down once, answered, passed on."""

from gandan.work.voice.models import Case
from tests.api.conftest import ask, static_files  # noqa: F401
from tests.clock import held_clock  # noqa: F401

BROUGHT = {"kind": "report", "service": "other", "text": "Nước tràn ra đường", "ward": "W1", "channel": "other", "source": "1022"}


def test_a_case_of_another_channel_comes_once_and_is_answered(town, ask):  # noqa: F811
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


def test_what_can_not_be_so_is_named(town, ask):  # noqa: F811
    refused = ask("binh", "voice", method="post", body={**BROUGHT, "service": "noise"})
    assert refused.refusal == (422, "not_ready")
    assert refused.body["problems"][0]["at"] == "body.attribute[when]"


def test_others_find_no_trace_and_may_do_nothing(town, send, ask):  # noqa: F811
    case = send()
    assert ask("chi", "voice").body["items"] == []
    assert ask("chi", f"voice/{case.number}").refusal == (404, "unknown_case")
    assert ask("chi", f"voice/{case.number}/answer", method="post", body={"text": "x", "outcome": "done"}).status == 404
    assert ask("oanh", f"voice/{case.number}/pass", method="post", body={"unit": "PC08"}).status in {403, 404}
    assert ask("lan", "voice", method="post", body=BROUGHT).refusal == (403, "not_allowed")
    assert Case.objects.get().unit == town.unit("CAP-W1")

    assert ask("binh", f"voice/{case.number}/pass", method="post", body={"unit": "PC08", "text": "Đèn"}).status == 200
    assert Case.objects.get().unit == town.unit("PC08")
