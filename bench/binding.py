"""`python -m bench.binding FILE…`: bind papers in a process of its own, and say as JSON what that took."""

import json
import os
import sys
from pathlib import Path

import django
from pypdf import PdfReader

from bench.rig import seconds

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.config.settings")


def most() -> float:
    """Return the most memory that this process has held, in MB; what `getrusage` says of it begins with its parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> None:
    django.setup()
    from gandan.work.meetings.queries import Part, bind

    parts = [Part(path.stem, len(PdfReader(path).pages), lambda path=path: path.open("rb")) for path in map(Path, sys.argv[1:])]
    bind(parts[:1], "").close()
    before, bound = most(), []
    took = seconds(lambda: bound.append(bind(parts, "Tập tài liệu")))
    grown, read = most() - before, PdfReader(bound[0])
    told = {"took": took, "grown": grown, "size": bound[0].seek(0, 2), "pages": len(read.pages), "bookmarks": len(read.outline)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
