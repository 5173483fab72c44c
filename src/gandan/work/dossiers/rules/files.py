"""Files of any kind that is understood: told by their content, read as records under a header."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from gandan.ground.vietnam.text import fold
from gandan.work.dossiers.rules import reading
from gandan.work.dossiers.rules.logs import Census, happenings, take_census
from gandan.work.dossiers.rules.logs.census import ACTIVITY, CASE, NTH
from gandan.work.dossiers.rules.mapping import Mapping
from gandan.work.dossiers.rules.reading import Record, Shape, guarded, opened
from gandan.work.dossiers.rules.sheets import sheet_records, sheet_shape

XES, XLSX, CSV = "xes", "xlsx", "csv"
HEAD = 1 << 14


def kind_of(path: Path) -> str:
    """Tell by its first bytes whether a file is an event log, a workbook, or text.

    :raises NoSuchFile: if it isn't there
    """
    with guarded(path), opened(path) as stream:
        head = stream.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return XLSX
    start = head.decode("utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "replace").lstrip()
    if start.startswith(("<?xml", "<log", "<!--", "<xes:log", "<!DOCTYPE")):
        return XES
    return CSV


def shape(path: Path, encoding: str = "", delimiter: str = "", sheet: str = "") -> Shape:
    """Look at a file and tell how it is written; an event log is looked over to its end.

    :raises NoSuchFile: if it isn't there
    :raises BrokenFile: if it can't be read
    :raises UnknownEncoding: if the encoding that was named is none
    """
    kind = kind_of(path)
    if kind == XLSX:
        return sheet_shape(path, sheet)
    if kind == XES:
        return log_shape(take_census(path))
    return reading.shape(path, encoding, delimiter)


def log_shape(census: Census) -> Shape:
    """Return the shape of a log that was looked over: attributes of the case as `case:…`, then those of its events."""
    together = f"{CASE}{ACTIVITY}" if census.cases == census.traces else NTH
    return Shape(XES, "", census.header, 1, XES, together=together, rows=census.rows)


def narrowed(form: Shape, mapping: Mapping) -> Shape:
    """Leave out of a log what the mapping doesn't ask for: names of officers and of others never leave the file."""
    if form.kind != XES:
        return form
    wanted = {fold(name) for name in _asked(mapping)}
    return replace(form, header=tuple(name for name in form.header if fold(name) in wanted))


def records(path: Path, form: Shape, *, after_line: int = 0) -> Iterator[Record]:
    """Yield the records of a file, beginning after `after_line`; of a log, one for each event.

    :raises BrokenFile: if the file ends in the middle
    """
    if form.kind == XLSX:
        return sheet_records(path, form, after_line=after_line)
    if form.kind == XES:
        return _log_records(path, form, after_line)
    return reading.records(path, form, after_line=after_line)


def count_records(path: Path, form: Shape) -> int:
    """Return about how many records a file has, for a progress bar."""
    return reading.count_lines(path) if form.kind == CSV else form.rows


def _log_records(path: Path, form: Shape, after: int) -> Iterator[Record]:
    of_case = [(at, name.removeprefix(CASE)) for at, name in enumerate(form.header) if name.startswith(CASE) and name != NTH]
    of_event = [(at, name) for at, name in enumerate(form.header) if not name.startswith(CASE)]
    nth = form.header.index(NTH) if NTH in form.header else -1
    for line, happening in enumerate(happenings(path), start=1):
        if line <= after:
            continue
        cells = [""] * len(form.header)
        for at, key in of_case:
            cells[at] = happening.case.get(key, "")
        if happening.event is not None:
            for at, key in of_event:
                cells[at] = happening.event.get(key, "")
        if nth >= 0:
            cells[nth] = str(happening.trace)
        yield Record(line, line, cells)


def _asked(mapping: Mapping) -> Collection[str]:
    asked = {source.column for source in mapping.sources.values()} | {mapping.case}
    return (asked | {source.where[0] for source in mapping.sources.values() if source.where}) - {""}
