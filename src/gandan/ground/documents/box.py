"""A box in which a stranger's file is cleaned: a process without a network, with little time and memory, that can write no file.

Run as a program it reads one file from its standard input and answers on its standard output; nothing else of it is left.
"""

import contextlib
import ctypes
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import Any

from gandan.ground.documents.attachments import Limits, clean_name, examine, spec_of
from gandan.ground.documents.attachments.refusals import NotWhole
from gandan.ground.documents.attachments.traces import without_traces
from gandan.ground.ledger.rules import Refused, gettext_noop

SECONDS, MEMORY = 20, 3 << 29
IN_MEMORY = 1 << 28  # nothing that is smaller goes through a temporary file
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Cleaned:
    """A file with nothing in it but what it shows."""

    name: str
    media_type: str
    content: bytes


class BoxedRefusal(Refused):
    """A refusal that was made in the box; its words are those of the one inside."""


def clean_in_box(content: bytes, name: str) -> Cleaned:
    """Clean a file in a box.

    :raises Refused: if it is of no form that is taken, is broken, carries a program, or asks for too much
    """
    asked = json.dumps({"name": name}).encode() + b"\n" + content
    environment = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), NOWHERE)
    command = [sys.executable, "-I", "-m", "gandan.ground.documents.box"]
    try:
        ran = subprocess.run(command, input=asked, env=environment, capture_output=True, timeout=2 * SECONDS, check=False)
        head, _, body = ran.stdout.partition(b"\n")
        said = json.loads(head)
    except (subprocess.TimeoutExpired, ValueError) as fault:
        raise NotWhole(gettext_noop("Tệp này không làm sạch được. Xin chụp màn hình hoặc in lại thành PDF rồi gửi.")) from fault
    if "template" in said:
        raise BoxedRefusal(said["template"], **said["params"])
    return Cleaned(said["name"], said["type"], body)


def confine() -> None:
    """Give up the network where the system lets us, and the right to write files anywhere."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).unshare(NEW_USER | NEW_NETWORK)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    tempfile.tempdir = "/nowhere"  # asked for one, it would first try to write there
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    confine()
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    limits = Limits(in_memory=IN_MEMORY)
    try:
        with examine(io.BytesIO(content), json.loads(head)["name"], limits) as found:
            bare = without_traces(found.content.read(), found.form, limits)
            said: dict[str, Any] = {"name": clean_name(found.shown_name, found.form), "type": spec_of(found.form).media_type}
    except Refused as refusal:
        said, bare = {"template": refusal.template, "params": {k: str(v) for k, v in refusal.params.items()}}, b""
    os.write(1, json.dumps(said).encode() + b"\n")
    sys.stdout.buffer.write(bare)


if __name__ == "__main__":
    main()
