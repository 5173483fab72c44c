"""The embedded server: made, started, found again and stopped by the product itself.

Who is alive is told by a lock on the file `alive`, which every process of the server inherits: it is free exactly when
none of them is left, also after kill -9, and also when a later process got the number in a stale `postmaster.pid`.
"""

import contextlib
import os
import shutil
import time
from pathlib import Path

import psycopg
from psycopg.pq import PGconn, Ping

from gandan.config.database import binaries, roles, tuning
from gandan.config.database.binaries import Binaries
from gandan.config.database.places import data_dir, home, local, role_password, socket_dir
from gandan.config.database.system import SystemUser, held, make_folder, memory, own_name, server_user, try_lock
from gandan.config.database.trouble import DatabaseTrouble
from gandan.config.environment import BadSetting, number, text

DATABASE, OWNER, APP, ADMIN = "gandan", "gandan_owner", "gandan_app", "gandan_admin"
TIPS, TIPS_DESK, TIPS_DOOR = "gandan_tips", "gandan_tips_desk", "gandan_tips_door"  # the sealed channel's own
PATIENCE = 600  # seconds; after a crash the server first replays its log
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - not a place for our files: we only ask how large it is
ACCESS = f"""\
# Written by Gần Dân at every start.
local all {ADMIN} peer map=gandan
local all {OWNER},{APP},{TIPS_DESK},{TIPS_DOOR} scram-sha-256
host all {OWNER},{APP},{TIPS_DESK},{TIPS_DOOR} 127.0.0.1/32 scram-sha-256
"""


def ensure_running() -> None:
    """Have the server running, with its roles and its database. Any number of callers at once."""
    if is_ready():
        return
    make_folder(home())
    with held(data_dir() / "lock", seconds=PATIENCE):
        if is_ready():
            return
        if ping() == Ping.NO_RESPONSE:
            start()
        await_answer()
        establish()
        ready_mark().touch()


def establish() -> None:
    """Have the roles and their databases; a server that was started by an earlier version lets the new ones in."""
    put(home() / "cluster" / "pg_hba.conf", ACCESS, server_user(home() / "cluster"))
    owner, desk, door = (OWNER, local().owner_password), *((role, role_password(role)) for role in (TIPS_DESK, TIPS_DOOR))
    with admin() as connection:
        connection.execute("SELECT pg_reload_conf()")
        roles.establish(connection, database=DATABASE, owner=owner, app=(APP, local().app_password))
        roles.establish(connection, database=TIPS, owner=owner, app=desk)
        roles.establish(connection, database=TIPS, owner=owner, app=door)
        roles.close(connection, database=TIPS, to=(TIPS_DESK, TIPS_DOOR))
        roles.hush(connection, role=TIPS_DOOR)


def stop() -> bool:
    """Stop the server, letting it finish its log. Return whether it was running."""
    cluster = home() / "cluster"
    if not cluster.exists():
        return False
    with held(data_dir() / "lock", seconds=PATIENCE):
        if ping() == Ping.NO_RESPONSE and alive_lock_is_free():
            return False
        user = server_user(cluster)
        programs = binaries.within_reach(binaries.find(made_by=made_by()), user=user)
        said = user.run([programs["pg_ctl"], "stop", "-D", cluster, "-m", "fast", "-w", "-t", str(PATIENCE)])
        if said.returncode != 0 and ping() != Ping.NO_RESPONSE:
            raise DatabaseTrouble(f"The database in {cluster} doesn't stop: {said.stdout.strip()}")
        if home() not in socket_dir().parents:
            with contextlib.suppress(OSError):  # it was for the socket alone
                socket_dir().rmdir()
        return True


def is_ready() -> bool:
    return ready_mark().exists() and ping() == Ping.OK


def ping() -> Ping:
    return Ping(PGconn.ping(f"host='{_escaped(socket_dir())}' port={port() or 5432} dbname=postgres user={ADMIN}".encode()))


def port() -> int | None:
    return number("GANDAN_DATABASE_PORT", default=0) or None


def admin(database: str = "postgres") -> psycopg.Connection:
    """Connect as the one who made the cluster. Only we ourselves are let in, by who we are to the system."""
    return psycopg.connect(host=str(socket_dir()), port=port() or 5432, dbname=database, user=ADMIN, autocommit=True)


def ready_mark() -> Path:
    return home() / "ready-3"  # counted up when roles are established otherwise


def start_log() -> Path:
    return home() / "run" / "start.log"


def made_by() -> int | None:
    """Return the major version that made the cluster."""
    version = home() / "cluster" / "PG_VERSION"
    return int(version.read_text()) if version.exists() else None


def start() -> None:
    """Start the server, and make its cluster if there is none yet. The caller holds the lock."""
    ready_mark().unlink(missing_ok=True)
    cluster = home() / "cluster"
    user = server_user(cluster)
    programs = binaries.within_reach(binaries.find(made_by=made_by()), user=user)
    with (home() / "alive").open("a") as alive:
        await_end_of_last(alive.fileno())
        if not cluster.exists():
            make_cluster(cluster, programs, user)
        clear_away_what_died(cluster)
        configure(cluster, user)
        command: list[str | Path] = [programs["pg_ctl"], "start", "-D", cluster, "-l", start_log(), "-W"]
        said = user.run(command, keep_open=(alive.fileno(),))
    if said.returncode != 0:
        raise DatabaseTrouble(f"The database in {cluster} doesn't start: {said.stdout.strip()}")


