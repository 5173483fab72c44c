"""The look through what we stand on finds what it should: a loose line, an end of support, a known weakness."""

import importlib.util
import json
from datetime import date

import pytest

from tests.architecture.house import ROOT

SPEC = importlib.util.spec_from_file_location("dependencies", ROOT / "bin" / "_dependencies.py")
look = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(look)

DAY = date(2026, 11, 27)
RECORD = {
    "id": "PYSEC-1",
    "summary": "bad",
    "affected": [
        {"package": {"ecosystem": "PyPI", "name": "Some_Thing"}, "ranges": [{"type": "ECOSYSTEM", "events": [
            {"introduced": "0"}, {"fixed": "1.2"}, {"introduced": "2.0"}, {"fixed": "2.0.5"}]}]},
    ],
}  # fmt: skip


@pytest.mark.parametrize("lock", look.LOCKS)
def test_our_locks_name_one_version_with_digests(lock):
    pins, loose = look.locked((ROOT / lock).read_text())

    assert len(pins) > 50
    assert loose == []


def test_a_loose_line_is_found():
    pins, loose = look.locked("a==1 \\\n    --hash=sha256:00\nb>=2\nc==3\n# words\n")

    assert pins == {"a": "1"}
    assert loose == ["b>=2", "c==3"]


@pytest.mark.parametrize(("version", "hit"), [("1.1", True), ("1.2", False), ("2.0.4", True), ("2.0.5", False)])
def test_a_known_weakness_is_found(tmp_path, version, hit):
    (tmp_path / "one.json").write_text(json.dumps(RECORD))

    assert bool(list(look.weak({"some-thing": version}, look.records(tmp_path)))) is hit
    assert list(look.weak({"other": "1"}, [RECORD])) == []
    assert list(look.weak({"some-thing": version}, [RECORD | {"withdrawn": "2026-01-01"}])) == []


def test_what_is_no_longer_mended_or_not_looked_at_is_told():
    text = look.SUPPORT.read_text()

    assert list(look.out_of_support(text, DAY)) == []
    assert len(list(look.out_of_support(text, date(2027, 11, 1)))) == 2  # Python, and nobody has looked
