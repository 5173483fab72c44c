"""`gandan measures`, `gandan programmes`, `gandan reports`: as somebody at the machine types them."""

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gandan.results.programmes.models import Programme
from gandan.results.reports.models import Report
from tests.measures.happening import finish, receive
from tests.programmes.test_file import GOOD
from tests.reports.conftest import worked


def run(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def told(*words):
    return json.loads(run(*words, "--json"))


@pytest.fixture
def working(cast):
    worked(cast)
    run("programmes", "load")
    return cast


DRAFT = ("reports", "make", "--programme", "2022-2026", "--from", "2022-01-01", "--to", "2026-06-30")
MAKE = (*DRAFT, "--text", str(Path(__file__).parent / "texts.yaml"))


def test_a_report_is_made_frozen_and_written(working, tmp_path):
    answer = told(*MAKE, "--out", str(tmp_path / "new"))

    assert (answer["code"], answer["status"], answer["from"], answer["to"]) == (
        "2022-2026-79-1",
        "frozen",
        "2022-01-01",
        "2026-06-30",
    )
    received = next(one for one in answer["figures"] if one["measure"] == "dossiers-received")
    assert (received["value"], received["years"]) == (21, ["6", "0", "8", "7", "0"])
    pdf, docx, xlsx = answer["files"]
    assert Path(docx).read_bytes().startswith(b"PK")
    assert Path(pdf).read_bytes().startswith(b"%PDF-")
    assert "Theo năm" in openpyxl.load_workbook(xlsx).sheetnames


def test_what_is_printed_says_the_figures_and_where_they_were_frozen(working, tmp_path):
    said = run(*MAKE, "--out", str(tmp_path))

    assert "Hồ sơ đã tiếp nhận (hồ sơ)" in said
    assert "85,7%" in said
    assert "Đã chốt tại lần ghi sổ số 1" in said
    assert "chưa có số liệu" in said
    assert f"Đã ghi: {tmp_path}/2022-2026-79-1.pdf" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--programme", "2022-2026", "--from", "2022-01-01", "--to", "2026-12-31"), "chốt được từ ngày 01/01/2027"),
        (("--programme", "2022-2026", "--from", "2021-01-01", "--to", "2022-12-31"), "nằm ngoài chương trình"),
        (("--programme", "1999", "--from", "2022-01-01", "--to", "2022-12-31"), "Không có chương trình 1999."),
        (("--from", "2022-01-01", "--to", "2022-12-31"), "--unit"),
        (("--unit", "NOWHERE", "--from", "2022-01-01", "--to", "2022-12-31"), "NOWHERE"),
        (("--unit", "79", "--from", "2022-12-31", "--to", "2022-01-01"), "trước khi bắt đầu"),
        (("--unit", "79", "--from", "2022-01-01", "--to", "2022-12-31", "--view", "sideways"), "sideways"),
        (("--unit", "79", "--from", "2022-01-01", "--to", "2022-12-31", "--measure", "nothing"), "nothing"),
        (("--unit", "79", "--from", "2022-01-01", "--to", "2022-12-31", "--by", "alice"), "không có quyền"),
    ],
)
def test_a_report_that_can_not_be_made_leaves_no_draft(working, tmp_path, words, said):
    with pytest.raises(CommandError) as refused:
        run("reports", "make", *words, "--out", str(tmp_path))

    assert said in str(refused.value)
    assert not Report.objects.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_written_is_named_and_the_report_stands(working, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError) as refused:
        run(*MAKE, "--out", str(tmp_path / "file" / "below"))

    assert str(tmp_path) in str(refused.value)
    assert Report.objects.get().status == "frozen"


def test_what_only_people_can_write_leaves_a_draft_with_its_figures(working, tmp_path):
    made = told(*DRAFT, "--out", str(tmp_path))

    assert (made["status"], made["to_write"]) == ("draft", ["3. Đánh giá", "5. Kiến nghị"])
    assert len(made["files"]) == 3
    assert any(one["value"] for one in made["figures"])
    said = run(*DRAFT, "--out", str(tmp_path))
    assert "2022-2026-79-2 còn là bản nháp. Còn phải viết: 3. Đánh giá; 5. Kiến nghị." in said
    assert "Đã chốt" not in said


