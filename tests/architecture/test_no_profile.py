"""What the product is incapable of (design, section 6): it keeps no opinion, religion, ethnicity or loyalty of anybody.

No column, no facet, no choice, no field of a form or of the API, and no label may be for one. A word here is refused
because a place to write it down is the first half of a file on people; the second half is that somebody fills it in.
"""

import re
from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from django.db import connection
from django.db.models import Field
from ninja import Schema

from gandan.ground.ledger.kinds import KINDS
from gandan.ground.organisations.rights import Right, Role
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


def fields() -> Iterator[tuple[str, object]]:
    for model in apps.get_models():
        if not model.__module__.startswith("gandan."):
            continue
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


def questions() -> Iterator[tuple[str, object]]:
    """Yield what our forms and our API ask for."""
    for form in below(forms.BaseForm):
        for name, field in getattr(form, "base_fields", {}).items():
            choices = [word for choice in getattr(field, "choices", ()) if isinstance(choice, tuple) for word in choice]
            yield from ((form.__name__, word) for word in (name, field.label, field.help_text, *choices))
    for schema in below(Schema):
        for name, entry in schema.model_fields.items():
            yield from ((schema.__name__, word) for word in (name, entry.title, entry.description))


def below(base: type) -> Iterator[type]:
    for child in base.__subclasses__():
        if child.__module__.startswith("gandan."):
            yield child
        yield from below(child)


def labels() -> Iterator[tuple[str, object]]:
    for template in SOURCE.rglob("templates/**/*.html"):
        text = template.read_text()
        yield from ((template.name, words) for pattern in ASKED for words in pattern.findall(text))


@pytest.mark.parametrize("walk", [fields, facets, questions, labels], ids=lambda walk: walk.__name__)
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
