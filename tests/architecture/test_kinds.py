"""All that can happen does happen somewhere, can be told in both languages, and can be counted."""

import ast

import pytest

from gandan.ground.ledger.kinds import KINDS, Kind
from tests.architecture.house import SOURCE, python_files, tree


def written() -> set[str]:
    """Return the names of the kinds that some operation, or the flow that it follows, mentions."""
    writers = [path for path in python_files() if {"operations", "flow"} & {*path.parts, path.stem}]
    return {
        node.attr
        for path in writers
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Kind"
    }


WRITTEN = written()


@pytest.mark.parametrize("kind", Kind, ids=str)
def test_each_kind_is_written_by_some_operation(kind):
    assert kind.name in WRITTEN


@pytest.mark.parametrize("kind", Kind, ids=str)
def test_each_kind_has_a_sentence_in_both_languages(kind):
    spec = KINDS[kind]

    assert spec.sentence_vi
    assert spec.sentence_en
    assert spec.sentence_vi != spec.sentence_en


def test_each_kind_is_a_thing_and_what_happened_to_it():
    assert [kind for kind in Kind if kind.count(".") != 1 or kind != kind.lower()] == []


def test_the_kinds_are_read_from_the_code():
    assert (SOURCE / "ground" / "ledger" / "kinds.py").exists()
    assert "UNIT_FOUNDED" in WRITTEN
