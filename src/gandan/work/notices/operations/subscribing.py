"""Being told by e-mail: asked for, confirmed by the link in the letter, stopped by the link in every letter."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.signing import BadSignature, Signer

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.messages.operations import Note, send, send_many
from gandan.ground.messages.queries import written
from gandan.ground.messages.rules import Channel as Way
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import tops
from gandan.work.notices.flow import State
from gandan.work.notices.models import Publication, Subscriber
from gandan.work.notices.rules.kinds import Channel

UNCONFIRMED_FOR = timedelta(days=7)
CONFIRMED_FOR = timedelta(days=730)  # after it we ask again
AT_ONCE = 500
SALT = "gandan.notices.subscriber"


class UnknownCode(Refused):
    """No address belongs to this code: it was stopped, or its time is up."""


def code_of(number: int) -> str:
    """Return what stands in every letter to an address: it stops them, and takes the address in before the first."""
    return Signer(salt=SALT).sign(str(number))


@operation
def subscribe(*, email: str, place: Unit | None, language: str, link: str, by: Person, on: date) -> None:
    """Ask an address whether it wants to be told. Until it says so, nothing else is sent there; asking again changes nothing.

    Whether an address was known is told to nobody.

    :param link: where it is confirmed, to which the code is added
    :raises BadAddress: if nothing can be sent there
    """
    email = email.strip().lower()
    unit = place or tops(on)[0]
    known = Subscriber.objects.filter(email_index=email, place=place).first()
    if known is not None and (known.confirmed_on or known.asked_on == on):
        unchanged()
        return
    found = known or Subscriber(email=email, place=place)
    found.language, found.asked_on, found.keep_until = language, on, on + UNCONFIRMED_FOR
    found.save()
    send(
        key=f"subscribe:{found.pk}:{on.isoformat()}", channel=Way.EMAIL, to=email, template="notices-confirm", language=language,
        parameters={"unit": unit.name, "link": f"{link}{code_of(found.pk)}/"}, about=found, unit=unit, by=by, on=on,
    )  # fmt: skip
    record(Kind.SUBSCRIPTION_ASKED, unit=unit, day=on, by=by)


@operation
def confirm(*, code: str, by: Person, on: date) -> Subscriber:
    """Take the address in: somebody who reads its letters has said so.

    :raises UnknownCode: if it belongs to no address
    """
    found = _by_code(code)
    if found.confirmed_on:
        unchanged()
        return found
    found.confirmed_on, found.keep_until = on, on + CONFIRMED_FOR
    found.save(update_fields=["confirmed_on", "keep_until"])
    record(Kind.SUBSCRIPTION_CONFIRMED, unit=found.place or tops(on)[0], day=on, by=by)
    return found


@operation
def stop(*, code: str, by: Person, on: date) -> None:
    """Erase the address at once.

    :raises UnknownCode: if it belongs to no address
    """
    found = _by_code(code)
    unit = found.place or tops(on)[0]
    found.delete()
    record(Kind.SUBSCRIPTION_STOPPED, unit=unit, day=on, by=by)


@operation
def forget_unconfirmed(*, by: Person, on: date) -> list[int]:
    """Erase addresses that nobody confirmed in time, or whose time is up, and return their numbers."""
    unchanged()
    numbers = list(Subscriber.objects.filter(keep_until__lt=on).order_by("keep_until").values_list("pk", flat=True)[:AT_ONCE])
    Subscriber.objects.filter(pk__in=numbers).delete()
    return numbers


@operation
def tell_subscribers(*, publication: int, link: str, by: Person, on: date) -> int:
    """Write to the addresses of its place, and of everywhere, once each; return to how many. A withdrawn one tells nobody.

    :param link: where the public pages begin
    """
    unchanged()
    found = Publication.objects.select_related("unit").get(pk=publication)
    if found.state != State.PUBLISHED.value or Channel.EMAIL.value not in found.channels:
        return 0
    told = 0
    for batch in _wanting(found):
        send_many(notes=[_note(found, one, link) for one in batch], by=by, on=on)
        told += len(batch)
    return told


@operation
def tell_withdrawn(*, publication: int, link: str, by: Person, on: date) -> int:
    """Write to those who were written to of something that it was taken back, and why; once each. Return to how many.

    :param link: where the public pages begin
    """
    unchanged()
    found = Publication.objects.select_related("unit").get(pk=publication)
    if found.state != State.WITHDRAWN.value or Channel.EMAIL.value not in found.channels:
        return 0
    told = 0
    for batch in _wanting(found):
        known = written([_key(found, one) for one in batch])
        those = [one for one in batch if _key(found, one) in known]
        send_many(notes=[_note(found, one, link) for one in those], by=by, on=on)
        told += len(those)
    return told


def _wanting(found: Publication) -> Iterator[list[Subscriber]]:
    """Yield those who want to be told of its place, some at a time."""
    wanted = Subscriber.objects.filter(confirmed_on__isnull=False)
    if found.place_id:
        wanted = wanted.filter(place_id__in=[found.place_id]) | wanted.filter(place=None)
    after = 0
    while batch := list(wanted.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        yield batch
        after = batch[-1].pk


def _key(found: Publication, one: Subscriber) -> str:
    return f"publication:{found.pk}:{one.pk}"


def _note(found: Publication, one: Subscriber, link: str) -> Note:
    gone = found.state == State.WITHDRAWN.value
    title, summary = (found.in_english(part) if one.language == "en" else "" for part in ("title", "summary"))
    said = {"why": found.withdrawn_why} if gone else {"summary": summary or found.summary}
    return Note(
        key=f"{_key(found, one)}:withdrawn" if gone else _key(found, one),
        channel=Way.EMAIL,
        to=one.email,
        template="notices-withdrawn" if gone else "notices-new",
        language=one.language,
        parameters={
            **said,
            "title": title or found.title,
            "unit": found.unit.name,
            "link": f"{link}/public/news/{found.pk}/",
            "stop": f"{link}/public/news/by-email/{code_of(one.pk)}/",
        },
        about=found,
        unit=found.unit,
    )


def _by_code(code: str) -> Subscriber:
    try:
        number = int(Signer(salt=SALT).unsign(code.strip()))
    except (BadSignature, ValueError):
        number = 0
    found = Subscriber.objects.select_for_update(of=("self",)).select_related("place").filter(pk=number).first()
    if found is None:
        raise UnknownCode(
            gettext_noop("Đường dẫn này không còn dùng được: địa chỉ đã thôi nhận tin, hoặc quá bảy ngày chưa xác nhận.")
        )
    return found
