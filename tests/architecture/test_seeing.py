"""Who sees a record about people is said once for each model, by `visible_to(viewer, on)`, and every query begins with it.

A model without it fails here, and so does a query that reaches such a model without asking who looks: it takes a `viewer`, or
stands in `WITHOUT_VIEWER` with its reason. What stands there as INSIDE no face may call.
"""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from gandan.ground.organisations.queries import visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.queries import register
from gandan.work.dossiers.models import Dossier
from tests.architecture.house import ROOT
from tests.cast import TODAY

SEALED = "the sealed channel, in a database of its own: each reader by a key of their own (work/tips/queries/desk.py)"
# Models about people that no unit has, each with its reason.
APART = {
    **{f"tips.{name}": SEALED for name in ("claim", "extract", "message", "openinghalf", "piece", "readerseal", "tip")},
    "sessions.session": "opened by its own key, and by nobody",
    "usersessions.usersession": "each reader's own account: ground/accounts asks for the person",
    "mfa.authenticator": "each reader's own account: ground/accounts asks for the person",
    "organisations.person": "colleagues see name and unit; who holds which role needs READ_PEOPLE at the unit",
    "dossiers.refusedrow": "the machine's own hands alone, by command",
    "voice.casedraft": "opened by its code, and by nobody",
    "voice.ideacontact": "nobody sees it; the sender of letters alone reads it",
    "voice.ballot": "nobody sees it: it is counted, and goes",
    "voice.ballotkey": "nobody sees it: ballots are keyed with it, and it is destroyed",
    "notices.subscriber": "nobody sees the list of addresses; the sender of letters alone reads it",
    "dossiers.stagedrow": "the machine's own hands alone, within an import",
}
INSIDE = "the record it is about has been looked at by the query that calls it"
RECEIPT = "opened by a receipt, a code or a number with its secret, and by nothing else"
PUBLIC = "what stands in public, let out by a moderator"
GIVEN = "what an operation has given back to whoever did it, or the query that calls it has looked at"
MACHINE = "the machine's own hands: a command or a job, no reader"
NOTHING = "tells nothing of anybody: a number, a count, times that are free"
WITHOUT_VIEWER = {
    "documents.attachments": INSIDE,
    "documents.attachment": INSIDE,
    "documents.paper": RECEIPT,
    "documents.papers": RECEIPT,  # of a signing that the page has looked at
    "documents.papers_about": INSIDE,
    "documents.papers_of_digest": RECEIPT,
    "documents.pdf_of": INSIDE,
    "documents.pdfs_of": INSIDE,
    "messages.messages_about": INSIDE,
    "messages.waiting": NOTHING,
    "messages.written": INSIDE,
    "privacy.requests_about": INSIDE,
    "privacy.asked_by_holder": RECEIPT,
    "audit.seen": INSIDE,
    "dossiers.letter_for_holder": RECEIPT,
    "dossiers.to_be_told": MACHINE,
    "dossiers.rules_of": NOTHING,
    "community.point_of": NOTHING,
    "dossiers.slots_on": NOTHING,
    "dossiers.next_slots": NOTHING,
    "dossiers.booking": RECEIPT,
    "dossiers.draft": RECEIPT,
    "dossiers.opened_by_number": RECEIPT,
    "dossiers.opened_by_token": RECEIPT,
    "dossiers.opened_by_draft": RECEIPT,
    "dossiers.held": RECEIPT,
    "dossiers.forms_of": INSIDE,
    "dossiers.known_of": MACHINE,
    "dossiers.partner_programs": NOTHING,  # that a partner has a secret, never the secret
    "dossiers.post_partner": MACHINE,  # whose signature is to be checked
    "meetings.fed": RECEIPT,
    "requests.request_row": NOTHING,
    "voice.as_rows": GIVEN,
    "voice.row_of": GIVEN,
    "voice.shown": PUBLIC,
    "voice.shown_saying": PUBLIC,
    "voice.shown_one": PUBLIC,
    "voice.public_photo": PUBLIC,
    "voice.draft": RECEIPT,
    "voice.held": RECEIPT,
    "voice.is_receipt": RECEIPT,
    "voice.id_by_receipt": RECEIPT,
    "voice.owed": MACHINE,
    "relief.going_on": NOTHING,
    "relief.wards_of": NOTHING,
    "relief.held": RECEIPT,
    "relief.held_offer": RECEIPT,
    "relief.opens": RECEIPT,
    **dict.fromkeys(("programmes.directives", "programmes.directive", "programmes.point_of"), NOTHING),
    "programmes.directives_without_answer": NOTHING,
    "programmes.fed": RECEIPT,
    "voice.visit_of": GIVEN,
    "voice.stages_of": GIVEN,
    **dict.fromkeys(
        ("voice.receptions", "voice.reception", "voice.own_receptions", "voice.free_of"), NOTHING
    ),  # times that are free
    "voice.booked": RECEIPT,
    "voice.told_of": MACHINE,
    "voice.webhooks": MACHINE,
    "voice.aside_of": RECEIPT,
    "voice.protocol_pdf": GIVEN,
    "voice.overview": NOTHING,
    "voice.ideas_shown": PUBLIC,
    "voice.idea_shown": PUBLIC,
    "voice.idea_photo": PUBLIC,
    "voice.group_shown": PUBLIC,
    "voice.groups_shown": PUBLIC,
    "voice.unsent_idea": RECEIPT,
    "voice.idea_by_receipt": RECEIPT,
    "voice.is_idea": RECEIPT,
    "voice.near": PUBLIC,
    "voice.to_be_grouped": MACHINE,
    "voice.clusters": MACHINE,
    "voice.words_of_ideas": MACHINE,
    "voice.comments_shown": PUBLIC,
    "voice.hidden_counts": NOTHING,
    "voice.comment_by_receipt": RECEIPT,
    "voice.as_groups": NOTHING,
    "dossiers.facts_of": INSIDE,
    "dossiers.known_as": NOTHING,
    "democracy.consultation": PUBLIC,
    "democracy.own_comments": RECEIPT,
    **dict.fromkeys(("democracy.poll", "democracy.polls", "democracy.published_ballots"), NOTHING),  # how many have voted
}
VIEWERS = {"viewer", "by"}
CALLED = {"documents", "messages", "privacy", "dossiers", "queries", "letters"}
ASKS = ("readable(", "viewer, on", "visible_to(", "visible_units(", "require(", "reaching(", "request(", "visible(", "_own(")


