"""What happened to a dossier is written to its applicant: once for each event, from the outbox, in their language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.queries import EventRow, events_about
from gandan.ground.messages.operations import Note, send_many
from gandan.ground.messages.rules import BadAddress, Channel, reachable, template
from gandan.ground.organisations.models import Person, Unit
from gandan.work.dossiers.models import Contact, Delivery, Dossier, ParcelState, ReceiptKey, StepTaken, Wait
from gandan.work.dossiers.queries.holders import token_of
from gandan.work.dossiers.rules import telling

ABOUT = Dossier._meta.label_lower


@operation
def tell_applicants(*, events: Sequence[EventRow], site: str, by: Person, on: date) -> int:
    """Put into the outbox what these events are to their dossiers' applicants, where they left an address and want to be told.

    A step that was undone meanwhile is told to nobody. Sent again, the same events change nothing.

    :param site: the address at which people reach us
    :return: how many are told
    """
    unchanged()  # that a message went out is told when it does
    known = [event for event in events if event.about_type == ABOUT and event.kind in telling.TEMPLATES]
    found = {event.about_id for event in known}
    contacts = Contact.objects.filter(dossier__in=found, notices=True).select_related("dossier__procedure", "dossier__unit")
    held = {contact.dossier_id: contact for contact in contacts if contact.email}
    notes = [note for event in known if (contact := held.get(event.about_id or 0)) and (note := _note(event, contact, site))]
    send_many(notes=notes, by=by, on=on)
    return len(notes)


def _note(event: EventRow, contact: Contact, site: str) -> Note | None:
    dossier, language = contact.dossier, contact.language
    about = events_about(ABOUT, dossier.pk)
    if event.sign < 0 or any(other.corrects_id == event.id for other in about):
        return None
    try:
        reachable(Channel.EMAIL, contact.email)
    except BadAddress:
        return None
    code, unit = telling.TEMPLATES[Kind(event.kind)], Unit.objects.get(pk=event.unit_id)
    said = {
        "procedure": (language == "en" and dossier.procedure.name_en) or dossier.procedure.name,
        "number": dossier.number,
        "unit": (language == "en" and unit.name_en) or unit.name,
        "name": dossier.applicant,
        "link": _link(dossier, site),
        **_SAYS[code](dossier, event, language),
    }
    key = dossier.pk if code == telling.ENDED else event.id
    return Note(
        key=f"{code}:{key}:email",
        channel=Channel.EMAIL,
        to=contact.email,
        template=code,
        parameters={name: said[name] for name in template(code).caps},
        about=dossier,
        unit=unit,
        language=language,
    )


def _link(dossier: Dossier, site: str) -> str:
    key = ReceiptKey.objects.filter(dossier=dossier, ended_on=None).first()
    return f"{site}/r/{token_of(key)}/" if key else f"{site}/public/lookup/"


def _parcel(dossier: Dossier) -> Delivery | None:
    return dossier.deliveries.order_by("-pk").first()


def _wait(dossier: Dossier, event: EventRow) -> Wait:
    return dossier.waits.filter(since=event.day).order_by("-pk").first() or Wait()


def _last(dossier: Dossier, event: EventRow) -> StepTaken | None:
    return StepTaken.objects.filter(dossier=dossier, first_event=event.id).first()


def _due(dossier: Dossier, event: EventRow, language: str) -> dict[str, str]:
    return {"due": f"{dossier.due_on:%d/%m/%Y}"}


def _supplement(dossier: Dossier, event: EventRow, language: str) -> dict[str, str]:
    wait = _wait(dossier, event)
    return {"what": telling.missing(wait.papers), "why": wait.words, "until": telling.until(wait.answer_by, language)}


def _payment(dossier: Dossier, event: EventRow, language: str) -> dict[str, str]:
    wait = _wait(dossier, event)
    return {
        "amount": telling.money(wait.amount, language),
        "why": wait.words,
        "until": telling.until(wait.answer_by, language),
    }


def _why(dossier: Dossier, event: EventRow, language: str) -> dict[str, str]:
    last = _last(dossier, event)
    return {"why": last.words if last else ""}


def _finished(dossier: Dossier, event: EventRow, language: str) -> dict[str, str]:
    parcel = _parcel(dossier)
    by_post = parcel is not None and parcel.state not in {ParcelState.DROPPED.value, ParcelState.RETURNED.value}
    unit = (language == "en" and dossier.unit.name_en) or dossier.unit.name
    return {"where": telling.where(unit, by_post=by_post, language=language)}


def _parcel_away(dossier: Dossier, event: EventRow, language: str) -> dict[str, str]:
    parcel = _parcel(dossier)
    return {
        "tracking": telling.tracking(parcel.tracking if parcel else "", language),
        "until": telling.until(parcel.due_on if parcel else None, language),
        "day": f"{event.day:%d/%m/%Y}",
    }


def _nothing(dossier: Dossier, event: EventRow, language: str) -> dict[str, str]:
    return {}


_SAYS: Mapping[str, Callable[[Dossier, EventRow, str], dict[str, str]]] = {
    "dossier-receipt": _due,
    "dossier-supplement": _supplement,
    "dossier-payment": _payment,
    "dossier-goes-on": _due,
    "dossier-refused": _why,
    "dossier-stopped": _why,
    "dossier-withdrawn": _nothing,
    "dossier-finished": _finished,
    "parcel-handed": _parcel_away,
    "parcel-failed": _parcel_away,
    "parcel-returned": _parcel_away,
    "dossier-ended": _nothing,
}
