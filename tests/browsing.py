"""A browser for the tests of a module. One at a time, and gone after them: its loop runs in our thread, and others need one."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ALONE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's own loop runs beside us, not under us
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=list(ALONE))
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
