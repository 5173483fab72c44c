"""Dossiers brought in from a file."""

from collections import Counter
from datetime import date

import pytest

from gandan.ground.ledger.models import Entry, Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import found
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.ground.promises.models import Promise
from gandan.work.dossiers import operations, queries
from gandan.work.dossiers.models import Apology, DaySerial, Delivery, Dossier, Import, Office, Procedure, StagedRow
from gandan.work.dossiers.operations import BadSource, Run
from gandan.work.dossiers.rules import BadMapping, BrokenFile, MissingColumns
from tests.cast import ACT
from tests.dossiers.files import HEADER, MAPPING, TODAY, bring_in, refusals, request, row, write
from tests.dossiers.lived import kept, live, told

LATE = {"Xong": "19/11/2026"}


def counted() -> Counter:
    return Counter(Event.objects.filter(about_type="dossiers.dossier").values_list("facet_set__kind", flat=True))


def test_a_row_becomes_a_dossier_with_all_that_happened_to_it(office, tmp_path):
    went = bring_in(office, write(tmp_path / "a.csv", row("HS-1")))

    assert (went.taken, went.known, went.refused, went.finished) == (1, 0, 0, True)
    dossier = Dossier.objects.get()
    assert (dossier.source, dossier.source_number, dossier.applicant, dossier.applicant_key) == (
        "old", "HS-1", "Trần Thị HS-1", "tran thi hs 1",
    )  # fmt: skip
    days = [day.day for day in (dossier.received_on, dossier.due_on, dossier.finished_on)]
    assert days == [2, 12, 10]
    assert dossier.number.endswith("-261102-0001")
    assert (dossier.imported_id, dossier.imported_line) == (went.import_id, 2)
    assert sorted(told(dossier)) == [
        ("dossier.finished", "PA08", date(2026, 11, 10), {"procedure": "passport", "punctuality": "early"}),
        ("dossier.received", "PA08", date(2026, 11, 2), {"procedure": "passport", "channel": "counter"}),
        (
            "promise.kept",
            "PA08",
            date(2026, 11, 10),
            {"promise": "dossier.result", "subject": "passport", "punctuality": "in_time"},
        ),
        ("promise.owed", "PA08", date(2026, 11, 2), {"promise": "dossier.result", "subject": "passport"}),
    ]


LIVES = [
    pytest.param({}, id="finished early"),
    pytest.param(LATE, id="finished late"),
    pytest.param({"Xong": ""}, id="open and overdue"),
    pytest.param({"Xong": "", "Nhận": "18/11/2026"}, id="open"),
    pytest.param({"Xong": "", "Rút": "16/11/2026"}, id="withdrawn late"),
    pytest.param(LATE | {"Nợ thư": "12/11/2026", "Gửi thư": "13/11/2026", "Hẹn lại": "18/11/2026"}, id="a letter sent late"),
    pytest.param(LATE | {"Nợ thư": "12/11/2026"}, id="a letter never sent"),
    pytest.param({"Xong": "", "Nợ thư": "12/11/2026"}, id="a letter still owed"),
    pytest.param({"Xử lý": "03/11/2026", "Trả": "12/11/2026"}, id="handed over"),
    pytest.param({"Xử lý": "03/11/2026", "Xong": ""}, id="being worked on, overdue"),
    pytest.param({"Hỏi thêm": "04/11/2026", "Bổ sung": "09/11/2026", "Xong": "17/11/2026"}, id="in time by its pause"),
    pytest.param({"Xử lý": "03/11/2026", "Hỏi thêm": "04/11/2026", "Xong": ""}, id="waiting for papers, not overdue"),
    pytest.param({"Hỏi thêm": "16/11/2026", "Bổ sung": "18/11/2026", "Xong": ""}, id="overdue before it was asked"),
    pytest.param({"Hỏi thêm": "04/11/2026", "Dừng": "19/11/2026", "Xong": ""}, id="stopped while waiting"),
    pytest.param({"Dừng": "19/11/2026", "Xong": ""}, id="stopped late"),
    pytest.param({"Gửi đi": "11/11/2026", "Phát": "12/11/2026", "Kết quả": "đã phát"}, id="delivered"),
    pytest.param({"Gửi đi": "11/11/2026", "Phát": "18/11/2026", "Kết quả": "đã phát"}, id="delivered late"),
    pytest.param({"Gửi đi": "11/11/2026", "Phát": "12/11/2026", "Kết quả": "failed"}, id="found nobody"),
    pytest.param({"Gửi đi": "11/11/2026", "Phát": "13/11/2026", "Kết quả": "returned"}, id="came back"),
    pytest.param(
        {"Thủ tục": "căn cước", "Đơn vị": "CAP-O1", "Nhận": "25/06/2025", "Xong": "04/07/2025"}, id="x"
    ),
    pytest.param(
        {"Thủ tục": "căn cước", "Đơn vị": "CAP-O1", "Nhận": "10/06/2025", "Xong": "04/07/2025", "Nợ thư": "19/06/2025"},
        id="passed on to the heir, overdue",
    ),
    pytest.param(
        {"Thủ tục": "căn cước", "Đơn vị": "CAP-O2", "Nhận": "25/06/2025", "Xong": "04/07/2025", "Nơi xong": "CAP-W2"},
        id="passed on to the heir that is named",
    ),
]  # fmt: skip


