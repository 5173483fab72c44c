"""Bringing in a file from the command line: what to read the mapping from, the bar, and the file of refused rows."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext

from gandan.ground.documents.tables import defused
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.queries import Person, Unit, UnitRow, children, unit
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.work.dossiers import queries
from gandan.work.dossiers.operations import Progress, Request, Run

ADDED = ("Dòng", "Cột", "Mã lỗi", "Lý do", "Cách sửa")


class UnreadableMapping(Refused):
    """The mapping is no YAML or JSON file, and none of that name comes along."""


def mapping_from(named: str, *, unit_code: str = "", procedure: str = "") -> dict[str, Any]:
    """Read a mapping from a file, or take one that comes with the product; unit and procedure may be given for all rows.

    :raises UnreadableMapping: if it is neither
    """
    path = Path(named)
    if path.is_file():
        try:
            data = yaml.safe_load(path.read_text("utf-8-sig"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise UnreadableMapping(
                gettext_noop("Không đọc được tệp ánh xạ {file}: {error}"), file=named, error=" ".join(str(error).split())
            ) from None
    else:
        data = queries.mapping(named)
    for field, value in (("unit", unit_code), ("procedure", procedure)):
        if value and isinstance(data, dict) and isinstance(data.get("fields"), dict):
            data["fields"][field] = {"value": value}
    return data  # type: ignore[no-any-return]  # whatever it is, `read_mapping` says what is wrong with it


def city(on: date) -> Unit:
    """Return the body under which what concerns everybody is told: the city at the top of the tree."""
    roots: tuple[UnitRow, ...] = children(None, Line.ADMINISTRATION, on)
    top = sorted(roots, key=lambda row: (row.kind != UnitKind.CITY, row.code))
    if not top:
        raise NoCity(gettext_noop("Chưa nạp hệ thống đơn vị. Chạy: gandan units load"))
    return unit(top[0].code)


@contextmanager
def kept_unless(dry: bool) -> Iterator[None]:
    """Do what the block does; in a dry run, all of it in one transaction that is taken back in the end."""
    if not dry:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class NoCity(Refused):
    """No units are loaded, so nothing can happen anywhere."""


def bring_in(request: Request, *, by: Person, on: date, moved: Callable[[int, int], None]) -> Progress:
    """Bring a file in to its end and return how it went."""
    last = None
    for last in Run(request, by=by, on=on):
        moved(last.lines, last.of_lines)
    if last is None:
        raise RuntimeError("An import ended without having begun.")
    return last


def write_refused(number: int, path: Path) -> int:
    """Write the refused rows as they stood in the file, with line, column, reason and remedy; return how many."""
    header = queries.header_of(number)
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*header, *ADDED])
        for row in queries.refused_rows(number):
            reasons = row.reasons()
            cells = [*map(defused, row.cells), *[""] * (len(header) - len(row.cells))]
            said = (
                [problem.column for problem, _ in reasons],
                [problem.code for problem, _ in reasons],
                [gettext(reason.sentence).format(**problem.params) for problem, reason in reasons],
                [gettext(reason.remedy).format(**problem.params) for problem, reason in reasons],
            )
            writer.writerow([*cells, row.line, *(" | ".join(dict.fromkeys(each)) for each in said)])
            count += 1
    return count
