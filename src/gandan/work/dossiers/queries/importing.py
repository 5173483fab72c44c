"""What an import needs to know of units and procedures, and how imports went."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import Any

import yaml
from django.db import connection

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Succession, Unit, UnitName
from gandan.work.dossiers.models import Import, ImportState, Procedure, RefusedRow
from gandan.work.dossiers.rules import REASONS, Gazetteer, Heir, Place, Problem, ProcedureRule, Reason, Rulebook


class UnknownImport(Refused):
    """There is no import of this number."""


class UnknownMapping(Refused):
    """No mapping of this name comes with the product."""


def gazetteer() -> Gazetteer:
    """Return all units as an import finds them: by code, by any name they ever had, with who took over from them."""
    heirs: dict[int, list[Heir]] = {}
    for old, new, day, main in Succession.objects.values_list("old_id", "new_id", "on", "main"):
        heirs.setdefault(old, []).append(Heir(new, day, main))
    places = [
        Place(id_, code, name, founded_on, closed_on, tuple(heirs.get(id_, ())))
        for id_, code, name, founded_on, closed_on in Unit.objects.values_list("id", "code", "name", "founded_on", "closed_on")
    ]
    names = UnitName.objects.values_list("unit_id", "name", "short_name")
    return Gazetteer(places, [(unit, spoken) for unit, name, short in names for spoken in (name, short) if spoken])


def rulebook() -> Rulebook:
    """Return the rules of all procedures through time."""
    rules: dict[str, list[ProcedureRule]] = {}
    for procedure in Procedure.objects.order_by("code", "during"):
        rules.setdefault(procedure.code, []).append(
            ProcedureRule(
                procedure.pk,
                procedure.code,
                procedure.during.lower,
                procedure.during.upper,
                procedure.term,
                tuple(procedure.handled_by),
                procedure.post_term,
                procedure.verify_days,
            )
        )
    return Rulebook(rules)


def simulated() -> bool:
    """Tell whether anything in here was simulated; then every page and document says so."""
    return Import.objects.filter(simulated=True).exists()


@dataclass(frozen=True)
class ImportRow:
    """How an import went, or is going."""

    id: int
    source: str
    file_name: str
    digest: str
    state: ImportState
    go_live: date
    simulated: bool
    taken: int
    known: int
    refused: int
    started_at: datetime
    finished_at: datetime | None
    by: str


def imports(*, limit: int = 50) -> list[ImportRow]:
    """Return the latest imports, newest first."""
    return [_shown(each) for each in Import.objects.select_related("by").order_by("-id")[:limit]]


def import_of(number: int) -> ImportRow:
    """:raises UnknownImport: if there is none of that number"""
    found = Import.objects.select_related("by").filter(pk=number).first()
    if found is None:
        raise UnknownImport(gettext_noop("Không có lần nhập số {number}."), number=number)
    return _shown(found)


def _shown(found: Import) -> ImportRow:
    return ImportRow(
        id=found.pk,
        source=found.source,
        file_name=found.file_name,
        digest=found.digest,
        state=ImportState(found.state),
        go_live=found.go_live,
        simulated=found.simulated,
        taken=found.taken,
        known=found.known,
        refused=found.refused,
        started_at=found.started_at,
        finished_at=found.finished_at,
        by=found.by.name,
    )


@dataclass(frozen=True)
class RefusedRowShown:
    """A row that was refused, with the sentence of each reason and its remedy (templates and what fills them)."""

    line: int
    cells: Sequence[str]
    problems: Sequence[Problem]

    def reasons(self) -> list[tuple[Problem, Reason]]:
        return [(problem, REASONS[problem.code]) for problem in self.problems]


def refused_rows(number: int, *, after: int = 0, limit: int | None = None) -> Iterator[RefusedRowShown]:
    """Yield the rows that an import refused, in the order of the file, without holding them all."""
    rows = RefusedRow.objects.filter(of_id=number, line__gt=after).order_by("line")
    for row in (rows if limit is None else rows[:limit]).iterator(chunk_size=2000):
        yield RefusedRowShown(
            row.line, row.cells, [Problem(each["code"], each["column"], each["params"]) for each in row.problems]
        )


@dataclass(frozen=True)
class ReasonCount:
    """How many rows of an import were refused for a reason, and the first of them."""

    count: int
    line: int
    problem: Problem

    @property
    def reason(self) -> Reason:
        return REASONS[self.problem.code]


_REASONS_REFUSED = """
    SELECT DISTINCT ON (code, place) count(*) OVER (PARTITION BY code, place), line, code, place, (problem -> 'params')::text
    FROM (
        SELECT line, problem, problem ->> 'code' AS code, problem ->> 'column' AS place
        FROM dossiers_refusedrow, jsonb_array_elements(problems) AS problem WHERE of_id = %s
    ) refused
    ORDER BY code, place, line
"""


def reasons_refused(number: int) -> list[ReasonCount]:
    """Return how often each reason was given of each column, the most frequent first, each with its first row."""
    with connection.cursor() as cursor:
        cursor.execute(_REASONS_REFUSED, [number])
        found = [
            ReasonCount(count, line, Problem(code, column, json.loads(params)))
            for count, line, code, column, params in cursor.fetchall()
        ]
    return sorted(found, key=lambda one: (-one.count, one.line))


def header_of(number: int) -> list[str]:
    """Return the header of an import's file."""
    return list(Import.objects.values_list("header", flat=True).get(pk=number))


@dataclass(frozen=True)
class Case:
    """The rows of one case of an event log, in the order of the file."""

    line: int  # of the first
    rows: Sequence[Sequence[str]]


_NEXT_CASES = """
    WITH first AS (
        SELECT line, "case" FROM dossiers_stagedrow s
        WHERE of_id = %(of)s AND line > %(after)s AND NOT EXISTS (
            SELECT FROM dossiers_stagedrow t WHERE t.of_id = s.of_id AND t."case" = s."case" AND t.line < s.line
        )
        ORDER BY line LIMIT %(limit)s
    )
    SELECT first.line, t.cells::text FROM first JOIN dossiers_stagedrow t ON t.of_id = %(of)s AND t."case" = first."case"
    ORDER BY first.line, t.line
"""


def next_cases(number: int, after: int, limit: int) -> list[Case]:
    """Return the next cases of an import, in the order of their first lines; the rows of each may lie anywhere in the file."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_CASES, {"of": number, "after": after, "limit": limit})
        rows = cursor.fetchall()
    return [Case(line, [json.loads(cells) for _, cells in each]) for line, each in groupby(rows, key=itemgetter(0))]


_MAPPINGS = files("gandan.work.dossiers") / "data" / "mappings"


def mappings() -> list[str]:
    """Return the names of the mappings that come with the product."""
    return sorted(path.name.removesuffix(".yaml") for path in _MAPPINGS.iterdir() if path.name.endswith(".yaml"))


def mapping(name: str) -> dict[str, Any]:
    """Return a mapping that comes with the product.

    :raises UnknownMapping: if there is none of that name; says which there are
    """
    if name not in mappings():
        raise UnknownMapping(
            gettext_noop("Không có tệp ánh xạ “{name}”. Có sẵn: {known}."), name=name, known=", ".join(mappings())
        )
    read: dict[str, Any] = yaml.safe_load((_MAPPINGS / f"{name}.yaml").read_text("utf-8"))
    return read
