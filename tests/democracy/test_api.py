"""What other programs read and prove of democracy at the grassroots."""

import json

from gandan.ground.organisations.queries import public
from gandan.work.democracy.operations import close_poll, vote
from gandan.work.democracy.rules.counting import Choice
from tests.accounts.proving import signed_in
from tests.cast import TODAY

PROOF = {"place": "page", "posted_on": "2026-11-20", "address": "https://phuong.example/a"}


def sent(client, address, body):
    return client.post(address, json.dumps(body), content_type="application/json")


def test_duties_are_those_of_ones_own_units(ward):
    duty = ward.duty()
    own, other = signed_in(ward.writer), signed_in(ward.police_writer)

    assert [row["number"] for row in own.get("/api/v1/duties").json()] == [duty.pk]
    assert other.get("/api/v1/duties").json() == []
    assert sent(other, f"/api/v1/duties/{duty.pk}/proofs", PROOF).status_code == 404
    proved = sent(own, f"/api/v1/duties/{duty.pk}/proofs", PROOF)
    assert (proved.status_code, proved.json()["missing"]) == (201, ["board"])
    assert sent(own, f"/api/v1/duties/{duty.pk}/proofs", PROOF).status_code == 409


def test_texts_and_votes_are_read_as_everyone_reads_them(ward, client):
    asked = ward.consultation()
    made, codes = ward.opened()
    for code in codes.values():
        vote(poll=made, code=code, choice=Choice.FOR, by=public(), on=TODAY)
    officer = signed_in(ward.police_writer)
    before = officer.get("/api/v1/household-votes").json()[0]
    assert (before["voted"], before["in_favour"], before["outcome"]) == (8, 0, None)
    close_poll(poll=made, by=ward.keeper, on=TODAY)

    assert [row["number"] for row in officer.get("/api/v1/consultations").json()] == [asked.pk]
    after = officer.get("/api/v1/household-votes").json()[0]
    assert (after["in_favour"], after["needed"], after["outcome"]) == (8, 5, "carried")
    assert client.get("/api/v1/household-votes").status_code == 401
