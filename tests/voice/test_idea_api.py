"""Calls for ideas by the API: what stands in public, and the answer."""

from gandan.work.voice.operations import confirm_group
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock  # noqa: F401
from tests.voice.test_ideas import call, think  # noqa: F401


def test_a_group_is_read_and_answered(cast, call, think):  # noqa: F811
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
