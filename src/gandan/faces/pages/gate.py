"""The gate of public forms: who sends has worked a little, or has taken the time of writing. Nobody outside is asked.

A form's token lies in the visitor's session until it is used, so that it ripens while somebody writes, without scripts too.
"""

from time import time
from typing import Any

from django.http import HttpRequest

from gandan.ground.accounts import proof
from gandan.ground.accounts.gate import Full, forms

TOKEN = "form-token"  # noqa: S105  a name in the session


def asked(request: HttpRequest) -> dict[str, Any]:
    """What a form is given: its token, and how much work it asks for."""
    token = str(request.session.get(TOKEN, ""))
    try:
        bits = proof.read(forms().secret, token, at=int(time())).bits
    except proof.Unproven:
        token, bits = forms().token(time())
        request.session[TOKEN] = token
    return {"begins": proof.seed(token), "bits": bits, "rounds": proof.ROUNDS, "ripe": proof.RIPE}


def refused(request: HttpRequest) -> str:
    """Let a sending in and use up its token, or say why not: `unproven`, `full`."""
    try:
        forms().admit(str(request.session.get(TOKEN, "")), request.POST.get("proof", ""), time())
    except proof.Unproven:
        return "unproven"
    except Full:
        return "full"
    request.session.pop(TOKEN, None)
    return ""