def await_end_of_last(alive: int) -> None:
    """Wait until no process of a killed server is left: one may still be in the middle of its query."""
    deadline = time.monotonic() + PATIENCE
    while not try_lock(alive):
        if time.monotonic() > deadline:
            raise DatabaseTrouble(f"Processes of the last server in {home()} are still at work. End them, then start again.")
        time.sleep(0.1)


def await_answer() -> None:
    deadline = time.monotonic() + PATIENCE
    while (answer := ping()) != Ping.OK:
        if answer == Ping.NO_RESPONSE and alive_lock_is_free():
            raise DatabaseTrouble(f"The database in {home() / 'cluster'} started and ended at once:\n{last_words()}")
        if time.monotonic() > deadline:
            raise DatabaseTrouble(f"The database in {home() / 'cluster'} hasn't answered for {PATIENCE} seconds:\n{last_words()}")
        time.sleep(0.05)


def alive_lock_is_free() -> bool:
    path = home() / "alive"
    if not path.exists():
        return True
    with path.open("a") as file:
        return try_lock(file.fileno())


def make_cluster(cluster: Path, programs: Binaries, user: SystemUser) -> None:
    """Make a cluster that is whole or absent: made aside, then renamed."""
    unfinished = cluster.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    own_folder(unfinished, user)
    command: list[str | Path] = [programs["initdb"], "-D", unfinished, "--username", ADMIN, "--auth", "reject"]
    for locale in locales(programs.major):
        said = user.run([*command, "--data-checksums", "--encoding", "UTF8", *locale])
        if said.returncode == 0:
            unfinished.rename(cluster)
            return
    raise DatabaseTrouble(f"The database can't be made in {cluster}: {said.stdout.strip()}")


def locales(major: int) -> list[list[str]]:
    """Return the locales to try: letters of all languages, the order of bytes, and no library's changing collation."""
    if major >= 17:
        return [["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"]]
    return [["--locale-provider", "libc", "--locale", "C.UTF-8"], ["--locale-provider", "libc", "--locale", "C"]]


def clear_away_what_died(cluster: Path) -> None:
    """Remove what a killed server left. We hold the lock that its processes held, so none of them is left."""
    own_folder(socket_dir(), server_user(cluster))
    own_folder(home() / "run", server_user(cluster))
    if started_by_hand(cluster):
        raise DatabaseTrouble(f"Somebody else started the database in {cluster}. Stop it, then start again.")
    for stale in (cluster / "postmaster.pid", start_log(), *socket_dir().glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)


def started_by_hand(cluster: Path) -> bool:
    with contextlib.suppress(OSError, ValueError, IndexError):
        number = int((cluster / "postmaster.pid").read_text().splitlines()[0])
        return Path(f"/proc/{number}/cwd").resolve(strict=True) == cluster.resolve()
    return False


def configure(cluster: Path, user: SystemUser) -> None:
    settings = tuning.settings(
        memory=memory_to_use(),
        cores=os.cpu_count() or 1,
        socket_dir=str(socket_dir()),
        port=port(),
        small_shared_memory=SHARED_MEMORY.exists() and shutil.disk_usage(SHARED_MEMORY).total < 512 * tuning.MB,
    )
    put(cluster / "gandan.conf", tuning.written(settings), user)
    put(cluster / "pg_hba.conf", ACCESS, user)
    put(cluster / "pg_ident.conf", f'gandan "{own_name()}" {ADMIN}\n', user)
    kept, include = (cluster / "postgresql.conf").read_text(), "include 'gandan.conf'\n"
    if include not in kept:
        put(cluster / "postgresql.conf", kept + include, user)


def memory_to_use() -> int:
    given = text("GANDAN_DATABASE_MEMORY", default="")
    try:
        return tuning.size(given) if given else memory()
    except ValueError as error:
        raise BadSetting(f"GANDAN_DATABASE_MEMORY: {error}") from None


def put(path: Path, content: str, user: SystemUser) -> None:
    """Write a file of the server's, whole or not at all."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
        if os.geteuid() == 0:
            os.fchown(file.fileno(), user.uid, user.gid)
    unfinished.replace(path)


def own_folder(folder: Path, user: SystemUser) -> None:
    """Have a folder that only the server's user can open. In a folder for all, somebody else may have come first."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(folder, user.uid, user.gid)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != user.uid or found.st_mode & 0o077:
        raise DatabaseTrouble(f"{folder} is not {user.name}'s alone. Remove it, then start again.")


def last_words() -> str:
    """Return the end of what the server said, for a message."""
    logs = [start_log(), *(home() / "cluster" / "log").glob("*.log")]
    newest = max((log for log in logs if log.exists()), key=lambda log: log.stat().st_mtime, default=None)
    return "\n".join(newest.read_text(errors="replace").splitlines()[-8:]) if newest else ""


def _escaped(value: Path) -> str:
    return str(value).replace("\\", "\\\\").replace("'", "\\'")
