"""Dossiers over the API and on pages, with one million of them: each beside a bare view or a bare insert of the same run."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, connections

from bench.load import Ask, Heard, asked, server
from bench.rig import Row, step
from bench.town import HEAD, OFFICER, town
from gandan.ground.organisations.queries import person

SIZES = {"small": (2_000, 10_000), "full": (10_000, 1_000_000)}
TEXTS = ("nguyen van an", "tran thi", "xuyen", "hoà bui", "pham minh duc", "le thi tuyet", "khue", "do gia bao", "thoai ho", "ly")
USERS = 8


def run(size: str) -> list[Row]:
    less, more = SIZES[size]
    full = size == "full"
    with town(less) as name, serving(name) as port:
        small = {what: asked(port, asks) for what, asks in _lists().items()}
    with town(more) as name, serving(name) as port:
        rows = _reading(port, full)
        rows += _listing(port, small, full)
        rows += _queue(port, full)
    return rows


@contextmanager
def serving(name: str) -> Iterator[int]:
    """Serve the town, with a bare table beside it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_dossier")
        cursor.execute("CREATE TABLE bench_dossier (LIKE dossiers_dossier INCLUDING DEFAULTS INCLUDING IDENTITY)")
        cursor.execute("INSERT INTO bench_dossier SELECT * FROM dossiers_dossier")
        cursor.execute("CREATE UNIQUE INDEX ON bench_dossier (number)")
        cursor.execute("ALTER TABLE bench_dossier ADD PRIMARY KEY (id)")
        cursor.execute("SELECT setval(pg_get_serial_sequence('bench_dossier', 'id'), (SELECT max(id) FROM bench_dossier))")
        cursor.execute("ANALYZE bench_dossier")
        cursor.execute("GRANT ALL ON bench_dossier TO PUBLIC")
    with server(name) as port:
        yield port


def _session(username: str) -> tuple[tuple[str, str], ...]:
    """Sign somebody in without a form and return the headers of their requests."""
    user = person(username)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return (("Cookie", f"{settings.SESSION_COOKIE_NAME}={store.session_key}"),)


def _numbers(count: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM dossiers_dossier TABLESAMPLE SYSTEM (5) LIMIT %s", [count])
        found = [number for (number,) in cursor.fetchall()]
    random.Random(7).shuffle(found)
    return found


def _beside(ours: Callable[[], Heard], bare: Callable[[], Heard], times: int = 3) -> tuple[Heard, Heard]:
    """Take turns, A B A B, and return each one's median run by rate."""
    heard: list[tuple[Heard, Heard]] = [(ours(), bare()) for _ in range(times)]
    mine, theirs = (sorted(several, key=lambda one: one.rate)[times // 2] for several in zip(*heard, strict=True))
    return mine, theirs


def _pair(what: str, heard: Heard, bare: Heard, least: float, most: float, full: bool) -> list[Row]:
    assert not heard.wrong, f"{what}: {heard.wrong}"
    assert not bare.wrong, f"{what}, bare: {bare.wrong}"
    enough, quick = heard.rate / bare.rate >= least, heard.p95 < most
    return [
        Row(what, heard.rate, "a second", bare.rate, f"≥ {least} of bare", enough if full else None),
        Row("  95 of 100 within", heard.p95, "ms", bare.p95, f"< {most:g} ms", quick if full else None),
    ]


def _reading(port: int, full: bool) -> list[Row]:
    numbers = _numbers(5000)
    mine = [Ask(f"/api/v1/dossiers/{number}", headers=_session(HEAD)) for number in numbers]
    bare = [Ask(f"/bare/read/{number}/") for number in numbers]
    with step("reading one by number"):
        ours, theirs = _beside(lambda: asked(port, mine, users=USERS), lambda: asked(port, bare, users=USERS))
    return _pair("read one by number, 8 users", ours, theirs, 0.45, 40, full)


def _lists() -> dict[str, list[Ask]]:
    head = _session(HEAD)
    return {
        "a list of 100": [Ask("/api/v1/dossiers?limit=100", headers=head)],
        "search by name without accents": [
            Ask(f"/api/v1/dossiers?text={text.replace(' ', '+')}".encode("ascii", "xmlcharrefreplace").decode(), headers=head)
            for text in ("nguyen+van+an", *(text for text in TEXTS if text.isascii()))
        ],
    }


def _listing(port: int, small: dict[str, Heard], full: bool) -> list[Row]:
    goals = {"a list of 100": (100.0, 160.0), "search by name without accents": (150.0, 110.0)}
    rows = []
    for what, asks in _lists().items():
        with step(what):
            heard = asked(port, asks, users=USERS)
        assert not heard.wrong, heard.wrong
        least, most = goals[what]
        before = small[what]
        kept = (heard.rate >= least, heard.p95 < most) if full else (None, None)
        rows.append(Row(what, heard.rate, "a second", before.rate, f"≥ {least:g}, as with few", kept[0]))
        rows.append(Row("  95 of 100 within", heard.p95, "ms", before.p95, f"< {most:g} ms", kept[1]))
    return rows


def _queue(port: int, full: bool) -> list[Row]:
    with step("the queue of a busy unit"):
        heard = asked(port, [Ask("/queue/", headers=_session(OFFICER))], users=USERS)
    assert not heard.wrong, heard.wrong
    return [
        Row(
            "queue page of a unit with 2,000 open, 95 of 100 within",
            heard.p95,
            "ms",
            None,
            "< 150 ms",
            heard.p95 < 150 if full else None,
        )
    ]
