"""What the product is incapable of (design, section 6): it keeps no opinion, religion, ethnicity or loyalty of anybody.

No column, no facet, no choice, no field of a form or of the API, no label in either language and no kind of data in the
register may be for one. A word here is refused because a place to write it down is the first half of a file on people; the
second half is that somebody fills it in.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
import pytest
from django import forms
from django.apps import apps
from django.db import connection, models
from django.db.models import Field
from django.test.utils import isolate_apps
from ninja import Schema
from pydantic import BaseModel

from gandan.ground.ledger.kinds import KINDS
from gandan.ground.organisations.rights import Right, Role
from gandan.ground.privacy.queries import register
from gandan.ground.vietnam.text import fold
from tests.architecture.house import SOURCE

WORDS = {
    "opinion": "opinion opinions stance viewpoint sentiment attitude ideology politics political partisan quan_diem lap_truong "
    "chinh_kien tu_tuong thai_do khuynh_huong_chinh_tri thai_do_chinh_tri",
    "religion": "religion religious faith creed belief worship church ton_giao tin_nguong dao_giao",
    "ethnicity": "ethnicity ethnic race racial tribe nationality_group dan_toc sac_toc chung_toc",
    "loyalty": "loyalty loyal disloyal reliability trustworthiness dissident activist blacklist watchlist suspicion credit_score "
    "trung_thanh do_tin_cay phan_dong chong_doi danh_sach_den doi_tuong_theo_doi ly_lich",
}
REASONS = {word.replace("_", " "): reason for reason, words in WORDS.items() for word in words.split()}
ASKED = (re.compile(r"<(?:label|th|legend|option)\b[^>]*>(.*?)</", re.DOTALL), re.compile(r"\bname=\"([^\"]+)\""))
FOUND = re.compile(r"\b(" + "|".join(sorted(REASONS, key=len, reverse=True)) + r")\b")


def refused(text: object) -> str:
    """Return why a name or a label is refused, or nothing."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(text))
    found = FOUND.search(re.sub(r"[^a-z0-9]+", " ", fold(split)))
    return f"{text!r} would keep somebody's {REASONS[found.group()]}" if found else ""


OURS = [model for model in apps.get_models() if model.__module__.startswith("gandan.")]
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
DESCRIPTION = SOURCE / "faces" / "api" / "openapi.json"
A_LABEL = 6  # words: what is longer is a sentence, which may say what isn't kept


def fields(known: Iterable[type[models.Model]] = OURS) -> Iterator[tuple[str, object]]:
    for model in known:
        yield model.__name__, model._meta.verbose_name
        yield model.__name__, model._meta.db_table
        for field in model._meta.get_fields():
            yield model.__name__, field.name
            if isinstance(field, Field):
                yield from ((model.__name__, words) for words in (field.column, field.verbose_name, field.help_text))
                yield from ((f"{model.__name__}.{field.name}", word) for choice in field.flatchoices for word in choice)


def facets() -> Iterator[tuple[str, object]]:
    for kind, spec in KINDS.items():
        yield from ((kind, words) for words in (kind, spec.sentence_vi, spec.sentence_en))
        for facet, values in spec.facets.items():
            yield from ((kind, word) for word in (facet, *(values or ())))


def questions(asking: Iterable[type] = (), shapes: Iterable[type] = ()) -> Iterator[tuple[str, object]]:
    """Yield what our forms and our API ask for."""
    for form in (*below(forms.BaseForm), *asking):
        for name, field in getattr(form, "base_fields", {}).items():
            choices = [word for choice in getattr(field, "choices", ()) if isinstance(choice, tuple) for word in choice]
            yield from ((form.__name__, word) for word in (name, field.label, field.help_text, *choices))
    for schema in {*below(Schema), *below(BaseModel), *shapes}:
        for name, entry in schema.model_fields.items():
            yield from ((schema.__name__, word) for word in (name, entry.title, entry.description))


def below(base: type) -> Iterator[type]:
    for child in base.__subclasses__():
        if child.__module__.startswith("gandan."):
            yield child
        yield from below(child)


def labels(templates: Iterable[Path] | None = None) -> Iterator[tuple[str, object]]:
    for template in SOURCE.rglob("templates/**/*.html") if templates is None else templates:
        text = template.read_text()
        yield from ((template.name, words) for pattern in ASKED for words in pattern.findall(text))


