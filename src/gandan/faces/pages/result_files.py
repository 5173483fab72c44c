"""Open results to take home: CSV, XLSX and JSON at addresses that stay, with what each column means."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gandan.faces.pages import shelf
from gandan.ground.documents.tables import Value, write_csv, write_xlsx
from gandan.ground.ledger.rules import Refused
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.releases import queries as releases
from gandan.results.releases.rules import SMALLEST

LICENCE = "CC BY 4.0"
HEADER = (
    "half_from",
    "half_to",
    "measure",
    "unit_code",
    "unit_name",
    "value",
    "held_back",
    "posting",
    "value_now",
    "posting_now",
    "came_since",
    "taken_back_since",
)
MEANING = {
    "half_from": "First day of the half-month",
    "half_to": "Last day of the half-month",
    "measure": "Code of the measure",
    "unit_code": "Code of the ward; CITY is the whole city, DEPARTMENTS what no ward has",
    "unit_name": "Name of the ward on the last day of the half-month",
    "value": "The figure; empty where it is held back",
    "held_back": f"1 where the figure is below {SMALLEST}, or would let one below be reckoned back",
    "posting": "Posting of the ledger as of which the half-month was read",
    "value_now": "The figure as known at a later release, for the whole city; as value where no difference is told",
    "posting_now": "Posting as of which value_now was read",
    "came_since": "Events that came after the release; empty where they are not told apart",
    "taken_back_since": "Events that were corrected away after the release; empty where they are not told apart",
}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST = 240


@require_safe
@shelf.keep(600)
def take_home(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """All that was ever released of one measure."""
    if form not in TYPES:
        raise Http404
    try:
        (series,) = releases.series([code], MOST).values()
    except Refused as refused:
        raise Http404 from refused
    rows = [row for one in series for row in _rows(one)]
    if form == "json":
        content = json.dumps(_as_json(code, rows), ensure_ascii=False, indent=1, default=str).encode()
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{code}.{form}"
            write = write_csv if form == "csv" else write_xlsx
            write(path, HEADER, iter(rows), lambda done: None)
            content = path.read_bytes()
    name = f'attachment; filename="{code}.{form}"'
    return HttpResponse(content, content_type=TYPES[form], headers={"Content-Disposition": name})


def _rows(one: releases.Figure) -> Iterator[tuple[Value, ...]]:
    def row(unit: str, name: str, value: Value, held: bool, *now: Value) -> tuple[Value, ...]:
        known = now or (None, None, None, None)
        return one.half.isoformat(), one.last.isoformat(), one.code, unit, name, value, int(held), one.posting, *known

    now = (one.now.total, one.now.posting, one.now.added, one.now.taken_back) if one.now else (one.total, one.posting, 0, 0)
    yield row("CITY", "", one.total, one.total is None, *(now if one.total is not None else ()))
    for place in releases.by_place(one):
        unit, name = (place.unit.code, place.unit.name) if place.unit else ("DEPARTMENTS", "")
        yield row(unit, name, place.value, place.value is None)


def _as_json(code: str, rows: list[tuple[Value, ...]]) -> dict[str, Any]:
    measure = CATALOGUE[code]
    return {
        "measure": code,
        "name": {"vi": measure.name.vi, "en": measure.name.en},
        "definition": {"vi": measure.definition.vi, "en": measure.definition.en},
        "unit": {"vi": measure.unit.vi, "en": measure.unit.en},
        "licence": LICENCE,
        "simulated": settings.SIMULATED,
        "columns": MEANING,
        "rows": [dict(zip(HEADER, row, strict=True)) for row in rows],
    }
