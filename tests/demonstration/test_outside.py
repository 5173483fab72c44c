"""The demonstration's figures from outside and its one request, on a small city."""

from datetime import date

import pytest

from gandan.faces.cli.demonstration import outside
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.results.requests.models import Answer, ReportRequest
from gandan.results.statements.models import Declaration, Statement
from tests.cast import TODAY

WHO = (
    ("phoihop", "79", Line.ADMINISTRATION, Role.PROGRAMME_OFFICER_CIVIL),
    ("phoihopca", "79", Line.ADMINISTRATION, Role.PROGRAMME_OFFICER_POLICE),
    ("congan", "CATP", Line.POLICE, Role.UNIT_HEAD),
)


@pytest.fixture
def accounts(cast):
    for username, unit, line, role in WHO:
        enrol(username=username, name=username.title(), unit=cast.unit(unit), role=role, line=line, by=cast.importer,
              on=date(2026, 1, 5))  # fmt: skip


def test_figures_are_stated_and_a_request_is_gathered_once(accounts):
    for _ in range(2):
        outside.state_what_was_before(on=TODAY)
        outside.ask_and_gather(on=TODAY)

    assert Statement.objects.filter(status="approved").count() == len(outside.BEFORE)
    assert Statement.objects.filter(status="corrected").count() == 1
    assert Declaration.objects.get().work == "voice"
    assert ReportRequest.objects.get().gathered_on == TODAY
    assert set(Answer.objects.values_list("stage", flat=True)) == {"answered"}
