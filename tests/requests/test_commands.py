"""`gandan figures`: as somebody at the machine types it."""

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


def test_a_request_is_written_out(cast, request_, heads, tmp_path):  # noqa: F811
    give(request_, "CAP-W1", heads["CAP-W1"])
    assert told("figures", "requests")[0]["answered"] == 1
    files = told("figures", "gathered", request_.code, "--out", str(tmp_path))["files"]
    assert [file.rsplit(".")[-1] for file in files] == ["xlsx", "docx", "pdf"]
