"""Activities from the hands of other programs."""

from tests.api.test_dossier_steps import post, signed_in

HELD = {"unit": "CAP-W1", "form": "forum", "topic": "fraud", "day": "2026-11-19", "place": "Hội trường", "count": 80}


def test_an_activity_is_noted_once_and_read(cast):
    binh = signed_in(cast.binh)

    made = post(binh, "activities", HELD, **{"Idempotency-Key": "phone-00001"})
    again = post(binh, "activities", HELD, **{"Idempotency-Key": "phone-00001"})

    assert (made.status_code, made.json()["number"]) == (201, again.json()["number"])
    number = made.json()["number"]
    assert (made.json()["area"]["code"], made.json()["heads"]) == ("W1", 80)
    assert binh.get(f"/api/v1/activities/{number}").json()["points"] == []
    assert [one["number"] for one in binh.get("/api/v1/activities?form=forum&area=W1").json()["items"]] == [number]
    assert binh.get("/api/v1/activities?form=visit").json()["items"] == []
    other = post(binh, "activities", HELD | {"count": 81}, **{"Idempotency-Key": "phone-00001"})
    assert (other.status_code, other.json()["code"]) == (409, "key_used_before")


def test_what_cannot_be_is_refused_with_its_reason(cast):
    early = post(signed_in(cast.binh), "activities", HELD | {"day": "2026-11-30"})
    assert (early.status_code, early.json()["code"]) == (409, "not_yet")
    assert post(signed_in(cast.chi), "activities", HELD).status_code == 403
    assert signed_in(cast.binh).get("/api/v1/activities/9").status_code == 404
