"""On an English page only names, titles of documents and what people wrote are Vietnamese."""

import re
from collections import defaultdict
from datetime import date
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, JSONField, TextField

from gandan.ground.ledger.operations import post
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.programmes.operations import load_programme
from gandan.results.programmes.queries import shipped
from gandan.results.reports.models import Report
from gandan.work.dossiers.operations import (
    finish,
    hand_to_post,
    load_procedures,
    owe_apology,
    receive,
    send_apology,
    withdraw,
)
from tests.cast import TODAY
from tests.measures.happening import receive as count
from tests.pages.test_walk import PAGES
from tests.reports.writing import written as written_out

VIETNAMESE = re.compile("[À-ÖØ-öø-ỹĐđ]")
SPOKEN = {"aria-label", "title", "placeholder", "alt", "data-label"}
OWN = {"Gần Dân", "Tiếng Việt"}
MADE_UP = {"/components/"}  # its contents are a sample


class Spoken(HTMLParser):
    """What a page says to its reader, seen or read aloud, outside the prose of a report."""

    VOID = {"br", "hr", "img", "input", "link", "meta", "use", "path", "circle", "rect", "line"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.within: list[bool] = []  # for each open element: whether it is a script or prose
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value for name, value in attrs if name in SPOKEN and value]
        if tag not in self.VOID:
            self.within.append(tag in {"script", "style"} or "prose" in (dict(attrs).get("class") or "").split())

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.within):
            self.said.append(" ".join(data.split()))


def written() -> list[str]:
    """All that people wrote into the database, and the documents that measures stand on; the longest first."""
    found = set(OWN) | {measure.source for measure in CATALOGUE.values() if "Gần Dân" not in measure.source}
    for model in (
        model for model in apps.get_models() if model._meta.app_label != "tips"
    ):  # sealed, and in a database of its own
        for field in model._meta.fields:
            if isinstance(field, CharField | TextField | JSONField | ArrayField):
                for value in model._default_manager.values_list(field.name, flat=True).distinct():
                    found.update(strings(value))
    return sorted((" ".join(text.split()) for text in found if VIETNAMESE.search(text)), key=len, reverse=True)


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    return [text for part in value for text in strings(part)] if isinstance(value, list | tuple) else []


@pytest.fixture
def city(cast):
    """The city of the cast with its programmes, and a dossier of each fate."""
    for path in shipped():
        load_programme(text=path.read_text(encoding="utf-8"), by=cast.giang, on=TODAY)
    load_procedures(unit=cast.police, by=cast.importer, on=date(2015, 12, 1))
    desk, by = cast.unit("PA08"), cast.alice
    dossiers = [
        receive(procedure="passport", unit=desk, applicant="Trần Thị Hoà", by=by, on=day)
        for day in (date(2026, 9, 1), date(2026, 10, 5), date(2026, 10, 12), date(2026, 11, 18))
    ]
    late, posted, withdrawn, _fresh = dossiers
    letter = owe_apology(dossier=late, by=cast.importer, on=date(2026, 9, 14))
    send_apology(apology=letter, new_due_on=date(2026, 9, 30), by=by, on=date(2026, 9, 15))
    finish(dossier=late, by=by, on=date(2026, 10, 1))
    finish(dossier=posted, by=by, on=date(2026, 10, 7))
    hand_to_post(dossier=posted, by=by, on=date(2026, 10, 8))
    withdraw(dossier=withdrawn, by=by, on=date(2026, 10, 13))
    while post():
        pass
    return cast, [f"/dossiers/{dossier.number}/" for dossier in dossiers]


def test_nothing_of_ours_is_left_in_vietnamese(city, desk):
    cast, dossiers = city
    officer, counter, signatory = desk(cast.giang), desk(cast.alice), desk(cast.khanh)
    officer.post("/reports/new/", {"unit": "79", "programme": "2016-2021", "first": "2016-01-01", "last": "2021-12-31"})
    report = f"/reports/{Report.objects.get().code}/"
    pages = [
        (officer, page)
        for page in (*PAGES, "/nowhere/", "/units/NONE/", report)
        if page not in MADE_UP and not page.startswith("/tips/")
    ]
    pages += [
        (counter, page) for page in ("/", "/?scope=me", "/dossiers/", "/dossiers/?status=finished", *dossiers, "/reports/x/")
    ]
    left: dict[str, list[str]] = defaultdict(list)
    names = written()

    def walk(client, page: str) -> None:
        answer = client.get(f"{page}{'&' if '?' in page else '?'}lang=en")
        for said in Spoken(answer.content.decode()).said:
            rest = said
            for name in names if VIETNAMESE.search(said) else ():
                rest = rest.replace(name, "")
            if VIETNAMESE.search(rest):
                left[said].append(page)

    for client, page in pages:
        walk(client, page)
    written_out(Report.objects.get())
    signatory.post(f"{report}freeze/")
    count(cast, "PA08", date(2021, 5, 4))
    walk(signatory, report)
    walk(signatory, f"{report}?tab=now")

    assert dict(left) == {}
