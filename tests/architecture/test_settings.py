"""Each setting that is read stands in .env.example, and each that stands there is read."""

import re

from tests.architecture.house import ROOT, SOURCE, python_files, tracked

SETTING = re.compile(r"\bGANDAN_[A-Z_]+[A-Z]\b")


def read() -> set[str]:
    sources = [path for path in tracked() if path.is_relative_to(SOURCE) and path.suffix == ".py"]
    return {name for path in [*sources, ROOT / "bin" / "_setup"] for name in SETTING.findall(path.read_text())}


def test_the_settings_are_those_of_the_example():
    example = re.findall(r"^(GANDAN_[A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert sorted(example) == sorted(read())


def test_each_setting_of_the_example_is_explained():
    blocks = (ROOT / ".env.example").read_text().split("\n\n")

    assert [block for block in blocks if SETTING.search(block) and not block.lstrip().startswith("#")] == []


def test_the_environment_is_read_in_one_place():
    reading = re.compile(r"os\.(environ\[|getenv|environ\.get)")
    readers = {path.name for path in python_files() if reading.search(path.read_text())}

    assert readers <= {"environment.py", "system.py"}  # the latter hands PATH on
