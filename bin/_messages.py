"""Collect the words to translate and compile their translations; or, with --check, say what is behind."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "gandan"
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
CHANGING = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid-Bugs-To")


def collect(package: Path) -> None:
    """Bring the catalogue below `package` up to date. It says nothing of when and by whom, so that it changes with its words."""
    (package / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--locale=en", "--add-location=file", "--no-wrap", "--no-obsolete"]
    subprocess.run(command, cwd=package, check=True, stdout=subprocess.DEVNULL)
    catalogue = polib.pofile(str(package / CATALOGUE), wrapwidth=0)
    catalogue.header = "English; the words in the code are Vietnamese. bin/messages writes this file, people fill it in."
    for name in CHANGING:
        catalogue.metadata.pop(name, None)
    catalogue.metadata_is_fuzzy = 0
    for entry in catalogue:
        if entry.fuzzy:  # guessed by its likeness to another: to be written by hand
            entry.flags.remove("fuzzy")
            entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(entry.msgstr_plural, "")
        entry.previous_msgctxt = entry.previous_msgid = entry.previous_msgid_plural = None
    catalogue.save()
    catalogue.save_as_mofile(str((package / CATALOGUE).with_suffix(".mo")))


def faults() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "gandan"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "fonts", "static"))
        collect(copy)
        fresh = {path: (copy / path).read_bytes() for path in (CATALOGUE, CATALOGUE.with_suffix(".mo"))}
    behind = [f"{path} is behind the code" for path, content in fresh.items() if kept(PACKAGE / path) != content]
    words = polib.pofile(str(PACKAGE / CATALOGUE)) if (PACKAGE / CATALOGUE).exists() else []
    return behind + [f"no English for: {entry.msgid!r}" for entry in words if not entry.translated() and not entry.obsolete]


def kept(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def main() -> None:
    if not shutil.which("xgettext"):
        sys.exit("gettext is missing. On Debian, as root: apt install gettext")
    if "--check" not in sys.argv:
        collect(PACKAGE)
        return
    if found := faults():
        sys.exit("\n".join([*found, "bin/messages collects and compiles; the English is written by hand."]))


if __name__ == "__main__":
    main()
