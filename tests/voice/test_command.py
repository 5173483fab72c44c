"""What is owed, from the command line."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.clock import held_clock as held_clock


def test_what_a_unit_owes_is_listed_without_a_word_of_it(send):
    late, case = send(on=date(2026, 11, 2)), send(name="Nguyễn Thị Sáu")
    said = StringIO()
    call_command("voice", "owed", "--unit", "CAP-W1", "--json", stdout=said)

    assert [(one["number"], one["overdue"]) for one in json.loads(said.getvalue())] == [(late.number, True), (case.number, False)]
    assert "Sáu" not in said.getvalue()
    assert case.words not in said.getvalue()


def test_a_unit_that_is_not_there_is_said_plainly(town):
    with pytest.raises(CommandError, match="Không có đơn vị nào mang mã NOWHERE"):
        call_command("voice", "owed", "--unit", "NOWHERE")
