"""Procedures as dated data with a source."""

from datetime import date
from importlib.resources import files

import pytest
import yaml

from gandan.ground.calendar.rules import BadTerm
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.work.dossiers import queries
from gandan.work.dossiers.operations import RuleInUse, load_procedures, receive
from gandan.work.dossiers.rules import handles
from gandan.work.dossiers.rules.procedures import BadProcedure, read_procedures

SHIPPED = yaml.safe_load(files("gandan.work.dossiers").joinpath("data/procedures.yaml").read_text("utf-8"))
ROW = {
    "code": "permit",
    "name": "Giấy phép",
    "from": "2024-01-01",
    "term": "5 working_days",
    "legal_basis": "x",
    "handled_by": ["*"],
}
ON = date(2026, 11, 20)


@pytest.mark.parametrize("row", SHIPPED["procedures"], ids=lambda row: f"{row['code']} {row['from']}")
def test_each_rule_that_comes_along_has_a_source_and_says_whether_it_was_verified(row):
    assert row["source"]
    assert row["legal_basis"]
    assert isinstance(row["verified"], bool)
    assert row["name_en"]


@pytest.mark.parametrize(
    ("code", "day", "term", "where", "elsewhere"),
    [
        ("passport", date(2019, 5, 2), 8, "PA08", "PC08"),
        ("passport", date(2026, 5, 4), 8, "PA08-2", "CAP-W1"),
        ("vehicle-registration", date(2025, 6, 30), 2, "PC08", "CAP-O1"),
        ("vehicle-registration", date(2025, 7, 1), 2, "CAP-W1", "CAQ-760"),
        ("identity-card", date(2021, 6, 30), 7, "CAQ-760", "CAP-O1"),
        ("identity-card", date(2021, 7, 1), 8, "CAQ-760", "CAP-O1"),
        ("identity-card", date(2025, 2, 28), 7, "CAQ-760", "CAP-O1"),
        ("identity-card", date(2025, 3, 1), 7, "CAP-O1", "PC08"),
    ],
)
def test_who_handled_what_and_how_long_it_took(office, code, day, term, where, elsewhere):
    rule = queries.procedure_on(code, day)

    assert rule.term_amount == term
    assert handles(rule.handled_by, where)
    assert not handles(rule.handled_by, elsewhere)


def test_loading_again_changes_nothing(office):
    events = Event.objects.count()

    loaded = load_procedures(unit=office.police, by=office.importer, on=ON)

    assert (loaded.added, loaded.changed, Event.objects.count()) == (0, 0, events)


def test_a_rule_put_right_is_told(office):
    rows = read_procedures(SHIPPED)
    rows = [row if row.code != "permit" else type(row)(**vars(row) | {"fee": 10_000}) for row in rows]

    assert load_procedures(unit=office.police, rows=rows, by=office.importer, on=ON).changed == 1
    assert Event.objects.filter(facet_set__kind="procedure.changed").latest("id").facets == {"procedure": "permit"}


def test_the_term_of_what_was_promised_stays(office):
    receive(procedure="passport", unit=office.unit("PA08"), applicant="A", by=office.alice, on=ON)
    rows = [row for row in read_procedures(SHIPPED) if row.code == "passport" and row.end is None]
    (rule,) = [type(row)(**vars(row) | {"term": type(row.term)(5)}) for row in rows]

    with pytest.raises(RuleInUse, match="passport từ ngày 01/07/2020"):
        load_procedures(unit=office.police, rows=[rule], by=office.importer, on=ON)


def test_a_new_rule_follows_where_the_old_one_ends(office):
    old = next(row for row in read_procedures(SHIPPED) if row.code == "passport" and row.end is None)
    ended = type(old)(**vars(old) | {"end": date(2027, 1, 1)})
    new = type(old)(**vars(old) | {"start": date(2027, 1, 1), "term": type(old.term)(5)})

    loaded = load_procedures(unit=office.police, rows=[new, ended], by=office.importer, on=ON)

    assert (loaded.added, loaded.changed) == (1, 1)
    assert queries.procedure_on("passport", date(2026, 12, 31)).term_amount == 8
    assert queries.procedure_on("passport", date(2027, 1, 1)).term_amount == 5


def test_what_a_unit_handles_on_a_day(office):
    assert [rule.code for rule in queries.procedures_at(office.unit("CAP-W1"), ON)] == [
        "identity-card",
        "permit",
        "vehicle-plates",
        "vehicle-registration",
        "vehicle-reissue",
    ]
    assert [rule.code for rule in queries.procedures_at(office.unit("PA08"), ON)] == ["passport", "permit"]


def test_nobody_changes_procedures_without_the_right(office):
    with pytest.raises(NotAllowed):
        load_procedures(unit=office.police, by=office.alice, on=ON)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "procedures"),
        (["x"], "thứ 1"),
        ([{**ROW, "term": None}], "term"),
        ([{**ROW, "colour": "red"}], "colour"),
        ([ROW, {**ROW, "code": "Hộ chiếu"}], "thứ 2"),
        ([{**ROW, "from": "sớm"}], "from: sớm"),
        ([{**ROW, "to": "2023-01-01"}], "hết hiệu lực"),
        ([{**ROW, "fee": -1}], "fee: -1"),
        ([{**ROW, "handled_by": "PA08"}], "handled_by"),
        ([ROW, {**ROW, "from": "2025-01-01"}], "chồng lên"),
    ],
)
def test_a_file_with_a_mistake_names_the_row(rows, said):
    with pytest.raises(BadProcedure, match=said):
        read_procedures({"procedures": rows})


def test_a_term_that_can_t_be_read_is_told():
    with pytest.raises(BadTerm, match="soon"):
        read_procedures({"procedures": [{**ROW, "term": "soon"}]})
