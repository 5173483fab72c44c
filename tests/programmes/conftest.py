"""A programme of both sides that runs, and a directive that it answers in part."""

import pytest

from gandan.results.programmes.models import Turn
from gandan.results.programmes.operations import load_programme, note_directive
from gandan.results.programmes.rules import DirectiveKind
from tests.cast import TODAY

RUNNING = """\
code: thu-2026
title: Chương trình phối hợp thử
unit: "79"
from: 2026-01-01
to: 2028-12-31
signed_on: 2026-01-10
source: thử nghiệm
planned_by: station
plans_due_on: 2026-12-15
aims: Hai bên cùng làm, cùng chịu trách nhiệm.
duties: Bên dân vận nắm tình hình Nhân dân.
holding: Sơ kết hằng năm.
parties:
  - {unit: BTGDVTU, signs_as: Trưởng ban}
  - {unit: CATP, signs_as: Giám đốc}
contents:
  - number: 1
    title: Gần dân
    text: Nghe dân nói.
    tasks:
      - {text: Tổ chức diễn đàn Công an lắng nghe ý kiến Nhân dân, units: [CATP, BTGDVTU], every: quarter, answers: ["ct-01#1"]}
    goals:
      - text: Mọi hồ sơ đúng hẹn
        tasks:
          - text: Rà soát hồ sơ quá hẹn
            units: [CATP]
            due_on: 2026-12-31
            answers: ["ct-01#2"]
            indicators:
              - measure: dossiers-on-time-share
                targets:
                  - {year: 2026, value: 95, simulated: true}
  - number: 2
    title: Thông tin
    tasks:
      - {text: Thông tin theo giai đoạn, units: [BTGDVTU]}
    indicators: [dossiers-received]
"""
POINTS = ("Lắng nghe ý kiến Nhân dân", "Giải quyết thủ tục đúng hẹn", "Không gây phiền hà")


@pytest.fixture
def programme(cast):
    return load_programme(text=RUNNING, by=cast.giang, on=TODAY)


@pytest.fixture
def directive(cast):
    return note_directive(
        code="ct-01", unit=cast.city, kind=DirectiveKind.ORDER, number="01-CT/TU", body="Thành ủy", title="Về công tác dân vận",
        points=POINTS, simulated=True, by=cast.hoa, on=TODAY,
    )  # fmt: skip


@pytest.fixture
def turn(programme):
    """The city police's turn of the task that is due at the end of the year."""
    return Turn.objects.get(task__text="Rà soát hồ sơ quá hẹn")
