"""`bin/bench NAME [--size small|full] [--json FILE]`: measure what the project promises."""

import argparse
import importlib
import os
import sys
from pathlib import Path

import django

from bench.rig import show
from gandan.config import database

NAMES = ("ledger", "dossiers_import")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--size", choices=["small", "full"], default="small")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.config.settings")
    database.ensure_running()
    django.setup()
    rows = importlib.import_module(f"bench.{options.name}").run(options.size)
    return 0 if show(rows, options.json) else 1


if __name__ == "__main__":
    sys.exit(main())
