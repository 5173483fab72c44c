"""From a document to what a layout needs: everything numbered, every figure written out, nothing left to decide."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import segno

from gandan.ground.documents.numbering import date_line, date_words, grouped, letter, roman
from gandan.ground.documents.rules import (
    Annex,
    Block,
    Cell,
    Chart,
    Clause,
    Column,
    LedgerStamp,
    Paragraph,
    Point,
    ReportDocument,
    Row,
    Run,
    SignatureBlock,
    Status,
    Table,
    Text,
)
from gandan.ground.vietnam.numbers import date_vi, long_date_vi, number_vi

Data = dict[str, Any]

SIMULATED = "SỐ LIỆU MÔ PHỎNG"
DRAFT = "DỰ THẢO"
NO_DATA = "chưa có số liệu"
MARKS = {Status.STATED: "c", Status.PARTIAL: "*", Status.CHECKING: "k"}
LEGEND = {
    Status.STATED: "số nêu theo văn bản nguồn, không đếm từ sổ cái",
    Status.PARTIAL: "chưa gồm một phần đơn vị cũ đã chia cho nhiều đơn vị mới",
    Status.CHECKING: "đang kiểm tra lại",
    Status.NO_DATA: NO_DATA,
}
FEWEST_SPANNED = 3  # so many empty figures in a row are one cell that says so in words


class Numbers:
    """Counts the tables and charts of a document, from first page to last, and notes whether a figure was stated."""

    def __init__(self) -> None:
        self.tables = 0
        self.charts = 0
        self.stated = False

    def table(self) -> str:
        self.tables += 1
        return f"Bảng {self.tables}. "

    def chart(self) -> str:
        self.charts += 1
        return f"Biểu đồ {self.charts}. "


def compose(document: ReportDocument) -> Data:
    """Return a report as its layout takes it."""
    profile, numbers = document.profile, Numbers()
    made = {
        "made_at": document.made_at.isoformat(),
        "profile": _profile(document),
        "marks": [mark for mark, wanted in ((SIMULATED, document.simulated), (DRAFT, document.draft)) if wanted],
        "letterheads": [{"body": head.body, "superior": head.superior} for head in document.letterheads],
        "number": document.number,
        "place_date": date_line(document.place, document.signed_on, document.made_at.year),
        "title": document.kind,
        "abstract": document.abstract,
        "addressed_to": _listed(document.addressed_to) if len(document.addressed_to) > 1 else list(document.addressed_to),
        "grounds": _listed(document.grounds),
        "opening": [_block(paragraph, "", numbers) for paragraph in document.opening],
        "sections": [
            {
                "heading": profile.section.format(roman=roman(nth)) + section.title.upper(),
                "blocks": _blocks(section.blocks, numbers),
            }
            for nth, section in enumerate(document.sections, start=1)
        ],
        "closing": document.closing.rstrip("./ ") + profile.ending if document.closing else "",
        "signatures": [_signature(block) for block in document.signatures],
        "signable": document.signable,
        "recipients": [*(f"- {line.rstrip(';. ')};" for line in document.recipients), f"- {profile.archive}."],
        "annexes": [_annex(annex, nth, document, numbers) for nth, annex in enumerate(document.annexes, start=1)],
    }
    ledger = _ledger(document.ledger, simulated=document.simulated, stated=numbers.stated) if document.ledger else None
    return {**made, "ledger": ledger}


def figure(cell: Cell | str) -> str:
    """Return what a cell says, as Vietnamese documents write it: 1.234,5."""
    if isinstance(cell, str):
        return cell
    if cell.status is Status.NO_DATA or cell.value is None:
        return "…"
    if isinstance(cell.value, str):
        return cell.value
    return number_vi(cell.value, cell.decimals) + cell.suffix


def _profile(document: ReportDocument) -> Data:
    profile = document.profile
    keys = ("header", "indent", "name_rule", "abstract_rule", "bold_position", "grounds_italic", "recipients_label")
    return {
        **{key: getattr(profile, key) for key in keys},
        "margins": dict(profile.margins),
        "sizes": dict(profile.sizes),
        "source": profile.source,
    }


def _signature(block: SignatureBlock) -> Data:
    lines = [line.upper() for line in (block.authority, block.position) if line]
    return {"lines": lines, "name": f"{block.rank} {block.name}".strip()}


def _ledger(stamp: LedgerStamp, *, simulated: bool, stated: bool) -> Data:
    posting = number_vi(stamp.posting, 0)
    but = f", trừ số có dấu ({MARKS[Status.STATED]})," if stated else ""
    return {
        "line": f"Số liệu đến hết {date_vi(stamp.through)} · Lần ghi sổ {posting} · Mã đối chiếu {grouped(stamp.digest, 16)} …",
        "counted": (
            f"Số liệu trong văn bản này{but} được đếm từ công việc đã ghi trong sổ cái, đến hết {long_date_vi(stamp.through)}, "
            f"chốt tại lần ghi sổ số {posting}. Mã đối chiếu của lần ghi sổ đó (SHA-256):"
        ),
        "digest": grouped(stamp.digest),
        "url": stamp.verify_url,
        "code": segno.make(stamp.verify_url, error="m").svg_inline(border=0) if stamp.verify_url else "",
        "simulated": simulated,
    }


def _annex(annex: Annex, nth: int, document: ReportDocument, numbers: Numbers) -> Data:
    number = document.number.removeprefix("Số:").removeprefix("Số").strip()
    day = date_words(document.signed_on, document.made_at.year)
    bodies = " và ".join(" ".join(head.body.split()) for head in document.letterheads)
    return {
        # A single appendix has no number (III.1.a).
        "label": "Phụ lục" if len(document.annexes) == 1 else f"Phụ lục {roman(nth)}",
        "title": annex.title.upper(),
        "reference": f"(Kèm theo {document.kind.capitalize()} số {number} {day} của {bodies})",
        "id": f"annex-{nth}",
        "landscape": annex.landscape,
        "blocks": _blocks(annex.blocks, numbers),
    }


def _listed(lines: Sequence[str]) -> list[str]:
    """Return lines that end in ";", the last in "." (II.6.a, II.9.b)."""
    bare = [line.rstrip(";. ") for line in lines]
    return [f"{line}{'.' if nth == len(bare) else ';'}" for nth, line in enumerate(bare, start=1)]


def _blocks(blocks: Sequence[Block], numbers: Numbers) -> list[Data]:
    """Return the blocks of a section or a clause; clauses and points are numbered among themselves."""
    clause = point = 0
    made = []
    for block in blocks:
        label = ""
        if isinstance(block, Clause):
            clause, point = clause + 1, 0
            label = f"{clause}. "
        elif isinstance(block, Point):
            point += 1
            label = f"{letter(point)}) "
        made.append(_block(block, label, numbers))
    return made


def _block(block: Block, label: str, numbers: Numbers) -> Data:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "runs": _runs(text)}
        case Point(text):
            return {"kind": "paragraph", "runs": [*_runs(label), *_runs(text)]}
        case Clause(title, blocks):
            return {"kind": "clause", "heading": label + title, "blocks": _blocks(blocks, numbers)}
        case Chart(svg, caption, alt):
            return {"kind": "chart", "svg": svg, "caption": numbers.chart() + caption, "alt": alt}
        case Table():
            return _table(block, numbers)


def _runs(text: Text) -> list[Data]:
    runs = [Run(text)] if isinstance(text, str) else text
    return [{"text": run.text, "bold": run.bold, "italic": run.italic, "link": run.link} for run in runs]


def _table(table: Table, numbers: Numbers) -> Data:
    for nth, row in enumerate(table.rows, start=1):
        if row.level is not row.level.GROUP and len(row.cells) != len(table.columns):
            said = f"{len(row.cells)} cells in a table of {len(table.columns)} columns"
            raise ValueError(f"Row {nth} of “{table.caption}” has {said}.")
    remarks = [row.note for row in table.rows if row.note]
    marks = iter(range(1, len(remarks) + 1))
    used = _used(table)
    numbers.stated |= Status.STATED in used
    notes = [*_legend(used), *table.notes, *(f"({nth}) {remark}" for nth, remark in enumerate(remarks, start=1))]
    return {
        "kind": "table",
        "caption": numbers.table() + table.caption if table.caption else "",
        "unit": table.unit,
        "small": table.small,
        "columns": [{"align": _align(column), "width": column.width} for column in table.columns],
        "header": _header(table.columns),
        "rows": [_row(row, table.columns, next(marks) if row.note else None) for row in table.rows],
        "notes": "; ".join(note.rstrip("; .") for note in notes) + "." if notes else "",
    }


def _align(column: Column) -> str:
    return "center" if column.centred else "right" if column.figures else "left"


def _header(columns: Sequence[Column]) -> list[list[Data]]:
    """Return one row of headings, or two where neighbouring columns share one."""
    grouped_columns = [(group, list(members)) for group, members in groupby(columns, key=lambda column: column.group)]
    if not any(group for group, _ in grouped_columns):
        return [[{"text": column.title, "across": 1, "down": 1} for column in columns]]
    above: list[Data] = []
    below: list[Data] = []
    for group, members in grouped_columns:
        if group:
            above.append({"text": group, "across": len(members), "down": 1})
            below += [{"text": column.title, "across": 1, "down": 1} for column in members]
        else:
            above += [{"text": column.title, "across": 1, "down": 2} for column in members]
    return [above, below]


def _row(row: Row, columns: Sequence[Column], remark: int | None) -> Data:
    if row.level is row.level.GROUP:
        cells = [{"text": figure(row.cells[0]), "across": len(columns), "figures": False, "mark": "", "link": ""}]
    else:
        cells = list(_cells(row.cells, columns))
    if remark:
        cells[1 if len(cells) > 1 and not columns[1].figures else 0]["mark"] = f"({remark})"
    return {"level": row.level.value, "cells": cells}


def _cells(cells: Sequence[Cell | str], columns: Sequence[Column]) -> Iterator[Data]:
    pairs = zip(cells, columns, strict=True)
    for empty, members in groupby(pairs, key=lambda pair: _is_empty(pair[0])):
        stretch = list(members)
        if empty and len(stretch) >= FEWEST_SPANNED:
            yield {"text": NO_DATA, "across": len(stretch), "figures": False, "mark": "", "link": "", "empty": True}
            continue
        for cell, column in stretch:
            made = cell if isinstance(cell, Cell) else Cell(cell)
            yield {
                "text": figure(cell),
                "across": 1,
                "figures": column.figures,
                "mark": MARKS.get(made.status, ""),
                "link": made.link,
            }


def _is_empty(cell: Cell | str) -> bool:
    return isinstance(cell, Cell) and (cell.status is Status.NO_DATA or cell.value is None)


def _used(table: Table) -> set[Status]:
    """Return what the figures of a table are: counted, stated, missing …"""
    cells = [cell for row in table.rows if row.level is not row.level.GROUP for cell in row.cells if isinstance(cell, Cell)]
    return {Status.NO_DATA if _is_empty(cell) else cell.status for cell in cells}


def _legend(used: set[Status]) -> list[str]:
    """Return what the marks of a table mean, those only that stand in it."""
    return [f"({MARKS.get(status, '…')}) {meaning}" for status, meaning in LEGEND.items() if status in used]
