import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from gandan.config import database
from gandan.config.database import server
from gandan.config.database.places import home


@dataclass(frozen=True)
class House:
    """An embedded server of a test's own."""

    folder: Path

    @property
    def cluster(self) -> Path:
        return home() / "cluster"

    @property
    def postmaster(self) -> int:
        return int((self.cluster / "postmaster.pid").read_text().split()[0])

    def show(self, setting: str) -> str:
        with psycopg.connect(database.urls()[0]) as connection:
            row = connection.execute("SELECT current_setting(%s)", [setting]).fetchone()
        assert row is not None
        return str(row[0])

    def logged(self, awaited: str) -> str:
        """What the server's log says, once it says what is awaited: its collector writes at its own pace."""
        until = time.monotonic() + 20
        while True:
            said = "".join(log.read_text() for log in (self.cluster / "log").glob("*.log"))
            if awaited in said or time.monotonic() > until:
                return said
            time.sleep(0.05)

    def command(self, *arguments: str) -> subprocess.Popen[str]:
        """Run `gandan` in a process of its own, with the settings of the test."""
        command = [sys.executable, "-m", "gandan.config.main", *arguments]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextmanager
def folder_of_its_own(patched: pytest.MonkeyPatch) -> Iterator[House]:
    """A data folder that nobody has used yet, in a place that the server's user can reach, and no server given.

    What `patched` has set is undone by whoever gave it: one who undoes, or each would bring back what the other had set.
    """
    folder = Path(tempfile.mkdtemp(prefix="gandan-"))
    if os.geteuid() == 0:
        folder.chmod(0o711)
    for name in ("GANDAN_DATABASE_URL", "GANDAN_OWNER_DATABASE_URL", "GANDAN_DATABASE_PORT"):
        patched.delenv(name, raising=False)
    patched.setenv("GANDAN_DATA_DIR", str(folder))
    patched.setenv("GANDAN_DATABASE_MEMORY", "128MB")
    patched.setattr(server, "PATIENCE", 60)
    yield House(folder)
    patched.setenv("GANDAN_DATA_DIR", str(folder))  # whatever the test set since
    patched.delenv("GANDAN_POSTGRES_BIN", raising=False)
    patched.delenv("GANDAN_DATABASE_PORT", raising=False)
    server.stop()
    shutil.rmtree(home(), ignore_errors=True)
    shutil.rmtree(folder)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with folder_of_its_own(monkeypatch) as house:
        yield house


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A data folder with a cluster that was made and stopped, to be copied: making one takes its time."""
    kept = Path(tempfile.mkdtemp(prefix="gandan-"))
    # Left before the first test, so that no test after it works in this folder.
    with pytest.MonkeyPatch.context() as patched, folder_of_its_own(patched) as house:
        database.ensure_running()
        database.stop()
        subprocess.run(["cp", "-a", *house.folder.iterdir(), kept], check=True)
    yield kept
    shutil.rmtree(kept)


@pytest.fixture
def house(made: Path, bare: House) -> House:
    subprocess.run(["cp", "-a", *made.iterdir(), bare.folder], check=True)
    database.ensure_running()
    return bare