@pytest.mark.parametrize("cells", LIVES)
def test_what_is_brought_in_is_told_as_if_it_had_been_lived_here(office, tmp_path, cells):
    bring_in(office, write(tmp_path / "a.csv", row("HS-1", **cells)))
    lived = live(office, cells)

    brought = Dossier.objects.get(source="old")
    assert sorted(told(brought), key=str) == sorted(told(lived), key=str)
    days = ("received_on", "due_on", "finished_on", "withdrawn_on", "closed_on", "returned_on")
    for field in ("unit", "procedure", "status", *days):
        assert getattr(brought, field) == getattr(lived, field)
    for model, about in ((Promise, "about_id"), (Apology, "dossier_id"), (Delivery, "dossier_id")):
        rows = [list(model.objects.filter(**{about: each.pk}).order_by("pk")) for each in (brought, lived)]
        assert [kept(each) for each in rows[0]] == [kept(each) for each in rows[1]]


def test_a_second_time_brings_nothing_new(office, tmp_path):
    path = write(tmp_path / "a.csv", row("HS-1"), row("HS-2", **LATE), row("HS-3", Xong=""))
    bring_in(office, path)
    before = (Dossier.objects.count(), counted(), Promise.objects.count())

    again = bring_in(office, path)

    assert (again.taken, again.known, again.refused) == (0, 3, 0)
    assert (Dossier.objects.count(), counted(), Promise.objects.count()) == before


def test_the_same_rows_in_another_file_are_known(office, tmp_path):
    bring_in(office, write(tmp_path / "a.csv", row("HS-1")))

    again = bring_in(office, write(tmp_path / "b.csv", row("HS-2"), row("HS-1", Nhận="2026-11-02")))

    assert (again.taken, again.known) == (1, 1)


def test_the_same_number_of_another_system_is_another_dossier(office, tmp_path):
    path = write(tmp_path / "a.csv", row("HS-1"))
    bring_in(office, path)

    assert bring_in(office, path, source="other").taken == 1


def test_a_row_that_says_otherwise_than_before_is_refused_with_what_differs(office, tmp_path):
    bring_in(office, write(tmp_path / "a.csv", row("HS-1")))
    went = bring_in(office, write(tmp_path / "b.csv", row("HS-1", Nhận="03/11/2026", Xong="")))

    (refused,) = queries.refused_rows(went.import_id)
    assert [problem.code for problem in refused.problems] == ["conflict"]
    assert refused.problems[0].params["number"] == Dossier.objects.get().number
    assert (
        refused.problems[0].params["differences"]
        == "received_on: 02/11/2026 → 03/11/2026; due_on: 12/11/2026 → 13/11/2026; finished_on: 10/11/2026 → –"
    )


