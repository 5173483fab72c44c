"""The gate of public forms: who sends has worked a little, or has taken the time of writing. Nobody outside is asked.

A form's token lies in the visitor's session until it is used, so that it ripens while somebody writes, without scripts too.
"""

from functools import lru_cache
from hashlib import sha256
from time import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gandan.ground.accounts import proof
from gandan.ground.accounts.gate import Full, Gate

TOKEN = "form-token"  # noqa: S105  a name in the session


@lru_cache(maxsize=1)
def gate() -> Gate:
    """Return the gate of this process; every process reads the tokens of the others."""
    return Gate(sha256(f"gandan forms {settings.SECRET_KEY}".encode()).digest())


def asked(request: HttpRequest) -> dict[str, Any]:
    """What a form is given: its token, and how much work it asks for."""
    token = str(request.session.get(TOKEN, ""))
    try:
        bits = proof.read(gate().secret, token, at=int(time())).bits
    except proof.Unproven:
        token, bits = gate().token(time())
        request.session[TOKEN] = token
    return {"begins": proof.seed(token), "bits": bits, "rounds": proof.ROUNDS, "ripe": proof.RIPE}


def refused(request: HttpRequest) -> str:
    """Let a sending in and use up its token, or say why not: `unproven`, `full`."""
    try:
        gate().admit(str(request.session.get(TOKEN, "")), request.POST.get("proof", ""), time())
    except proof.Unproven:
        return "unproven"
    except Full:
        return "full"
    request.session.pop(TOKEN, None)
    return ""
