"""Directives, tasks and plans for other programs."""

from tests.api.test_dossier_steps import signed_in
from tests.programmes.conftest import directive as directive
from tests.programmes.conftest import programme as programme
from tests.programmes.conftest import turn as turn


def test_a_directive_is_read_point_by_point(cast, programme, directive):
    alice = signed_in(cast.alice)
    (row,) = alice.get("/api/v1/directives?open=true").json()["items"]
    one = alice.get("/api/v1/directives/ct-01").json()

    assert (row["code"], row["points"], row["unanswered"]) == ("ct-01", 3, 1)
    assert [point["open"] for point in one["rows"]] == [False, False, True]
    assert one["rows"][1]["tasks"][0]["number"] == "1.2.1"
    assert alice.get("/api/v1/directives/ct-99").status_code == 404


def test_tasks_are_paged_and_done_by_who_may(cast, programme, turn):
    oanh, dung = signed_in(cast.oanh), signed_in(cast.dung)
    first = oanh.get("/api/v1/tasks?limit=3").json()
    rest = oanh.get(f"/api/v1/tasks?limit=3&cursor={first['next']}").json()
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (3, 1, None)
    assert {one["unit"]["code"] for one in dung.get("/api/v1/tasks").json()["items"]} == {"CATP"}

    body = {"outcome": "Đã rà soát", "evidence": "Danh sách tại văn phòng"}
    assert oanh.post(f"/api/v1/tasks/{turn.pk}/done", body, content_type="application/json").status_code == 403
    assert signed_in(cast.alice).get(f"/api/v1/tasks/{turn.pk}").status_code == 403
    assert dung.get(f"/api/v1/tasks/{turn.pk}").json()["course"] != "done"
    done = dung.post(f"/api/v1/tasks/{turn.pk}/done", body, content_type="application/json").json()
    assert (done["course"], done["outcome"], done["evidence_rows"][0]["note"]) == (
        "done", "Đã rà soát", "Danh sách tại văn phòng",
    )  # fmt: skip
    assert dung.post(f"/api/v1/tasks/{turn.pk}/done", body, content_type="application/json").status_code == 409
    assert dung.get("/api/v1/tasks/999999").status_code == 404


def test_plans_and_texts_are_read(cast, programme):
    alice = signed_in(cast.alice)
    plans = alice.get("/api/v1/programmes/thu-2026/plans").json()
    assert (plans["without"], {one["unit"]["code"] for one in plans["items"]}) == (2, {"CAP-W1", "CAP-W2"})
    text = alice.get("/api/v1/programmes/thu-2026/texts/1").json()
    assert [part["number"] for part in text["parts"] if part["kind"] == "task"] == ["1.1", "1.2.1", "2.1"]
    assert alice.get("/api/v1/programmes/thu-2026/texts/9").status_code == 404
