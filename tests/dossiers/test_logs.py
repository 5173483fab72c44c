"""Event logs in XES, brought in: those of a municipality, and those that nobody prepared."""

import csv
import gzip
import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from gandan.work.dossiers.models import Dossier, Import, RefusedRow, StagedRow
from gandan.work.dossiers.rules import BrokenFile, kind_of, records, shape
from gandan.work.dossiers.rules.logs import guess, happenings, take_census
from tests.dossiers.files import bring_in, refusals
from tests.dossiers.logs import HEAD, event, from_rows, log, trace, write_log

LOG = {
    "case": "case:concept:name",
    "time_zone": "written",
    "fields": {
        "source_number": "case:concept:name",
        "procedure": {"value": "permit"},
        "unit": {"value": "PC08"},
        "received_on": {"column": "time:timestamp", "take": "min"},
        "finished_on": {"column": "time:timestamp", "take": "max", "where": {"column": "concept:name", "in": ["send decision"]}},
    },
}
RECEIVED = event("receive", "2024-03-04T23:30:00.000+01:00")
SENT = event("send decision", "2024-03-20T09:00:00+01:00")


def found_in(path):
    return [(h.trace, h.case.get("concept:name"), h.event) for h in happenings(path)]


def gandan(*arguments: str) -> str:
    out = io.StringIO()
    call_command("dossiers", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.xes", "a.xes.gz"])
def test_events_come_one_by_one_with_their_trace(tmp_path, name):
    path = write_log(tmp_path / name, trace("c1", RECEIVED, SENT), trace("c2", event("receive", "2024-03-05")))

    assert kind_of(path) == "xes"
    assert [(nth, case, each["concept:name"]) for nth, case, each in found_in(path)] == [
        (1, "c1", "receive"),
        (1, "c1", "send decision"),
        (2, "c2", "receive"),
    ]


def test_what_is_nested_is_flattened_and_what_is_in_a_list_is_joined(tmp_path):
    nested = '<string key="outer" value="a"><string key="inner" value="b"/></string>'
    path = write_log(tmp_path / "a.xes", trace("c1", f"<event>{nested}</event>", parts=["x", "y"], more={"deep": {"er": "z"}}))

    [happening] = happenings(path)
    assert happening.event == {"outer": "a", "outer/inner": "b"}
    assert {key: value for key, value in happening.case.items() if key != "concept:name"} == {
        "parts/item": "x; y",
        "more/deep/er": "z",
    }


def test_attributes_of_a_trace_that_come_after_its_events_count_too(tmp_path):
    path = write_log(tmp_path / "a.xes", text=log(f'<trace>{RECEIVED}<string key="concept:name" value="late"/></trace>'))

    assert [case for _, case, _ in found_in(path)] == ["late"]


def test_prefixed_tags_and_an_empty_trace_are_read(tmp_path):
    inner = '<xes:trace><xes:string key="concept:name" value="c"/></xes:trace>'
    text = f'<xes:log xmlns:xes="http://www.xes-standard.org/">{inner}</xes:log>'

    assert found_in(write_log(tmp_path / "a.xes", text=text)) == [(1, "c", None)]


BROKEN = [
    pytest.param(lambda text: text[: len(text) // 2], id="cut off"),
    pytest.param(lambda text: text.replace("<log", "<!DOCTYPE log [<!ENTITY a 'b'>]><log", 1), id="defines entities"),
    pytest.param(lambda text: text.replace("</trace>", "", 1), id="not closed"),
    pytest.param(lambda text: '<?xml version="1.0"?><feed/>', id="another kind of XML"),
    pytest.param(lambda text: text.replace('encoding="UTF-8"', 'encoding="klingon"'), id="an encoding that isn't one"),
    pytest.param(lambda text: "<log><trace a='" + "x" * (9 << 20), id="a tag without end"),
]


@pytest.mark.parametrize("spoil", BROKEN)
@pytest.mark.parametrize("name", ["a.xes", "a.xes.gz"])
def test_a_broken_log_is_refused_as_a_whole(office, tmp_path, spoil, name):
    path = write_log(tmp_path / name, text=spoil(log(trace("c1", RECEIVED, SENT), trace("c2", RECEIVED))))

    with pytest.raises(BrokenFile):
        bring_in(office, path, mapping=LOG)
    assert not Dossier.objects.exists()


def test_a_gz_that_was_cut_off_is_refused_as_a_whole(office, tmp_path):
    path = write_log(tmp_path / "a.xes.gz", *(trace(f"c{n}", RECEIVED, SENT) for n in range(500)))
    path.write_bytes(path.read_bytes()[:-200])

    with pytest.raises(BrokenFile, match="cắt giữa chừng"):
        bring_in(office, path, mapping=LOG)
    assert not Dossier.objects.exists()


def test_the_traces_of_one_case_are_one_dossier_whatever_their_order(office, tmp_path):
    path = write_log(tmp_path / "a.xes", trace("c1", SENT), trace("c2", RECEIVED), trace("c1", RECEIVED))

    went = bring_in(office, path, mapping=LOG)

    assert (went.taken, went.refused) == (2, 0)
    one = Dossier.objects.get(source_number="c1")
    assert (one.received_on, one.finished_on) == (date(2024, 3, 4), date(2024, 3, 20))
    assert Dossier.objects.get(source_number="c2").finished_on is None
    assert not StagedRow.objects.exists()


def test_a_second_time_brings_nothing_new_and_an_import_goes_on_where_it_was(office, tmp_path):
    path = write_log(tmp_path / "a.xes.gz", *(trace(f"c{n}", RECEIVED, SENT) for n in range(9)))

    assert bring_in(office, path, mapping=LOG, batch=2).taken == 9
    assert bring_in(office, path, mapping=LOG, batch=4).known == 9
    form = shape(path)
    assert [record.line for record in records(path, form, after_line=15)] == [16, 17, 18]


def test_what_can_not_be_used_of_a_case_is_told_and_the_others_are_taken(office, tmp_path):
    path = write_log(
        tmp_path / "a.xes",
        trace("c1", event("receive", "soon"), SENT),
        trace("c2", event("receive"), event("send decision")),
        trace("", RECEIVED),
        trace("c4"),
        trace("x" * 61, RECEIVED),
        trace("c5", RECEIVED, SENT),
    )

    went = bring_in(office, path, mapping=LOG)

    assert sorted(Dossier.objects.values_list("source_number", flat=True)) == ["c5"]
    assert sorted(code for _, _, code in refusals(went)) == ["missing", "missing", "missing", "not_a_date", "too_long"]


def test_names_of_officers_are_stored_nowhere(office, tmp_path):
    secret = {"org:resource": "Đặng Văn Kín"}
    path = write_log(
        tmp_path / "a.xes", trace("c1", event("receive", "2024-03-04", **secret), responsible="Đặng Văn Kín"), trace("", RECEIVED)
    )

    went = bring_in(office, path, mapping=LOG)

    assert (went.taken, went.refused) == (1, 1)
    kept = [Import.objects.values_list("header", "mapping"), RefusedRow.objects.values_list("cells", "problems")]
    assert "Kín" not in str([list(each) for each in kept])
    assert "org:resource" not in str(list(kept[0]))


@pytest.mark.parametrize(("case", "events", "fields"), [
    ({"startDate": "2024-01-02T00:00:00+01:00", "endDate": "2024-02-02T00:00:00+01:00",
      "endDatePlanned": "2024-03-02T00:00:00+01:00"},
     [event("01_HOOFD_010", "2024-01-02")],
     {"received_on": "case:startDate", "due_on": "case:endDatePlanned", "finished_on": "case:endDate"}),
    ({}, [event("A_SUBMITTED", "2024-01-02"), event("A_CANCELLED", "2024-01-03")],
     {"received_on": {"column": "time:timestamp", "take": "min"},
      "withdrawn_on": {"column": "time:timestamp", "take": "max", "where": {"column": "concept:name", "in": ["A_CANCELLED"]}}}),
    ({}, [event("01_HOOFD_490", "2024-01-02", activityNameEN="phase decision sent")],
     {"finished_on": {"column": "time:timestamp", "take": "max",
                      "where": {"column": "activityNameEN", "in": ["phase decision sent"]}}}),
    ({"startDate": "some day"}, [event("x", "2024-01-02")], {"received_on": {"column": "time:timestamp", "take": "min"}}),
    ({"channel": "Internet"}, [event("x", "2024-01-02")], {}),
])  # fmt: skip
def test_a_mapping_is_guessed(tmp_path, case, events, fields):
    guessed = guess(take_census(write_log(tmp_path / "a.xes", trace("c1", *events, **case))))

    found = guessed.mapping["fields"]
    assert {name: found[name] for name in fields} == fields
    assert ("finished_on" in found) == ("no_end" not in guessed.unsure)
    assert ("channel" in found) == ("channel" in case)


def test_what_every_case_has_is_its_number(tmp_path):
    path = write_log(tmp_path / "a.xes", trace("c1", RECEIVED, id="A1"), trace("", RECEIVED, id="A2"))

    assert guess(take_census(path)).mapping["case"] == "case:id"


def test_a_stranger_brings_in_a_log_with_one_command(office, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    events = [event("Receipt", "2004-03-04T10:00:00Z", **{"org:resource": "R1"}), event("Decide", "2004-03-20T10:00:00Z")]
    write_log(tmp_path / "log.xes.gz", trace("c1", *events), trace("c2", event("Receipt", "2004-03-05T10:00:00Z")), trace("c3"))

    with pytest.raises(CommandError, match="--found-since 2004-03-04"):
        gandan("import", "log.xes.gz")
    with pytest.raises(CommandError, match="--found-since NGÀY"):
        gandan("import", "log.xes.gz", "--unit", "PERMITS")
    command = ("import", "log.xes.gz", "--unit", "PERMITS", "--found-since", "2004-03-04", "--finished", "Decide")
    tried = json.loads(gandan(*command, "--dry-run", "--json", "--save-mapping", "m.yaml"))
    assert (tried["taken"], tried["refused"], tried["dry_run"], Dossier.objects.count()) == (2, 1, True, 0)
    said = json.loads(gandan(*command, "--json"))

    assert (said["taken"], said["refused"], said["founded"], said["source"]) == (2, 1, "PERMITS", "log")
    assert [one["code"] for one in said["reasons"]] == ["missing"]
    used = {one["name"]: (one["used_as"], one["why"]) for one in said["log"]["attributes"]}
    assert used["case:concept:name"][0] == ["source_number", "case"]
    assert used["time:timestamp"][0] == ["received_on", "finished_on"]
    assert used["org:resource"] == ([], "tên cán bộ: không đưa vào hệ thống")
    assert [(one["name"], one["used_as"]) for one in said["log"]["activities"]] == [
        ("Receipt", []),
        ("Decide", ["finished_on"]),
    ]
    assert {one["code"]: one["count"] for one in said["log"]["odd"]} == {"empty_traces": 1, "without_lifecycle": 3}
    assert sorted(Dossier.objects.values_list("source_number", "status")) == [("c1", "finished"), ("c2", "received")]
    again = json.loads(gandan("import", "log.xes.gz", "--mapping", "m.yaml", "--source", "log", "--json"))
    assert (again["taken"], again["known"]) == (0, 2)
    assert "Decide" in gandan("import", "log.xes.gz", "--mapping", "m.yaml", "--source", "log", "--dry-run")


def test_what_belongs_to_no_case_or_has_no_name_is_told(office, tmp_path):
    """Events may stand beside the traces, in the standard too: they are nobody's, and what follows them is not theirs."""
    alone = event("Audit", "2024-05-01T10:00:00+07:00")
    bare = event("", "2024-05-03T10:00:00+07:00", note="x" * 3000)
    path = write_log(
        tmp_path / "loose.xes", alone, trace("c1", event("Receipt", "2024-05-02T10:00:00+07:00"), bare), alone, alone
    )

    said = json.loads(gandan("import", str(path), "--unit", "PERMITS", "--found-since", "2024-01-01", "--dry-run", "--json"))

    assert (said["taken"], said["log"]["events"]) == (1, 2)
    odd = {one["code"]: one["count"] for one in said["log"]["odd"]}
    assert (odd["loose"], odd["without_activity"], odd["shortened"]) == (3, 1, 1)
    assert [one["name"] for one in said["log"]["activities"]] == ["Receipt"]
    shown = gandan("import", str(path), "--unit", "PERMITS", "--found-since", "2024-01-01", "--dry-run")
    assert "3 sự kiện không thuộc hồ sơ nào trong tệp: không dùng" in shown


def test_a_real_log_as_xes_gives_what_it_gives_as_csv(office, permit_log, tmp_path):
    with gzip.open(permit_log, "rt", encoding="utf-8", newline="") as file:
        path = from_rows(tmp_path / "permits.xes.gz", csv.DictReader(file))

    gandan("import", str(path), "--mapping", "permit-log", "--unit", "PERMITS", "--found-since", "2010-01-01")

    found = Dossier.objects.filter(procedure__code="permit")
    late = sum(1 for each in found if each.finished_on and each.finished_on > each.due_on)
    assert (len(found), found.filter(status="finished").count(), late) == (1434, 1329, 377)


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
DAYS = st.dates(date(2024, 1, 1), date(2026, 1, 1)).map(lambda day: f"{day}T08:00:00+07:00")
EVENTS = st.builds(
    lambda name, at, more: event(name, at, **more),
    TEXT,
    st.one_of(DAYS, TEXT, st.just("")),
    st.dictionaries(TEXT.filter(bool), st.one_of(TEXT, st.lists(TEXT, max_size=3)), max_size=3),
)
TRACES = st.builds(
    lambda name, events: trace(name, *events), st.sampled_from(["c1", "c2", "c3", ""]), st.lists(EVENTS, max_size=4)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(TRACES, max_size=5), st.integers(0, 400))
def test_any_log_is_read_whole_or_refused(tmp_path_factory, traces, cut):
    """Whatever stands in it: all of its events with a census that agrees, or one refusal; cut anywhere, never a half."""
    path = tmp_path_factory.mktemp("any") / "a.xes"
    text = log(*traces)
    census = take_census(write_log(path, text=text))
    form = shape(path)

    assert (census.traces, census.events) == (len(traces), text.count("<event>"))
    assert len(list(records(path, form))) == census.rows
    assert all(len(record.cells) == len(form.header) for record in records(path, form))
    assert guess(census).mapping["fields"]["received_on"]
    write_log(path, text=text[: len(HEAD) + cut])
    if len(HEAD) + cut < len(text) - 8:
        with pytest.raises(BrokenFile):
            take_census(path)
