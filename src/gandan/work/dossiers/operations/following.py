"""A holiday announced late: what is still open is due later by it, and who waits is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import ChangedDay, WorkingCalendar, due_date, parse_term
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.messages.operations import Note, send_many
from gandan.ground.messages.rules import BadAddress, Channel, reachable
from gandan.ground.organisations.models import Person
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import excuse_many
from gandan.ground.promises.queries import open_across
from gandan.work.dossiers.models import Dossier, DueMove
from gandan.work.dossiers.operations.steps import RESULT
from gandan.work.dossiers.queries import pauses

AT_ONCE = 500


@dataclass(frozen=True)
class Followed:
    """How far the open dossiers have been looked at: the last promise, and how many of these moved; None: all of them."""

    last: int | None
    moved: int


@operation
def follow_calendar(*, changed: Sequence[ChangedDay], link: str, by: Person, on: date, after: int = 0) -> Followed:
    """Reckon some open dossiers anew whose term holds days that count differently now; the rest comes at the next call.

    What is due later by it is moved, as if it had been due then all along; who left an e-mail address is told, once. A day
    that another system appointed, or that was appointed anew with an apology, stays; so does one that would come earlier.

    :param link: the address at which the applicant looks the dossier up
    :param after: the last promise that was looked at before
    """
    days = sorted(each.day for each in changed)
    promises = list(open_across(days, RESULT).filter(pk__gt=after).select_related("unit")[:AT_ONCE])
    later = _later(promises)
    unchanged()  # the promises tell of it
    if not later:
        return Followed(promises[-1].pk if promises else None, 0)
    numbers = {promise.pk: promise for promise, _dossier, _due in later}
    moved = set(excuse_many(moved={promise.pk: due_on for promise, _dossier, due_on in later}, by=by, on=on))
    went = [(numbers[promise.pk], dossier, due_on) for promise, dossier, due_on in later if promise.pk in moved]
    moves = [_move(dossier, due_on, changed, on) for _promise, dossier, due_on in went]
    for _promise, dossier, due_on in went:
        dossier.due_on = due_on
        dossier.version += 1
    Dossier.objects.bulk_update([dossier for _promise, dossier, _due in went], ["due_on", "version"], batch_size=AT_ONCE)
    DueMove.objects.bulk_create(moves, ignore_conflicts=True)
    send_many(notes=[note for move in moves if (note := _note(move, link))], by=by, on=on)
    return Followed(promises[-1].pk, len(went))


def _later(promises: Sequence[Promise]) -> list[tuple[Promise, Dossier, date]]:
    """Return those that are due later by the calendar as it stands, each with its dossier and its day."""
    dossiers = (
        Dossier.objects.select_for_update(of=("self",))
        .filter(pk__in=[promise.about_id for promise in promises], due_stated=False)
        .select_related("procedure", "imported", "unit", "contact")
        .prefetch_related("waits")
        .order_by("pk")
    )
    found = {dossier.pk: dossier for dossier in dossiers}
    calendars: dict[int, WorkingCalendar] = {}
    later = []
    for promise in promises:
        dossier = found.get(promise.about_id)
        if dossier is None or promise.due_on != dossier.due_on:
            continue
        if dossier.unit_id not in calendars:
            calendars[dossier.unit_id] = working_calendar(dossier.unit_id)
        due_on = _due(dossier, calendars[dossier.unit_id])
        if due_on > dossier.due_on:
            later.append((promise, dossier, due_on))
    return later


def _due(dossier: Dossier, calendar: WorkingCalendar) -> date:
    own = dossier.imported.mapping.get("term") if dossier.imported else None
    term = parse_term(own) if own else dossier.procedure.term
    return due_date(
        dossier.received_on, term, calendar, pauses(dossier) if dossier.waits.all() or dossier.procedure.verify_days else ()
    )


def _move(dossier: Dossier, due_on: date, changed: Sequence[ChangedDay], on: date) -> DueMove:
    within = [each for each in changed if dossier.received_on < each.day <= due_on]
    names = list(dict.fromkeys(each.after.name for each in within if each.after.name))
    return DueMove(
        dossier=dossier, on=on, was_due_on=dossier.due_on, due_on=due_on, days=[each.day for each in within], names=names
    )


def _note(move: DueMove, link: str) -> Note | None:
    """Return what its applicant is told, if they left an address and want to be."""
    dossier = move.dossier
    contact = getattr(dossier, "contact", None)
    if contact is None or not contact.notices or not contact.email:
        return None
    try:
        reachable(Channel.EMAIL, contact.email)
    except BadAddress:
        return None
    off = ", ".join(f"{day:%d/%m/%Y}" for day in move.days)
    return Note(
        key=f"due-moved:{dossier.pk}:{move.due_on}",
        channel=Channel.EMAIL,
        to=contact.email,
        template="dossier-moved",
        parameters={
            "name": dossier.applicant,
            "number": dossier.number,
            "unit": dossier.unit.name,
            "before": f"{move.was_due_on:%d/%m/%Y}",
            "due": f"{move.due_on:%d/%m/%Y}",
            "why": "; ".join([*move.names, off]) if move.names else off,
            "link": link,
        },
        about=dossier,
        unit=dossier.unit,
        language=contact.language,
    )
