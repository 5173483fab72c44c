"""A body's own template over ours: previewed, dated, and confined."""

from datetime import date, timedelta

import pytest

from gandan.ground.documents import own
from gandan.ground.documents.operations import TooLateToChange, lay_over
from gandan.ground.documents.own import LONGEST, BadTemplate, typeset_own
from gandan.ground.documents.queries import own_layout, own_layouts, set_sheets
from gandan.ground.documents.samples import sample_sheet
from gandan.ground.documents.typesetting import LAYOUTS
from gandan.ground.ledger.rules import NotAllowed
from tests.cast import TODAY
from tests.documents.test_forms import words

NEW = date(2026, 11, 26)
OURS = (LAYOUTS / "form_apology.typ").read_text()
THEIRS = OURS.replace("Xin Ông/Bà lưu ý ngày hẹn mới.", "Trân trọng cảm ơn Ông/Bà.")


def refused(source: str) -> BadTemplate:
    with pytest.raises(BadTemplate) as caught:
        typeset_own(source, [sample_sheet("apology", NEW)])
    return caught.value


def test_their_words_stand_in_place_of_ours():
    ((made, box),) = typeset_own(THEIRS, [sample_sheet("apology", NEW, seal=["Ký bởi: A"])])

    assert "Trân trọng cảm ơn Ông/Bà." in words(made)
    assert box is not None
    assert 100 < box.bottom < box.top < 842


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("#let x = 1\n#nope", 2, "unknown variable"),
        ("#let (", 1, "unclosed"),
        ('#read("/etc/passwd")', 1, "not found"),
        ('#read("../profiles.yaml")', 1, "escape"),
        ('#import "@pre" + "view/cetz:0.3.0"', 1, "package"),
        ('#image("https://example.com/x.png")', 1, "not found"),
        ("#json(bytes(sys.inputs.data)).f.identity", 1, "identity"),
    ],
)
def test_what_is_wrong_is_told_by_line(source, line, said):
    refusal = refused(source)

    assert refusal.fault.line == line
    assert said in refusal.fault.problem
    assert f"Dòng {line}" in str(refusal)


@pytest.mark.parametrize(
    "source",
    [
        "#for i in range(10000) { for j in range(10000) { let x = calc.pow(i, 2) } }",
        '#let a = "x" * 1000\n#for i in range(40) { a = a + a }',
    ],
    ids=["without end", "without bounds"],
)
def test_what_takes_too_much_is_stopped(source, monkeypatch):
    monkeypatch.setattr(own, "SECONDS", 1)

    assert "chạy quá lâu" in str(refused(source))


def test_a_template_as_long_as_a_book_isn_t_tried():
    assert "dài quá" in str(refused("x" * (LONGEST + 1)))


def test_it_holds_from_its_day_until_it_is_taken_back(cast):
    unit, head = cast.unit("PA08"), cast.dung
    lay_over(unit=unit, kind="apology", source=THEIRS, valid_from=NEW, by=head, on=TODAY)
    lay_over(unit=unit, kind="apology", source="", valid_from=NEW + timedelta(days=30), by=head, on=TODAY)

    assert own_layout(unit.pk, "apology", NEW - timedelta(days=1)) is None
    assert own_layout(unit.pk, "apology", NEW + timedelta(days=29)).source == THEIRS.strip()
    assert own_layout(unit.pk, "apology", NEW + timedelta(days=30)) is None
    assert own_layout(cast.unit("PC08").pk, "apology", NEW) is None
    assert [one.valid_from for one in own_layouts(unit.pk)] == [NEW + timedelta(days=30), NEW]

    (theirs,) = set_sheets([sample_sheet("apology", NEW)], unit.pk, NEW)
    (ours,) = set_sheets([sample_sheet("apology", NEW)], cast.unit("PC08").pk, NEW)
    assert theirs.layout.startswith("own:")
    assert ours.layout == "form_apology"
    assert set_sheets([], unit.pk, NEW) == []


def test_who_may_not_and_when_it_is_too_late(cast):
    unit = cast.unit("PA08")
    with pytest.raises(NotAllowed):
        lay_over(unit=unit, kind="apology", source=THEIRS, valid_from=NEW, by=cast.alice, on=TODAY)
    with pytest.raises(TooLateToChange):
        lay_over(unit=unit, kind="apology", source=THEIRS, valid_from=TODAY - timedelta(days=1), by=cast.dung, on=TODAY)
    with pytest.raises(BadTemplate):
        lay_over(unit=unit, kind="apology", source="#nope", valid_from=NEW, by=cast.dung, on=TODAY)
    assert own_layouts(unit.pk) == []
