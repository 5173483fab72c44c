"""The mapping that goes with a file: what it may say, and what is said when it can't be understood."""

import json
from datetime import time
from importlib.resources import files

import pytest
import yaml

from gandan.ground.calendar.rules import BadTerm, parse_term
from gandan.work.dossiers.rules import BadMapping, MissingColumns, as_kept, bind, join, read_mapping, values_of
from gandan.work.dossiers.rules.mapping import FIELDS
from tests.dossiers.rows import VIETNAM

PLAIN = {"source_number": "Số", "procedure": "Thủ tục", "unit": "Đơn vị", "received_on": "Ngày nhận"}
HEADER = ("Số", "Đơn vị", "Thủ tục", "Ngày nhận")


def test_columns_are_found_whatever_their_accents_and_capitals():
    bound = bind(read_mapping({"fields": PLAIN}), ("so", "DON VI", " Thủ  Tục ", "ngày nhận"))

    assert [bound.columns[name] for name in ("source_number", "unit", "procedure", "received_on")] == [0, 1, 2, 3]


def test_a_column_that_is_not_there_is_named_with_what_comes_near():
    mapping = read_mapping({"fields": PLAIN | {"finished_on": "Ngày trả"}})

    with pytest.raises(MissingColumns) as refusal:
        bind(mapping, (*HEADER, "Ngày trả kq"))

    assert "Ngày trả (Ngày trả kq?)" in str(refusal.value)
    assert "Số, Đơn vị, Thủ tục, Ngày nhận, Ngày trả kq" in str(refusal.value)


def test_two_columns_of_one_name_are_as_good_as_none():
    with pytest.raises(MissingColumns, match="Số"):
        bind(read_mapping({"fields": PLAIN}), ("Số", "Số", "Đơn vị", "Thủ tục", "Ngày nhận"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "fields"),
        ({}, "thiếu mục “fields”"),
        ({"fields": {"source_number": "Số"}}, "procedure, unit, received_on"),
        ({"fields": PLAIN | {"religion": "Tôn giáo"}}, "“fields.religion”"),
        ({"fields": PLAIN, "colour": "red"}, "“colour”"),
        ({"fields": PLAIN | {"unit": {"column": "Đơn vị", "value": "PA08"}}}, "fields.unit"),
        ({"fields": PLAIN | {"unit": {}}}, "fields.unit"),
        ({"fields": PLAIN | {"unit": ["PA08"]}}, "fields.unit"),
        ({"fields": PLAIN | {"unit": {"column": "Đơn vị", "values": ["a"]}}}, "fields.unit.values"),
        ({"fields": PLAIN | {"unit": {"column": "Đơn vị", "take": "best"}}}, "fields.unit.take"),
        ({"fields": PLAIN | {"unit": {"column": "Đơn vị", "where": "x"}}}, "fields.unit.where"),
        ({"fields": PLAIN | {"due_on": {"column": "Hẹn", "opening": "early"}}}, "fields.due_on.opening"),
        ({"fields": PLAIN | {"due_on": {"column": "Hẹn", "opening": 10**20}}}, "fields.due_on.opening"),
        ({"fields": PLAIN, "time_zone": "Saigon"}, "Saigon"),
        ({"fields": PLAIN, "delimiter": ";;"}, "delimiter"),
        ({"fields": PLAIN, "delimiter": '"'}, "delimiter"),
        ({"fields": PLAIN, "encoding": ["utf-8"]}, "encoding"),
    ],
)
def test_a_mapping_that_can_t_be_understood_says_where(data, said):
    with pytest.raises(BadMapping) as refusal:
        read_mapping(data)

    assert said in str(refusal.value)


def test_a_mapping_is_kept_in_json_whatever_yaml_made_of_it():
    data = yaml.safe_load(
        "about: 2024-01-31\nfields: {unit: {column: Đơn vị, values: {1: PA08, 2024-01-31: [PC08, 2.5, null, yes]}}}"
    )

    kept = as_kept(data)

    assert kept["about"] == "2024-01-31"
    assert kept["fields"]["unit"]["values"] == {"1": "PA08", "2024-01-31": ["PC08", 2.5, None, True]}
    assert json.loads(json.dumps(kept)) == as_kept(kept) == kept


