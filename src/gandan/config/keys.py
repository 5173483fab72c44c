"""Keys that this machine made up for itself, each in a file that is nobody else's to read."""

import os
import secrets
import tempfile
from pathlib import Path

from gandan.config.database import data_dir
from gandan.config.database.system import held, make_folder
from gandan.ground.privacy.rules import made_key


def field_keys_file(given: str, *, made_up: bool) -> Path:
    """Return where the keys lie that seal columns. The file of the data folder is made when it is first asked for."""
    if given:
        return Path(given).expanduser().resolve()
    path = data_dir() / "field_keys"
    if made_up and not path.exists():
        with held(make_folder(data_dir()) / "lock", seconds=60):
            if not path.exists():
                _write(path, f"{made_key()}\n")
    return path


def tips_pepper(given: str) -> Path:
    """Return where the pepper of the sealed channel lies: 32 bytes that must be in no backup beside its database."""
    path = Path(given).expanduser().resolve() if given else data_dir() / "tips" / "pepper"
    if not path.exists():
        with held(make_folder(data_dir()) / "lock", seconds=60):
            if not path.exists():
                make_folder(path.parent)
                _write(path, secrets.token_hex(32))
    return path


def _write(path: Path, content: str) -> None:
    """Write a file that is whole or absent, even if we are killed."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".keys-")  # which is 0600
    with os.fdopen(handle, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)
