"""The front-end files of others are those we took, and nothing of ours is outside them."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from gandan.faces import pages

PAGES = Path(pages.__file__).parent
VENDOR = PAGES / "static" / "vendor"
LISTED = tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))
OURS = sorted([*(PAGES / "static" / "pages").iterdir(), *PAGES.glob("templates/**/*.html")])


@pytest.mark.parametrize("folder", sorted(LISTED))
def test_each_file_has_the_digest_it_came_with(folder):
    kept = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (VENDOR / folder).iterdir()}

    assert kept == LISTED[folder]["sha256"]
    assert LISTED[folder].keys() >= {"package", "version", "licence"}
    assert "LICENSE" in kept


def test_no_folder_is_unlisted():
    assert {path.name for path in VENDOR.iterdir() if path.is_dir()} == set(LISTED)


@pytest.mark.parametrize("path", [path for path in OURS if path.suffix != ".png"], ids=lambda path: path.name)
def test_a_page_needs_nothing_from_elsewhere(path):
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")

    assert not re.search(r"https?://|//[a-z]+\.[a-z]", text)


@pytest.mark.parametrize("path", [path for path in OURS if path.suffix == ".html"], ids=lambda path: path.name)
def test_a_template_has_no_inline_script_or_style(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(
        r"<script(?![^>]*\bsrc=|[^>]* type=\"application/(?:ld\+)?json\")|<style|\sstyle=|\son(?!e=)[a-z]+=", text
    )


def test_every_sign_that_is_named_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "tabler-icons" / "icons.svg").read_text(encoding="utf-8")))
    templates = [path.read_text(encoding="utf-8") for path in OURS if path.suffix == ".html"]
    named = {name for text in templates for name in re.findall(r'{% icon "([^"]+)"', text)}
    for module in PAGES.glob("*.py"):
        named |= set(re.findall(r'(?:icon=|Mark\(_\("[^"]+"\), )"([a-z0-9-]+)"', module.read_text("utf-8")))

    assert named - drawn == set()
