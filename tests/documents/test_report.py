"""A report on paper: its words, its geometry, its marks; that it never differs; that it says clearly what is wrong."""

import re
import shutil
import subprocess
import time
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from gandan.ground.documents.profiles import profile
from gandan.ground.documents.rules import (
    Cell,
    Clause,
    Column,
    Letterhead,
    Paragraph,
    Point,
    Row,
    Run,
    Section,
    SignatureBlock,
    Table,
)
from gandan.ground.documents.typesetting import FONTS, LayoutError, typeset, typeset_report
from tests.documents.sample import SIGNED_ON, WARDS, sample

MM = 72 / 25.4
PROFILES = ("state", "police", "party", "joint", "joint-party")


@pytest.fixture(scope="module")
def police() -> bytes:
    return typeset_report(sample("police"))


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_the_police_s_report_reads_as_it_was_signed(police, snapshot):
    snapshot("report-police.txt", "\n\n――――――――\n\n".join(pages(police)[:5]) + "\n")


@pytest.mark.parametrize("code", PROFILES)
def test_head_and_signatures_follow_the_profile(code, snapshot):
    read = pages(typeset_report(sample(code, wards=3)))
    end = next(text for text in read if "Nơi nhận" in text)
    snapshot(f"head-{code}.txt", "\n".join(read[0].splitlines()[:18]) + "\n")
    snapshot(f"end-{code}.txt", end[end.index("Trên đây") :] + "\n")


def test_every_page_says_that_the_figures_are_simulated(police):
    read = pages(police)
    assert len(read) > 8
    for text in read:
        assert "SỐ LIỆU MÔ PHỎNG" in text
        assert "Mô phỏng, không phải số liệu thật" in text
    assert "không phải số liệu thật." in "".join(read)


def test_real_figures_carry_no_such_mark():
    assert not re.search("mô phỏng", "".join(pages(typeset_report(sample("police", wards=3, simulated=False)))), re.IGNORECASE)


def test_every_page_names_the_posting_and_its_digest(police):
    document = sample("police")
    first_groups = " ".join(document.ledger.digest[at : at + 4] for at in (0, 4, 8, 12))
    for text in pages(police):
        assert f"Lần ghi sổ 1.234 · Mã đối chiếu {first_groups}" in text


def test_figures_that_were_stated_are_not_claimed_as_counted(police):
    assert "Số liệu trong văn bản này, trừ số có dấu (c), được đếm từ" in " ".join("".join(pages(police)).split())
    counted = replace(sample("police", wards=2), sections=[Section("Thử", [Paragraph("Không có bảng.")])])
    assert "Số liệu trong văn bản này được đếm từ" in " ".join("".join(pages(typeset_report(counted))).split())


def test_a_draft_says_so_and_leaves_room_for_number_and_day():
    first = pages(typeset_report(sample("police", wards=3, draft=True)))[0]
    assert "DỰ THẢO" in first
    assert re.search(r"Số:\s+/BC-CATP", first)
    assert re.search(r"ngày\s+tháng\s+năm 2022", first)


def test_pages_are_numbered_from_the_second_and_an_appendix_counts_its_own(police):
    numbers = [re.match(r"(\d+) SỐ LIỆU", text) for text in pages(police)]
    appendix = next(at for at, text in enumerate(pages(police)) if "Phụ lục\n" in text)
    told = [int(number[1]) if number else None for number in numbers]
    assert told[:appendix] == [None, *range(2, appendix + 1)]
    assert told[appendix:] == [None, *range(2, len(told) - appendix + 1)]


def test_several_appendices_are_numbered_in_roman():
    read = "\n".join(pages(typeset_report(sample("police", wards=2, annexes=3))))
    assert [name for name in ("Phụ lục I\n", "Phụ lục II\n", "Phụ lục III\n") if name in read] == [
        "Phụ lục I\n",
        "Phụ lục II\n",
        "Phụ lục III\n",
    ]
    assert "(Kèm theo Báo cáo số 05/BC-CATP ngày 03 tháng 6 năm 2022 của Công an Thành phố Hồ Chí Minh)" in read


def test_tables_repeat_their_heading_and_legend_on_each_page(police):
    appendix = [text for text in pages(police) if "Phường số 1" in text]
    assert len(appendix) > 3
    for text in appendix:
        assert "Hồ sơ tiếp nhận" in text
        assert "Ghi chú: (*) chưa gồm một phần đơn vị cũ" in text


def test_a_long_name_of_a_unit_wraps_and_loses_nothing(police):
    assert WARDS[-1] in " ".join(" ".join(pages(police)).split())


