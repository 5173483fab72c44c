"""Requests for reports over the API: asked, answered, sent back, gathered."""

from tests.requests.test_requests import heads  # noqa: F401

ASKED = {
    "unit": "CATP", "title": "Kết quả", "paper": "Công văn 9", "period": "2026-Q3", "due_on": "2026-11-27",
    "units": ["CAP-W1", "CAP-W2"], "outline": "Khó khăn", "annex": "Đã nhận | dossiers-received\nBuổi họp | | buổi",
}  # fmt: skip
ANSWER = "/requests/yc-catp-1/answers/CAP-W1"


def send(client, method, address, body=None):
    return getattr(client, method)(f"/api/v1{address}", body or {}, content_type="application/json")


def test_the_whole_way(cast, client, heads):  # noqa: F811
    client.force_login(cast.binh)
    assert send(client, "post", "/requests", ASKED).status_code == 403
    client.force_login(cast.dung)
    assert send(client, "post", "/requests", ASKED | {"annex": "x|nothing"}).json()["code"] == "bad_request"
    assert send(client, "post", "/requests", ASKED).status_code == 201

    client.force_login(heads["CAP-W1"])
    assert client.get("/api/v1/requests/yc-catp-2").status_code == 404
    assert client.get("/api/v1/requests/yc-catp-1/answers/CAP-W2").status_code == 404
    assert send(client, "put", ANSWER.replace("CAP-W1", "CAP-W2"), {}).status_code in {403, 404}
    assert send(client, "post", f"{ANSWER}/give".replace("CAP-W1", "CAP-W2")).status_code in {403, 404}
    assert [one["unit"]["code"] for one in client.get("/api/v1/requests/yc-catp-1").json()["answers"]] == ["CAP-W1"]
    assert client.get(f"/api/v1{ANSWER}").json()["figures"][0]["how"] == "counted"
    body = {"points": {"0": "Không có."}, "figures": {"1": {"value": 3, "source": "Sổ họp"}}}
    assert send(client, "put", ANSWER, body).json()["stage"] == "draft"
    given = send(client, "post", f"{ANSWER}/give").json()
    assert (given["stage"], given["figures"][1]["value"], given["posting"] is not None) == ("answered", 3, True)
    assert send(client, "post", f"{ANSWER}/return", {"reason": "x"}).status_code == 403
    assert send(client, "post", "/requests/yc-catp-1/gather").status_code == 403

    client.force_login(cast.dung)
    assert send(client, "post", "/requests/yc-catp-1/gather").json()["annex"][1]["stated"] == 3
    assert send(client, "post", f"{ANSWER}/return", {"reason": "Nêu rõ."}).json()["stage"] == "returned"
    (one,) = client.get("/api/v1/requests").json()["items"]
    assert (one["units"], one["answered"]) == (2, 0)
