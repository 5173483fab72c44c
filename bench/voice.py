"""What people bring: Open311 over many reports at eight users, and a burst of two thousand in a minute, answered in one act."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import connections

from bench import ideas
from bench.kept import filled, unindexed
from bench.load import Ask, asked, server
from bench.rig import Row, seconds, step
from bench.town import HEAD, TODAY
from gandan.ground.calendar.operations import load_defaults
from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.operations import enrol, load_city
from gandan.ground.organisations.queries import importer, public, unit
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.voice import queries
from gandan.work.voice.flow import Channel, Outcome
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Case
from gandan.work.voice.operations import answer_together, load_services, receive
from gandan.work.voice.rules.brought import Brought

USERS = 8
SIZES = {"small": (1_000, 10_000), "full": (10_000, 1_000_000)}  # the baseline, and what is measured
RARE = "other"  # a service that few report to
BURST = {"small": 200, "full": 2_000}
AT = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
# Reports over all wards and services, two of three shown in public, half answered, over a year.
FILL = """
    CREATE TEMP TABLE place AS SELECT row_number() OVER (ORDER BY u.id) - 1 AS nth, u.id AS unit_id, w.id AS ward_id
    FROM organisations_unit u
    JOIN organisations_placement p ON p.unit_id = u.id AND p.line = 'administration' AND upper_inf(p.during)
    JOIN organisations_unit w ON w.id = p.parent_id WHERE u.code ~ '^CAP-W';

    CREATE TEMP TABLE kind AS SELECT row_number() OVER (ORDER BY code <> %(rare)s, id) - 1 AS nth, id FROM voice_service;

    INSERT INTO voice_case (kind, receipt, once, service_id, unit_id, ward_id, channel, source, source_number, words,
        sealed_words, search, answers, place, latitude, longitude, state, outcome, received_on, received_at, due_on, ended_on,
        changed_at, wishes_shown, showing, shown_words, why_hidden, version)
    SELECT 'report', md5(i::text), '', kind.id, place.unit_id, place.ward_id, 'online', '', '', 'Việc số ' || i, ''::bytea,
        'viec so ' || i, ''::bytea, 'hẻm ' || i %% 500, 10.7 + (i %% 200) * 0.001, 106.6 + (i %% 300) * 0.001,
        CASE WHEN i %% 2 = 0 THEN 'answered' ELSE 'working' END, CASE WHEN i %% 2 = 0 THEN 'done' ELSE '' END,
        DATE %(today)s - (i %% 365), TIMESTAMPTZ %(at)s - (i %% 365) * interval '1 day' - (i %% 86000) * interval '1 second',
        DATE %(today)s - (i %% 365) + 14, CASE WHEN i %% 2 = 0 THEN DATE %(today)s - (i %% 365) + 3 END,
        TIMESTAMPTZ %(at)s - (i %% 300) * interval '1 day', true, CASE WHEN i %% 3 < 2 THEN 'shown' ELSE '' END,
        CASE WHEN i %% 3 < 2 THEN 'Việc số ' || i ELSE '' END, '', 1
    FROM generate_series(1, %(reports)s) i
    JOIN place ON place.nth = i %% (SELECT count(*) FROM place)
    JOIN kind ON kind.nth = CASE WHEN i %% 5000 = 0 THEN 0 ELSE 1 + i %% (SELECT count(*) - 1 FROM kind) END;

    INSERT INTO voice_reply (case_id, is_answer, words, public_words, unit_id, by_id, "on", at)
    SELECT id, true, ''::bytea, 'Đã giải quyết.', unit_id, %(by)s, ended_on, changed_at FROM voice_case WHERE state = 'answered';
