"""The end of the chain in JSON."""

from gandan.ground.ledger.operations import post
from gandan.ground.ledger.queries import last_posting


def test_the_head_is_null_before_the_first_posting_and_then_the_last(ask):
    assert ask("quyen", "ledger/head").body == {"last": None}
    post()
    last = last_posting()

    head = ask("quyen", "ledger/head").body["last"]

    assert last is not None
    assert (head["number"], head["digest"]) == (last.number, last.digest.hex())
    assert len(head["digest"]) == 64


def test_the_state_counts_what_waits(ask):
    before = ask("oanh", "ledger").body
    post()
    after = ask("oanh", "ledger").body

    assert before["pending"] == before["events"] > 0
    assert (after["pending"], after["events"]) == (0, before["events"])


def test_only_who_verifies_the_ledger_sees_its_state(ask):
    assert {who: ask(who, "ledger").status for who in ("oanh", "lan", "minh", "alice", "giang")} == {
        "oanh": 200, "lan": 200, "minh": 200, "alice": 403, "giang": 403,
    }  # fmt: skip
    assert ask("alice", "ledger").refusal == (403, "not_allowed")
    assert ask(None, "ledger").refusal == ask(None, "ledger/head").refusal == (401, "not_signed_in")


def test_a_thousand_events_cost_as_many_queries_as_none(ask, django_assert_num_queries):
    ask("oanh", "ledger")
    with django_assert_num_queries(5):  # session, person, appointments, sums, the last posting
        ask("oanh", "ledger")
    post()
    with django_assert_num_queries(5):
        ask("oanh", "ledger")


def test_the_ledger_takes_no_parameters(ask):
    assert ask("oanh", "ledger?at=1").refusal == ask("oanh", "ledger/head?at=1").refusal == (422, "unreadable")
