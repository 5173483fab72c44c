"""`gandan dossiers`: what an administrator types."""

import csv
import io
import json
import signal
import subprocess
import sys
import time
from datetime import date

import pytest
import yaml
from django.core.management import CommandError, call_command

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.operations import check_cells
from gandan.ground.ledger.queries import state, verify
from gandan.ground.organisations.queries import importer
from gandan.ground.promises.models import Promise
from gandan.work.dossiers.models import Dossier, Import
from gandan.work.dossiers.operations import load_procedures
from tests.cast import assemble
from tests.dossiers.files import MAPPING, row, write

PAST = {"Nhận": "05/02/2024", "Xong": "08/02/2024"}
OLD = date(2015, 12, 1)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mapping.yaml").write_text(yaml.safe_dump(MAPPING, allow_unicode=True), encoding="utf-8")
    return tmp_path


def gandan(*arguments: str) -> str:
    out = io.StringIO()
    call_command("dossiers", *arguments, stdout=out)
    return out.getvalue()


def answer(*arguments: str):
    return json.loads(gandan(*arguments, "--json"))


def bring_in(*more: str):
    return answer("import", "a.csv", "--mapping", "mapping.yaml", "--source", "old", *more)


def test_importing_says_what_became_of_the_rows_and_writes_the_refused_ones(office, folder):
    write(
        folder / "a.csv",
        row("HS-1", **PAST),
        row("HS-2", **PAST | {"Nhận": "31/02/2024"}),
        row("=cmd()", **PAST | {"Đơn vị": "PA80"}),
    )

    said = bring_in()

    assert (said["taken"], said["known"], said["refused"]) == (1, 0, 2)
    assert [(one["rows"], one["line"], one["column"], one["code"]) for one in said["reasons"]] == [
        (1, 3, "Nhận", "not_in_the_calendar"), (1, 4, "Đơn vị", "unknown_unit"),
    ]  # fmt: skip
    with (folder / "a.csv.refused.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(each["Số"], each["Dòng"], each["Cột"], each["Mã lỗi"]) for each in rows] == [
        ("HS-2", "3", "Nhận", "not_in_the_calendar"), ("'=cmd()", "4", "Đơn vị", "unknown_unit"),
    ]  # fmt: skip
    assert rows[0]["Lý do"] == "Ngày “31/02/2024” không có trong lịch."
    assert rows[0]["Cách sửa"] == "Kiểm tra lại ngày, tháng, năm."
    assert rows[0]["Người nộp"] == "Trần Thị HS-2"
    assert said["refused_file"] == str(folder / "a.csv.refused.csv")


def test_the_file_of_refused_rows_can_be_put_right_and_brought_in(office, folder):
    write(folder / "a.csv", row("HS-1", **PAST), row("HS-2", **PAST | {"Nhận": "31/02/2024"}))
    bring_in()
    text = (folder / "a.csv.refused.csv").read_text("utf-8-sig").replace("31/02/2024,", "05/02/2024,")
    (folder / "a.csv").write_text(text, encoding="utf-8")

    assert bring_in()["taken"] == 1


def test_people_read_a_summary_with_remedies(office, folder):
    write(folder / "a.csv", row("HS-1", **PAST), row("HS-2", **PAST | {"Nhận": "31/02/2024"}))

    said = gandan("import", "a.csv", "--mapping", "mapping.yaml", "--source", "old")

    assert "nhận 1 hồ sơ, 0 đã có từ trước, 1 dòng bị từ chối." in said
    assert "Kiểm tra lại" in said


def test_unit_and_procedure_may_be_given_for_all_rows(office, folder):
    lines = ["so,nhan", "HS-1,05/02/2024"]
    (folder / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    fields = {"source_number": "so", "received_on": "nhan"}
    (folder / "mapping.yaml").write_text(yaml.safe_dump({"fields": fields}), encoding="utf-8")

    assert bring_in("--unit", "PA08", "--procedure", "passport")["taken"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "no.csv", "--mapping", "mapping.yaml", "--source", "old"), "Không thấy tệp no.csv"),
        (("import", "a.csv", "--mapping", "nobody", "--source", "old"), "Có sẵn: permit-log"),
        (("import", "a.csv", "--mapping", "broken.yaml", "--source", "old"), "broken.yaml"),
        (("import", "a.csv", "--mapping", "mapping.yaml", "--source", "Cũ"), "a–z"),
        (("import", "a.csv", "--mapping", "mapping.yaml", "--source", "old", "--by", "alice"), "không có quyền"),
        (("show", "999", "--as", "alice"), "Không có hồ sơ số 999"),
        (("list", "--as", "nobody"), "nobody"),
        (("list", "--as", "alice", "--after", "x"), "Không đọc được --after “x”"),
        (("refused", "99"), "Không có lần nhập số 99"),
        (("follow", "PA08"), "vẫn hoạt động"),
        (("procedures", "--load", "broken.yaml"), "broken.yaml"),
    ],
)
def test_what_can_t_be_done_is_said_in_one_line(office, folder, arguments, said):
    write(folder / "a.csv", row("HS-1", **PAST))
    (folder / "broken.yaml").write_text("fields: [", encoding="utf-8")

    with pytest.raises(CommandError, match=said):
        gandan(*arguments)