def test_a_draft_is_written_out_frozen_later_and_its_files_written_again(working, tmp_path):
    assert told(*DRAFT, "--draft", "--out", str(tmp_path))["status"] == "draft"
    with pytest.raises(CommandError, match=r"còn mục phải viết: 3\. Đánh giá; 5\. Kiến nghị"):
        run("reports", "freeze", "2022-2026-79-1")
    words = tmp_path / "words.txt"
    words.write_text("Không có.", "utf-8")
    assert "Còn phải viết: 5. Kiến nghị." in run("reports", "write", "2022-2026-79-1", "3", str(words))
    assert told("reports", "write", "2022-2026-79-1", "5", str(words))["to_write"] == []
    for section, file, said in (("9", words, "không có mục 9"), ("3", tmp_path / "nowhere", "nowhere")):
        with pytest.raises(CommandError, match=said):
            run("reports", "write", "2022-2026-79-1", section, str(file))

    assert told("reports", "freeze", "2022-2026-79-1")["status"] == "frozen"
    assert len(told("reports", "files", "2022-2026-79-1", "--out", str(tmp_path))["files"]) == 3
    assert [one["status"] for one in told("reports", "list")] == ["frozen"]
    with pytest.raises(CommandError, match="đã chốt"):
        run("reports", "freeze", "2022-2026-79-1")


def test_what_changed_since_is_listed_and_the_posting_still_holds(working, tmp_path):
    run(*MAKE, "--out", str(tmp_path))
    assert "không có gì thay đổi" in run("reports", "diff", "2022-2026-79-1")
    receive(working, "PA08", date(2023, 5, 6), times=2)

    found = told("reports", "diff", "2022-2026-79-1")

    changed = {(one["measure"], one["unit"], one["period"]): (one["signed"], one["now"]) for one in found["figures"]}
    assert changed["dossiers-received", "79", "2023"] == (0, 2)
    assert [one["unit"] for one in found["events"]] == ["PA08", "PA08"]
    received = next(one for one in found["figures"] if (one["measure"], one["unit"]) == ("dossiers-received", "79"))
    assert (received["period_in_words"], received["now_in_words"], received["told_in"]) == ("cả kỳ", "23", None)
    said = run("reports", "diff", "2022-2026-79-1")
    assert "Biết sau khi ký" in said
    assert "Hồ sơ đã tiếp nhận" in said.split("trực thuộc")[0]
    assert "chưa có danh sách điều chỉnh nào nêu" in said
    run("reports", "restate", "2022-2026-79-1", "--reason", "Nhập bổ sung.")
    assert {one["told_in"] for one in told("reports", "diff", "2022-2026-79-1")["figures"]} == {1}
    assert "đều đã được nêu" in run("reports", "diff", "2022-2026-79-1")
    assert told("reports", "check", "2022-2026-79-1") == {"holds": True, "figures": []}
    now = told("reports", "show", "2022-2026-79-1", "--now")["figures"]
    signed = told("reports", "show", "2022-2026-79-1")["figures"]
    assert (_received(now), _received(signed)) == (23, 21)


def _received(figures):
    return next(one["value"] for one in figures if one["measure"] == "dossiers-received")


# Measures


def test_one_figure_is_asked_as_was_as_is_and_as_at(working):
    found = told(
        "measures", "figures", "dossiers-received", "--unit", "W1", "--unit", "O2", "--period", "2024",
        "--view", "as-was", "--view", "as-is", "--view", "as-at:2025-06-30",
    )  # fmt: skip

    assert {(one["unit"], one["view"]): (one["status"], one["value"]) for one in found} == {
        ("W1", "as-was"): ("absent", None),
        ("O2", "as-was"): ("counted", 5),
        ("W1", "as-is"): ("counted", 3),
        ("O2", "as-is"): ("absent", None),
        ("W1", "as-at:2025-06-30"): ("absent", None),
        ("O2", "as-at:2025-06-30"): ("counted", 5),
    }
    remarks = {(one["unit"], one["view"]): one["remarks"] for one in found}
    assert remarks["W1", "as-is"] == ["chưa gồm một phần O2 Phường Đa Kao"]
    assert remarks["O2", "as-is"] == ["nay là W1 Phường Sài Gòn, W2 Phường Bến Thành"]


