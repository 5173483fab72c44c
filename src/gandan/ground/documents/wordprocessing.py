"""A document as DOCX, to be written on in Word or LibreOffice: the same content as on paper, each part under a named style.

The styles carry what Decree 30/2020 (or the Party's guideline) asks for: who changes the text keeps the form by its styles.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

import docx
import vl_convert
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor

from gandan.ground.documents.composition import Data, compose
from gandan.ground.documents.rules import ReportDocument
from gandan.ground.documents.typesetting import cleaned

FONT = "Times New Roman"
NS = nsdecls("w")
PAGE = (210, 297)
TWIPS = 1440 / 25.4  # to a millimetre
FIRST = (1980, 1, 1, 0, 0, 0)  # the day on which every part of the file was packed: the same document, the same bytes
NAME = "HỒ CHÍ MINH", "HỒ\xa0CHÍ\xa0MINH"  # never broken over two lines
LEFT, CENTRE, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY,
)  # fmt: skip
# Name, size (of the profile, or in points), alignment, bold, italic, space before and after.
STYLES: tuple[tuple[str, str | float, WD_ALIGN_PARAGRAPH, bool, bool, float, float], ...] = (
    ("Quốc hiệu", "motto", CENTRE, True, False, 0, 0),
    ("Tiêu ngữ", "tieu_ngu", CENTRE, True, False, 0, 0),
    ("Tên cơ quan cấp trên", "body_name", CENTRE, False, False, 0, 0),
    ("Tên cơ quan", "body_name", CENTRE, True, False, 0, 0),
    ("Số, ký hiệu", "number", CENTRE, False, False, 6, 0),
    ("Địa danh, ngày tháng", "place", CENTRE, False, True, 6, 0),
    ("Tên loại văn bản", "title", CENTRE, True, False, 14, 0),
    ("Trích yếu", "abstract", CENTRE, True, False, 0, 10),
    ("Kính gửi", "text", CENTRE, False, False, 0, 6),
    ("Căn cứ", "text", BOTH, False, False, 0, 6),
    ("Nội dung", "text", BOTH, False, False, 0, 6),
    ("Tên bảng", 13, CENTRE, True, False, 8, 4),
    ("Đơn vị tính", 11, RIGHT, False, True, 0, 2),
    ("Ô bảng", 12, LEFT, False, False, 0, 0),
    ("Ô bảng nhỏ", 10, LEFT, False, False, 0, 0),
    ("Ghi chú bảng", 11, LEFT, False, False, 2, 8),
    ("Tên hình", 12, CENTRE, False, True, 0, 8),
    ("Quyền hạn, chức vụ", "signature", CENTRE, True, False, 0, 0),
    ("Họ tên người ký", "signature", CENTRE, True, False, 0, 0),
    ("Nơi nhận", "recipients", LEFT, False, False, 0, 0),
    ("Đối chiếu", 10, LEFT, False, False, 2, 2),
    ("Dấu chỉ", 10, RIGHT, True, False, 0, 0),
)
NOT_REAL = "Số liệu mô phỏng để trình diễn phần mềm, không phải số liệu thật."
INDENTED = {"Căn cứ", "Nội dung"}


def docx_of(document: ReportDocument) -> bytes:
    """Return a document as DOCX; the same document gives the same bytes."""
    return _Writing(cleaned(compose(document)), document).made()


class _Writing:
    """A document on its way into a file."""

    def __init__(self, data: Data, document: ReportDocument) -> None:
        self.data, self.source = data, document
        self.file: Document = docx.Document()
        self.profile: Data = data["profile"]
        self.file._body.clear_content()

    def made(self) -> bytes:
        self._styles()
        self._properties()
        section = self.file.sections[0]
        self._page(section, landscape=False)
        self._first_page()
        self._body()
        self._end()
        for annex in self.data["annexes"]:
            self._annex(annex)
        packed = io.BytesIO()
        self.file.save(packed)
        return _repacked(packed.getvalue())

    # What it looks like

    def _styles(self) -> None:
        known = self.file.styles
        for name, size, align, bold, italic, before, after in STYLES:
            style = known.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = known["Normal"]
            self._font(style, size if isinstance(size, int | float) else self.profile["sizes"][size], bold, italic)
            form = style.paragraph_format
            form.alignment, form.space_before, form.space_after = align, Pt(before), Pt(after)
            if name in INDENTED:
                form.first_line_indent = Mm(self.profile["indent"])
                form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(18)
            style.quick_style = True
        if self.profile["grounds_italic"]:
            known["Căn cứ"].font.italic = True
        for name, level in (("Heading 1", 1), ("Heading 2", 2)):
            heading = known[name]
            self._font(heading, self.profile["sizes"]["text"], True, False)
            heading.font.color.rgb = RGBColor(0, 0, 0)
            heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(8), Pt(6)
            heading.paragraph_format.first_line_indent = Mm(self.profile["indent"]) if level > 1 else None
        self._font(known["Normal"], self.profile["sizes"]["text"], False, False)
        known["Normal"].paragraph_format.space_after = Pt(0)

    def _font(self, style: Any, size: float, bold: bool, italic: bool) -> None:
        style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, italic
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:eastAsia", "w:cs", "w:hAnsi", "w:ascii"):
            fonts.set(qn(script), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)

    def _properties(self) -> None:
        about = self.file.core_properties
        about.title = " ".join(f"{self.source.kind} {self.source.abstract}".split())[:250]
        about.author = "; ".join(" ".join(head["body"].split()) for head in self.data["letterheads"])[:250]
        about.created = about.modified = self.source.made_at.replace(tzinfo=None)
        about.last_modified_by, about.language, about.revision = about.author, "vi-VN", 1
        about.keywords = ", ".join(self.data["marks"])
        about.comments = ""

    def _page(self, section: Section, *, landscape: bool) -> None:
        margins = self.profile["margins"]
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        width, height = reversed(PAGE) if landscape else PAGE
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.top_margin, section.bottom_margin = Mm(margins["top"]), Mm(margins["bottom"])
        section.left_margin, section.right_margin = Mm(margins["left"]), Mm(margins["right"])
        section.header_distance = Mm(9)
        section.different_first_page_header_footer = True  # the first page shows no number (I.7)
        page = '<w:fldSimple w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'
        numbered = f'<w:p {NS}><w:pPr><w:jc w:val="center"/></w:pPr>{page}</w:p>'
        for header, number in ((section.header, True), (section.first_page_header, False)):
            header.is_linked_to_previous = False
            held = header._element
            for old in list(held):
                held.remove(old)
            for mark in self.data["marks"]:
                held.append(parse_xml(_paragraph("Dấu chỉ", _run(mark, colour="B42318"))))
            if number or not self.data["marks"]:
                held.append(parse_xml(numbered if number else _gap()))
        footer = section.footer
        footer.is_linked_to_previous = section.first_page_footer.is_linked_to_previous = False
        line = self.data["ledger"]["line"] if self.data["ledger"] else ""
        for one in (footer, section.first_page_footer):
            one.paragraphs[0].text, one.paragraphs[0].style = line, self.file.styles["Đối chiếu"]

    # What it says

    def _add(self, *pieces: str) -> None:
        body = self.file.element.body
        for piece in pieces:
            body.insert(len(body) - 1, parse_xml(piece))  # before the section's own properties

    def _first_page(self) -> None:
        left = []
        for nth, head in enumerate(self.data["letterheads"]):
            if nth:
                left.append(_paragraph("Tên cơ quan", _run("–")))
            if head["superior"]:
                left.append(_paragraph("Tên cơ quan cấp trên", _run(head["superior"].upper())))
            last = nth == len(self.data["letterheads"]) - 1
            left.append(_paragraph("Tên cơ quan", _run(head["body"].upper()), ruled=last and self.profile["name_rule"] == "line"))
        if self.profile["name_rule"] == "star":
            left.append(_paragraph("Tên cơ quan", _run("*")))
        if self.profile["header"] == "party":
            right = [_paragraph("Quốc hiệu", _run("ĐẢNG CỘNG SẢN VIỆT NAM"), ruled=True)]
        else:
            motto = _paragraph("Tiêu ngữ", _run("Độc lập - Tự do - Hạnh phúc"), ruled=True)
            right = [_paragraph("Quốc hiệu", _run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")), motto]
        number = [_paragraph("Số, ký hiệu", _run(self.data["number"]))]
        day = [_paragraph("Địa danh, ngày tháng", _run(self.data["place_date"]))]
        self._add(_frame([[left, right], [number, day]], (62, 103)))
        self._add(_paragraph("Tên loại văn bản", _run(self.data["title"].upper())))
        rule = self.profile["abstract_rule"] == "line"
        self._add(_paragraph("Trích yếu", _run(self.data["abstract"]), ruled=rule))
        if not rule:
            self._add(_paragraph("Trích yếu", _run("-----")))

    def _body(self) -> None:
        addressed = self.data["addressed_to"]
        if len(addressed) == 1:
            self._add(_paragraph("Kính gửi", _run(f"Kính gửi: {addressed[0]}")))
        elif addressed:
            self._add(_paragraph("Kính gửi", _run("Kính gửi:")), *(_paragraph("Kính gửi", _run(f"- {one}")) for one in addressed))
        self._add(*(_paragraph("Căn cứ", _run(one)) for one in self.data["grounds"]))
        self._blocks(self.data["opening"])
        for section in self.data["sections"]:
            self._add(_paragraph("Heading1", _run(section["heading"])))
            self._blocks(section["blocks"])
        if self.data["closing"]:
            self._add(_paragraph("Nội dung", _run(self.data["closing"])))

    def _blocks(self, blocks: Sequence[Data]) -> None:
        for block in blocks:
            match block["kind"]:
                case "paragraph":
                    self._add(_paragraph("Nội dung", *(self._linked(run) for run in block["runs"])))
                case "clause":
                    self._add(_paragraph("Heading2", _run(block["heading"])))
                    self._blocks(block["blocks"])
                case "table":
                    self._table(block)
                case "chart":
                    self._chart(block)

    def _linked(self, run: Data) -> str:
        drawn = _run(run["text"], bold=run["bold"], italic=run["italic"])
        if not run["link"]:
            return drawn
        number = self.file.part.relate_to(run["link"], RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return f'<w:hyperlink {nsdecls("r")} r:id="{number}">{drawn}</w:hyperlink>'

    def _chart(self, block: Data) -> None:
        picture = io.BytesIO(vl_convert.svg_to_png(block["svg"], scale=2))
        self.file.add_picture(picture, width=Mm(160))
        paragraph = self.file.paragraphs[-1]
        paragraph.alignment = CENTRE
        for about in paragraph._element.iter(qn("wp:docPr")):
            about.set("descr", block["alt"])
        self._add(_paragraph("Tên hình", _run(block["caption"])))

    def _table(self, block: Data) -> None:
        if block["caption"]:
            self._add(_paragraph("Tên bảng", _run(block["caption"]), keep=True))
        if block["unit"]:
            self._add(_paragraph("Đơn vị tính", _run(block["unit"]), keep=True))
        self._add(_grid(block, self._room()))
        self._add(_paragraph("Ghi chú bảng", _run("Ghi chú: ", italic=True), _run(block["notes"])) if block["notes"] else _gap())

    def _room(self) -> float:
        margins = self.profile["margins"]
        upright = self.file.sections[-1].orientation == WD_ORIENT.PORTRAIT
        return float(PAGE[0 if upright else 1] - margins["left"] - margins["right"])

    def _end(self) -> None:
        received = [_paragraph("Nơi nhận", _run("Nơi nhận:", bold=True, italic=True))]
        received += [_paragraph("Nơi nhận", _run(line)) for line in self.data["recipients"]]
        blocks = [list(self._signature(one)) for one in self.data["signatures"]]
        self._add(_gap())
        if len(blocks) == 1:
            self._add(_frame([[received, blocks[0]]], (74, 91)))
        else:
            self._add(_frame([blocks], [165 / len(blocks)] * len(blocks)), _gap(), *received)
        if self.data["ledger"]:
            told = self.data["ledger"]
            words = [told["counted"], told["digest"], told["url"]]
            self._add(_gap(), _paragraph("Đối chiếu", _run("Đối chiếu với sổ cái", bold=True)))
            self._add(*(_paragraph("Đối chiếu", _run(one)) for one in words if one))
            if told["simulated"]:
                self._add(_paragraph("Đối chiếu", _run(NOT_REAL, bold=True, colour="B42318")))

    def _signature(self, block: Data) -> Iterator[str]:
        for line in block["lines"]:
            yield _paragraph("Quyền hạn, chức vụ", _run(line))
        yield from (_paragraph("Họ tên người ký", "") for _ in range(4))  # room for the hand and the seal
        yield _paragraph("Họ tên người ký", _run(block["name"]))

    def _annex(self, annex: Data) -> None:
        section = self.file.add_section()
        self._page(section, landscape=annex["landscape"])
        section._sectPr.append(parse_xml(f'<w:pgNumType {NS} w:start="1"/>'))  # an appendix counts its own pages (III.1.đ)
        self._add(_paragraph("Heading1", _run(annex["label"]), centred=True))
        self._add(_paragraph("Trích yếu", _run(annex["title"])), _paragraph("Kính gửi", _run(annex["reference"], italic=True)))
        self._blocks(annex["blocks"])


def _run(text: str, *, bold: bool = False, italic: bool = False, colour: str = "", raised: bool = False) -> str:
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "") + (f'<w:color w:val="{colour}"/>' if colour else "")
    look += '<w:vertAlign w:val="superscript"/>' * raised
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.replace(*NAME).split("\n"))
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{said}</w:r>"


def _paragraph(style: str, *runs: str, ruled: bool = False, keep: bool = False, centred: bool = False) -> str:
    """Return a paragraph. `ruled`: with a line below it, a third of its width (II.1.b, II.2.b, II.5.b)."""
    look = f'<w:pStyle w:val="{_id(style)}"/>' + "<w:keepNext/>" * keep
    if ruled:
        look += '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="2" w:color="000000"/></w:pBdr>'
        look += '<w:ind w:left="900" w:right="900" w:firstLine="0"/>'
    if centred:
        look += '<w:ind w:firstLine="0"/><w:jc w:val="center"/>'
    return f"<w:p {NS}><w:pPr>{look}</w:pPr>{''.join(runs)}</w:p>"


def _id(style: str) -> str:
    return style.replace(" ", "")  # as python-docx calls it inside the file


def _gap() -> str:
    return f"<w:p {NS}/>"


def _frame(rows: Sequence[Sequence[Sequence[str]]], widths: Sequence[float]) -> str:
    """Return a table without lines, to set things side by side."""
    grid = "".join(f'<w:gridCol w:w="{int(width * TWIPS)}"/>' for width in widths)
    lines = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{int(width * TWIPS)}" w:type="dxa"/></w:tcPr>{"".join(cell)}</w:tc>'
            for cell, width in zip(row, widths, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    look = f'<w:tblW w:w="{int(sum(widths) * TWIPS)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl {NS}><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def _grid(table: Data, room: float) -> str:
    """Return a table of figures: its heading on each page, no row torn apart."""
    style = "Ô bảng nhỏ" if table["small"] else "Ô bảng"
    aligns = [column["align"] for column in table["columns"]]
    widths = _widths(table, room)
    grid = "".join(f'<w:gridCol w:w="{int(width * TWIPS)}"/>' for width in widths)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    look = f'<w:tblW w:w="{int(room * TWIPS)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
    inset = '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
    look += f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{inset}</w:tblCellMar>'
    head = "".join(_heads(table["header"], style))
    rows = enumerate(table["rows"], start=1 - len(table["rows"]))  # the last three together: no total alone on a page
    lines = "".join(_line(row, aligns, style, keep=-3 < nth < 0) for nth, row in rows)
    return f"<w:tbl {NS}><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{lines}</w:tbl>"


def _widths(table: Data, room: float) -> list[float]:
    """Share the room among the columns: figures get what they need, the weighed ones the rest."""
    columns, small = table["columns"], table["small"]
    need = []
    for nth, column in enumerate(columns):
        longest = max((len(row["cells"][nth]["text"]) for row in table["rows"] if len(row["cells"]) == len(columns)), default=2)
        need.append(0 if column["width"] else max(10.0, min(longest, 14) * (1.8 if small else 2.2) + 4))
    weights = sum(column["width"] for column in columns)
    left = max(room - sum(need), room * 0.35) if weights else 0
    made = [left * column["width"] / weights if column["width"] else width for column, width in zip(columns, need, strict=True)]
    scale = room / sum(made)
    return [width * scale for width in made]


def _heads(header: Sequence[Sequence[Data]], style: str) -> Iterator[str]:
    """Yield the rows of headings; where a heading reaches down, the cell below it is its continuation."""
    below = iter(header[1]) if len(header) > 1 else iter(())
    first = under = ""
    for cell in header[0]:
        first += _cell(
            _run(cell["text"], bold=True), "center", style, across=cell["across"], down="restart" if cell["down"] > 1 else ""
        )
        if len(header) > 1:
            if cell["down"] > 1:
                under += _cell("", "center", style, down="continue")
            else:
                under += "".join(_cell(_run(next(below)["text"], bold=True), "center", style) for _ in range(cell["across"]))
    look = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    yield f"<w:tr>{look}{first}</w:tr>"
    if under:
        yield f"<w:tr>{look}{under}</w:tr>"


def _line(row: Data, aligns: Sequence[str], style: str, *, keep: bool) -> str:
    made, at = [], 0
    for cell in row["cells"]:
        mark = _run(cell["mark"], raised=True) if cell["mark"] else ""
        align = "center" if cell.get("empty") else "left" if cell["across"] > 1 else aligns[at]
        words = _run(cell["text"], bold=row["level"] != "row", italic=bool(cell.get("empty")))
        made.append(_cell(words + mark, align, style, across=cell["across"], shaded=False, keep=keep))
        at += cell["across"]
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(made)}</w:tr>"


def _cell(words: str, align: str, style: str, *, across: int = 1, down: str = "", shaded: bool = True, keep: bool = False) -> str:
    look = (f'<w:gridSpan w:val="{across}"/>' if across > 1 else "") + (f'<w:vMerge w:val="{down}"/>' if down else "")
    look += ('<w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/>' if shaded else "") + '<w:vAlign w:val="center"/>'
    ruled = f'<w:pStyle w:val="{_id(style)}"/>{"<w:keepNext/>" * keep}<w:jc w:val="{align}"/>'
    return f"<w:tc><w:tcPr>{look}</w:tcPr><w:p><w:pPr>{ruled}</w:pPr>{words}</w:p></w:tc>"


def _repacked(packed: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, FIRST), old.read(entry), zipfile.ZIP_DEFLATED)
    return made.getvalue()
