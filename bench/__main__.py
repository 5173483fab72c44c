"""`bin/bench NAME [--size small|full] [--json FILE] [--keep]`: measure what the project promises."""

import argparse
import importlib
import os
import sys
from pathlib import Path

import django

from bench.rig import show
from gandan.config import database

NAMES = (
    "ledger",
    "dossiers",
    "authorising",
    "dossiers_import",
    "letters",
    "programmes",
    "xes",
    "tips",
    "community",
    "public",
    "ideas",
    "voice",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--size", choices=["small", "full"], default="small")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--keep", action="store_true", help="ledger: leave the filled databases for the next run")
    options = parser.parse_args()
    if options.keep and options.name != "ledger":
        parser.error("--keep is for ledger alone; the others fill nothing that is worth keeping")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.config.settings")
    database.ensure_running()
    django.setup()
    run = importlib.import_module(f"bench.{options.name}").run
    rows = run(options.size, keep=True) if options.keep else run(options.size)
    return 0 if show(rows, options.json) else 1


if __name__ == "__main__":
    sys.exit(main())
