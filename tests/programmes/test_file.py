"""A programme's file is read whole, or refused with the line and the remedy."""

from datetime import date
from decimal import Decimal

import pytest

from gandan.ground.organisations.rules import Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.programmes.queries import shipped
from gandan.results.programmes.rules import BadProgramme, named_units, parts_of, read_programme, troubles

GOOD = """\
code: 2030-2034
title: Chương trình thử
unit: "79"
from: 2030-01-01
to: 2034-12-31
source: thử nghiệm
parties:
  - {unit: CATP, signs_as: Giám đốc}
contents:
  - number: 1
    title: Nội dung một
    tasks:
      - {text: Làm, units: [CATP]}
    indicators:
      - dossiers-received
      - measure: dossiers-on-time-share
        targets:
          - {year: 2031, value: 95.5, simulated: true}
          - {year: 2031, value: 97, simulated: true, unit: CAP-W1}
"""


def read(text):
    return read_programme(text, CATALOGUE)


def test_a_file_is_read():
    programme = read(GOOD)

    assert (programme.code, programme.start, programme.end) == ("2030-2034", date(2030, 1, 1), date(2035, 1, 1))
    assert programme.line is Line.ADMINISTRATION
    assert [one.measure for one in programme.contents[0].indicators] == ["dossiers-received", "dossiers-on-time-share"]
    assert [(one.value, one.unit) for one in programme.contents[0].indicators[1].targets] == [
        (Decimal("95.5"), ""), (Decimal(97), "CAP-W1"),
    ]  # fmt: skip
    assert "CAP-W1" in programme.lines
    parts = parts_of(programme, [])
    assert named_units(parts) == {"CATP", "CAP-W1"}
    lacking = troubles(parts, CATALOGUE, frozenset({"CATP"}), date(2030, 1, 1), date(2034, 12, 31))
    assert [one.params for one in lacking] == [{"code": "dossiers-on-time-share", "unit": "CAP-W1"}]


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("code: 2030-2034", "code: Năm 2030", 1, "chữ thường"),
        ("title: Chương trình thử\n", "", 1, "thiếu mục “title”"),
        ("title: Chương", "titel: Chương", 2, "hay là “title”?"),
        ("from: 2030-01-01", "from: 2030-02-31", 4, "“from” là một ngày"),
        ("to: 2034-12-31", "to: 2029-12-31", 5, "kết thúc trước khi bắt đầu"),
        ('unit: "79"', 'unit: "79"\nline: sideways', 4, "police, civil"),
        ("parties:\n  - {unit: CATP, signs_as: Giám đốc}\n", "", 1, "phải có bên ký"),
        ("number: 1", "number: 2", 10, "đánh số 1, 2, 3"),
        ("number: 1", "number: một", 10, "là một số"),
        ("units: [CATP]", "units: []", 13, "phải có đơn vị thực hiện"),
        ("- dossiers-received\n", "- dossiers-recieved\n", 15, "hay là “dossiers-received”?"),
        ("- dossiers-received\n", "- people-reached\n", 15, "không cộng được"),
        ("- dossiers-received\n", "- dossiers-on-time-share\n", 15, "viết hai lần"),
        ("measure: dossiers-on-time-share", "measure: ideas-received", 18, "không được giao mục tiêu"),
        ("measure: dossiers-on-time-share", "measure: tips-received", 18, "không được giao mục tiêu"),
        ("year: 2031", "year: 2036", 18, "nằm ngoài chương trình"),
        ("value: 95.5", "value: nhiều", 18, "là một số"),
        ("value: 95.5", "value: NaN", 18, "là một số"),
        (", simulated: true", "", 18, "phải có nguồn"),
        ("simulated: true", "simulated: có", 18, "true hoặc false"),
        ("source: thử nghiệm", "source: a\nsource: b", 7, "viết hai lần"),
        ("parties:\n  - {unit: CATP, signs_as: Giám đốc}", "parties: CATP", 7, "phải là một danh sách"),
        ("    title: Nội dung một", "    title: [Nội dung", None, "không đọc được YAML"),
    ],
)
def test_a_mistake_is_named_by_its_line(before, after, line, said):
    assert before in GOOD

    with pytest.raises(BadProgramme) as refused:
        read(GOOD.replace(before, after, 1))

    assert said in str(refused.value)
    if line:
        assert refused.value.params["line"] == line


@pytest.mark.parametrize("text", ["", "chỉ có chữ", "- a\n- b\n", "a: [", "﻿", "\x00"])
def test_what_is_no_programme_is_refused(text):
    with pytest.raises(BadProgramme):
        read(text)


def test_a_file_from_another_system_is_read_the_same():
    decomposed = "﻿" + GOOD.replace("Chương trình thử", "Chương trình thử").replace("\n", "\r\n")

    assert read(decomposed).title == "Chương trình thử"


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_what_comes_with_the_product_can_be_read(path):
    programme = read(path.read_text(encoding="utf-8"))

    assert programme.code == path.stem
    assert all(content.tasks and content.indicators for content in programme.contents)
    assert {party.unit for party in programme.parties} == {"BDVTU", "CATP"}
    targets = [target for content in programme.contents for one in content.indicators for target in one.targets]
    assert targets
    assert all(target.simulated for target in targets)  # the paper's own are not known