@pytest.mark.parametrize("batch", [1, 2000])
def test_a_number_that_comes_twice_in_the_file_is_refused_the_second_time(office, tmp_path, batch):
    path = write(tmp_path / "a.csv", row("HS-1"), row("HS-2"), row("HS-1", **LATE), row("HS-2"))

    for _ in range(2):
        went = bring_in(office, path, batch=batch)
        assert refusals(went) == [(4, "Số", "duplicate"), (5, "Số", "duplicate")]
        assert [problem.params["line"] for refused in queries.refused_rows(went.import_id) for problem in refused.problems] == [
            "2",
            "3",
        ]
    assert Dossier.objects.count() == 2


def test_what_happened_before_the_day_of_going_live_is_quiet(office, tmp_path):
    bring_in(office, write(tmp_path / "a.csv", row("HS-1", **LATE)), go_live=date(2026, 11, 13))

    quiet = dict(Entry.objects.values_list("event_id", "quiet"))
    days = Event.objects.filter(about_type="dossiers.dossier").values_list("id", "day")
    assert {day: quiet[event] for event, day in days} == {
        date(2026, 11, 2): True, date(2026, 11, 13): False, date(2026, 11, 19): False,
    }  # fmt: skip


def test_serials_have_no_gaps_and_no_twins_whatever_is_refused(office, tmp_path):
    lines = [row(f"HS-{n}", **({"Nhận": "31/02/2026"} if n % 3 == 0 else {})) for n in range(30)]
    bring_in(office, write(tmp_path / "a.csv", *lines), batch=7)
    alive = operations.receive(
        procedure="passport", unit=office.unit("PA08"), applicant="A", by=office.alice, on=date(2026, 11, 2)
    )

    serials = sorted(int(number[-4:]) for number in Dossier.objects.values_list("number", flat=True))
    assert serials == list(range(1, 22))
    assert alive.number.endswith("-0021")


def test_a_day_has_9999_numbers_and_the_rest_is_refused(office, tmp_path):
    bring_in(office, write(tmp_path / "a.csv", row("HS-1")))
    DaySerial.objects.filter(office=Office.objects.get()).update(last=9998)

    went = bring_in(office, write(tmp_path / "b.csv", row("HS-2"), row("HS-3"), row("HS-4"), row("HS-5", Nhận="03/11/2026")))

    assert refusals(went) == [(3, "", "numbers_used_up"), (4, "", "numbers_used_up")]
    assert sorted(Dossier.objects.values_list("number", flat=True))[-2:] == [
        f"{Office.objects.get().code}-261102-9999", f"{Office.objects.get().code}-261103-0001",
    ]  # fmt: skip
    assert DaySerial.objects.get(day=date(2026, 11, 2)).last == 9999


BROKEN = [
    pytest.param("HS-9,hộ chiếu,PA08", ["cells"], id="too few cells"),
    pytest.param(row("HS-9") + ",x", ["cells"], id="too many cells"),
    pytest.param(row("HS-9", **{"Người nộp": '"never closed'}), ["quotes"], id="a quote never closed"),
    pytest.param(row("HS-9", Nhận="31/02/2026"), ["not_in_the_calendar"], id="31 February"),
    pytest.param(row("HS-9", **{"Đơn vị": "PA80"}), ["unknown_unit"], id="unknown unit"),
    pytest.param(
        row("HS-9", **{"Thủ tục": "căn cước", "Đơn vị": "CAP-W1", "Nhận": "02/06/2025", "Xong": ""}),
        ["unit_not_yet"],
        id="not yet",
    ),
    pytest.param(
        row("HS-9", **{"Thủ tục": "căn cước", "Đơn vị": "CAP-O2", "Nhận": "02/07/2025", "Xong": ""}),
        ["unit_divided"],
        id="divided",
    ),
    pytest.param(
        row("HS-9", **{"Thủ tục": "căn cước", "Đơn vị": "CAP-O1", "Nhận": "02/07/2025", "Xong": ""}), ["unit_closed"], id="ended"
    ),
    pytest.param(row("HS-9", **{"Thủ tục": "kết hôn"}), ["unknown_procedure"], id="unknown procedure"),
    pytest.param(row("HS-9", Xong="01/11/2026"), ["before_receipt"], id="finished before receipt"),
    pytest.param(row("HS-9", Nhận="", **{"Đơn vị": ""}), ["missing", "missing"], id="empty cells"),
    pytest.param(row("HS-9\x00"), ["control"], id="a NUL"),
]


