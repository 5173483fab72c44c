"""openapi.json: valid, up to date, and true in what it says of sign-in, rights, names and defaults."""

import inspect
import json
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import pytest
from django.test import Client
from django.urls import reverse
from openapi_spec_validator import validate
from pydantic import BaseModel

from gandan.faces import api as package
from gandan.faces.api.door import api
from gandan.faces.api.urls import PUBLIC

DESCRIPTION: dict[str, Any] = json.loads(api.description_text())
SNAPSHOT = Path(package.__file__).parent / "openapi.json"
OPERATIONS = [
    (path, method, operation) for path, operations in DESCRIPTION["paths"].items() for method, operation in operations.items()
]
IDS = [f"{method} {path}" for path, method, _ in OPERATIONS]
NEEDS_BODY = {"post"}
# GeoReport v2: whoever asks, as the standard has it; sending needs a key.
OPEN311 = {f"open311-{name}" for name in ("discovery", "services", "service", "requests", "request", "token")}
# What anybody may read, or send with a token that asks for some work.
SENDING = {f"sending-{name}" for name in ("token", "idea", "comment", "booking")}
OPEN_TO_ALL = {"privacy_register", "sending_token", "sending_send_idea", "sending_send_comment", "receptions_book"}


def test_the_snapshot_is_up_to_date():
    assert SNAPSHOT.read_text(encoding="utf-8") == api.description_text(), "run `gandan openapi` and keep what it prints"


def test_the_description_is_valid():
    validate(DESCRIPTION)


# The post signs what it sends; the holder of a receipt shows its token.
OTHER_DOORS = {"post_scans": [{"Signed": []}], "post_receipt": [{"Receipt": []}]}


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)
def test_each_operation_needs_a_sign_in_and_says_so(db, path, method, operation):
    if operation["operationId"] in OPEN_TO_ALL:
        assert "security" not in operation
        return
    sample = path.replace("{code}", "x").replace("{name}", "2025").replace("{number}", "x")

    answer = getattr(Client(), method)(sample, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert operation["security"] == OTHER_DOORS.get(operation["operationId"], [{"Key": []}, {"Session": []}])


def test_what_django_cannot_read_is_refused_in_the_form_of_the_api(client):
    answer = client.get("/api/v1/promises?" + "&".join(["unit=W1"] * 1_500))

    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable")


def test_what_is_public_is_answered_without(db, client):
    for name, status in (("openapi-json", 200), ("api-root", 404)):
        assert client.get(reverse(f"api:{name}" if name == "openapi-json" else name)).status_code == status
    assert client.get("/api/v2/units").json()["code"] == "no_such_address"
    assert {"openapi-json", "api-root", "api-nowhere", "privacy-register-json"} | SENDING | OPEN311 == PUBLIC


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)
def test_each_operation_says_what_it_does_who_may_and_how_it_refuses(path, method, operation):
    assert operation["summary"]
    assert "Who may: " in operation["description"]
    assert set(operation["responses"]) - {"200", "201"} == {"401", "403", "404", "409", "422", "429"}
    for parameter in operation["parameters"]:
        assert parameter.get("description"), parameter["name"]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)
def test_each_operation_has_the_defaults_of_its_code(path, method, operation):
    """Parameters that several operations share must not hand their defaults to each other."""
    view = next(one.view_func for one in views() if api.get_openapi_operation_id(one) == operation["operationId"])
    described = {parameter["name"]: parameter for parameter in operation["parameters"]}
    for parameter in inspect.signature(view, eval_str=True).parameters.values():
        name = {"first": "from", "last": "to"}.get(parameter.name, parameter.name)
        if name not in described:
            continue
        required = parameter.default is inspect.Parameter.empty
        assert described[name]["required"] is required, name
        if not required and parameter.default is not None:
            assert described[name]["schema"]["default"] == parameter.default, name


def views() -> Iterator[Any]:
    for router in api._get_bound_routers():
        for path in router.path_operations.values():
            yield from path.operations


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models within a type, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models(field.annotation)
    for inner in get_args(annotation):
        yield from models(inner)


def test_no_two_shapes_have_the_same_name():
    """The later one would silently take the place of the other in the description."""
    named: dict[str, set[type]] = {}
    for view in views():
        for response in view.response_models.values():
            for field in response.model_fields.values():
                for model in models(field.annotation):
                    named.setdefault(model.__name__, set()).add(model)
        for parameter in inspect.signature(view.view_func, eval_str=True).parameters.values():
            for model in models(parameter.annotation):
                named.setdefault(model.__name__, set()).add(model)

    assert {name: shapes for name, shapes in named.items() if len(shapes) > 1} == {}
    assert "Problem" in named


@pytest.mark.parametrize("name", sorted(DESCRIPTION["components"]["schemas"]))
def test_numbers_say_their_unit_and_dates_their_meaning(name):
    """Every number and date of an answer is described, or is what its name says."""
    plain = {"number", "day", "days", "position", "line", "made_on", "drafted_on", "frozen_on", "signed_on", "on", "due_on"}
    plain |= {"sent_on", "owed_on", "appointed_on", "new_due_on", "handed_on", "wanted_on", "received_on", "at", "as_of"}
    plain |= {"event", "amount", "overdue", "today", "at_risk", "waiting", "later", "open", "imported_line", "first", "last"}
    schema = DESCRIPTION["components"]["schemas"][name]
    silent = [
        field
        for field, said in schema.get("properties", {}).items()
        if not said.get("description")
        and field not in plain
        and any(kind in str(said) for kind in ("integer", "'number'", "date"))
    ]

    assert silent == []


def shapes(of: Any) -> Iterator[type]:
    """Yield each model and choice that an annotation leads to, itself and those of its fields."""
    found, waiting = set(), [of]
    while waiting:
        one = waiting.pop()
        waiting.extend(get_args(one))
        if isinstance(one, type) and issubclass(one, Enum | BaseModel) and one not in found:
            found.add(one)
            yield one
            if issubclass(one, BaseModel):
                waiting.extend(field.annotation for field in one.model_fields.values())


def test_each_shape_has_a_name_of_its_own():
    named: dict[str, set[type]] = {}
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                given = [argument.annotation for argument in inspect.signature(operation.view_func).parameters.values()]
                for shape in (shape for one in (*operation.response_models.values(), *given) for shape in shapes(one)):
                    if shape.__module__.startswith("gandan"):
                        named.setdefault(shape.__name__, set()).add(shape)

    assert len(named) > 100
    assert {name: [one.__module__ for one in those] for name, those in named.items() if len(those) > 1} == {}
