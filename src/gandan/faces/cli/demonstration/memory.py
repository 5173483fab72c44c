"""What the demonstration remembers between two starts: which run it is, how far it came, the accounts' password."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Memory:
    """One demonstration: the day it plays on, its size, the password of its accounts, whether it is loaded."""

    today: str
    size: str
    password: str
    loaded: bool = False
    lived: bool = False  # the latest weeks, all of them
    spoken: bool = False  # what people brought in them
    thought: bool = False  # the call for ideas
    ordered: bool = False  # legal steps, reception, another channel, an event that many report
    paired: bool = False  # a forum that two phones noted
    booked: bool = False  # times at counters
    report: str = ""
    channel: bool = False  # the sealed channel has its threads

    @property
    def day(self) -> date:
        return date.fromisoformat(self.today)

    def changed(self, **values: object) -> "Memory":
        """Return the memory with these values, and keep it."""
        new = replace(self, **values)  # type: ignore[arg-type]  # the names are those of the fields
        keep(new)
        return new


def folder() -> Path:
    """Return where the demonstration's files lie; it is beside the database."""
    path = Path(settings.DATA_DIR) / "demonstration"
    path.mkdir(parents=True, exist_ok=True)
    return path


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other start is loading here. A start that is killed lets go."""
    with (Path(settings.DATA_DIR) / "demonstration.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def recall() -> Memory | None:
    """Return the demonstration that has been begun here, if one has; what only another version knows of it is passed over."""
    file = folder() / "memory.json"
    if not file.exists():
        return None
    kept = json.loads(file.read_text("utf-8"))
    return Memory(**{field.name: kept[field.name] for field in fields(Memory) if field.name in kept})


def begin(*, today: date, size: str) -> Memory:
    """Begin one, with a password of its own."""
    memory = Memory(today.isoformat(), size, "-".join(secrets.token_hex(2) for _ in range(4)))
    keep(memory)
    return memory


def keep(memory: Memory) -> None:
    """Write the memory down, for its owner alone to read: wholly or not at all."""
    file = folder() / "memory.json"
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as written:
        json.dump(asdict(memory), written, indent=1)
    unfinished.replace(file)


def forget() -> None:
    """Forget it all: the files too."""
    for file in folder().iterdir():
        file.unlink()
