"""The pack for the table: agenda and every paper as one PDF with bookmarks and page numbers, usable without network."""

import gc
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.utils.timezone import get_default_timezone
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from gandan.ground.documents.queries import attachment, content_of
from gandan.ground.documents.typesetting import typeset
from gandan.ground.vietnam.numbers import long_date_vi
from gandan.work.meetings.queries.meetings import MeetingShown, PaperShown

SIZE, MARGIN, WIDTH = 9, 24, 5.0  # points: the number, its distance from the edge, about a digit


@dataclass(frozen=True)
class Part:
    """A paper of a pack: its bookmark, and how to open it."""

    title: str
    pages: int
    open: Callable[[], IO[bytes]]


def pack(shown: MeetingShown, made_at: datetime) -> IO[bytes]:
    """Return the pack of a meeting as an open file: the agenda first, then the papers in the order of the agenda."""
    papers = [*(paper for item in shown.agenda for paper in item.papers), *shown.papers]
    parts = [_part(paper) for paper in papers]
    first, begins = 1, {}
    cover = _cover(shown, papers, {}, made_at)
    first += len(PdfReader(BytesIO(cover)).pages)
    for paper, part in zip(papers, parts, strict=True):
        begins[paper.id], first = first, first + part.pages
    return bind([Part("Chương trình", 0, lambda: BytesIO(_cover(shown, papers, begins, made_at))), *parts], shown.row.title)


def _part(paper: PaperShown) -> Part:
    return Part(paper.title, paper.pages, lambda: content_of(attachment(paper.file)))


def _cover(shown: MeetingShown, papers: Sequence[PaperShown], begins: dict[int, int], made_at: datetime) -> bytes:
    row, zone = shown.row, get_default_timezone()
    starts = row.starts_at.astimezone(zone)
    return typeset(
        "meeting",
        {
            "made_at": made_at.isoformat(),
            "office": row.unit.name,
            "partner": row.partner.name if row.partner else "",
            "title": row.title,
            "when": f"{starts:%H:%M}, {long_date_vi(starts.date())}",
            "place": row.place,
            "simulated": settings.SIMULATED,
            "agenda": [
                {
                    "at": f"{item.begins_at.astimezone(zone):%H:%M}",
                    "title": item.title,
                    "presenter": item.presenter.name if item.presenter else "",
                }
                for item in shown.agenda
            ],
            "papers": [
                {"title": paper.title, "page": str(begins.get(paper.id, 0)), "pages": str(paper.pages)} for paper in papers
            ],
        },
    )


def bind(parts: Iterable[Part], title: str) -> IO[bytes]:
    """Bind papers into one, with a bookmark for each and a number on every page, and return it as an open file.

    Each is read once and let go, and the whole is never in memory twice: it is written aside.
    """
    out = TemporaryFile()  # noqa: SIM115  # whoever asked reads and closes it
    try:
        _write(parts, title, out)
    except BaseException:
        out.close()
        raise
    gc.collect()  # pages point at their book, and it at them
    out.seek(0)
    return out


def _write(parts: Iterable[Part], title: str, out: IO[bytes]) -> None:
    writer = PdfWriter()
    for part in parts:
        with closing(part.open()) as content:
            begins = len(writer.pages)
            writer.append(PdfReader(BytesIO(content.read())), import_outline=False)
            writer.add_outline_item(title=part.title, page_number=begins)
    whole = len(writer.pages)
    font = writer._add_object(
        DictionaryObject({
            NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        })
    )  # fmt: skip
    for nth, page in enumerate(writer.pages, start=1):
        _number(writer, page, f"{nth} / {whole}", font)
    writer.add_metadata({"/Title": title})
    writer.write(out)
    writer.close()


def _number(writer: PdfWriter, page: PageObject, text: str, font: IndirectObject) -> None:
    """Write a number at the lower right of a page as it is seen, by a further stream of its own: nothing of it is read anew."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    across = len(text) * WIDTH
    match page.rotation % 360:
        case 90:
            place = f"0 1 -1 0 {right - MARGIN:g} {top - MARGIN - across:g}"
        case 180:
            place = f"-1 0 0 -1 {left + MARGIN + across:g} {top - MARGIN:g}"
        case 270:
            place = f"0 -1 1 0 {left + MARGIN:g} {bottom + MARGIN + across:g}"
        case _:
            place = f"1 0 0 1 {right - MARGIN - across:g} {bottom + MARGIN / 2:g}"
    before, after = StreamObject(), StreamObject()
    before.set_data(b"q\n")
    after.set_data(f"\nQ\nq BT {place} Tm /GanDanNr {SIZE} Tf 0.35 g ({text}) Tj ET Q\n".encode())
    inside = page.get("/Contents")
    own = inside.get_object() if inside is not None else None
    streams = list(own) if isinstance(own, ArrayObject) else [page.raw_get("/Contents")] if inside is not None else []
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(before), *streams, writer._add_object(after)])
    resources = page.get("/Resources")
    mine = DictionaryObject(resources.get_object()) if resources is not None else DictionaryObject()
    own_fonts: Any = mine["/Font"].get_object() if "/Font" in mine else {}
    fonts = DictionaryObject(own_fonts)
    fonts[NameObject("/GanDanNr")] = font
    mine[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = mine
