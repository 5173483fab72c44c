"""Answers go back to the channels that brought the cases: posted to their address, signed, from where it stopped last."""

from typing import Any

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from gandan.ground.messages.transports import NotSent, SignedCalls
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations, queries


def said_of(found: list[queries.AnswerRow]) -> dict[str, Any]:
    """Return what is posted: answers by the channel's own numbers."""
    said = [
        {
            "source_number": one.source_number, "number": one.number, "outcome": one.outcome, "text": one.words,
            "at": one.at.isoformat(),
        }
        for one in found
    ]  # fmt: skip
    return {"answers": said}


@app.task(queueing_lock="tell_channels", lock="tell_channels", name="tell_channels")
def tell_channels(timestamp: int | None = None) -> int:
    """Tell each channel its new answers; return how many were taken."""
    told = 0
    for one in queries.webhooks():
        found = queries.told_of(one.code, after=one.after)
        if not found:
            continue
        ok = taken(one, found)
        operations.told_answers(source=one.id, upto=found[-1].id, ok=ok, by=organisations.clock(), on=localdate())
        told += len(found) if ok else 0
    return told


def taken(source: queries.Webhook, found: list[queries.AnswerRow]) -> bool:
    """Post answers; say whether they were taken. What was posted before and taken without our knowing is taken once."""
    try:
        SignedCalls(source.address, source.secret).post(
            said_of(found), key=f"{source.code}:{found[0].id}-{found[-1].id}", timestamp=int(now().timestamp())
        )
    except NotSent:
        return False
    return True