def about_people() -> list[type[Model]]:
    labels = {path.rpartition(".")[0] for path in register().about_people} - set(APART)
    return [apps.get_model(label) for label in sorted(labels)]


@dataclass(frozen=True)
class Query:
    """A function of a package's queries, and the models about people that it reaches."""

    name: str
    takes: frozenset[str]
    reaches: frozenset[str]
    text: str


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / "src/gandan").glob("*/*/queries*")):
        package = path.parent.name
        for module in [path] if path.suffix == ".py" else sorted(path.rglob("*.py")):
            yield package, module


def queries() -> Iterator[Query]:
    guarded = [(model.__name__, model) for model in about_people()]
    for package, path in modules():
        tree = ast.parse(path.read_text())
        imported = {
            alias.asname or alias.name: f"{node.module}"
            for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
        }  # fmt: skip
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for node in functions.values():
            if node.name.startswith("_"):
                continue
            text = "\n".join(ast.unparse(functions[name]) for name in reached(node.name, functions))
            found = frozenset(
                name
                for name, model in guarded
                if f"{name}.objects" in text and model.__module__.startswith(imported.get(name, "-").rpartition(".models")[0])
            )
            takes = frozenset(argument.arg for argument in (*node.args.args, *node.args.kwonlyargs))
            yield Query(f"{package}.{node.name}", takes, found, text)


def reached(name: str, functions: dict[str, ast.FunctionDef]) -> list[str]:
    """Return a function and those of its module that it calls, itself or by way of others."""
    found, waiting = [], [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.append(one)
            called = {node.id for node in ast.walk(functions[one]) if isinstance(node, ast.Name)}
            waiting += sorted(called & functions.keys())
    return found


QUERIES = [query for query in queries() if query.reaches]


@pytest.mark.parametrize("model", about_people(), ids=lambda model: model._meta.label_lower)
def test_a_model_about_people_says_who_sees_it(model):
    seen = getattr(model._default_manager, "visible_to", None)

    assert seen, f"{model._meta.label} has records about people and no `visible_to`: see organisations/queries/seeing.py"
    assert list(inspect.signature(seen).parameters)[:2] == ["viewer", "on"]


def test_what_stands_apart_is_about_people():
    assert {path.rpartition(".")[0] for path in register().about_people} >= set(APART)


def test_each_query_of_such_a_model_asks_who_looks():
    assert len(QUERIES) > 20
    blind = [query.name for query in QUERIES if not query.takes & VIEWERS and query.name not in WITHOUT_VIEWER]
    assert blind == [], "they reach records about people: let them take `viewer`, or say in WITHOUT_VIEWER why not"


def test_who_looks_is_not_only_asked_but_made_use_of():
    asking = [q for q in QUERIES if q.takes & VIEWERS and q.name not in WITHOUT_VIEWER]
    taken_for_show = [q.name for q in asking if not any(word in q.text for word in ASKS)]

    assert taken_for_show == []


def test_what_is_without_a_viewer_is_there():
    assert set(WITHOUT_VIEWER) - {query.name for query in QUERIES} == set()


def test_no_face_reaches_what_is_inside():
    inside = {name.partition(".")[2] for name, why in WITHOUT_VIEWER.items() if why is INSIDE}
    called = [
        f"{path.relative_to(ROOT)}: {node.func.attr}"
        for face in ("pages", "api")
        for path in (ROOT / "src/gandan/faces" / face).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in inside
        and isinstance(node.func.value, ast.Name) and node.func.value.id in CALLED
    ]  # fmt: skip

    assert called == []


def test_authorisation_is_one_statement(cast, django_assert_num_queries):
    visible_units(Right.READ_DOSSIERS, cast.dung, TODAY)
    with django_assert_num_queries(1):
        found = Dossier.objects.visible_to(cast.dung, TODAY)
    with django_assert_num_queries(1):
        list(found[:50])