@pytest.mark.parametrize(("line", "codes"), BROKEN)
def test_a_broken_row_is_told_by_line_and_costs_no_other(office, tmp_path, line, codes):
    went = bring_in(office, write(tmp_path / "a.csv", row("HS-1"), line, row("HS-2")))

    assert [(at, code) for at, _, code in refusals(went)] == [(3, code) for code in codes]
    assert sorted(Dossier.objects.values_list("source_number", flat=True)) == ["HS-1", "HS-2"]
    (refused,) = queries.refused_rows(went.import_id)
    for problem, reason in refused.reasons():
        assert "{" not in reason.sentence.format(**problem.params) + reason.remedy.format(**problem.params)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_unicode_file_is_brought_in(office, tmp_path, encoding):
    assert bring_in(office, write(tmp_path / "a.csv", row("HS-1"), encoding=encoding)).taken == 1
    assert Dossier.objects.get().applicant == "Trần Thị HS-1"


@pytest.mark.parametrize(
    ("header", "refusal", "said"),
    [
        pytest.param(HEADER.replace("Nhận", "Ngày"), MissingColumns, "Nhận", id="a column is missing"),
        pytest.param("", BrokenFile, "a.csv", id="nothing in it"),
    ],
)
def test_a_file_that_can_t_be_used_is_refused_whole(office, tmp_path, header, refusal, said):
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n{row('HS-1')}\n" if header else "", encoding="utf-8")

    with pytest.raises(refusal, match=said):
        bring_in(office, path)

    assert not Import.objects.exists()


def test_a_mapping_that_can_t_be_understood_is_refused(office, tmp_path):
    with pytest.raises(BadMapping, match="colour"):
        bring_in(office, write(tmp_path / "a.csv", row("HS-1")), mapping={"fields": MAPPING["fields"] | {"colour": "x"}})


def test_a_source_is_a_short_code(office, tmp_path):
    with pytest.raises(BadSource, match="Hệ thống cũ"):
        bring_in(office, write(tmp_path / "a.csv", row("HS-1")), source="Hệ thống cũ")


def test_nobody_brings_in_a_file_without_the_right(office, tmp_path):
    with pytest.raises(NotAllowed):
        Run(request(office, write(tmp_path / "a.csv", row("HS-1"))), by=office.alice, on=TODAY)


def test_an_import_that_stopped_goes_on_where_it_was(office, tmp_path):
    path = write(tmp_path / "a.csv", *(row(f"HS-{n}") for n in range(10)))
    first = iter(Run(request(office, path), by=office.importer, on=TODAY, batch=3))
    assert [next(first).taken for _ in range(3)] == [0, 3, 6]
    first.close()

    run = Run(request(office, path), by=office.importer, on=TODAY, batch=3)
    assert run.resumed
    assert [progress.taken for progress in run] == [6, 9, 10, 10]
    assert Dossier.objects.count() == 10
    assert Import.objects.get().state == "finished"


def test_a_changed_mapping_begins_anew_and_leaves_the_other(office, tmp_path):
    path = write(tmp_path / "a.csv", *(row(f"HS-{n}") for n in range(4)))
    first = iter(Run(request(office, path), by=office.importer, on=TODAY, batch=2))
    next(first), next(first)
    first.close()

    went = bring_in(office, path, mapping=MAPPING | {"time_zone": "Asia/Bangkok"})

    assert (went.taken, went.known) == (2, 2)
    assert sorted(Import.objects.values_list("state", flat=True)) == ["finished", "left"]


def test_two_at_one_file_don_t_get_in_each_other_s_way(office, tmp_path):
    path = write(tmp_path / "a.csv", *(row(f"HS-{n}") for n in range(6)))
    one, other = (iter(Run(request(office, path), by=office.importer, on=TODAY, batch=2)) for _ in range(2))
    next(one), next(other), next(one)

    with pytest.raises(operations.NotOneAfterTheOther, match=r"a\.csv"):
        list(other)

    list(one)
    assert Dossier.objects.count() == 6


