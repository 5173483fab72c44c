"""Bringing in dossiers from a file: batch by batch, each whole or not at all, and none twice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.functions import Now

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require_for_all
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import Dossier, Import, ImportState, RefusedRow, StagedRow
from gandan.work.dossiers.operations.batch import Batch
from gandan.work.dossiers.operations.numbering import Numbers
from gandan.work.dossiers.rules import Candidate, Problem, Refusal, Shape

SOURCE = re.compile(r"[a-z0-9][a-z0-9-]{0,29}\Z")


class BadSource(Refused):
    """The name of the system that a file comes from is a short code."""


class NotOneAfterTheOther(Refused):
    """Someone else is bringing in the same file just now."""


@dataclass(frozen=True)
class StagedLine:
    """A row of an event log that waits for the other rows of its case."""

    line: int
    case: str
    cells: Sequence[str]


@operation
def open_import(
    *,
    source: str,
    file_name: str,
    digest: str,
    mapping: Mapping[str, Any],
    shape: Shape,
    go_live: date,
    by: Person,
    on: date,
    simulated: bool = False,
) -> Import:
    """Begin to bring in a file, or go on where the same file was left.

    :param source: the system that the file comes from; numbers are unique within it
    :param go_live: what happened before that day is history: it counts, and nothing follows from it
    :raises NotAllowed: if `by` may not bring in files
    :raises BadSource: if the source is no short code
    """
    require_for_all(Right.IMPORT, by=by, on=on)
    unchanged()  # nothing has happened yet that anybody counts
    begun = Import.objects.select_for_update().filter(digest=digest, source=source, state=ImportState.RUNNING.value).first()
    if begun is not None:
        if (begun.mapping, begun.go_live, begun.encoding) == (mapping, go_live, shape.encoding):
            return begun
        begun.state = ImportState.LEFT.value
        begun.save(update_fields=["state"])
        StagedRow.objects.filter(of=begun).delete()
    if not SOURCE.match(source):
        raise BadSource(gettext_noop("Tên hệ thống nguồn “{source}” chỉ gồm a–z, 0–9 và gạch nối, tối đa 30."), source=source)
    return Import.objects.create(
        source=source,
        file_name=file_name[:255],
        digest=digest,
        mapping=mapping,
        encoding=shape.encoding,
        delimiter=shape.delimiter,
        header=list(shape.header),
        go_live=go_live,
        simulated=simulated,
        by=by,
    )


@operation
def set_aside(
    *, into: Import, rows: Sequence[StagedLine], refusals: Sequence[Refusal], after: int, upto: int, by: Person, on: date
) -> None:
    """Set rows of an event log aside until all rows of each case are there.

    :param after: the last line that was set aside before
    :param upto: the last line of these
    :raises NotAllowed: if `by` may not bring in files
    :raises NotOneAfterTheOther: if another process has gone on with the same file
    """
    require_for_all(Right.IMPORT, by=by, on=on)
    unchanged()
    begun = _held(into, staged=after)
    StagedRow.objects.bulk_create([StagedRow(of=begun, line=row.line, case=row.case, cells=list(row.cells)) for row in rows])
    _refuse(begun, refusals)
    begun.staged_to = upto
    begun.save(update_fields=["staged_to", "refused"])


@operation
def take(
    *, into: Import, candidates: Sequence[Candidate], refusals: Sequence[Refusal], after: int, upto: int, by: Person, on: date
) -> Import:
    """Take in a batch of rows: each new dossier with all that happened to it; what was there before stays as it is.

    :param after: the last line that was done before
    :param upto: the last line of these
    :raises NotAllowed: if `by` may not bring in files
    :raises NotOneAfterTheOther: if another process has gone on with the same file
    """
    require_for_all(Right.IMPORT, by=by, on=on)
    begun = _held(into, done=after)
    sorted_out = _Sorted(begun, candidates)
    numbers = Numbers([(new.unit.id, new.received_on) for new in sorted_out.new])
    numbered: list[tuple[str, Candidate]] = []
    for new in sorted_out.new:
        number = numbers.take(new.unit.id, new.received_on)
        if number is None:
            params = {"unit": new.unit.code, "day": f"{new.received_on:%d/%m/%Y}"}
            sorted_out.refused.append(Refusal(new.line, new.cells, (Problem("numbers_used_up", "", params),)))
        else:
            numbered.append((number, new))
    if numbered:
        Batch(begun, by, on).write(numbered)
    else:
        unchanged()
    _refuse(begun, [*refusals, *sorted_out.refused])
    begun.taken += len(numbered)
    begun.known += sorted_out.known
    begun.done_to = upto
    begun.save(update_fields=["taken", "known", "refused", "done_to"])
    return begun


@operation
def close_import(*, into: Import, unit: Unit, by: Person, on: date) -> Import:
    """Finish an import: tell the ledger, and let go of what was set aside.

    :param unit: the unit under which the import is told of
    :raises NotAllowed: if `by` may not bring in files
    """
    require_for_all(Right.IMPORT, by=by, on=on)
    begun = Import.objects.select_for_update().get(pk=into.pk)
    if begun.state != ImportState.RUNNING.value:
        unchanged()
        return begun
    StagedRow.objects.filter(of=begun).delete()
    begun.state, begun.finished_at = ImportState.FINISHED.value, Now()
    begun.save(update_fields=["state", "finished_at"])
    record(Kind.IMPORT_FINISHED, unit=unit, day=on, by=by, about=begun)
    return Import.objects.get(pk=begun.pk)


class _Sorted:
    """The rows of a batch: new, known from before, or in each other's way."""

    def __init__(self, into: Import, candidates: Sequence[Candidate]) -> None:
        self._into = into
        self.new: list[Candidate] = []
        self.refused: list[Refusal] = []
        self.known = 0
        wanted = {candidate.source_number for candidate in candidates}
        there = Dossier.objects.filter(source=into.source, source_number__in=wanted)
        known = there.values_list("source_number", "fingerprint", "imported__digest", "imported_line")
        self._there = {number: (bytes(print_ or b""), digest, line) for number, print_, digest, line in known}
        self._lines: dict[str, int] = {}
        for candidate in candidates:
            self._sort(candidate)

    def _sort(self, candidate: Candidate) -> None:
        number = candidate.source_number
        before = self._there.get(number)
        line = self._lines.setdefault(number, candidate.line)
        if line != candidate.line:
            self._refuse(candidate, "duplicate", line=str(line))
        elif before is None:
            self.new.append(candidate)
        elif before[1] == self._into.digest and before[2] != candidate.line:
            self._refuse(candidate, "duplicate", line=str(before[2]))
        elif before[0] == candidate.fingerprint:
            self.known += 1
        else:
            at_odds = Dossier.objects.select_related("procedure", "unit").get(source=self._into.source, source_number=number)
            self._refuse(candidate, "conflict", number=at_odds.number, differences=_differences(at_odds, candidate))

    def _refuse(self, candidate: Candidate, code: str, **params: str) -> None:
        said = {"value": candidate.source_number, **params}
        self.refused.append(Refusal(candidate.line, candidate.cells, (Problem(code, self._column, said),)))

    @property
    def _column(self) -> str:
        source = self._into.mapping["fields"]["source_number"]
        return source if isinstance(source, str) else source.get("column", "source_number")


