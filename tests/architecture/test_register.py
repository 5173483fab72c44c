"""Whatever is kept about people stands in the register of processing: a column without a line there fails, and so does a line
without a column, an end that nobody brings about, and a sealed column that the register doesn't know.
"""

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from gandan.faces.jobs.ends import APART, ENDS
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import BlindIndexField, SealedTextField
from gandan.ground.privacy.queries import register, terms
from gandan.ground.privacy.rules import BadRegister, How, read_register

MAY_SAY_SOMETHING = (
    models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField, models.GenericIPAddressField,
    ArrayField, SealedTextField,
)  # fmt: skip
TO_BE_WRITTEN = (
    "{column} may say something about a person, and the register of processing doesn't know it. Write it into "
    "src/gandan/ground/privacy/data/register/<floor or package>.yaml: under `columns` of its kind of record, with what it says "
    "(name, contact, address, identity, free …), or under `nobody` if it never says anything about a person. "
    "See docs/guides/register-of-processing.md"
)


def columns() -> list[tuple[str, str]]:
    """Return model and name of each column that may hold words; one whose values are chosen from a list can't."""
    return [
        (model._meta.label_lower, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, MAY_SAY_SOMETHING) and not field.choices and not field.is_relation
    ]


COLUMNS = columns()


def unclassified(found=COLUMNS) -> list[str]:
    return [TO_BE_WRITTEN.format(column=f"{model}.{name}") for model, name in found if not register().classifies(model, name)]


def test_each_column_that_may_say_something_of_a_person_is_in_the_register():
    assert unclassified() == []


def test_a_new_column_without_a_line_is_caught():
    (told,) = unclassified([("dossiers.dossier", "applicant"), ("dossiers.dossier", "nickname")])

    assert told.startswith("dossiers.dossier.nickname may say something about a person")


def test_the_register_names_no_column_that_is_not_there():
    there = {f"{model}.{name}" for model, name in COLUMNS} | {model for model, _ in COLUMNS}

    assert sorted({*register().about_people, *register().nobody, *register().staff} - there) == []


OF_PROGRAMS = dict.fromkeys(["voice.sourcechannel.secret"])  # by which what is posted to another body's program is signed


def test_each_sealed_column_is_about_somebody():
    sealed = [
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField)
    ]

    assert sealed
    assert [column for column in sealed if column not in register().about_people | OF_PROGRAMS] == []


def test_an_index_stands_beside_the_column_it_finds_in():
    indexes = [
        (model, one) for model in apps.get_models() for one in model._meta.concrete_fields if isinstance(one, BlindIndexField)
    ]

    assert [f.name for model, f in indexes if not isinstance(model._meta.get_field(f.of), SealedTextField)] == []


def test_each_kind_of_record_ends_by_somebodys_doing():
    kinds = set(register().kinds)

    assert sorted(kinds - set(ENDS) - set(APART)) == [], "nobody ends them: write a line in faces/jobs/ends.py"
    assert sorted({*ENDS, *APART} - kinds) == [], "they end, and the register doesn't know them"


@pytest.mark.parametrize("kind", register().kinds.values(), ids=register().kinds)
def test_a_kind_says_everything_in_both_languages(kind):
    said = (kind.name, kind.purpose, kind.who, kind.recipients, kind.keep.after)
    in_english = (kind.name_en, kind.purpose_en, kind.who_en, kind.recipients_en, kind.keep.after_en)

    assert all(said)
    assert all(in_english)
    assert set(said).isdisjoint(in_english)
    assert kind.basis
    assert kind.columns
    assert kind.keep.source
    assert kind.keep.how in How
    assert kind.rights <= set(Right)


def test_the_terms_name_each_wish_and_where_they_come_from():
    for one in terms():
        assert set(one.answer) == set(one.extension) == {"see", "correct", "erase", "restrict", "object", "withdraw"}
        assert one.source


@pytest.mark.parametrize("text", [
    "dated: 2026-01-01\nkinds: []\nnobody: {a.b: c}\nstaff: {a.b: c}\n",
    "dated: 2026-01-01\nkinds: [{code: x}]\n",
])  # fmt: skip
def test_a_register_that_contradicts_itself_or_lacks_something_is_refused(text):
    with pytest.raises(BadRegister):
        read_register([text])
