"""The work with people: the register of models and activities at eight users, a pack of papers, minutes by three at once."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.db import connections
from PIL import Image
from pypdf import PdfWriter

from bench.dossiers import _session as session
from bench.kept import filled
from bench.load import Ask, asked, server
from bench.rig import Row, in_turns, seconds, step
from bench.town import BUSY, HEAD, OFFICER, TODAY
from gandan.ground.calendar.operations import load_defaults
from gandan.ground.organisations.operations import enrol, load_city
from gandan.ground.organisations.queries import importer, unit
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.meetings.rules import merge

SIZES = {"small": (200, 5_000), "full": (10_000, 500_000)}
PAPERS, PAGES = 40, 20
USERS = 8
# Activities of the last year over all police of wards; models of all fields and states.
FILL = """
    CREATE TEMP TABLE place AS SELECT row_number() OVER (ORDER BY u.id) - 1 AS nth, u.id AS unit_id, w.id AS area_id
    FROM organisations_unit u
    JOIN organisations_placement p ON p.unit_id = u.id AND p.line = 'administration' AND upper_inf(p.during)
    JOIN organisations_unit w ON w.id = p.parent_id WHERE u.code ~ '^CAP-W';

    INSERT INTO community_activity (unit_id, area_id, form, topic, day, place, heads, households, by_id, noted_on, offline, alike,
        key, digest, version)
    SELECT place.unit_id, place.area_id, (ARRAY['meeting','visit','forum','campaign','support'])[1 + i %% 5],
        (ARRAY['law','fraud','fire','traffic','safety'])[1 + i %% 5], DATE %(today)s - (i %% 365), 'Nhà văn hoá ' || i,
        10 + i %% 90, 0, %(by)s, DATE %(today)s, false, false, '', '', 1
    FROM generate_series(1, %(activities)s) i JOIN place ON place.nth = i %% (SELECT count(*) FROM place);

    INSERT INTO community_communitymodel (unit_id, area_id, field, name, summary, story, state, registered_on, recognised_on,
        recognised_until, divided, version)
    SELECT place.unit_id, place.area_id, (ARRAY['society','economy','self_managed','safe_area'])[1 + i %% 4], 'Mô hình ' || i,
        '', '', CASE WHEN i %% 3 = 0 THEN 'recognised' ELSE 'registered' END, DATE %(today)s - (i %% 400),
        CASE WHEN i %% 3 = 0 THEN DATE %(today)s - 30 END, CASE WHEN i %% 3 = 0 THEN DATE %(today)s + 335 END, false, 1
    FROM generate_series(1, %(models)s) i JOIN place ON place.nth = i %% (SELECT count(*) FROM place);
