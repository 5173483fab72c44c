"""Look through what we stand on, without a network: locks, ends of support, and known weaknesses if their data is at hand.

Known weaknesses are read from GANDAN_ADVISORIES: a folder or zip of records in the OSV format for PyPI (the file `all.zip` that
the OSV project gives out), brought here from a connected machine. Without it nothing is said of them but that.
"""

import json
import os
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from packaging.markers import Marker
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
SUPPORT = ROOT / "requirements-support.toml"
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")
LOOKED_AT = timedelta(days=120)
DATA = timedelta(days=30)
Locked = dict[str, str]


def name_of(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def locked(text: str) -> tuple[Locked, list[str]]:
    """Return the versions of a lock, and what stands in it without a digest or without an exact version."""
    found: Locked = {}
    loose = []
    for block in re.split(r"\n(?=\S)", "\n" + text):
        line = block.strip().splitlines()[0] if block.strip() else ""
        if not line or line.startswith(("#", "-")):
            continue
        pinned = PINNED.match(line)
        if pinned is None or "--hash=sha256:" not in block:
            loose.append(line.rstrip(" \\"))
        elif ";" not in line or Marker(line.partition(";")[2].rstrip(" \\").strip()).evaluate():
            found[name_of(pinned[1])] = pinned[2]
    return found, loose


def drifted(pins: Locked) -> list[str]:
    """Return what is installed in another version than the lock says; what isn't installed is for another machine."""
    found = []
    for name, wanted in pins.items():
        try:
            here = version(name)
        except PackageNotFoundError:
            continue
        if here != wanted:
            found.append(f"{name}: {here} is installed, the lock says {wanted}")
    return found


def out_of_support(text: str, today: date) -> Iterator[str]:
    """Yield what nobody mends any more, and what was not looked at for too long."""
    told = tomllib.loads(text)
    if today - told["looked_at"] > LOOKED_AT:
        yield f"requirements-support.toml was last looked at on {told['looked_at']}: look up the ends of support again"
    for name, one in told["support"].items():
        if one["until"] < today:
            yield f"{name} {one['version']} had its last mending on {one['until']} ({one['source']})"
    for name, one in told.get("avoid", {}).items():
        yield from (f"{name} {bad}: {one['why']}" for bad in one["versions"] if PINS.get(name) == bad)


PINS: Locked = {}


def records(where: Path) -> Iterator[dict[str, Any]]:
    if where.is_dir():
        for path in sorted(where.rglob("*.json")):
            yield json.loads(path.read_text())
        return
    with zipfile.ZipFile(where) as packed:
        for name in packed.namelist():
            if name.endswith(".json"):
                yield json.loads(packed.read(name))


def weak(pins: Locked, advisories: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield what of the lock is known to be weak."""
    for record in advisories:
        if record.get("withdrawn"):
            continue
        for affected in record.get("affected", ()):
            package = affected.get("package", {})
            name = name_of(package.get("name", ""))
            if package.get("ecosystem") == "PyPI" and name in pins and _hit(pins[name], affected):
                yield f"{name} {pins[name]}: {record['id']} {record.get('summary', '')}".rstrip()


def _hit(pin: str, affected: dict[str, Any]) -> bool:
    if pin in affected.get("versions", ()):
        return True
    try:
        here = Version(pin)
        for span in affected.get("ranges", ()):
            if span.get("type") == "GIT":
                continue
            inside = False
            for event in span["events"]:
                if "introduced" in event and (event["introduced"] == "0" or here >= Version(event["introduced"])):
                    inside = True
                if "fixed" in event and here >= Version(event["fixed"]):
                    inside = False
                if "last_affected" in event and here > Version(event["last_affected"]):
                    inside = False
            if inside:
                return True
    except InvalidVersion:
        return False
    return False


def main(today: date) -> int:
    wrong: list[str] = []
    for lock in LOCKS:
        pins, loose = locked((ROOT / lock).read_text())
        PINS.update(pins)
        wrong += [f"{lock}: {line} has no exact version or no digest" for line in loose]
    wrong += drifted(PINS)
    wrong += out_of_support(SUPPORT.read_text(), today)
    said = f"{len(PINS)} packages, each of one version and with digests; supported until at least the day that their file says."
    where = os.environ.get("GANDAN_ADVISORIES", "")
    if where:
        path = Path(where)
        age = today - datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
        if age > DATA:
            wrong.append(f"{where} is {age.days} days old: bring newer advisories")
        wrong += weak(PINS, records(path))
        sys.stdout.write(f"NOTE {said} Held against the advisories of {where}.\n")
    else:
        sys.stdout.write(f"NOTE {said}\nNOTE Known weaknesses were NOT looked up: no advisories here (GANDAN_ADVISORIES).\n")
    for line in wrong:
        sys.stdout.write(f"{line}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(datetime.now(UTC).date()))
