"""The one queue in JSON."""

import pytest

from tests.api.test_dossiers import MONDAY, office, received  # noqa: F401  # a fixture


def items(answer):
    assert answer.status == 200, answer.body
    return answer.body["items"]


def test_a_received_dossier_stands_in_the_queue_of_its_unit(ask, office):  # noqa: F811
    dossier = received(office)

    queue = ask("alice", "promises")

    assert [(one["kind"], one["unit"]["code"], one["due_on"]) for one in items(queue)] == [
        ("dossier.result", "PA08", dossier.due_on.isoformat())
    ]
    assert dossier.number in items(queue)[0]["label"]
    assert queue.body["counts"]["open"] == 1


def test_the_queue_is_narrowed(ask, office):  # noqa: F811
    received(office)
    group = items(ask("alice", "promises"))[0]["group"]

    assert len(items(ask("alice", "promises", group=group))) == 1
    assert items(ask("alice", "promises", kind="apology.letter")) == []
    assert items(ask("alice", "promises", unit="PC08")) == []
    assert len(items(ask("alice", "promises", unit=["PC08", "PA08"]))) == 1


def test_what_is_mine_is_assigned_to_me(ask, office):  # noqa: F811
    received(office)
    every, mine = items(ask("alice", "promises")), items(ask("alice", "promises", of="mine"))

    assert mine == [one for one in every if one["mine"]]


def test_pages_go_on_where_they_ended(ask, office):  # noqa: F811
    made = {received(office).number for _ in range(5)}
    seen, answer = [], ask("alice", "promises", limit=2)
    while True:
        seen += [one["label"] for one in items(answer)]
        if answer.body["next"] is None:
            break
        answer = ask("alice", "promises", limit=2, cursor=answer.body["next"])

    assert len(seen) == len(set(seen)) == len(made)
    assert answer.body["counts"]["open"] == 5


def test_nobody_sees_what_another_unit_owes(ask, office):  # noqa: F811
    received(office)

    assert len(items(ask("dung", "promises"))) == 1
    for who in ("binh", "phuc", "giang", "lan", "quyen"):
        assert items(ask(who, "promises")) == []
        assert ask(who, "promises?unit=PA08").body["counts"]["open"] == 0
    assert ask(None, "promises").refusal == (401, "not_signed_in")


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("promises?of=ours", (422, "unreadable")),
        ("promises?unit=NONE", (404, "unknown_unit")),
        ("promises?group=never", (422, "unreadable")),
        ("promises?cursor=AA", (422, "bad_cursor")),
        ("promises?limit=x", (422, "unreadable")),
    ],
)
def test_what_cannot_be_read_is_refused(ask, path, refusal):
    assert ask("alice", path).refusal == refusal


def test_fifty_promises_cost_as_many_queries_as_one(ask, office, django_assert_max_num_queries):  # noqa: F811
    received(office)
    ask("alice", "promises")
    with django_assert_max_num_queries(20):
        assert len(items(ask("alice", "promises"))) == 1
    for _ in range(49):
        received(office, on=MONDAY)
    with django_assert_max_num_queries(20):
        assert len(items(ask("alice", "promises"))) == 50
