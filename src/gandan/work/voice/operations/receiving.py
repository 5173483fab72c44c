"""A case is taken in: a receipt, a unit that handles it, an answer owed by a day."""

import hashlib
import json
from datetime import date, datetime

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import Term, due_date, parse_term
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record_many, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import may, require_anywhere
from gandan.ground.organisations.rights import PUBLIC, Right
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import owe
from gandan.ground.vietnam.text import fold
from gandan.work.voice.flow import Channel, Showing
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Case, Sender, Service
from gandan.work.voice.operations.stages.opening import open_first
from gandan.work.voice.operations.telling import tell_sender
from gandan.work.voice.queries.catalogue import asked_of, service_on
from gandan.work.voice.queries.routing import Routed, route
from gandan.work.voice.rules.brought import Brought, NotReady, faults, phone_of
from gandan.work.voice.rules.receipts import digest_of
from gandan.work.voice.rules.reports.questions import wrong_answers
from gandan.work.voice.rules.terms import term_of

ABOUT = Case._meta.label_lower
BY_THEMSELVES = frozenset({Channel.ONLINE, Channel.PROGRAM})


class KnownSource(Refused):
    """The other channel's case is here already. `number` is its number here."""

    def __init__(self, number: str) -> None:
        super().__init__(gettext_noop("Việc này đã nhận trước đây, số {number}."), number=number)
        self.number = number


@operation
def receive(
    *,
    brought: Brought,
    channel: Channel,
    code: str,
    by: Person,
    on: date,
    at: datetime,
    once: str = "",
    source: str = "",
    source_number: str = "",
    unit: Unit | None = None,
) -> Case:
    """Take in what somebody brings. The same form or request a second time is answered with the case it became.

    :param code: the receipt's sixteen digits, drawn at random; a digest of them is kept
    :param once: what tells this form or request from every other
    :param unit: who handles it, where an officer says so; else its ward and its kind say
    :raises NotAllowed: if an officer enters it who may not work on such cases at the unit
    :raises NotReady: if something is missing or can't be so; it says what, by field
    :raises KnownSource: if the other channel has brought this number before
    """
    mark = hashlib.sha256(f"{by.pk} {once}".encode()).hexdigest() if once else ""
    if mark and (known := Case.objects.filter(once=mark).first()):
        unchanged()
        return known
    if source and (known := Case.objects.filter(source=source, source_number=source_number).first()):
        raise KnownSource(known.number)
    spec = KINDS[brought.kind]
    wrong = faults(brought)
    routed = Routed()
    service = service_on(brought.service, on) if spec.services and brought.service else None
    try:
        routed = route(brought, on, service=service, chosen=unit)
    except Refused as refusal:
        wrong["place" if brought.latitude is not None else "ward"] = refusal
    wrong |= wrong_answers(asked_of(brought.kind, service), brought.answers)
    if wrong:
        raise NotReady(wrong)
    handler = routed.handler
    if channel not in BY_THEMSELVES:
        _require_entry(brought.kind, by, handler, on)
    term, wished = term_for(brought.kind, service, on), brought.public and spec.shown
    case = Case.objects.create(
        kind=brought.kind.value,
        receipt=digest_of(code),
        once=mark,
        service=service,
        unit=handler,
        ward=routed.ward,
        concerned=routed.concerned,
        channel=channel.value,
        source=source,
        source_number=source_number,
        words="" if spec.sealed else brought.text,
        sealed_words=brought.text if spec.sealed else "",
        search="" if spec.sealed else fold(f"{brought.text} {brought.place}"),
        answers=json.dumps(dict(brought.answers), ensure_ascii=False) if brought.answers else "",
        place=brought.place,
        latitude=brought.latitude,
        longitude=brought.longitude,
        received_on=on,
        received_at=at,
        changed_at=at,
        due_on=due_date(on, term, working_calendar(handler)),
        wishes_shown=wished,
        showing=(Showing.WAITING if wished else Showing.PRIVATE).value,
    )
    Sender.objects.create(
        case=case,
        name=brought.name,
        phone=phone_of(brought.phone),
        email=brought.email,
        language=brought.language,
        entered_by=None if by.username == PUBLIC else by,
    )
    facets = {"case": case.kind, "channel": channel.value} | ({"service": service.code} if service else {})
    record_many([NewEvent(Kind.VOICE_RECEIVED, handler.pk, on, by.pk, facets, ABOUT, case.pk)])
    owe(
        kind=spec.promise,
        about=case,
        label=case.number,
        owed_to=Receiver.CITIZEN,
        unit=handler,
        due_on=case.due_on,
        by=by,
        on=on,
        subject=service.code if service else case.kind,
    )
    open_first(case, by, on, at)
    tell_sender(case, "voice-received", f"received:{case.pk}", by, on)
    return case


def term_for(kind: CaseKind, service: Service | None, on: date) -> Term:
    """Return the term of the answer: the service's own, or the kind's."""
    return parse_term(service.term) if service and service.term else term_of(kind.value, "answer", on).term


def _require_entry(kind: CaseKind, by: Person, handler: Unit, on: date) -> None:
    """Who answers people anywhere may take a case down for somebody; where its kind sends it, they need not read it.

    :raises NotAllowed: if they may not
    """
    if not may(KINDS[kind].work, by=by, unit=handler, on=on):
        require_anywhere(Right.ANSWER_VOICE, by=by, on=on)
