"""Where things lie on this machine: the data folder, and what it keeps to itself."""

import hashlib
import hmac
import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from gandan.config.database.system import SYSTEM_HOME, held, make_folder, server_user
from gandan.config.database.trouble import DatabaseTrouble
from gandan.config.environment import text

CHECKOUT = Path(__file__).resolve().parents[4]
LONGEST_SOCKET = 103  # bytes, the least of all systems: Linux takes 107
LONGEST_SOCKET_NAME = "/.s.PGSQL.65535"


@dataclass(frozen=True)
class Local:
    """What this data folder made up for itself when it was first used. Its file is nobody else's to read."""

    secret_key: str
    owner_password: str
    app_password: str
    home: str | None  # where the server's files are, if its user can't reach the data folder
    temporary: str  # where the socket goes if the data folder's path is too long for one


def data_dir() -> Path:
    given = text("GANDAN_DATA_DIR", default="")
    if given:
        return Path(given).expanduser().resolve()
    if (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / "src" / "gandan").is_dir():
        return CHECKOUT / "var"
    return Path(text("XDG_DATA_HOME", default="") or Path.home() / ".local" / "share") / "gandan"


def local() -> Local:
    """Return what the data folder keeps, making it up the first time. Two at once get the same."""
    path = make_folder(data_dir()) / "local.json"
    try:
        if not path.exists():
            with held(data_dir() / "lock", seconds=60):
                if not path.exists():
                    _write(path, _made_up())
        return Local(**json.loads(path.read_text()))
    except PermissionError:
        raise DatabaseTrouble(f"{data_dir()} belongs to another user. Run as that user, or set GANDAN_DATA_DIR.") from None
    except (ValueError, TypeError):
        raise DatabaseTrouble(f"{path} can't be read. Remove it and start again: new secrets are made up.") from None


def local_secret() -> str:
    return local().secret_key


def role_password(role: str) -> str:
    """Return the password of a further role of the embedded server, drawn from the owner's, which it can't give back."""
    return hmac.new(local().owner_password.encode(), role.encode(), hashlib.sha256).hexdigest()


def home() -> Path:
    """Return the folder of the embedded server: its cluster, its socket, its locks."""
    kept = local().home
    return Path(kept) if kept else data_dir() / "postgres"


def socket_dir() -> Path:
    """Return the folder of the socket: beside the cluster, or a short path if that one is too long."""
    for folder in (home() / "run", Path(local().temporary) / f"gandan-{_hashed(home())}"):
        if len(os.fsencode(folder)) + len(LONGEST_SOCKET_NAME) <= LONGEST_SOCKET:
            return folder
    raise DatabaseTrouble(f"No path is short enough for a socket. Set GANDAN_DATA_DIR to one shorter than {data_dir()}.")


def _made_up() -> Local:
    return Local(
        secret_key=secrets.token_urlsafe(48),
        owner_password=secrets.token_urlsafe(24),
        app_password=secrets.token_urlsafe(24),
        home=_home_elsewhere(),
        temporary=str(Path(tempfile.gettempdir()).resolve()),
    )


def _home_elsewhere() -> str | None:
    """Return where root puts the server's files when the server's user can't pass through to the data folder."""
    if os.geteuid() != 0:
        return None
    beside = make_folder(data_dir() / "postgres")
    return None if server_user(beside / "cluster").reaches(beside) else str(SYSTEM_HOME / _hashed(data_dir()))


def _write(path: Path, content: Local) -> None:
    """Write a file for our own eyes that is whole or absent, even if we are killed."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".local-")
    with os.fdopen(handle, "w") as file:
        json.dump(asdict(content), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)


def _hashed(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
