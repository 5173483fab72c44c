"""Telling a sender that something happened: never what, where a stranger might read it."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from gandan.ground.messages.operations import Note, send_many
from gandan.ground.messages.rules import BadAddress, Channel, reachable
from gandan.ground.organisations.models import Person
from gandan.work.voice.models import Case, Sender

WAY_BACK = "/public/voice/mine/"


def tell_sender(case: Case, template: str, key: str, by: Person, on: date) -> None:
    """Put a message into the outbox, if the sender can be reached."""
    tell_senders([case], template, {case.pk: key}, by, on)


def tell_senders(cases: Sequence[Case], template: str, keys: dict[int, str], by: Person, on: date) -> None:
    notes = []
    by_case = {case.pk: case for case in cases}
    for sender in Sender.objects.filter(case_id__in=by_case):
        case = by_case[sender.case_id]
        for channel, to in ((Channel.EMAIL, sender.email), (Channel.SMS, sender.phone)):
            if not to or not _is_reachable(channel, to):
                continue
            notes.append(
                Note(
                    key=f"voice:{keys[case.pk]}:{channel.value}", channel=channel, to=to, template=template, about=case,
                    unit=case.unit, language=sender.language,
                    parameters={"number": case.number, "unit": case.unit.name, "link": f"{settings.BASE_URL}{WAY_BACK}"},
                )
            )  # fmt: skip
            break  # one way is enough
    if notes:
        send_many(notes=notes, by=by, on=on)


def _is_reachable(channel: Channel, to: str) -> bool:
    try:
        reachable(channel, to)
    except BadAddress:
        return False
    return True