"""


def run(size: str) -> list[Row]:
    full = size == "full"
    return [*_writing(), *_packing(full), *_listing(size, full)]


def _writing() -> list[Row]:
    """Three hands write one section, one of them from where it stood ten minutes before; every line of each must stand."""
    base = [f"dòng {n}" for n in range(200)]
    first = [*base[:50], "họ ghi 1", *base[50:], "họ ghi 2"]
    second = [*base, "ta ghi 1", "ta ghi 2"]
    away = [*base[:120], "mất mạng ghi", *base[120:], "mất mạng ghi 2"]

    def merged() -> str:
        kept = merge("\n".join(base), "\n".join(first), "\n".join(second)).text
        return merge("\n".join(base), kept, "\n".join(away)).text

    lines = merged().splitlines()
    lost = [line for text in (first, second, away) for line in text if line not in lines]
    order = all([line for line in lines if line in set(text)] == text for text in (first, second, away))
    took = in_turns(lambda: seconds(merged))[0] * 1000
    return [
        Row("minutes by three, one away: words lost", len(lost), "lines", goal="0, order kept", kept=not lost and order),
        Row("minutes by three: bringing three texts of 200 lines together", took, "ms"),
    ]


def _packing(full: bool) -> list[Row]:
    """Bind scanned papers, in a process of its own, so that what it takes at most is what binding takes."""
    papers = PAPERS if full else 8
    with tempfile.TemporaryDirectory() as folder:
        files = [_paper(Path(folder) / f"{nth}.pdf") for nth in range(papers)]
        plain = seconds(lambda: _plainly(files))
        command = [sys.executable, "-m", "bench.binding", *map(str, files)]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    took, grown = told["took"], told["grown"]
    whole = (told["pages"], told["bookmarks"]) == (papers * PAGES, papers)
    name = f"a pack of {papers} papers, {papers * PAGES} scanned pages, {told['size'] >> 20} MB"
    goal = "< 20 s, every page, a bookmark each" if full else ""
    return [
        Row(f"{name} (beside: without numbers)", took, "s", plain, goal, whole and took < 20 if full else None),
        Row(f"{name}: memory", grown, "MB", goal="< 200 MB" if full else "", kept=grown < 200 if full else None),
    ]


def _paper(path: Path) -> Path:
    """A paper as it comes from a scanner: a picture of its own on each page, of about what a sheet in black and white takes."""
    first, *rest = [Image.effect_noise((620, 877), 40 + nth % 5) for nth in range(PAGES)]
    first.save(path, "PDF", save_all=True, append_images=rest, resolution=75, quality=30)
    return path


def _plainly(files: list[Path]) -> None:
    writer = PdfWriter()
    for file in files:
        writer.append(file)
    writer.write(BytesIO())


@contextmanager
def people(models: int, activities: int) -> Iterator[str]:
    """Point Django at a database with the city, its models and its activities."""

    def fill(_size: int) -> None:
        by = importer()
        load_city(by=by, on=TODAY)
        load_defaults(by=by, on=TODAY)
        enrol(username=HEAD, name="Phạm Anh Dũng", unit=unit("CATP"), role=Role.UNIT_HEAD, line=Line.POLICE, by=by, on=TODAY)
        enrol(username=OFFICER, name="Trần Văn Bình", unit=unit(BUSY), role=Role.DESK_OFFICER, line=Line.POLICE, by=by, on=TODAY)
        values = {"today": TODAY, "by": by.pk, "models": models, "activities": activities}
        with connections["default"].cursor() as cursor:
            for statement in FILL.split(";\n"):
                if statement.strip():
                    cursor.execute(statement, values)
        with connections["owner"].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    with filled("people", activities, FILL + str(models), fill, keep=False) as name:
        yield name


def _listing(size: str, full: bool) -> list[Row]:
    models, activities = SIZES[size]
    rows = []
    since, until = TODAY - timedelta(90), TODAY
    pages: dict[str, Callable[[], list[str]]] = {
        "activities: list": lambda: ["/api/v1/activities?limit=50"],
        "activities: filter": lambda: [f"/api/v1/activities?form={form}&limit=50" for form in ("forum", "visit", "campaign")],
        "activities: page of the city": lambda: ["/activities/"],
        "activities: page of a ward": lambda: ["/activities/?", "/activities/?form=forum"],
        "activities: map": lambda: [f"/activities/map/?since={since}&until={until}"],
        "models: list": lambda: ["/api/v1/models?limit=50"],
        "models: filter": lambda: ["/api/v1/models?state=recognised&field=society&limit=50"],
        "models: map": lambda: ["/models/?view=map"],
    }
    with step(f"Filling {activities:,} activities and {models:,} models"), people(models, activities) as name:
        head, officer = session(HEAD), session(OFFICER)
        with server(name) as port:
            for what, addresses in pages.items():
                asks = [Ask(address, headers=officer if what.endswith("ward") else head) for address in addresses()]
                one = asked(port, asks, users=1, seconds=2.0)
                heard = asked(port, asks, users=USERS)
                kept = heard.p95 < 150 and not heard.wrong if full else None
                goal = "p95 < 150 ms at 8 users" if full else ""
                rows.append(Row(f"{what}, {activities:,} activities (beside: one user)", heard.p95, "ms", one.p95, goal, kept))
    return rows
