"""The public face: home, ward, results and alert at eight users, kept and made anew; a rush on one alert; weight and speed."""

import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from django.test.utils import override_settings

from bench.dossiers import _session as session
from bench.kept import filled
from bench.load import Ask, Heard, asked, server
from bench.rig import Row
from bench.town import HEAD, TODAY
from gandan.faces.cli.demonstration import grassroots, told
from gandan.faces.cli.demonstration.accounts import enrol_all
from gandan.ground.calendar.operations import load_defaults
from gandan.ground.ledger.operations import post_all
from gandan.ground.organisations.operations import enrol, load_city
from gandan.ground.organisations.queries import clock, importer, unit
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.results.releases.operations import release
from gandan.results.releases.queries import missing
from gandan.work.notices.models import Publication

USERS, RUSH = 8, 200
WARD = "/public/wards/W26743/"
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SHIFTS = """
    window.shifted = 0; window.largest = 0;
    new PerformanceObserver((all) => {
        for (const one of all.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((all) => { for (const one of all.getEntries()) window.largest = one.startTime; })
        .observe({ type: "largest-contentful-paint", buffered: true });
"""


def run(size: str) -> Iterator[Row]:
    seconds = 6.0 if size == "full" else 3.0
    with town() as name:
        alert = Publication.objects.filter(sort="alert").values_list("pk", flat=True).first()
        pages = {"home": "/public/", "ward": WARD, "results": "/public/results/", "alert": f"/public/alerts/{alert}/"}
        with kept_for(60), server(name) as port:
            yield from _kept(port, pages, seconds)
            yield from _rush(port, pages["alert"], seconds)
            yield from _painted(port, pages | {"report a problem": "/public/voice/new/report/", "my dossier": "/public/lookup/"})
        with kept_for(0), server(name) as port:
            yield from _anew(port, pages, seconds)


@contextmanager
def town() -> Iterator[str]:
    """Point Django at a database with the city, what its bodies tell everyone, and its open results."""

    def fill(_size: int) -> None:
        by = importer()
        load_city(by=by, on=TODAY)
        load_defaults(by=by, on=TODAY)
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):  # nobody signs in by one
            list(enrol_all(password="một mật khẩu đủ dài", on=TODAY))
        enrol(username=HEAD, name="Phạm Anh Dũng", unit=unit("CATP"), role=Role.UNIT_HEAD, line=Line.POLICE, by=by, on=TODAY)
        told.tell(TODAY)
        grassroots.decide_together(today=TODAY)
        post_all()
        for half in missing(TODAY - timedelta(20), TODAY):
            release(half=half, beside=(), by=clock(), on=TODAY)

    with filled("public", 1, "public 1", fill) as name:
        yield name


@contextmanager
def kept_for(seconds: int) -> Iterator[None]:
    """Have a server keep its public pages for so long."""
    before = os.environ.get("GANDAN_PAGES_KEPT")
    os.environ["GANDAN_PAGES_KEPT"] = str(seconds)
    try:
        yield
    finally:
        os.environ.pop("GANDAN_PAGES_KEPT") if before is None else os.environ.update(GANDAN_PAGES_KEPT=before)


def _heard(port: int, addresses: Sequence[str], seconds: float, users: int = USERS, **headers: str) -> Heard:
    packed = (("Accept-Encoding", "gzip"), *headers.items())
    return asked(port, [Ask(address, headers=packed) for address in addresses], users=users, seconds=seconds)


def _kept(port: int, pages: dict[str, str], seconds: float) -> Iterator[Row]:
    _heard(port, list(pages.values()), 1.0)  # each page on the shelf of each process
    for name, address in pages.items():
        heard = _heard(port, [address], seconds)
        good = heard.rate >= 800 and heard.p95 < 120 and not heard.wrong
        yield Row(f"{name}, from the shelf", heard.rate, "/s", goal="≥ 800 /s, p95 < 120 ms", kept=good)
        yield Row(f"{name}, from the shelf: p95", heard.p95, "ms")


def _anew(port: int, pages: dict[str, str], seconds: float) -> Iterator[Row]:
    for name, address in pages.items():
        heard = _heard(port, [address], seconds)
        good = heard.rate >= 150 and heard.p95 < 120 and not heard.wrong
        yield Row(f"{name}, made anew each time", heard.rate, "/s", goal="≥ 150 /s, p95 < 120 ms", kept=good)
        yield Row(f"{name}, made anew: p95", heard.p95, "ms")


def _rush(port: int, alert: str, seconds: float) -> Iterator[Row]:
    """Two hundred at once on one alert, while an officer works on."""
    cookie = dict(session(HEAD))["Cookie"]
    staff: list[Heard] = []
    worker = threading.Thread(target=lambda: staff.append(_heard(port, ["/", "/units/"], seconds, users=2, Cookie=cookie)))
    worker.start()
    heard = _heard(port, [alert], seconds, users=RUSH)
    worker.join()
    wrong = sum(heard.wrong.values())
    yield Row(f"a rush of {RUSH} on one alert", heard.rate, "/s", goal="no error", kept=not wrong)
    yield Row("an officer's pages meanwhile: p95", staff[0].p95, "ms", goal="< 300 ms", kept=staff[0].p95 < 300)


def _painted(port: int, pages: dict[str, str]) -> Iterator[Row]:
    """Weight, largest paint and shifts on a slow line and a slow telephone."""
    from playwright.sync_api import sync_playwright

    browser_at = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser_at is None:
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_at, args=["--no-sandbox", "--disable-gpu"])
        for name, address in pages.items():
            context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
            page = context.new_page()
            page.add_init_script(SHIFTS)
            devtools, weighed = context.new_cdp_session(page), []
            devtools.on("Network.loadingFinished", lambda one, weighed=weighed: weighed.append(one["encodedDataLength"]))
            devtools.send("Network.enable")
            devtools.send("Network.emulateNetworkConditions", SLOW_4G)
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            page.goto(f"http://127.0.0.1:{port}{address}", wait_until="networkidle")
            weight, largest, shifted = (
                sum(weighed) / 1000,
                page.evaluate("window.largest") / 1000,
                page.evaluate("window.shifted"),
            )
            context.close()
            yield Row(f"{name}: over the wire", weight, "kB", goal="≤ 150 kB", kept=weight <= 150)
            yield Row(f"{name}: largest paint", largest, "s", goal="< 2.5 s", kept=largest < 2.5)
            yield Row(f"{name}: layout shift", shifted, "", goal="≤ 0.05", kept=shifted <= 0.05)
        browser.close()
