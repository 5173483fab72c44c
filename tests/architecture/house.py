"""How the tests of this folder walk through everything."""

import ast
import importlib
import pkgutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import gandan

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "gandan"
FLOORS = ("ground", "work", "results")
NOT_OURS = ("static/vendor", "fonts/")


def packages() -> list[str]:
    """Return the packages that keep to the one layout, as `gandan.ground.ledger`."""
    found = [folder.parent for floor in FLOORS for folder in sorted((SOURCE / floor).glob("*/__init__.py"))]
    return [".".join(("gandan", *folder.relative_to(SOURCE).parts)) for folder in found]


def modules(*names: str) -> Iterator[ModuleType]:
    """Import the modules of that name in every package, with those below them if they are folders."""
    for package in packages():
        for name in names:
            top = f"{package}.{name}"
            if not importlib.util.find_spec(top):
                continue
            module = importlib.import_module(top)
            yield module
            for below in pkgutil.walk_packages(getattr(module, "__path__", []), f"{top}."):
                yield importlib.import_module(below.name)


def python_files(folder: Path = SOURCE) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def tracked() -> list[Path]:
    """Return the files that are, or are about to be, under version control."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    paths = [ROOT / name for name in names if name and not any(part in name for part in NOT_OURS)]
    return [path for path in paths if path.is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        try:
            yield path, path.read_text()
        except UnicodeDecodeError:  # a picture, a font, a compiled catalogue
            continue


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


assert gandan.__file__ is not None
assert Path(gandan.__file__).parent == SOURCE, "the tests walk another checkout than the one they run"