def test_a_term_of_the_file_s_own():
    assert read_mapping({"fields": PLAIN, "term": "56 calendar_days roll"}).term == parse_term("56 calendar_days roll")
    with pytest.raises(BadTerm, match="eight weeks"):
        read_mapping({"fields": PLAIN, "term": "eight weeks"})


@pytest.mark.parametrize("written", ["opening: 07:30", 'opening: "07:30"'])
def test_an_hour_in_yaml_is_an_hour(written):
    data = yaml.safe_load(f"column: Hẹn\n{written}")

    assert read_mapping({"fields": PLAIN | {"due_on": data}}).sources["due_on"].opening == time(7, 30)
    afternoon = yaml.safe_load("column: Hẹn\nopening: 13:30")
    assert read_mapping({"fields": PLAIN | {"due_on": afternoon}}).sources["due_on"].opening == time(13, 30)


@pytest.mark.parametrize("name", [path.name for path in files("gandan.work.dossiers").joinpath("data/mappings").iterdir()])
def test_the_mappings_that_come_along_can_be_read(name):
    text = files("gandan.work.dossiers").joinpath("data/mappings", name).read_text(encoding="utf-8")

    assert read_mapping(yaml.safe_load(text)).sources.keys() <= set(FIELDS)


def test_one_value_for_all_rows_stands_in_for_a_column():
    mapping = read_mapping({"fields": PLAIN | {"unit": {"value": "PA08"}}})
    values = dict(zip(FIELDS, values_of(bind(mapping, HEADER))(["7", "ignored", "hộ  chiếu", "03/07/2026"]), strict=True))

    assert (values["unit"], values["procedure"], values["finished_on"]) == ("PA08", "hộ chiếu", "")


class TestCases:
    """Several rows that tell of one dossier."""

    HEADER = ("case", "step", "at", "unit")
    ROWS = (
        ("c1", "checked", "2026-07-06T10:00:00+07:00", "PA08"),
        ("c1", "received", "2026-07-03T23:30:00Z", "PA08"),
        ("c1", "sent", "2026-07-09T10:00:00+07:00", ""),
    )

    def joined(self, rows=ROWS, **fields):
        spec = {
            "source_number": "case",
            "procedure": {"value": "permit"},
            "unit": "unit",
            "received_on": {"column": "at", "take": "min"},
        }
        bound = bind(read_mapping({"case": "case", "fields": spec | fields}), self.HEADER)
        values, problems = join(bound, rows, VIETNAM)
        return dict(zip(FIELDS, values, strict=True)), problems

    def test_the_earliest_moment_whatever_its_zone(self):
        values, problems = self.joined()

        assert (values["received_on"], values["unit"], problems) == ("2026-07-03T23:30:00Z", "PA08", [])

    def test_the_row_of_one_step(self):
        values, _ = self.joined(finished_on={"column": "at", "take": "last", "where": {"column": "step", "in": ["Sent"]}})

        assert values["finished_on"].startswith("2026-07-09")

    def test_the_latest_and_the_first_of_the_file(self):
        values, _ = self.joined(finished_on={"column": "at", "take": "max"}, withdrawn_on={"column": "at", "take": "first"})

        assert values["finished_on"].startswith("2026-07-09")
        assert values["withdrawn_on"].startswith("2026-07-06")

    def test_rows_that_contradict_each_other_are_told(self):
        _, problems = self.joined(rows=(*self.ROWS, ("c1", "sent", "2026-07-09T10:00:00+07:00", "PC08")))

        assert [(each.code, each.column, each.params["values"]) for each in problems] == [("inconsistent", "unit", "PA08; PC08")]

    def test_days_in_either_form_are_compared_as_days(self):
        rows = (("c1", "a", "31/12/2025", "PA08"), ("c1", "b", "2026-01-02", "PA08"), ("c1", "c", "nonsense", "PA08"))
        values, _ = self.joined(rows=rows, finished_on={"column": "at", "take": "max"})

        assert values["finished_on"] == "2026-01-02"
        assert values["received_on"] == "nonsense"  # and is refused as no date