def test_all_wards_are_there(police):
    read = " ".join(pages(police))
    assert all(f"Phường số {nth} " in read for nth in range(len(WARDS) + 1, 169))


def test_figures_open_their_pages(police):
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in PdfReader(BytesIO(police)).pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object()
    }
    assert "https://gandan.example/chi-tieu/1/2016/" in links
    assert "https://gandan.example/so-cai/1234/" in links


@pytest.mark.parametrize("code", PROFILES)
def test_the_file_is_an_archival_tagged_one_with_our_fonts_alone(code):
    reader = PdfReader(BytesIO(typeset_report(sample(code, wards=2))))
    metadata = reader.xmp_metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert reader.trailer["/Root"]["/Lang"] == "vi-VN"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("LiberationSerif" in font for font in fonts)


def test_the_same_document_gives_the_same_bytes(police):
    assert typeset_report(sample("police")) == police
    assert typeset_report(replace(sample("police"), place="Hà Nội")) != police


def test_accents_typed_apart_are_set_composed():
    apart = typeset_report(replace(sample("police", wards=2), closing="Thu\u031b xin lo\u0302\u0303i"))
    assert "Thư xin lỗi./." in "".join(pages(apart))


def test_text_is_never_taken_for_markup():
    odd = '#import "x" *đậm* _nghiêng_ $x^2$ <a> @b [c] \\ {d} // e /* f'
    read = " ".join(pages(typeset_report(replace(sample("police", wards=2), closing=odd))))
    assert odd in " ".join(read.split())


def test_forty_pages_take_less_than_two_seconds():
    document = sample("police", annexes=6)
    began = time.process_time()  # of our own work: what else the machine does is left out
    made = typeset_report(document)
    taken = time.process_time() - began
    assert len(PdfReader(BytesIO(made)).pages) >= 40
    assert taken < 4  # twice the goal, for a slower machine


# ── geometry ──────────────────────────────────────────────────────────────────────────────────────────────────────


def boxes(pdf: bytes, page: int) -> list[tuple[str, float, float, float, float]]:
    """Return the words of a page and their edges in millimetres: left, top, right, bottom."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), "-", "-"]
    html = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', html)
    return [(word, *(float(edge) / MM for edge in edges)) for *edges, word in found]


def body(words: list[tuple[str, float, float, float, float]]) -> list[tuple[str, float, float, float, float]]:
    """Return the words between the margins' marks: neither page number and stamp, nor the footer."""
    return [word for word in words if word[2] > 17 and word[4] < 279]


@pytest.mark.parametrize("code", PROFILES)
def test_margins_are_the_decree_s(code):
    made = typeset_report(sample(code, wards=2))
    for page in (1, 2, 3, 4):
        words = body(boxes(made, page))
        assert min(word[1] for word in words) >= 29.9
        assert max(word[3] for word in words) <= 195.1
        assert min(word[2] for word in words) >= 19
        assert max(word[4] for word in words) <= 277.5
        flush = [word for word in words if abs(word[3] - 195) < 0.4]
        assert flush, "no line reaches the right margin: the text is not justified"


def test_the_first_line_of_a_paragraph_is_indented(police):
    words = boxes(police, 1)
    opening = next(
        at for at, word in enumerate(words) if word[0] == "Thành" and words[at + 1][0] == "phố" and words[at + 2][0] == "có"
    )
    assert words[opening][1] == pytest.approx(30 + 12.7, abs=0.3)


def test_page_number_stands_in_the_middle_of_the_top_margin(police):
    number = next(word for word in boxes(police, 2) if word[0] == "2" and word[4] < 20)
    assert (number[1] + number[3]) / 2 == pytest.approx(30 + 165 / 2, abs=0.5)


def test_motto_is_right_and_issuer_left_on_the_first_lines(police):
    words = body(boxes(police, 1))
    motto = next(word for word in words if word[0] == "CỘNG")
    issuer = next(word for word in words if word[0] == "BỘ")
    assert issuer[3] < 97 < motto[1]
    assert abs(motto[2] - issuer[2]) < 2


def test_number_and_date_share_a_line(police):
    words = body(boxes(police, 1))
    number = next(word for word in words if word[0] == "Số:")
    day = next(word for word in words if word[0] == "ngày")
    assert abs(number[4] - day[4]) < 1


# ── what is wrong is said ─────────────────────────────────────────────────────────────────────────────────────────


def test_an_unknown_layout_is_named():
    for name in ("nothing", "../report", "Report"):
        with pytest.raises(LayoutError, match=re.escape(repr(name))):
            typeset(name, {"made_at": "2022-01-01T00:00:00+00:00"})


