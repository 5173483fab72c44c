"""A section's text as it is read: words, with each figure where it is bound."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gandan.faces.pages import words
from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.reports import queries as reports
from gandan.results.reports.rules import Bound, Gap, Name, Sheet, Words, bound, read, told

Report = Any  # what `reports.report` returns; faces know no models


@dataclass(frozen=True)
class Said:
    """A piece of a line: words, a figure that leads to its measure, or what is still to be written there."""

    text: str
    href: str = ""
    owed: bool = False


@dataclass(frozen=True)
class Block:
    kind: str  # heading | item | paragraph
    pieces: tuple[Said, ...]


@dataclass(frozen=True)
class Prose:
    """A section, read; `trouble` says what of it can't be."""

    blocks: tuple[Block, ...] = ()
    trouble: str = ""


def prose(report: Report, section: Any, sheet: Sheet) -> Prose:
    """Read a section with the figures of a sheet, so that it says the same as the tables."""
    try:
        blocks = read(section.text, CATALOGUE)
        places = {one: (unit, period) for one, unit, period in reports.resolved(report, bound(blocks))}
    except Refused as refused:
        return Prose(trouble=words.refusal(refused))
    return Prose(
        tuple(Block(block.kind, tuple(_said(report, piece, sheet, places) for piece in block.pieces)) for block in blocks)
    )


def _said(report: Report, piece: Words | Name | Bound | Gap, sheet: Sheet, places: dict[Bound, tuple[int, Period]]) -> Said:
    match piece:
        case Words():
            return Said(piece.text)
        case Gap():
            return Said(piece.asked, owed=True)
        case Name():
            return Said(_named(report, piece.name))
        case Bound():
            unit, period = places[piece]
            cell = sheet.at(piece.code, period, unit)
            if cell is None:
                return Said("–")
            return Said(told(piece, cell, sheet), reports.linking(report, "")(cell))


def _named(report: Report, name: str) -> str:
    period = reports.period_of(report)
    match name:
        case "unit":
            return organisations.row(report.unit_id, period.last).name
        case "period":
            return f"{words.day(period.start)} – {words.day(period.last)}"
        case "programme":
            return report.programme.title if report.programme else ""
        case "through":
            return words.day(report.through) if report.through else _("hôm nay")
        case _posting:
            return str(report.posting or "–")
