"""A matter is a place and an issue: no field is for anybody, and nothing could hold a list of people (design, section 6).

In `work/matters` no column, no link, no question of a form and no part of the API is for a person. The only people who stand
there are officers, by what they did (`by`, `proposed_by`). What people write in sentences is refused where it names somebody.
"""

import re
from collections.abc import Iterable, Iterator

import pytest
from django import forms
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from pydantic import BaseModel

from gandan.faces.api import matters as api
from gandan.faces.pages import matter_forms, matters
from gandan.ground.ledger.kinds import KINDS
from gandan.ground.organisations.models import Person

OFFICERS = {"by", "proposed_by"}
OF_PEOPLE = re.compile(
    r"name|phone|mobile|email|mail|identity|passport|birth|gender|address|person|people|resident|citizen|leader|follower|"
    r"attendee|participant|member|sender|complainant|petitioner|signer|contact|household_of|list|roster|photo|face|plate"
)
NUMBERS = {"households", "heads"}  # how many, never which
OURS = list(apps.get_app_config("matters").get_models())
FORMS = [
    found
    for module in (matters, matter_forms)
    for found in vars(module).values()
    if isinstance(found, type) and issubclass(found, forms.Form) and found.__module__ == module.__name__
]
SHAPES = [
    found
    for found in vars(api).values()
    if isinstance(found, type) and issubclass(found, BaseModel) and found.__module__ == api.__name__
]


def columns(known: Iterable[type[models.Model]] = OURS) -> Iterator[str]:
    for model in known:
        for field in model._meta.get_fields():
            where = f"{model.__name__}.{field.name}"
            if field.is_relation and field.related_model is Person and field.name not in OFFICERS:
                yield f"{where} leads to a person"
            if field.many_to_many:
                yield f"{where} is a list"
            if isinstance(field, models.JSONField):
                yield f"{where} could hold a list of anything"
            if not field.auto_created and field.name not in NUMBERS and OF_PEOPLE.search(field.name):
                yield f"{where} is named as if it were for people"


def asked(asking: Iterable[type[forms.Form]] = FORMS, shapes: Iterable[type[BaseModel]] = SHAPES) -> Iterator[str]:
    named = [(form.__name__, name) for form in asking for name in form.base_fields]
    named += [(shape.__name__, name) for shape in shapes for name in shape.model_fields]
    for where, name in named:
        if name not in NUMBERS and OF_PEOPLE.search(name):
            yield f"{where}.{name}"


def test_a_matter_has_no_field_for_anybody():
    assert len(OURS) >= 4
    assert list(columns()) == []


def test_nothing_asks_for_anybody():
    assert FORMS
    assert SHAPES
    assert list(asked()) == []


def test_no_event_of_a_matter_carries_anything_about_a_person():
    told = {kind: set(spec.facets) for kind, spec in KINDS.items() if kind.startswith("matter.")}

    assert len(told) > 5
    assert set().union(*told.values()) == {"issue", "punctuality"}


def test_a_list_that_is_planted_is_caught():
    with isolate_apps("gandan.work.matters"):

        class Planted(models.Model):
            resident_name = models.CharField(max_length=20)
            who = models.ForeignKey(Person, models.CASCADE)
            rows = models.JSONField()

            class Meta:
                app_label = "matters"

    assert len(list(columns([Planted]))) == 3


@pytest.mark.parametrize("name", ["leaders", "phone", "attendees", "full_name"])
def test_a_question_that_is_planted_is_caught(name):
    form = type("Planted", (forms.Form,), {name: forms.CharField()})
    shape = type("Planted", (BaseModel,), {"__annotations__": {name: str}})

    assert len(list(asked([form], [shape]))) == 2
