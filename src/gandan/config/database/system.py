"""The system's own things: its memory, its users, its locks on files."""

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gandan.config.database.trouble import DatabaseTrouble

OWN_USER = "gandan"
SYSTEM_HOME = Path("/var/lib/gandan")  # for root, when the server's user can't reach the checkout or the data folder
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC"}  # messages we can read, whatever the language of the machine
CGROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


@dataclass(frozen=True)
class SystemUser:
    """Who runs the server. PostgreSQL refuses to run as root."""

    name: str
    uid: int
    gid: int

    def run(self, command: Sequence[str | Path], *, keep_open: tuple[int, ...] = ()) -> subprocess.CompletedProcess[str]:
        """Run a command as this user and return what it said."""
        other = self.uid != os.geteuid()
        return subprocess.run(
            [str(part) for part in command],
            user=self.uid if other else None,
            group=self.gid if other else None,
            extra_groups=[] if other else None,
            cwd="/",
            env=ENVIRONMENT | {"PATH": os.environ.get("PATH", os.defpath)},
            pass_fds=keep_open,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def reaches(self, folder: Path) -> bool:
        """Whether this user can pass through `folder`. Asked of the system itself: modes tell only half of it."""
        return self.run(["test", "-x", folder]).returncode == 0

    def can_run(self, program: Path) -> bool:
        try:
            return self.run([program, "--version"]).returncode == 0
        except OSError:
            return False


def server_user(cluster: Path) -> SystemUser:
    """Return who owns the cluster, or who is to own it."""
    if cluster.exists():
        return _user_of(cluster)
    if os.geteuid() != 0:
        return _named(pwd.getpwuid(os.geteuid()))
    for name in ("postgres", OWN_USER):
        with contextlib.suppress(KeyError):
            return _named(pwd.getpwnam(name))
    return _made_user()


def own_name() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name


def memory() -> int:
    """Return the bytes of memory of this machine, or of the container we are in."""
    available = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    for limit in CGROUP_LIMITS:
        with contextlib.suppress(OSError, ValueError):  # no such file, or "max"
            available = min(available, int(limit.read_text()))
    return available


@contextlib.contextmanager
def held(path: Path, *, seconds: float) -> Iterator[None]:
    """Hold the lock file at `path`, waiting for whoever has it."""
    with path.open("a") as file:
        deadline = time.monotonic() + seconds
        while not try_lock(file.fileno()):
            if time.monotonic() > deadline:
                raise DatabaseTrouble(f"Another process has held {path} for {seconds:.0f} seconds.")
            time.sleep(0.05)
        yield


def try_lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def make_folder(path: Path) -> Path:
    """Make a folder and those above it. Folders that exist are left as they are."""
    mode = 0o711 if os.geteuid() == 0 else 0o700  # root's server runs as somebody else, who passes through
    try:
        for folder in reversed([folder for folder in (path, *path.parents) if not folder.exists()]):
            with contextlib.suppress(FileExistsError):
                folder.mkdir()
                folder.chmod(mode)
    except OSError as error:
        raise DatabaseTrouble(f"The folder {path} can't be made: {error.strerror}. Set GANDAN_DATA_DIR to another.") from None
    return path


def _user_of(path: Path) -> SystemUser:
    uid = path.stat().st_uid
    try:
        user = _named(pwd.getpwuid(uid))
    except KeyError:
        raise DatabaseTrouble(f"{path} belongs to user number {uid}, whom this system doesn't know.") from None
    if uid == 0:
        raise DatabaseTrouble(f"{path} belongs to root, as whom PostgreSQL doesn't run. Give it to another user (chown -R).")
    if os.geteuid() not in {0, uid}:
        raise DatabaseTrouble(f"{path} belongs to {user.name}. Run as that user, or set GANDAN_DATA_DIR.")
    return user


def _made_user() -> SystemUser:
    for command in (
        ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", OWN_USER],
        ["adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", OWN_USER],  # BusyBox
    ):
        if shutil.which(command[0]) and subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return _named(pwd.getpwnam(OWN_USER))
    return _named(pwd.getpwnam("nobody"))


def _named(entry: pwd.struct_passwd) -> SystemUser:
    return SystemUser(entry.pw_name, entry.pw_uid, entry.pw_gid)
