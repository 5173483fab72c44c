"""Messages are written into the outbox in the transaction of their cause, rendered at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Model

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.messages.models import Message
from gandan.ground.messages.queries import words_in_use
from gandan.ground.messages.rules import Channel, Template, reachable
from gandan.ground.organisations.models import Person, Unit

KEPT = timedelta(days=365)
NOTHING_ENCLOSED = None


@dataclass(frozen=True)
class Note:
    """What is to be said to whom. `key` names the cause: "apology:17:email"; the same key is never sent twice."""

    key: str
    channel: Channel
    to: str
    template: str
    parameters: Mapping[str, str]
    about: Model
    unit: Unit
    language: str = "vi"
    enclosed: int | None = NOTHING_ENCLOSED  # the number of a stored document
    not_before: datetime | None = None
    kept_for: timedelta = field(default=KEPT)

    def check(self) -> None:
        """:raises BadAddress, TooLong: as `send` would"""
        reachable(self.channel, self.to)
        words_in_use({self.template})[self.template].made(self.channel, self.language, self.parameters)


@operation
def send(
    *,
    key: str,
    channel: Channel,
    to: str,
    template: str,
    parameters: Mapping[str, str],
    about: Model,
    unit: Unit,
    by: Person,
    on: date,
    language: str = "vi",
    enclosed: int | None = NOTHING_ENCLOSED,
    not_before: datetime | None = None,
) -> Message:
    """Put one message into the outbox, to be sent once our transaction is committed; a key known before changes nothing.

    :param key: names the cause, such as "receipt:17"
    :param enclosed: the number of a stored document that goes with an e-mail
    :param not_before: the earliest moment
    :raises BadAddress: if nothing can be sent there
    :raises TooLong: if a short message can't be made of the parameters
    """
    note = Note(key, channel, to, template, parameters, about, unit, language, enclosed, not_before)
    (message,) = send_many(notes=[note], by=by, on=on)
    return message


@operation
def send_many(*, notes: Sequence[Note], by: Person, on: date) -> list[Message]:
    """Put many messages into the outbox, and return them in their order; those whose key is known stay as they are.

    :raises BadAddress: if nothing can be sent to one of them; then none is taken
    :raises TooLong: if a short message can't be made of the parameters of one; then none is taken
    """
    unchanged()  # the step that caused them tells of itself; that they went out is told when they do
    words = words_in_use({note.template for note in notes})
    rows = [_row(note, words[note.template], on) for note in notes]
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    kept = {message.key: message for message in Message.objects.filter(key__in=[row.key for row in rows])}
    return [kept[row.key] for row in rows]


def _row(note: Note, words: Template, on: date) -> Message:
    content = words.made(note.channel, note.language, note.parameters)
    return Message(
        key=note.key,
        channel=note.channel.value,
        template=note.template,
        language=note.language,
        recipient=reachable(note.channel, note.to),
        content=content.kept(),
        digest=content.digest,
        enclosed=note.enclosed,
        about_type=note.about._meta.label_lower,
        about_id=note.about.pk,
        unit=note.unit,
        queued_on=on,
        not_before=note.not_before,
        keep_until=on + note.kept_for,
    )
