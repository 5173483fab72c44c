"""The rows of a table, written here: a template takes several times as long, and a list has fifty rows of six cells."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from gandan.faces.pages.pieces import Cell, Column, Row, Table, Words
from gandan.faces.pages.templatetags.gandan import mark

register = template.Library()


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    return mark_safe("\n  ".join(_row(row, cells) for row, cells in table.lines))  # noqa: S308  each part is escaped below


def _row(row: Row, cells: Iterable[tuple[Column, Cell]]) -> str:
    kind = ' class="total"' if row.total else ""
    return f"<tr{kind}>{''.join(_cell(column, cell) for column, cell in cells)}</tr>"


def _cell(column: Column, cell: Cell) -> str:
    if column.head:
        tight = ' class="tight"' if column.tight else ""
        return f'<th scope="row"{tight}><span>{_inside(cell)}</span></th>'
    kind = "number" if column.number else "tight" if column.tight else ""
    hollow = " hollow" if cell.hollow else ""
    return f'<td class="{kind}{hollow}" data-label="{escaped(column.words)}"><span>{_inside(cell)}</span></td>'


def _inside(cell: Cell) -> str:
    text = escaped(cell.text)
    if cell.href:
        text = f'<a href="{escaped(cell.href)}">{text}</a>'
    elif cell.tone:
        text = f'<span class="tone-{escaped(cell.tone)}">{text}</span>'
    sign = f"{mark(cell.mark)} " if cell.mark else ""
    bar = "" if cell.share is None else _bar(cell.share, cell.tone)
    note = f"<small>{escaped(cell.note)}</small>" if cell.note else ""
    return f"{sign}{text}{bar}{note}"


def _bar(share: float, tone: str) -> str:
    frame = f'class="bar-cell {escaped(tone)}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"'
    whole = '<rect class="all" width="100" height="8"></rect>'
    return f'<svg {frame}>{whole}<rect class="part" width="{share:g}" height="8"></rect></svg>'


def escaped(words: Words) -> str:
    return conditional_escape(str(words))
