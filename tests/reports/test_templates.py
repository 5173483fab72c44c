"""A ward's monthly reports to all its superiors: each one's rows, words, layout and cut-off days, one ledger, nothing retyped."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest

from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.results.reports import operations, queries
from gandan.results.reports.models import OwedReport, Report
from gandan.results.reports.rules import BadTemplate, ReportStatus, read_templates
from tests.cast import TODAY
from tests.measures.happening import receive
from tests.reports.writing import written

MADE = {"base_url": "http://gandan.example", "made_at": datetime(2026, 11, 20, 2, tzinfo=UTC)}
SHIPPED = {"ward-police-monthly", "ward-party-monthly", "ward-front-monthly", "ward-committee-monthly"}


@pytest.fixture
def owed(cast):
    operations.set_templates(text=operations.TEMPLATES.read_text("utf-8"), by=cast.giang, on=TODAY)
    entries = operations.DUTIES.read_text("utf-8").split("- code: ")
    shipped = "".join(f"- code: {one}" for one in entries if one.split("\n")[0] in SHIPPED)
    operations.set_duties(text=shipped, by=cast.importer, on=TODAY)
    receive(cast, "CAP-W1", date(2026, 10, 14), times=2, procedure="identity")
    receive(cast, "CAP-W1", date(2026, 10, 18), times=3, procedure="identity")
    receive(cast, "CAP-W1", date(2026, 10, 22), times=4, procedure="identity")
    operations.raise_reports(by=cast.importer, on=TODAY)
    return cast


@pytest.fixture
def head(owed):
    return enrol(
        username="xuan", name="Xuân", unit=owed.unit("CAP-W1"), role=Role.UNIT_HEAD, line=Line.POLICE, by=owed.importer,
        on=date(2026, 1, 5),
    )  # fmt: skip


def last(cast, superior):
    return OwedReport.objects.filter(unit=cast.unit("CAP-W1"), duty__superior__code=superior).order_by("during").last()


def test_each_superior_cuts_its_own_months(owed):
    cut = {code: (one.during.lower, one.during.upper) for code in ("CATP", "BTGDVTU", "MTTQ", "79") if (one := last(owed, code))}

    assert cut == {
        "CATP": (date(2026, 10, 15), date(2026, 11, 15)), "BTGDVTU": (date(2026, 10, 20), date(2026, 11, 20)),
        "MTTQ": (date(2026, 9, 25), date(2026, 10, 25)), "79": (date(2026, 10, 15), date(2026, 11, 15)),
    }  # fmt: skip
    assert OwedReport.objects.filter(unit__code="CAP-W2").count() == OwedReport.objects.filter(unit__code="CAP-W1").count()


def test_all_four_are_begun_at_once_and_say_what_the_ledger_says_in_each_ones_words(owed, head):
    numbers = [one.owed.id for one in queries.monthly([owed.unit("CAP-W1").pk], TODAY)]
    assert len(numbers) == 4
    made = operations.begin_several(owed=numbers, simulated=True, by=head, on=TODAY)
    assert len(made) == 4
    assert operations.begin_several(owed=numbers, simulated=True, by=head, on=TODAY) == []

    said = {}
    for one in queries.monthly([owed.unit("CAP-W1").pk], TODAY):
        measure = one.sheet.measure("dossiers-received")
        said[one.owed.superior] = (measure.name.vi, one.sheet.at(measure.code, one.sheet.period).value)
    assert sorted(said.values()) == [
        ("Hồ sơ của người dân", 9), ("Hồ sơ tiếp nhận trong kỳ", 7), ("Lượt người dân được phục vụ thủ tục", 4),
        ("Tổng số hồ sơ tiếp nhận", 7),
    ]  # fmt: skip


def test_each_is_laid_out_as_its_superior_wants_it(owed, head):
    numbers = [one.owed.id for one in queries.monthly([owed.unit("CAP-W1").pk], TODAY)]
    begun = operations.begin_several(owed=numbers, simulated=True, by=head, on=TODAY)
    with pytest.raises(operations.StillToWrite):
        operations.submit_several(owed=numbers, by=head, on=TODAY)
    for one in begun:
        written(one)
    operations.submit_several(owed=numbers, by=head, on=TODAY)
    assert set(Report.objects.values_list("status", flat=True)) == {ReportStatus.SUBMITTED}

    layouts = {}
    for report in Report.objects.select_related("superior", "unit"):
        document = queries.document(report, **MADE)
        layouts[report.superior.code] = (document.profile.code, list(document.addressed_to))
        assert queries.pdf(report, **MADE).startswith(b"%PDF")
        assert queries.docx(report, **MADE).startswith(b"PK")
        names = {cell.value for row in openpyxl.load_workbook(BytesIO(queries.xlsx(report, **MADE)))["Theo năm"] for cell in row}
        assert any(str(name).startswith(report.rows[0]["words"]) for name in names)
    assert {code: layout for code, (layout, _) in layouts.items()} == {
        "CATP": "police", "BTGDVTU": "party", "MTTQ": "state", "79": "state",
    }  # fmt: skip
    assert layouts["MTTQ"][1] == [owed.unit("MTTQ").name]


def test_the_superior_itself_sends_one_back_and_a_frozen_one_means_what_it_meant(owed, head):
    pk = last(owed, "MTTQ").pk
    report = operations.begin_owed(owed=pk, simulated=True, by=head, on=TODAY)
    report = operations.freeze(report=written(report), by=head, on=TODAY)
    assert queries.differences(report).none
    with pytest.raises(NotAllowed):
        operations.send_back(report=report, reason="x", by=owed.dung, on=TODAY)
    front = enrol(username="yen", name="Yến", unit=owed.unit("MTTQ"), role=Role.UNIT_HEAD, line=Line.FRONT, by=owed.importer,
                  on=date(2026, 1, 5))  # fmt: skip
    operations.send_back(report=report, reason="Thiếu kiến nghị.", by=front, on=TODAY)
    anew = operations.redraft(report=report, by=head, on=TODAY)
    assert (anew.rows, anew.layout, anew.superior_id) == (report.rows, "state", owed.unit("MTTQ").pk)


def test_a_template_changes_from_a_day_on_and_leaves_what_is_begun(owed, head):
    report = operations.begin_owed(owed=last(owed, "CATP").pk, simulated=True, by=head, on=TODAY)
    text = queries.template_text(queries.template("monthly-police", TODAY))
    changed = text.replace("2026-01-01", "2026-12-01").replace("Hồ sơ tiếp nhận trong kỳ", "Hồ sơ mới")
    with pytest.raises(NotAllowed):
        operations.set_templates(text=changed, by=owed.binh, on=TODAY)
    assert len(operations.set_templates(text=changed, by=owed.giang, on=TODAY)) == 1
    assert operations.set_templates(text=changed, by=owed.giang, on=TODAY) == []

    assert queries.template("monthly-police", TODAY).rows[0].words == "Hồ sơ tiếp nhận trong kỳ"
    assert queries.template("monthly-police", date(2026, 12, 1)).rows[0].words == "Hồ sơ mới"
    assert Report.objects.get(pk=report.pk).rows[0]["words"] == "Hồ sơ tiếp nhận trong kỳ"


@pytest.mark.parametrize("text", [
    "a: b: c", "[]", "[{code: x}]", "[1]",
    "[{code: x, title: x, rows: [nothing], valid_from: 2026-01-01, source: x}]",
    "[{code: x, title: x, rows: [dossiers-received, dossiers-received], valid_from: 2026-01-01, source: x}]",
    "[{code: x, title: x, rows: [dossiers-received], valid_from: 2026-01-01, source: x, layout: own}]",
    "[{code: x, title: x, rows: [dossiers-received], valid_from: 2026-01-01, source: x, first_day: 31}]",
    "[{code: x, title: x, rows: [dossiers-received], valid_from: soon, source: x}]",
])  # fmt: skip
def test_a_file_of_templates_that_cant_be_read_is_refused(cast, text):
    with pytest.raises(BadTemplate):
        operations.set_templates(text=text, by=cast.giang, on=TODAY)


@pytest.mark.parametrize(("text", "params"), [
    ("- code: a\n  rows: [x\n  title: b", {"line": 3, "column": 8}),
    ("- code: a\n  title: b\n  rows:\n    - {measure: nope}", {"code": "a", "nth": 4, "measure": "nope"}),
    ("- code: a\n  rows:\n    - {words: x}", {"field": "measure"}),
    ("chỉ là lời", {}), ("- code: a\n  first_day: nhiều\n  rows: []", {}),
])  # fmt: skip
def test_what_is_wrong_with_a_template_is_said_by_the_line_of_its_file(text, params):
    with pytest.raises(BadTemplate) as refused:
        read_templates(text, {"dossiers-received"})
    assert refused.value.params == params
