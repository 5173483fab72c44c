"""Answers go back to the channels that brought the cases: posted to their address, signed, from where it stopped last."""

import hmac
import json
import urllib.request
from hashlib import sha256

from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations, queries

SECONDS = 10


def body_of(found: list[queries.AnswerRow]) -> bytes:
    """Return what is posted: answers by the channel's own numbers."""
    said = [
        {
            "source_number": one.source_number, "number": one.number, "outcome": one.outcome, "text": one.words,
            "at": one.at.isoformat(),
        }
        for one in found
    ]  # fmt: skip
    return json.dumps({"answers": said}, ensure_ascii=False).encode()


def post(address: str, secret: str, body: bytes) -> bool:
    """Post answers; say whether they were taken."""
    headers = {"Content-Type": "application/json", "X-Gandan-Signature": hmac.new(secret.encode(), body, sha256).hexdigest()}
    asked = urllib.request.Request(address, data=body, headers=headers, method="POST")  # noqa: S310  https alone: see set_channel
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310
            return bool(200 <= answer.status < 300)
    except OSError:
        return False


@app.task(queueing_lock="tell_channels", lock="tell_channels", name="tell_channels")
def tell_channels(timestamp: int | None = None) -> int:
    """Tell each channel its new answers; return how many were taken."""
    told = 0
    for one in queries.webhooks():
        found = queries.told_of(one.code, after=one.after)
        if not found:
            continue
        ok = post(one.address, one.secret, body_of(found))
        operations.told_answers(source=one.id, upto=found[-1].id, ok=ok, by=organisations.clock(), on=localdate())
        told += len(found) if ok else 0
    return told
