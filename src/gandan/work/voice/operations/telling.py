"""Telling a sender that something happened: never what, where a stranger might read it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from django.conf import settings

from gandan.ground.messages.operations import Note, send_many
from gandan.ground.messages.rules import BadAddress, Channel, reachable
from gandan.ground.organisations.models import Person, Unit
from gandan.work.voice.models import Case, Idea, IdeaContact, Sender

WAY_BACK = "/public/voice/mine/"


class _Reached(Protocol):
    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def language(self) -> str: ...


def tell_sender(case: Case, template: str, key: str, by: Person, on: date) -> None:
    """Put a message into the outbox, if the sender can be reached."""
    tell_senders([case], template, {case.pk: key}, by, on)


def tell_senders(cases: Sequence[Case], template: str, keys: dict[int, str], by: Person, on: date) -> None:
    by_case = {case.pk: case for case in cases}
    notes: list[Note] = []
    for sender in Sender.objects.filter(case_id__in=by_case):
        case = by_case[sender.case_id]
        notes += _note(sender, case, case.unit, template, f"voice:{keys[case.pk]}")
    if notes:
        send_many(notes=notes, by=by, on=on)


def tell_idea_senders(ideas: Mapping[int, Idea], unit: Unit, template: str, key: str, by: Person, on: date) -> None:
    """Tell those who sent ideas, as far as they can be reached."""
    notes: list[Note] = []
    for contact in IdeaContact.objects.filter(idea_id__in=ideas):
        notes += _note(contact, ideas[contact.idea_id], unit, template, f"idea:{key}:{contact.idea_id}")
    if notes:
        send_many(notes=notes, by=by, on=on)


def _note(who: _Reached, about: Case | Idea, unit: Unit, template: str, key: str) -> Iterator[Note]:
    """Yield one message, by the first way that leads to them."""
    for channel, to in ((Channel.EMAIL, who.email), (Channel.SMS, who.phone)):
        if to and _is_reachable(channel, to):
            yield Note(
                key=f"{key}:{channel.value}", channel=channel, to=to, template=template, about=about, unit=unit,
                language=who.language,
                parameters={"number": about.number, "unit": unit.name, "link": f"{settings.BASE_URL}{WAY_BACK}"},
            )  # fmt: skip
            return


def _is_reachable(channel: Channel, to: str) -> bool:
    try:
        reachable(channel, to)
    except BadAddress:
        return False
    return True