def test_data_that_do_not_fit_name_the_layout_and_the_line():
    with pytest.raises(LayoutError, match='does not contain key "title"') as caught:
        typeset("report", {"made_at": "2022-01-01T00:00:00+00:00"})
    assert (caught.value.layout, caught.value.file) == ("report", "report.typ")
    line = (FONTS.parent / "layouts" / "report.typ").read_text(encoding="utf-8").splitlines()[caught.value.line - 1]
    assert "data.title" in line


@pytest.mark.parametrize("made_at", [None, "yesterday", 5])
def test_a_document_without_its_moment_is_refused(made_at):
    with pytest.raises(LayoutError, match="made_at"):
        typeset("report", {"made_at": made_at})


def test_a_moment_is_written_to_the_second_however_exact_it_was():
    model = dict.fromkeys(("office", "partner", "number", "name", "field", "area", "until", "made"), "…")
    rounded, exact = (
        typeset("certificate", {"made_at": at, "title": "Giấy chứng nhận", "simulated": True, **model})
        for at in ("2026-11-20T09:00:00+07:00", "2026-11-20T09:00:00.123456+07:00")
    )
    assert rounded == exact


def test_a_letter_that_no_font_has_is_named():
    with pytest.raises(LayoutError, match="the letter 漢 is not in the fonts"):
        typeset_report(replace(sample("police", wards=2), closing="漢"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param({"letterheads": []}, "who issues it", id="nobody issues it"),
        pytest.param({"signatures": []}, "who signs it", id="nobody signs it"),
        pytest.param({"made_at": sample(wards=1).made_at.replace(tzinfo=None)}, "time zone", id="no time zone"),
        pytest.param({"profile": profile("party", SIGNED_ON)}, "rank before the name", id="a rank in a Party document"),
    ],
)
def test_a_document_that_lacks_a_part_is_refused(change, why):
    with pytest.raises(ValueError, match=why):
        replace(sample("police", wards=1), **change)


@pytest.mark.parametrize("name", ["TS. Trần Văn Mẫu", "PGS.TS Lê Thị Mẫu", "Thạc sĩ Phạm Mẫu"])
def test_no_title_of_learning_before_the_name(name):
    with pytest.raises(ValueError, match="title of learning"):
        SignatureBlock("Giám đốc", name)
    assert SignatureBlock("Giám đốc", "Tsan Văn Mẫu").name == "Tsan Văn Mẫu"


def test_links_lead_to_pages_only():
    for link in ("javascript:alert(1)", "file:///etc/passwd", "/chi-tieu/1/"):
        with pytest.raises(ValueError, match="whole address"):
            Run("x", link=link)
        with pytest.raises(ValueError, match="whole address"):
            Cell(1, link=link)


def test_a_row_of_another_length_is_refused():
    table = Table("Bảng thử", [Column("TT"), Column("Tên")], [Row(["1", "một"]), Row(["2"])])
    with pytest.raises(ValueError, match="Row 2 of “Bảng thử” has 1 cells in a table of 2 columns"):
        typeset_report(replace(sample("police", wards=1), sections=[Section("Thử", [table])]))


def test_clauses_and_points_are_numbered_among_themselves():
    blocks = [Clause(name, [Paragraph("Mở đầu:"), *(Point(f"điểm {nth};") for nth in range(7))]) for name in ("Một", "Hai")]
    document = replace(sample("police", wards=1), sections=[Section("Đầu", blocks), Section("Cuối", blocks)])
    read = "\n".join(pages(typeset_report(document)))
    assert re.findall(r"^(I{1,3})\. (?:ĐẦU|CUỐI)", read, re.MULTILINE) == ["I", "II"]
    assert re.findall(r"^(\d)\. (?:Một|Hai)", read, re.MULTILINE) == ["1", "2", "1", "2"]
    assert re.findall(r"^(\w)\) điểm", read, re.MULTILINE) == list("abcdđeg") * 4


def test_a_very_long_issuer_and_place_stay_on_the_first_page():
    long = "Ủy ban nhân dân xã Bình Khánh thuộc vùng đệm Khu dự trữ sinh quyển rừng ngập mặn Cần Giờ"
    document = replace(sample("state", wards=1), letterheads=[Letterhead(long, long)], place="Thành phố Hồ Chí Minh mở rộng")
    read = pages(typeset_report(document))
    assert long.upper() in " ".join(read[0].split())
    assert "BÁO CÁO" in read[0]