def _differences(before: Dossier, row: Candidate) -> str:
    """Say in what a row differs from the dossier that was taken in under its number."""
    pairs = [
        ("procedure", before.procedure.code, row.rule.code),
        ("unit", before.unit.code, row.unit.code if not row.moves else ""),
        ("applicant", before.applicant, row.applicant),
        ("channel", before.channel, row.channel),
        ("received_on", f"{before.received_on:%d/%m/%Y}", f"{row.received_on:%d/%m/%Y}"),
        ("due_on", f"{before.due_on:%d/%m/%Y}", f"{row.due_on:%d/%m/%Y}"),
        ("finished_on", _shown(before.finished_on), _shown(row.finished_on)),
        ("withdrawn_on", _shown(before.withdrawn_on), _shown(row.withdrawn_on)),
    ]
    found = [f"{name}: {old} → {new}" for name, old, new in pairs if old != new and new]
    return "; ".join(found) or "letter, delivery"


def _shown(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "–"


def _held(into: Import, *, done: int | None = None, staged: int | None = None) -> Import:
    """Hold an import for one batch, which must follow on the last one."""
    begun = Import.objects.select_for_update().get(pk=into.pk)
    expected = (done if done is not None else begun.done_to, staged if staged is not None else begun.staged_to)
    if begun.state != ImportState.RUNNING.value or (begun.done_to, begun.staged_to) != expected:
        raise NotOneAfterTheOther(gettext_noop("Tệp {file} đang được nhập bởi một tiến trình khác."), file=begun.file_name)
    return begun


def _refuse(into: Import, refusals: Sequence[Refusal]) -> None:
    rows = [
        RefusedRow(
            of=into,
            line=refusal.line,
            cells=list(refusal.cells),
            problems=[{"code": p.code, "column": p.column, "params": dict(p.params)} for p in refusal.problems],
        )
        for refusal in refusals
    ]
    RefusedRow.objects.bulk_create(rows)
    into.refused += len(rows)
