"""Lists with nothing, with one and with ten thousand rows: each answers, says what is so, and stays a page."""

import re
from datetime import UTC, datetime, time, timedelta
from html import unescape
from time import perf_counter

import pytest
from django.db import connection
from django.db.models import Model

from gandan.ground.audit.models import Alert
from gandan.ground.documents.models import Export
from gandan.ground.messages.operations import send
from gandan.ground.messages.rules import Channel
from gandan.ground.organisations.queries import clock
from gandan.ground.privacy.flow import Wish
from gandan.ground.privacy.operations import ask
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import sweep
from gandan.work.dossiers.models import Apology, Booking, Delivery, Rating
from gandan.work.dossiers.operations import finish, load_procedures, note_contact, pack, raise_letters, receive
from gandan.work.dossiers.rules.procedures import read_procedures
from tests.architecture.city import ANYWHERE
from tests.architecture.records import TOLD
from tests.cast import TODAY, Cast

MANY = 10_000
LISTS = ("/", "/queue/", "/dossiers/", "/dossiers/?status=overdue", "/letters/", "/messages/?show=", "/post/",
         "/privacy/requests/", "/bookings/", "/exports/", "/ratings/?unit=PA08")  # fmt: skip
OF_MANY = ("/?group=overdue", "/queue/?group=overdue", "/dossiers/", "/dossiers/?status=overdue", "/letters/",
           "/messages/?show=", "/post/", "/privacy/requests/", "/bookings/", "/exports/", "/ratings/?unit=PA08", "/alerts/",
           "/", "/queue/")  # fmt: skip
OF_A_HEAD = ("/ratings", "/alerts")
ONE_PAGE = {"/", "/ratings/?unit=PA08", "/bookings/"}  # the first of each group; sums by quarter; a day's seats
PAGE_BYTES = 600_000
SLOW = 2.0  # seconds: six times what the slowest takes, for a busy machine
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def office(cast):
    load_procedures(unit=cast.police, by=cast.importer, on=TODAY.replace(year=2015))
    load_procedures(unit=cast.police, by=cast.importer, on=TODAY, rows=read_procedures({"procedures": [ANYWHERE]}))
    return cast


@pytest.mark.parametrize("address", LISTS)
def test_with_nothing_it_says_so(office, desk, address):
    answer = desk(office.dung if "ratings" in address else office.alice).get(address)

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<tbody></tbody>" not in page.replace("\n", "")


@pytest.mark.parametrize("address", LISTS)
def test_with_one_it_stands_alone(office, desk, address):
    one = receive(procedure="passport", unit=office.unit("PA08"), applicant="Lê Thị Một", by=office.alice, on=TODAY, by_post=True)
    note_contact(dossier=one, email="mot@example.org", by=office.alice, on=TODAY)
    ask(about=one, label=one.number, unit=one.unit, wish=Wish.SEE, by=office.alice, on=TODAY)
    answer = desk(office.dung if "ratings" in address else office.alice).get(address)

    assert answer.status_code == 200
    if address in {"/", "/queue/", "/dossiers/", "/privacy/requests/"}:
        assert one.number in answer.content.decode()


def copies(one: Model, **differing: str) -> None:
    """Put ten thousand of a record beside it, that differ in what must: by expressions of `nth`."""
    table = one._meta.db_table
    same = {field.column: f'one."{field.column}"' for field in one._meta.concrete_fields if not field.primary_key}
    columns = {f'"{column}"': how for column, how in (same | differing).items()}
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
            f" FROM {table} one, generate_series(1, {MANY}) nth WHERE one.{one._meta.pk.column} = %s",
            (one.pk,),
        )
        assert cursor.rowcount == MANY


def the_copy(number: str) -> str:
    """The copy of a dossier by its number, for what is about it."""
    return f"(SELECT id FROM dossiers_dossier WHERE number = '{number}-' || nth)"


