"""`gandan figures`: as somebody at the machine types it."""

from datetime import timedelta

import pytest
from django.core.management.base import CommandError
from django.utils.timezone import localdate

from gandan.faces.cli.management.commands import figures
from tests.reports.test_commands import run, told
from tests.requests.test_requests import give, heads, request_  # noqa: F401
from tests.statements.test_statements import CODE, state, year  # noqa: F401


def test_stated_figures_and_totals(cast, year, tmp_path):  # noqa: F811
    state(cast, year)
    assert told("figures", "stated")[0]["status"] == "waiting"
    assert CODE in run("figures", "stated")
    file = tmp_path / "totals.csv"
    file.write_text(f"CAP-W1;{CODE};2026-Q3;4\n", encoding="utf-8")
    assert told("figures", "reconcile", str(file), "--source", "x", "--by", "giang") == {"lines": 1, "differing": 1}
    assert [one["official"] for one in told("figures", "totals", "--differing")] == ["4"]
    assert told("figures", "works") == []
    assert "monthly-party" in told("figures", "templates")


LETTER = """
superior: CATP
title: Kết quả cấp căn cước
paper: Công văn 123/CATP-PV01
period: 2026-Q3
due_on: {due}
outline: [Khó khăn, Kiến nghị]
annex:
- Hồ sơ đã nhận | dossiers-received
"""


def test_a_request_is_sent_and_chased(cast, heads, tmp_path, monkeypatch):  # noqa: F811
    file = tmp_path / "letter.yaml"
    file.write_text(LETTER.format(due=localdate() + timedelta(days=3)), encoding="utf-8")
    assert told("figures", "ask", str(file), "--by", "dung")["units"] == 2
    assert [one["stage"] for one in told("figures", "asked", "yc-catp-1")] == ["open", "open"]
    assert told("figures", "asked", "yc-catp-1", "--late") == []
    monkeypatch.setattr(figures, "localdate", lambda: localdate() + timedelta(days=4))
    assert "CAP-W1" in run("figures", "asked", "yc-catp-1", "--late")


@pytest.mark.parametrize("text", ["", "title: x", LETTER.format(due="31/02/2026"), "{"])
def test_a_letter_that_cannot_be_read_is_told(cast, tmp_path, text):
    file = tmp_path / "letter.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"Tệp còn thiếu|Không đọc được tệp"):
        run("figures", "ask", str(file), "--by", "dung")


def test_a_request_is_written_out(cast, request_, heads, tmp_path):  # noqa: F811
    give(request_, "CAP-W1", heads["CAP-W1"])
    assert told("figures", "requests")[0]["answered"] == 1
    files = told("figures", "gathered", request_.code, "--out", str(tmp_path))["files"]
    assert [file.rsplit(".")[-1] for file in files] == ["xlsx", "docx", "pdf"]
