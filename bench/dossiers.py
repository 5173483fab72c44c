"""Dossiers over the API and on pages, with one million of them: each beside a bare view or a bare insert of the same run."""

import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, connections
from django.utils.timezone import now

from bench import letters, xes
from bench.authorising import authorising
from bench.load import Ask, Heard, asked, server
from bench.rig import Row, step
from bench.town import BUSY, HEAD, OFFICER, town
from gandan.ground.accounts.operations import make_key
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import person
from gandan.ground.organisations.queries import unit as find
from gandan.ground.organisations.rights import Right, Role
from gandan.ground.organisations.rules import Line, Nature

SIZES = {"small": (2_000, 10_000), "full": (10_000, 1_000_000)}
TEXTS = ("nguyen van an", "tran thi", "xuyen", "hoà bui", "pham minh duc", "le thi tuyet", "khue", "do gia bao", "thoai ho", "ly")
USERS = 8
TOKEN = "t" * 32  # against forged requests: what comes in the cookie and the header is the same
JSON = (("Content-Type", "application/json"),)


def run(size: str) -> Iterator[Row]:
    less, more = SIZES[size]
    full = size == "full"
    with town(less) as name, serving(name) as port:
        small = {what: asked(port, asks) for what, asks in _lists().items()}
    with town(more) as name, serving(name) as port:
        yield from _reading(port, full)
        yield from _writing(port, full)
        yield from _listing(port, small, full)
        yield from _queue(port, full)
        yield from authorising(full)
    yield from letters.run(size)
    yield from xes.run(size)


@contextmanager
def serving(name: str) -> Iterator[int]:
    """Serve the town, with a bare table beside it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_dossier")
        cursor.execute("CREATE TABLE bench_dossier (LIKE dossiers_dossier INCLUDING DEFAULTS INCLUDING IDENTITY)")
        cursor.execute("INSERT INTO bench_dossier SELECT * FROM dossiers_dossier")
        cursor.execute("ALTER TABLE bench_dossier ALTER applicant_order SET DEFAULT ''")
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
    cookies = f"{settings.SESSION_COOKIE_NAME}={store.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    return (("Cookie", cookies), ("X-CSRFToken", TOKEN))


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
    key = _key("CATP", Role.UNIT_HEAD, Right.READ_DOSSIERS)
    mine = [Ask(f"/api/v1/dossiers/{number}", headers=key) for number in numbers]
    bare = [Ask(f"/bare/read/{number}/") for number in numbers]
    with step("reading one by number"):
        ours, theirs = _beside(lambda: asked(port, mine, users=USERS), lambda: asked(port, bare, users=USERS))
    return _pair("read one by number, 8 users", ours, theirs, 0.45, 40, full)


def _writing(port: int, full: bool) -> list[Row]:
    """Receive dossiers, and take steps with them; each beside the insert of one bare row."""
    key = _key(BUSY, Role.DESK_OFFICER, Right.WRITE_DOSSIERS, Right.READ_DOSSIERS)
    handed_in = json.dumps({"procedure": "identity-card", "unit": BUSY, "applicant": "Nguyễn Thị Hoà", "phone": "0903123456"})
    create = [Ask("/api/v1/dossiers", "POST", handed_in.encode(), key)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT procedure_id, unit_id FROM dossiers_dossier LIMIT 1")
        procedure, unit = cursor.fetchone()
        cursor.execute("SELECT number FROM dossiers_dossier WHERE status = 'received' ORDER BY id")
        several = [number for (number,) in cursor.fetchall()]
    row = {
        "number": "x", "procedure_id": procedure, "unit_id": unit, "channel": "counter", "applicant": "Nguyễn Thị Hoà",
        "applicant_key": "nguyen thi hoa", "status": "received", "received_on": "2026-11-20", "due_on": "2026-12-01",
    }  # fmt: skip
    form = (("Content-Type", "application/x-www-form-urlencoded"),)
    bare = [Ask("/bare/insert/", "POST", urlencode(row | {"number": f"x{nth}"}).encode(), form) for nth in range(200_000)]
    places = iter(range(0, 200_000, 25_000))

    def inserts() -> Heard:
        since = next(places)
        return asked(port, bare[since : since + 25_000], users=USERS, expect=201)

    with step("receiving"):
        ours, theirs = _beside(lambda: asked(port, create, users=USERS, expect=201), inserts)
    rows = _pair("create one, 8 users", ours, theirs, 0.3, 120, full)
    start = json.dumps({"step": "start"}).encode()
    with step("taking a step"):
        steps = [Ask(f"/api/v1/dossiers/{number}/steps", "POST", start, key) for number in several]
        heard = asked(port, steps[: len(steps)], users=USERS, seconds=1.0)
    rows += [
        Row(
            "a step, 8 users",
            heard.rate,
            "a second",
            theirs.rate,
            "≥ 0.3 of bare",
            heard.rate / theirs.rate >= 0.3 if full else None,
        ),
        Row("  95 of 100 within", heard.p95, "ms", theirs.p95),
        Row("  refused, because taken twice", sum(heard.wrong.values()), "steps"),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT left(number, 20) AS day, count(*) AS many, max(right(number, 4)::int) AS last"
            " FROM dossiers_dossier GROUP BY 1) AS one WHERE many <> last"
        )
        gaps = cursor.fetchone()[0]
    return [*rows, Row("days of an office with a gap or a twin", gaps, "days", None, "0", gaps == 0)]


def _key(code: str, role: Role, *rights: Right) -> tuple[tuple[str, str], ...]:
    """Give a program a role at a unit and a key of its own; return the headers of its requests."""
    by, today = person("importer"), date(2026, 11, 20)
    program = enrol(
        username=f"portal-{time.time_ns()}", name="Cổng", unit=find(code), role=role, line=Line.POLICE, by=by,
        on=today, nature=Nature.PROGRAM,
    )  # fmt: skip
    boss = enrol(
        username=f"keeper-{time.time_ns()}", name="Quản trị", unit=find("79"), role=Role.ADMINISTRATOR, line=Line.ADMINISTRATION,
        by=by, on=today,
    )  # fmt: skip
    new = make_key(
        program=program, label="bench", rights=list(rights), units=[find(code)], by=boss, on=today,
        at=now(), days=30, per_minute=100_000,
    )  # fmt: skip
    return (("Authorization", f"Bearer {new.secret}"), ("Content-Type", "application/json"))


def _lists() -> dict[str, list[Ask]]:
    head = _session(HEAD)
    return {
        "a list of 100": [Ask("/api/v1/dossiers?limit=100", headers=head)],
        "search by name without accents": [
            Ask("/api/v1/dossiers/search", "POST", json.dumps({"text": text}).encode(), (*head, *JSON))
            for text in ("nguyen van an", *(text for text in TEXTS if text.isascii()))
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