def translations(catalogue: Path = CATALOGUE) -> Iterator[tuple[str, object]]:
    """Yield the labels of our pages in both languages, wherever they come from."""
    for entry in polib.pofile(str(catalogue)):
        for words in (entry.msgid, entry.msgid_plural, entry.msgstr, *entry.msgstr_plural.values()):
            if len(words.split()) <= A_LABEL:
                yield "django.po", words


def described(description: Path = DESCRIPTION) -> Iterator[tuple[str, object]]:
    """Yield every name and value of the API's description: parameters, properties, choices."""
    yield from names_in(json.loads(description.read_text()), "openapi.json")


def names_in(part: object, where: str) -> Iterator[tuple[str, object]]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in {"properties", "schemas"} and isinstance(value, dict):
                yield from ((f"{where}.{key}", name) for name in value)
            if key in {"enum", "const", "name", "title", "operationId"}:
                yield from ((where, word) for word in (value if isinstance(value, list) else [value]) if isinstance(word, str))
            yield from names_in(value, f"{where}.{key}")
    elif isinstance(part, list):
        for one in part:
            yield from names_in(one, where)


def registered() -> Iterator[tuple[str, object]]:
    """Yield what the register of processing says is kept."""
    for kind in register().kinds.values():
        yield from ((kind.code, words) for words in (kind.code, kind.name, kind.name_en, *kind.columns, *kind.categories))


WALKS = [fields, facets, questions, labels, translations, described, registered]


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_there_is_no_place_for_what_nobody_may_keep(walk):
    assert [f"{where}: {why}" for where, words in walk() if (why := refused(words or ""))] == []


def test_no_table_has_a_column_for_it(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
        columns = cursor.fetchall()

    assert len(columns) > 50
    assert [f"{table}: {why}" for table, column in columns if (why := refused(column))] == []


def test_no_role_and_no_right_is_for_it():
    assert [why for word in (*Role, *Right) if (why := refused(word))] == []


@pytest.mark.parametrize(
    "words",
    ["religion", "Tôn giáo", "dân_tộc", "politicalView", "applicant_ethnicity", "Thái độ chính trị", "credit_score", "DÂN TỘC"],
)
def test_such_a_word_is_caught_however_it_is_written(words):
    assert "would keep somebody's" in refused(words)


@pytest.mark.parametrize("words", ["Phản ánh, kiến nghị", "trace", "received_on", "Ban Tuyên giáo và Dân vận", "Ý kiến", "Brace"])
def test_other_words_are_let_be(words):
    assert refused(words) == ""


def caught(walked: Iterator[tuple[str, object]]) -> list[str]:
    return [why for _where, words in walked if (why := refused(words or ""))]


def test_a_column_that_is_planted_is_caught():
    with isolate_apps("gandan.ground.privacy"):

        class Planted(models.Model):
            creed = models.CharField(max_length=20)
            view = models.CharField(max_length=20, choices=[("x", "Phản động")])
            note = models.TextField(help_text="Thái độ chính trị của người này")

            class Meta:
                app_label = "privacy"

    assert {why.rpartition(" ")[2] for why in caught(fields([Planted]))} == {"religion", "loyalty", "opinion"}


def test_a_question_that_is_planted_is_caught():
    class Planted(forms.Form):
        group = forms.ChoiceField(label="Dân tộc", choices=[("1", "Kinh")])
        ideology = forms.CharField()

    class Shape(BaseModel):
        credit_score: int

    assert len(caught(questions([Planted], [Shape]))) == 3


@pytest.mark.parametrize(("file", "content", "walk"), [
    ("planted.html", '<label for="x">{% translate "Tôn giáo" %}</label>', lambda path: labels([path])),
    ("planted.html", '<input name="loyalty">', lambda path: labels([path])),
    ("planted.po", 'msgid "Mức độ trung thành"\nmsgstr "Standing"\n', translations),
    ("planted.po", 'msgid "Nhóm"\nmsgstr "Ethnic group"\n', translations),
    ("planted.json", '{"components": {"schemas": {"Person": {"properties": {"religion": {}}}}}}', described),
    ("planted.json", '{"parameters": [{"name": "political_view"}]}', described),
    ("planted.json", '{"schema": {"enum": ["neutral", "dissident"]}}', described),
])  # fmt: skip
def test_a_label_or_a_name_that_is_planted_is_caught(tmp_path, file, content, walk):
    planted = tmp_path / file
    planted.write_text(content)

    assert len(caught(walk(planted))) == 1