def test_the_units_below_the_events_and_the_meaning_of_a_measure(working):
    below = told("measures", "below", "dossiers-received", "--unit", "79", "--period", "2024")
    events = told("measures", "events", "dossiers-received", "--unit", "D760", "--period", "2024", "--limit", "3")

    assert {one["unit"]: one["value"] for one in below if one["value"]} == {"79": 8, "D760": 8}
    assert [(one["unit"], one["day"], one["weight"]) for one in events] == [("CAP-O2", "2024-05-06", 1)] * 3
    assert "Tiếp nhận hồ sơ" in run("measures", "events", "dossiers-received", "--unit", "79", "--period", "2024")
    assert told("measures", "show", "dossiers-open")["formula"].startswith("stock:count:+dossier.received")
    assert "chưa có số liệu" in run("measures", "list")
    assert all(one["recorded"] for one in told("measures", "list", "--recorded"))


def test_a_table_says_figures_as_a_report_does(working):
    finish(working, "PA08", date(2024, 3, 4), "early", times=1500)

    said = run("measures", "figures", "dossiers-finished", "claims-asked", "--unit", "79", "--period", "2024")

    assert "1.500" in said
    assert "chưa có số liệu" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("figures", "nothing", "--unit", "79"), "nothing"),
        (("figures", "dossiers-open", "--unit", "NOWHERE"), "NOWHERE"),
        (("figures", "dossiers-open", "--unit", "79", "--period", "2024-Q9"), "2024-Q9"),
        (("events", "dossiers-open", "--unit", "79", "--view", "as-at:soon"), "as-at:soon"),
    ],
)
def test_what_can_not_be_asked_is_refused_in_a_sentence(working, words, said):
    with pytest.raises(CommandError) as refused:
        run("measures", *words)

    assert said in str(refused.value)


# Programmes


def test_programmes_are_loaded_listed_and_shown(working, tmp_path):
    file = tmp_path / "new.yaml"
    file.write_text(GOOD, encoding="utf-8-sig")

    assert [one["code"] for one in told("programmes", "load", str(file))] == ["2030-2034"]
    assert [one["code"] for one in told("programmes", "list")] == ["2030-2034", "2022-2026", "2016-2021"]
    shown = told("programmes", "show", "2022-2026")
    share = next(i for c in shown["contents"] for i in c["indicators"] if i["measure"] == "dossiers-on-time-share")
    assert [(year["year"], year["standing"]) for year in share["years"]][:2] == [("2022", "met"), ("2023", "missed")]
    assert "Giải quyết trước hạn" not in run("programmes", "show", "2030-2034")


@pytest.mark.parametrize(
    ("text", "said"),
    [(GOOD.replace("year: 2031", "year: 1999").encode(), "Dòng 18"), (b"\xff\xfe", "new.yaml"), (b"code: [", "YAML")],
)
def test_a_broken_file_is_named(working, tmp_path, text, said):
    file = tmp_path / "new.yaml"
    file.write_bytes(text)

    with pytest.raises(CommandError) as refused:
        run("programmes", "load", str(file))

    assert said in str(refused.value)
    assert Programme.objects.count() == 2


def test_tasks_of_a_programme_that_does_not_exist_are_not_shown_as_none(working):
    assert "Nhiệm vụ" in run("programmes", "tasks", "--programme", "2022-2026")
    with pytest.raises(CommandError, match="Không có chương trình 1999"):
        run("programmes", "tasks", "--programme", "1999")
