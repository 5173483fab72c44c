"""`gandan accounts`"""

import io
import json

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError

SECRET = "xin-chao-cong-dan-79"
NEW = (
    "accounts",
    "add",
    "son",
    "Võ Hồng Sơn",
    "--role",
    "desk_officer",
    "--unit",
    "PC08",
    "--line",
    "police",
    "--on",
    "2026-01-05",
)


@pytest.fixture
def typed(monkeypatch):
    def types(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{text}\n"))

    return types


def test_someone_is_added_and_can_sign_in(cast, told, typed):
    typed(SECRET)

    assert told(*NEW, "--password-stdin") == {"username": "son", "name": "Võ Hồng Sơn", "role": "desk_officer", "unit": "PC08"}
    assert authenticate(username="son", password=SECRET).name == "Võ Hồng Sơn"


def test_without_a_password_nobody_signs_in(cast, run):
    assert "Đã thêm Võ Hồng Sơn (son): desk_officer tại PC08." in run(*NEW, "--no-password")
    assert authenticate(username="son", password="") is None


@pytest.mark.parametrize("weak", ["short", "123456789012", "password1234", ""])
def test_a_weak_password_is_refused_and_nobody_is_added(cast, run, typed, weak):
    typed(weak)

    with pytest.raises(CommandError):
        run(*NEW, "--password-stdin")
    with pytest.raises(CommandError, match="Không có người dùng son"):
        run("accounts", "can", "son", "read_figures", "PC08")


def test_a_role_is_given_and_ended(cast, run, told):
    run("accounts", "appoint", "alice", "--role", "unit_head", "--unit", "PA08", "--line", "police", "--on", "05/01/2026")
    before = told("accounts", "can", "alice", "write_reports", "PA08", "--on", "2026-06-01")
    assert before["may"] is True

    assert "thôi giữ vai trò unit_head" in run("accounts", "end", "alice", "unit_head", "PA08", "--on", "2026-07-01")

    assert told("accounts", "can", "alice", "write_reports", "PA08", "--on", "2026-06-30")["may"] is True
    assert "Vai trò có quyền này đã kết thúc" in asked("alice", "write_reports", "PA08", "--on", "2026-07-01")[1]


def asked(*words: str) -> tuple[int, str]:
    """Return how the command ends, and what it prints."""
    out = io.StringIO()
    try:
        call_command("accounts", "can", *words, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.parametrize(
    ("words", "may", "because", "why"),
    [
        (("alice", "read_dossiers", "PA08"), True, "appointed", "Theo phân công: desk_officer · PA08 · police"),
        (("dung", "read_dossiers", "CAP-O1"), True, "appointed", "đường đi trong cây: CATP → CAP-W1 → CAP-O1."),
        (("alice", "read_dossiers", "PC08"), False, "out_of_reach", "không vươn tới Phòng Cảnh sát giao thông"),
        (("alice", "read_dossiers", "BXDD-W1"), False, "other_line", "thuộc hệ khác"),
        (("alice", "freeze_reports", "PA08"), False, "role_lacks_it", "quyền này thuộc về: signatory"),
        (("alice", "read_dossiers", "PA08", "--on", "01/01/2015"), False, "no_role", "Không giữ vai trò nào"),
        (("clock", "write_dossiers", "PA08"), True, "own_hand", "tác nhân của chính hệ thống"),
    ],
)
def test_a_right_is_answered_yes_or_no_and_why(cast, words, may, because, why):
    ended, printed = asked(*words, "--json")
    answer = json.loads(printed)

    assert (ended, answer["may"], answer["because"]) == (0 if may else 1, may, because)
    assert why in answer["why"]
    ended, printed = asked(*words)
    assert ended == (0 if may else 1)
    assert printed.startswith("Được: " if may else "Không được: ")
    assert why in printed


def test_who_holds_a_role_is_listed(cast, told, run):
    assert [one["username"] for one in told("accounts", "list", "CATP")] == ["minh", "dung"]
    assert {one["username"] for one in told("accounts", "list", "CATP", "--below")} == {"minh", "dung", "alice", "phuc"}
    everyone = told("accounts", "list", "79", "--below")
    assert len(everyone) == 12
    assert "desk_off" in run("accounts", "list", "PA08")
    assert "Không có ai" in run("accounts", "list", "BDTP")


@pytest.mark.parametrize(
    "words",
    [
        ("add", "alice", "Ai", "--role", "auditor", "--unit", "79", "--line", "administration", "--no-password"),
        ("add", "a b", "Ai", "--role", "auditor", "--unit", "79", "--line", "administration", "--no-password"),
        ("add", "ai", "Ai", "--role", "king", "--unit", "79", "--line", "administration", "--no-password"),
        ("add", "ai", "Ai", "--role", "auditor", "--unit", "NONE", "--line", "administration", "--no-password"),
        ("add", "ai", "Ai", "--role", "auditor", "--unit", "O1", "--line", "administration", "--no-password"),
        ("appoint", "nobody", "--role", "auditor", "--unit", "79", "--line", "administration"),
        ("appoint", "alice", "--role", "auditor", "--unit", "BDTP", "--line", "police"),
        ("end", "alice", "auditor", "79"),
        ("can", "alice", "fly", "79"),
        ("list", "NONE"),
    ],
)
def test_what_cannot_be_done_is_refused(cast, run, words):
    with pytest.raises(CommandError):
        run("accounts", *words)