def fill(office: Cast) -> None:
    """Put ten thousand of everything that the lists show at one desk."""
    alice, here = office.alice, office.unit("PA08")
    who = {"by": alice, "on": TODAY}
    late = receive(procedure="passport", unit=here, applicant="Lê Thị Muộn", by=alice, on=TODAY - timedelta(60))
    packed, waiting = (receive(procedure="passport", unit=here, applicant="Lê Thị Một", by_post=True, **who) for _ in range(2))
    sweep(by=clock(), on=TODAY)
    raise_letters(by=clock(), on=TODAY)
    asked = ask(about=waiting, label=waiting.number, unit=here, wish=Wish.SEE, **who)
    for one in (packed, waiting):
        finish(dossier=one, **who)
    parcel = Delivery.objects.get(dossier=waiting)
    parcels = [Delivery.objects.get(dossier=packed).pk]
    manifest = pack(unit=here, partner=office.unit("BDTP"), deliveries=parcels, **who)
    late.refresh_from_db()
    waiting.refresh_from_db()
    copies(late, number="'LATE-' || nth")
    copies(Promise.objects.get(kind="dossier.result", about_id=late.pk), about_id=the_copy("LATE"), label="'LATE-' || nth")
    copies(Apology.objects.get(dossier=late), dossier_id=the_copy("LATE"))
    copies(waiting, number="'DONE-' || nth")
    copies(parcel, dossier_id=the_copy("DONE"))
    copies(manifest, number="'BG.MANY.' || nth")
    copies(asked)
    copies(
        send(key="many", channel=Channel.EMAIL, to="mot@example.org", template="dossier-receipt", parameters=TOLD,
             about=waiting, unit=here, **who),
        key="'many ' || nth",
    )  # fmt: skip
    copies(
        Export.objects.create(
            token="first", what="dossiers", form="csv", wanted={}, right="read_dossiers", units=[here.pk], unit=here,
            language="vi", by=alice, asked_on=TODAY, keep_until=TODAY,
        ),
        token="'many-' || nth",
    )  # fmt: skip
    copies(
        Booking.objects.create(
            digest="x", unit=here, day=TODAY, time=time(9), seat=0, name="Lê Thị Một", phone="", made_on=TODAY, keep_until=TODAY
        ),
        digest="nth", seat="nth",
    )  # fmt: skip
    rating = Rating.objects.create(unit_code="PA08", procedure="passport", given_on=TODAY, courtesy=5, clarity=4, overall=5)
    copies(rating, id="gen_random_uuid()")
    copies(Alert.objects.create(what="opened_outside", unit=here, person=office.binh, on=TODAY, at=NOW))
    with connection.cursor() as cursor:  # what isn't committed is in no statistics, without which all is taken for few
        cursor.execute("SET LOCAL enable_nestloop = off")


def test_with_ten_thousand_each_is_a_page_with_a_way_on(office, desk):
    fill(office)
    alice, dung = desk(office.alice), desk(office.dung)
    alice.get("/")  # what every page needs is read once

    for address in OF_MANY:
        begun = perf_counter()
        answer = (dung if address.startswith(OF_A_HEAD) else alice).get(address)
        took = perf_counter() - begun
        assert answer.status_code == 200, address
        assert len(answer.content) < PAGE_BYTES, f"{address} has {len(answer.content):,} bytes"
        assert took < SLOW, f"{address} took {took:.1f} s"
        assert address in ONE_PAGE or 'rel="next"' in answer.content.decode(), f"{address} has no way on"

    for address, link in (("/dossiers/", r'href="/dossiers/([0-9A-Z.-]+)/"'), ("/letters/", r'href="/letters/([0-9]+)/"')):
        first, seen = address, set[str]()
        for _page in range(3):
            page = alice.get(address).content.decode()
            here = set(re.findall(link, page))
            assert len(here) == 50
            assert not here & seen
            seen |= here
            (following,) = re.findall(r'href="([^"]+)" rel="next"', page)
            address = first + unescape(following)