"""


def run(size: str) -> Iterator[Row]:
    """Reports first; then the rows of ideas: near-duplicates while writing, the nightly grouping."""
    baseline, many = SIZES[size]
    with reports(baseline) as name:
        beside = _served(name)
    with reports(many) as name:
        yield from _open311(beside, _served(name), many, baseline, full=size == "full")
        yield from _burst(BURST[size], full=size == "full")
    yield from ideas.run(size)


@contextmanager
def reports(many: int) -> Iterator[str]:
    """Point Django at a database with the city, its services and so many reports."""

    def fill(size: int) -> None:
        by = importer()
        load_city(by=by, on=TODAY)
        load_defaults(by=by, on=TODAY)
        enrol(username=HEAD, name="Phạm Anh Dũng", unit=unit("CATP"), role=Role.UNIT_HEAD, line=Line.POLICE, by=by, on=TODAY)
        load_services(unit=unit("CATP"), by=by, on=TODAY)
        given = {"rare": RARE, "today": TODAY, "at": AT, "by": by.pk, "reports": size}
        owner = connections["owner"]
        with step(f"filling {size:,} reports"), owner.cursor() as cursor, unindexed(cursor, "voice_case", "voice_reply"):
            for statement in FILL.split(";\n"):
                if statement.strip():
                    cursor.execute(statement, given)
        with owner.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    with filled("voice", many, FILL, fill) as name:
        yield name


def asks() -> dict[str, list[Ask]]:
    """Return lists as programs ask for them: the last ones, by service, by state, by days, by number, further pages."""
    since, until = (AT - timedelta(days=60)).isoformat()[:19] + "Z", (AT - timedelta(days=30)).isoformat()[:19] + "Z"
    lately = (AT - timedelta(days=2)).isoformat()[:19] + "Z"
    numbers = ",".join(str(pk) for pk in Case.objects.public().order_by("-pk").values_list("pk", flat=True)[:20])
    at = "/open311/v2/requests.json?page_size=50"
    return {
        "the last ones": [Ask(at)],
        "by service": [Ask(f"{at}&service_code={code}") for code in ("noise", "pavement", "traffic-light")],
        "by state": [Ask(f"{at}&status={state}") for state in ("open", "closed")],
        "by days": [Ask(f"{at}&start_date={since}&end_date={until}")],
        "by service and state": [Ask(f"{at}&service_code=noise,pavement&status=open")],
        "by number": [Ask(f"{at}&service_request_id={numbers}")],
        "changed lately": [Ask(f"{at}&updated_after={lately}")],
        "a rare service": [Ask(f"{at}&service_code={RARE}")],
        "the third page": [Ask(f"{at}&page=3")],
        "as XML": [Ask(at.replace(".json", ".xml"))],
    }


def _served(name: str) -> dict[str, tuple[float, float, dict[int, int]]]:
    every = asks()
    with server(name) as port:
        together = [one for several in every.values() for one in several]
        asked(port, together, users=2, seconds=2.0)  # warm
        found = {}
        for what, several in {"all of these in turn": together, **every}.items():
            heard = asked(port, several, users=USERS)
            found[what] = (heard.rate, heard.p95, heard.wrong)
        return found


def _open311(beside: dict, measured: dict, many: int, baseline: int, *, full: bool) -> Iterator[Row]:
    for what, (rate, p95, wrong) in measured.items():
        was_rate, was_p95, _ = beside[what]
        name = f"Open311 requests, {what}: {many:,} reports (beside: {baseline:,})"
        fast, soon = (rate >= 200 and not wrong, p95 < 60 and not wrong) if full else (None, None)
        yield Row(f"{name}, a second", rate, "requests", was_rate, ">= 200 a second, 8 users", kept=fast)
        yield Row(f"{name}, p95", p95, "ms", was_p95, "< 60 ms", kept=soon)


def _burst(many: int, *, full: bool) -> Iterator[Row]:
    ward = str(Unit.objects.filter(code__startswith="W", closed_on=None).order_by("code").values_list("code", flat=True)[0])
    police = unit(f"CAP-{ward}")
    given = {"unit": police, "role": Role.DESK_OFFICER, "line": Line.POLICE, "by": importer(), "on": TODAY}
    officer, everybody = enrol(username="desk", name="Trần Văn Bình", **given), public()

    def all_of_them() -> None:
        for nth in range(many):
            text, phone = f"Nước ngập trước nhà số {nth}", f"0909{nth:06}"
            brought = Brought(kind=CaseKind.REPORT, text=text, service="other", ward=ward, phone=phone)
            when = {"on": TODAY, "at": AT + timedelta(seconds=nth * 60 / many)}
            code = f"{7 * 10**15 + nth:016}"
            receive(brought=brought, channel=Channel.ONLINE, code=code, once=f"burst-{nth}", by=everybody, **when)

    name = f"a burst of {many:,} reports"
    took = seconds(all_of_them)
    yield Row(f"{name}: all taken, one after another", took, "s", goal="< 60 s", kept=took < 60 if full else None)
    groups: list[queries.BurstRow] = []
    grouping = seconds(lambda: groups.extend(queries.bursts_at(officer, TODAY, AT + timedelta(minutes=2))))
    whole = bool(groups) and groups[0].many >= many
    yield Row(f"{name}: grouped for the desk", grouping, "s", goal="< 2 s, one group", kept=whole and grouping < 2)
    ids = groups[0].ids if groups else []
    words = {"words": "Đã bơm nước.", "outcome": Outcome.DONE, "by": officer, "on": TODAY, "at": AT + timedelta(minutes=5)}
    answered = seconds(lambda: answer_together(cases=ids, **words))
    left = Case.objects.open().filter(pk__in=ids).count()
    kept = not left and answered < 30
    yield Row(f"{name}: answered in one act", answered, "s", goal="< 30 s, nobody left out", kept=kept)
