"""Event logs in XES, as systems write them and as they shouldn't."""

import gzip
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- exported by a municipality -->
<log xes.version="1849-2016" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
  <global scope="event"><string key="concept:name" value="UNKNOWN"/>
  <date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>
  <classifier name="Activity" keys="concept:name lifecycle:transition"/>
  <string key="creator" value="a system"/>
"""
MOMENTS = ("date", "timestamp")


def attribute(key: str, value: object, tag: str = "") -> str:
    """Write one attribute; a dictionary nests, a list is a list."""
    if isinstance(value, dict):
        inner = "".join(attribute(*each) for each in value.items())
        return f"<container key={quoteattr(key)}>{inner}</container>"
    if isinstance(value, list):
        inner = "".join(attribute("item", each) for each in value)
        return f"<list key={quoteattr(key)}><values>{inner}</values></list>"
    tag = tag or ("date" if any(word in key.lower() for word in MOMENTS) else "string")
    return f"<{tag} key={quoteattr(key)} value={quoteattr(str(value))}/>"


def event(activity: str = "", at: str = "", **more: object) -> str:
    named = {"concept:name": activity, "time:timestamp": at} | more
    return "<event>" + "".join(attribute(key, value) for key, value in named.items() if value != "") + "</event>"


def trace(name: str, *events: str, **more: object) -> str:
    named = {"concept:name": name} | more
    return (
        "<trace>" + "".join(attribute(key, value) for key, value in named.items() if value != "") + "".join(events) + "</trace>"
    )


def log(*traces: str) -> str:
    return HEAD + "\n".join(traces) + "\n</log>\n"


def write_log(path: Path, *traces: str, text: str = "") -> Path:
    data = (text or log(*traces)).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def from_rows(path: Path, rows: Iterable[dict[str, str]], case: str = "case:concept:name") -> Path:
    """Write the rows of a table, `case:` before what belongs to the case, as a log."""
    traces: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        traces.setdefault(row[case], []).append(row)
    return write_log(path, *(_trace(each) for each in traces.values()))


def _trace(rows: Sequence[dict[str, str]]) -> str:
    of_case = {key.removeprefix("case:"): value for key, value in rows[0].items() if key.startswith("case:")}
    events = ({key: value for key, value in row.items() if not key.startswith("case:")} for row in rows)
    return trace(
        of_case.pop("concept:name"),
        *(event(each.pop("concept:name"), each.pop("time:timestamp"), **each) for each in events),
        **of_case,
    )