class TestEventLogs:
    """A file with a row for each thing that happened, in any order."""

    MAPPING = {
        "case": "case",
        "fields": {
            "source_number": "case", "procedure": {"value": "passport"}, "unit": "unit",
            "received_on": {"column": "at", "take": "min"},
            "finished_on": {"column": "at", "take": "last", "where": {"column": "step", "in": ["sent"]}},
        },
    }  # fmt: skip

    def lines(self, *numbers: int) -> list[str]:
        steps = (("check", "05/11/2026"), ("sent", "10/11/2026"), ("receive", "02/11/2026"))
        return [f"c{number},{step},{at},PA08" for step, at in steps for number in numbers]

    @pytest.mark.parametrize("batch", [1, 2000])
    def test_the_rows_of_a_case_may_lie_anywhere(self, office, tmp_path, batch):
        path = write(tmp_path / "a.csv", *self.lines(1, 2, 3), header="case,step,at,unit")

        went = bring_in(office, path, mapping=self.MAPPING, batch=batch)

        assert (went.taken, went.refused) == (3, 0)
        assert set(Dossier.objects.values_list("received_on", "finished_on")) == {(date(2026, 11, 2), date(2026, 11, 10))}
        assert sorted(Dossier.objects.values_list("imported_line", flat=True)) == [2, 3, 4]
        assert not StagedRow.objects.exists()
        assert bring_in(office, path, mapping=self.MAPPING).known == 3

    def test_a_case_that_contradicts_itself_is_refused(self, office, tmp_path):
        path = write(
            tmp_path / "a.csv",
            *self.lines(1, 2),
            "c1,check,06/11/2026,PC08",
            ",check,06/11/2026,PA08",
            header="case,step,at,unit",
        )

        went = bring_in(office, path, mapping=self.MAPPING)

        assert (went.taken, refusals(went)) == (1, [(2, "unit", "inconsistent"), (9, "case", "missing")])

    def test_it_goes_on_where_it_stopped(self, office, tmp_path):
        path = write(tmp_path / "a.csv", *self.lines(*range(9)), header="case,step,at,unit")
        asked = request(office, path, mapping=self.MAPPING)
        first = iter(Run(asked, by=office.importer, on=TODAY, batch=2))
        for _ in range(3):
            next(first)
        first.close()
        second = iter(Run(asked, by=office.importer, on=TODAY, batch=2))
        while not (now := next(second)).taken:
            assert now.staging or now.lines == 0
        second.close()

        assert bring_in(office, path, mapping=self.MAPPING, batch=2).taken == 9
        assert Dossier.objects.count() == 9
        assert counted()["dossier.finished"] == 9


def test_a_term_of_the_mapping_s_own_is_kept_with_the_dossier(office, tmp_path):
    bring_in(office, write(tmp_path / "a.csv", row("HS-1")), mapping=MAPPING | {"term": "30 calendar_days"})

    assert Dossier.objects.get().due_on == date(2026, 12, 2)
    assert queries.dossier("HS-1", office.alice, TODAY).reckoning.due == date(2026, 12, 2)


def test_a_real_log_that_nobody_prepared(office, permit_log):
    """1,434 applications in 8,577 events; 377 of 1,329 closed ones late, by their own dates."""
    unit = found(
        code="PERMITS", name="Phòng cấp phép thử nghiệm", kind=UnitKind.DEPARTMENT, places={Line.ADMINISTRATION: None}, act=ACT,
        by=office.importer, on=TODAY, effective=date(2010, 1, 1),
    )  # fmt: skip
    mapping = queries.mapping("permit-log")
    mapping["fields"]["unit"] = {"value": unit.code}

    went = bring_in(office, permit_log, mapping=mapping, source="permits")

    assert (went.taken, went.known, went.refused) == (1434, 0, 0)
    said = Counter(
        facets["punctuality"]
        for facets in Event.objects.filter(facet_set__kind="dossier.finished").values_list("facet_set__facets", flat=True)
    )
    assert said["late"] == 377
    assert said.total() == 1329
    assert counted()["promise.owed"] == 1434
    assert Promise.objects.filter(state="open").count() == 105
    assert Promise.objects.filter(state="kept").exclude(overdue_on=None).count() == 377
    assert bring_in(office, permit_log, mapping=mapping, source="permits").known == 1434
    assert Procedure.objects.get(code="permit").dossiers.count() == 1434
