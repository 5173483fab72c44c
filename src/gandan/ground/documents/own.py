"""A body's own template over ours: set in a sandbox, its errors told by line."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gandan.ground.documents.forms import Sheet, compose_sheet
from gandan.ground.documents.signing import Box
from gandan.ground.documents.typesetting import FONTS, LAYOUTS, STANDARDS, box_of, cleaned
from gandan.ground.ledger.rules import Refused, gettext_noop

SANDBOX = Path(__file__).parent / "sandbox.py"
SECONDS = 10
LONGEST = 60_000
NOWHERE = "http://127.0.0.1:9"
ENVIRONMENT = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), NOWHERE)
PLACE = re.compile(r"own\.typ:(\d+):(\d+)")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a template, and where. Line 0: nowhere in particular."""

    line: int
    column: int
    problem: str
    hints: tuple[str, ...] = ()


class BadTemplate(Refused):
    """The template can't be set; says at which line."""

    def __init__(self, fault: Fault) -> None:
        placed, anywhere = gettext_noop("Dòng {line}, cột {column}: {problem}"), gettext_noop("Mẫu không lập được: {problem}")
        problem = ". ".join((fault.problem, *fault.hints))
        super().__init__(placed if fault.line else anywhere, line=fault.line, column=fault.column, problem=problem)
        self.fault = fault


def typeset_own(source: str, sheets: Sequence[Sheet]) -> list[tuple[bytes, Box | None]]:
    """Return the PDF of each sheet by somebody's own template, and where its seal is if it has one.

    :raises BadTemplate: if it can't be set, takes too long or wants too much
    """
    if len(source) > LONGEST:
        raise BadTemplate(Fault(0, 0, gettext_noop("mẫu dài quá")))
    seconds = SECONDS + len(sheets) // 10
    asked = {
        "source": source,
        "sheets": [(json.dumps(cleaned(compose_sheet(one)), ensure_ascii=False), one.made_at.isoformat()) for one in sheets],
        "layouts": str(LAYOUTS),
        "fonts": str(FONTS),
        "standards": STANDARDS,
        "seconds": seconds,
    }
    command = [sys.executable, "-I", str(SANDBOX)]
    try:
        said = json.dumps(asked).encode()
        ran = subprocess.run(command, input=said, env=ENVIRONMENT, capture_output=True, timeout=3 * seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise BadTemplate(Fault(0, 0, gettext_noop("mẫu chạy quá lâu"))) from error
    if ran.returncode != 0:
        raise BadTemplate(Fault(0, 0, gettext_noop("mẫu chạy quá lâu hoặc cần quá nhiều bộ nhớ")))
    first, _, rest = ran.stdout.partition(b"\n")
    answer = json.loads(first)
    if "error" in answer:
        place = PLACE.search(answer["diagnostic"])
        line, column = (int(place[1]), int(place[2])) if place else (0, 0)
        raise BadTemplate(Fault(line, column, answer["error"], tuple(answer["hints"])))
    made, start = [], 0
    for size, place in zip(answer["sizes"], answer["places"], strict=True):
        made.append((rest[start : start + size], box_of(place) if place else None))
        start += size
    return made
