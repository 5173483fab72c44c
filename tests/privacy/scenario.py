"""A day in which people hand in what says who they are, by every way that there is.

A package that learns something new of people adds a scene: a function marked with `@scene`, which does with the canaries of its
stage whatever its package can do with a name, a number, an address, a text. What it does through a page goes through
`stage.get` and `stage.post`, so that addresses and titles are looked at as well.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from gandan.ground.messages.operations import send
from gandan.ground.messages.rules import Channel
from gandan.ground.organisations.queries import public
from gandan.ground.privacy.flow import Wish
from gandan.ground.privacy.models import Request
from gandan.ground.privacy.operations import ask
from gandan.work.dossiers.models import Dossier, Import, RefusedRow
from gandan.work.dossiers.operations import (
    authorise_collector,
    choose_post,
    give_receipt,
    note_contact,
    receive,
)
from gandan.work.dossiers.rules.holders import Checked
from tests.cast import Cast

MONDAY = date(2026, 11, 16)

# Words that stand nowhere else. None has a letter that folding or another spelling would change.
NAME, COLLECTOR = "Zuqavela Kimoro", "Wexotari Lumepa"
PHONE, EMAIL = "0977131517", "zuqavela@kimoro.example"
ADDRESS, TEXT = "Hemxotuvi Radolena", "Jopraxili tumevano"
CANARIES = (NAME, COLLECTOR, PHONE, EMAIL, ADDRESS, TEXT)


@dataclass
class Stage:
    """Who is there, and every page that was asked for with its answer."""

    cast: Cast
    clients: dict[int, Client] = field(default_factory=dict)
    seen: list[tuple[str, HttpResponse]] = field(default_factory=list)
    dossier: Dossier | None = None

    def client(self, person: Any = None) -> Client:
        key = person.pk if person else 0
        if key not in self.clients:
            self.clients[key] = Client(raise_request_exception=False)
            if person:
                self.clients[key].force_login(person)
        return self.clients[key]

    def get(self, person: Any, address: str) -> HttpResponse:
        return self.note(address, self.client(person).get(address))

    def post(self, person: Any, address: str, **typed: Any) -> HttpResponse:
        return self.note(address, self.client(person).post(address, typed))

    def note(self, address: str, answer: HttpResponse) -> HttpResponse:
        self.seen.append((address, answer))
        return answer


Scene = Callable[[Stage], None]
SCENES: list[Scene] = []


def scene(play: Scene) -> Scene:
    SCENES.append(play)
    return play


@scene
def a_dossier_is_handed_in(stage: Stage) -> None:
    alice = stage.cast.alice
    unit = stage.cast.unit("PA08")
    stage.dossier = dossier = receive(procedure="passport", unit=unit, applicant=NAME, by=alice, on=MONDAY)
    give_receipt(dossier=dossier, by=alice, on=MONDAY)
    note_contact(dossier=dossier, phone=PHONE, email=EMAIL, address=ADDRESS, by=alice, on=MONDAY)
    authorise_collector(dossier=dossier, name=COLLECTOR, checked=Checked.PASSPORT, paper_tail="4567", by=alice, on=MONDAY)
    choose_post(dossier=dossier, recipient=COLLECTOR, address=ADDRESS, phone=PHONE, by=alice, on=MONDAY)


@scene
def its_pages_are_read_by_those_who_may_and_those_who_may_not(stage: Stage) -> None:
    assert stage.dossier
    for person in (stage.cast.alice, stage.cast.binh, stage.cast.lan, stage.cast.minh, None):
        for address in ("/", "/dossiers/", f"/dossiers/{stage.dossier.number}/", "/ledger/", "/measures/", "/post/"):
            stage.get(person, address)
    stage.get(stage.cast.alice, f"/api/v1/dossiers/{stage.dossier.number}")


@scene
def somebody_is_looked_for_by_name_and_telephone(stage: Stage) -> None:
    for typed in (NAME, NAME.split()[0].upper(), PHONE):
        answer = stage.post(stage.cast.alice, "/dossiers/", q=typed, status="received")
        page = stage.get(stage.cast.alice, answer.url)
        assert stage.dossier
        assert stage.dossier.number in page.content.decode()
        client = stage.client(stage.cast.alice)
        asked = client.post("/api/v1/dossiers/search", f'{{"text": "{typed}"}}', content_type="application/json")
        assert stage.dossier.number in stage.note("/api/v1/dossiers/search", asked).content.decode()


@scene
def somebody_outside_types_it_wrongly(stage: Stage) -> None:
    assert stage.dossier
    stage.get(None, "/public/")
    stage.post(None, "/public/lookup/", number=stage.dossier.number, tail="0000")
    stage.post(None, "/public/lookup/", number=NAME, tail=PHONE)
    stage.post(None, "/public/lookup/", number=stage.dossier.number, tail=PHONE[-4:])
    stage.get(None, "/public/dossier/")
    stage.post(None, "/sign-in/", username=EMAIL, password=TEXT)


@scene
def a_message_goes_out(stage: Stage) -> None:
    assert stage.dossier
    told = {
        "name": NAME,
        "procedure": "Hộ chiếu",
        "number": "1",
        "unit": "PA08",
        "due": "27/11/2026",
        "link": "https://gov.example/",
    }
    send(
        key="canary", channel=Channel.EMAIL, to=EMAIL, template="dossier-receipt", parameters=told,
        about=stage.dossier, unit=stage.dossier.unit, by=stage.cast.alice, on=MONDAY,
    )  # fmt: skip


@scene
def a_file_is_refused_row_by_row(stage: Stage) -> None:
    one = Import.objects.create(
        source="old", file_name="rows.csv", digest="0" * 64, mapping={}, encoding="utf-8", delimiter=",", go_live=MONDAY,
        by=stage.cast.importer, state="finished", finished_at=timezone.now(), refused=1,
    )  # fmt: skip
    RefusedRow.objects.create(of=one, line=2, cells={"name": NAME, "note": TEXT}, problems=[])


@scene
def they_ask_about_their_data(stage: Stage) -> None:
    dossier, alice = stage.dossier, stage.cast.alice
    assert dossier
    stage.post(alice, "/privacy/requests/new/", dossier=dossier.number, wish="see", text=TEXT, reply_to=EMAIL, checked="on")
    stage.post(alice, "/privacy/requests/new/", dossier=NAME, wish="see", text=TEXT, reply_to=EMAIL)
    asked = Request.objects.get()
    stage.get(alice, f"/privacy/requests/{asked.pk}/")
    stage.get(alice, f"/privacy/requests/{asked.pk}/extract/")
    stage.post(alice, f"/privacy/requests/{asked.pk}/", step="answer", outcome="refused", text=TEXT)
    stage.post(alice, f"/privacy/requests/{asked.pk}/", step="answer", outcome="granted", text=f"{TEXT} {NAME}")
    about = {"about": dossier, "label": dossier.number, "unit": dossier.unit}
    ask(**about, wish=Wish.ERASE, text=TEXT, reply_to=ADDRESS, by=public(), on=timezone.localdate())


@scene
def something_breaks(stage: Stage) -> None:
    alice = stage.client(stage.cast.alice)
    for address in ("/public/lookup/", "/api/v1/dossiers", "/privacy/requests/new/"):
        stage.note(address, alice.post(address, f'{{"{NAME}": "{TEXT}"', content_type="application/json"))
    alice.post("/privacy/requests/new/", {"file": SimpleUploadedFile("a.txt", NAME.encode())})