def test_a_list_shows_what_the_viewer_may_see_page_by_page(office, folder):
    lines = [row(f"HS-{n}", **PAST | {"Nhận": f"0{n}/02/2024"}) for n in range(1, 6)]
    write(folder / "a.csv", *lines)
    bring_in()

    first = answer("list", "--as", "alice", "--limit", "3")
    second = answer("list", "--as", "alice", "--limit", "3", "--after", first["next"])

    assert [each["source_number"] for page in (first, second) for each in page["dossiers"]] == [
        "HS-5",
        "HS-4",
        "HS-3",
        "HS-2",
        "HS-1",
    ]
    assert second["next"] is None
    assert answer("list", "--as", "binh")["dossiers"] == []
    assert [each["source_number"] for each in answer("list", "--as", "alice", "--text", "tran hs-2")["dossiers"]] == ["HS-2"]
    assert "HS-" not in gandan("list", "--as", "binh")
    assert "Còn nữa: --after" in gandan("list", "--as", "alice", "--limit", "3")


def test_a_dossier_is_shown_with_its_reckoning_and_all_that_happened(office, folder):
    write(folder / "a.csv", row("HS-1", **PAST))
    bring_in()
    number = Dossier.objects.get().number

    shown = answer("show", number, "--as", "alice")

    assert (shown["number"], shown["source_number"], shown["status"], shown["term"]) == (
        number,
        "HS-1",
        "finished",
        "8 working_days",
    )
    assert [(step["day"], step["kind"]) for step in shown["timeline"] if step["kind"].startswith("dossier")] == [
        ("2024-02-05", "dossier.received"), ("2024-02-08", "dossier.finished"),
    ]  # fmt: skip
    assert (shown["reckoning"][0]["reason"], shown["reckoning"][-1]["nth"]) == ("receipt", 8)
    assert "Tiếp nhận hồ sơ" in gandan("show", "HS-1", "--as", "alice")


def test_the_other_unit_s_dossier_is_named_and_not_shown(office, folder):
    write(folder / "a.csv", row("HS-1", **PAST))
    bring_in()

    with pytest.raises(CommandError, match="Hồ sơ này thuộc Phòng Quản lý xuất nhập cảnh"):
        gandan("show", "HS-1", "--as", "phuc")


def test_procedures_are_listed_and_loaded_once(office):
    listed = answer("procedures", "--load", "--on", "2026-01-01")

    assert (listed["added"], listed["changed"]) == (0, 0)
    assert [each["code"] for each in listed["procedures"]] == [
        "identity-card", "passport", "passport-central", "permit", "vehicle-plates", "vehicle-registration", "vehicle-reissue",
    ]  # fmt: skip
    assert len(answer("procedures", "--all")["procedures"]) == 15


def test_imports_and_their_refused_rows_are_listed(office, folder):
    write(folder / "a.csv", row("HS-2", **PAST | {"Nhận": "31/02/2024"}))
    number = bring_in()["import"]

    assert [(each["id"], each["state"], each["refused"]) for each in answer("imports")] == [(number, "finished", 1)]
    assert answer("refused", str(number))["rows"][0]["problems"][0]["code"] == "not_in_the_calendar"
    assert "31/02/2024" in gandan("refused", str(number)).replace("\n", "")
    assert answer("refused", str(number), "--out", "again.csv")["written"] == 1
    assert "a.csv" in gandan("imports")


def test_what_an_ended_unit_left_open_passes_on(office, folder):
    card = {"Thủ tục": "căn cước", "Đơn vị": "CAP-O1", "Nhận": "25/06/2025", "Xong": ""}
    write(folder / "a.csv", row("HS-1", **card))
    bring_in()
    assert Dossier.objects.get().unit.code == "CAP-W1"  # the import has done it already

    assert answer("follow", "CAP-O1") == {"unit": "CAP-O1", "passed_on": 0}


def test_an_import_that_was_killed_goes_on_and_counts_nothing_twice(committed, folder):
    """kill -9 in the middle, then the same command again: every row once, and the chain holds."""
    cast, rows = assemble(), 12_000
    load_procedures(unit=cast.police, by=importer(), on=OLD)
    lines = (
        row(f"HS-{n}", **PAST | {"Xong": "08/02/2024" if n % 5 else "01/03/2024", "Nhận": f"{n % 5 + 1:02}/02/2024"})
        for n in range(rows)
    )
    write(folder / "a.csv", *lines)
    command = [sys.executable, "-m", "gandan.config.main", "dossiers", "import", "a.csv"]
    command += ["--mapping", "mapping.yaml", "--source", "old", "--go-live", "2024-02-06", "--json"]

    with subprocess.Popen(command, env=committed.env, cwd=folder, stdout=subprocess.PIPE) as killed:
        while not Dossier.objects.exists():
            assert killed.poll() is None
            time.sleep(0.01)
        killed.send_signal(signal.SIGKILL)
    taken = Dossier.objects.count()
    assert 0 < taken < rows
    assert Import.objects.get().taken == taken

    run = subprocess.run(command, env=committed.env, cwd=folder, stdout=subprocess.PIPE, text=True, check=True)

    assert json.loads(run.stdout)["taken"] == rows
    assert Dossier.objects.count() == Promise.objects.count() == rows
    assert Dossier.objects.values("number").distinct().count() == rows
    kinds = Event.objects.filter(about_type="dossiers.dossier").values_list("facet_set__kind", flat=True)
    assert {
        kind: list(kinds).count(kind) for kind in ("dossier.received", "dossier.finished", "promise.owed", "promise.kept")
    } == dict.fromkeys(("dossier.received", "dossier.finished", "promise.owed", "promise.kept"), rows)
    assert kinds.filter(facet_set__kind="promise.overdue").count() == rows // 5
    assert (state().pending, verify().holds, check_cells(cells=100_000)) == (0, True, [])

    write(folder / "b.csv", row("HS-new", **PAST))
    call_command("dossiers", "import", folder / "b.csv", mapping=folder / "mapping.yaml", source="old", go_live=OLD, json=True)
    with committed.connect() as other:
        asked = other.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", [committed.name]
        )
        assert asked.fetchone() == (1,), "who posts alongside has hung up"
