"""The small grammar of a section: what it understands, and how it says what it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.reports.rules import (
    Block,
    Bound,
    BrokenText,
    Name,
    ReportKind,
    Words,
    bound,
    default_sections,
    filled,
    is_unwritten,
    read,
)

CODES = {"dossiers-received", "letters-sent"}


def test_words_figures_and_names_are_told_apart():
    (paragraph,) = read("Có {{ measure dossiers-received }} hồ sơ trong {{ period }}.", CODES)

    assert paragraph == Block(
        "paragraph", (Words("Có "), Bound(1, "dossiers-received"), Words(" hồ sơ trong "), Name("period"), Words("."))
    )


def test_headings_items_and_paragraphs():
    blocks = read("## Ưu điểm\nMột dòng\nnối dòng nữa\n\n- mục a\n- mục {{unit}}\nĐoạn sau", CODES)

    assert [block.kind for block in blocks] == ["heading", "paragraph", "item", "item", "paragraph"]
    assert blocks[1].pieces == (Words("Một dòng"), Words(" "), Words("nối dòng nữa"))


def test_a_figure_may_name_its_unit_its_period_and_what_is_shown():
    (one,) = bound(read("\n\nx {{ measure letters-sent unit=PA08 period=2024-Q3 show=whole }}", CODES))

    assert one == Bound(3, "letters-sent", "PA08", "2024-Q3", "whole")


@pytest.mark.parametrize(
    ("text", "owed"),
    [
        ("", True), ("  \n", True), ("Không có.", False), ("{{ measure letters-sent }}", False),
        ("## Ưu điểm\n{{ write Ưu điểm. }}", True), ("Đã có.\n- {{write  Việc  khác }}", True),
    ],
)  # fmt: skip
def test_a_text_without_words_or_with_a_place_left_open_is_unwritten(text, owed):
    assert is_unwritten(read(text, CODES)) is owed
    assert owed is (filled(text, lambda asked: f"[{asked}]") != text or not text.strip())


def test_what_is_asked_for_is_said_to_who_fills_it_in():
    assert filled("a {{write  Ưu điểm. }} b {{ unit }}", str.upper) == "a ƯU ĐIỂM. b {{ unit }}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("một\nhai {{ measure dossiers-recieved }}", "Dòng 2: không có chỉ tiêu “dossiers-recieved”."),
        ("{{ write }}", "Dòng 1: sau write cần lời nhắc phải viết gì."),
        ("{{ measure }}", "Dòng 1: thiếu mã chỉ tiêu. Viết {{ measure mã }}."),
        ("{{ measure unit=PA08 }}", "Dòng 1: thiếu mã chỉ tiêu"),
        ("{{ total }}", "Dòng 1: không hiểu “total”."),
        ("{{ }}", "Dòng 1: thiếu mã chỉ tiêu"),
        ("{{ unit x }}", "Dòng 1: không hiểu “unit x”."),
        ("{{ measure letters-sent year=2024 }}", "Dòng 1: không hiểu “year=2024”."),
        ("{{ measure letters-sent unit= }}", "Dòng 1: không hiểu “unit=”."),
        ("{{ measure letters-sent unit=A unit=B }}", "Dòng 1: không hiểu “unit=B”."),
        (
            "{{ measure letters-sent show=all }}",
            "Dòng 1: show là một trong before, change, part, sisters, target, unit, value, whole, không",
        ),
        ("{{ measure letters-sent show=change unit=A }}", "show=change so sánh số của chính báo cáo"),
        ("a\n\nb {{ measure letters-sent", "Dòng 3: dấu {{ hoặc }} không có cặp."),
        ("b }} c", "Dòng 1: dấu {{ hoặc }} không có cặp."),
        ("{{ measure letters-sent | safe }}", "Dòng 1: không hiểu “|”."),
        ("{% now 'Y' %}{{ settings.SECRET_KEY }}", "Dòng 1: không hiểu “settings.SECRET_KEY”."),
    ],
)
def test_a_mistake_is_named_by_its_line(text, said):
    with pytest.raises(BrokenText) as refused:
        read(text, CODES)

    assert said in str(refused.value)


@given(st.text(alphabet="a{}%= \n-#:measure|ệ", max_size=60))
def test_any_text_is_read_or_refused_by_its_line(text):
    said = words_of(text)

    assert said.startswith("Dòng ") or ("{{" not in said and "}}" not in said)


def words_of(text):
    try:
        blocks = read(text, CODES)
    except BrokenText as refusal:
        return str(refusal)
    return "".join(piece.text for block in blocks for piece in block.pieces if isinstance(piece, Words))


@pytest.mark.parametrize("kind", ReportKind)
def test_a_new_report_begins_with_text_that_types_no_figure(kind):
    for section in default_sections(kind):
        blocks = read(section.text, CATALOGUE)
        words = "".join(piece.text for block in blocks for piece in block.pieces if isinstance(piece, Words))
        assert blocks
        assert not any(letter.isdigit() for letter in words)
