"""What a letter says, taken once from the records; and the sheet that is made of that and of nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count
from django.utils.timezone import get_current_timezone

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.documents.forms import Form, Sheet
from gandan.ground.documents.heads import DESK, letterhead, place
from gandan.ground.documents.profiles import Profile
from gandan.ground.documents.rules import Letterhead, SignatureBlock
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import appointments, may, path
from gandan.ground.organisations.rights import RIGHTS, Right
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Apology, Contact, Dossier
from gandan.work.dossiers.queries.letters.laws import letter_laws, next_appointment
from gandan.work.dossiers.rules.letters import (
    Facts,
    LetterLaw,
    NoMoreAppointments,
    days_between,
    head_of,
    reason_words,
    status_words,
)


@dataclass(frozen=True)
class Office:
    """The body in whose name a letter goes out: the dossier's own if its head signs, else the one whose head does."""

    unit: Unit
    superior: str
    city: str


def office_of(unit: Unit, by: Person, on: date) -> Office:
    """Return the body in whose name `by` signs a letter about a dossier of `unit`."""
    signing = [held for held in appointments(by, on) if held.role in RIGHTS[Right.SIGN_LETTERS]]
    own = any(held.unit == unit.pk for held in signing)
    body = unit if own or not signing else Unit.objects.get(pk=_nearest(unit, [held.unit for held in signing], on))
    return Office(body, letterhead(body, on).superior, place(body, on))


def _nearest(unit: Unit, bodies: list[int], on: date) -> int:
    for line in (Line.POLICE, *Line):
        for upper in reversed(path(unit.pk, line, on)):
            if upper.id in bodies:
                return upper.id
    return bodies[0]


@dataclass(frozen=True)
class Known:
    """What is asked about many dossiers at once before their letters are written."""

    law: LetterLaw
    appointed: int  # how many letters of it have named a new appointment
    contact: Contact | None


def known_of(dossiers: Sequence[Dossier], on: date) -> dict[int, Known]:
    """Return that, by dossier."""
    pks = [dossier.pk for dossier in dossiers]
    laws = letter_laws({dossier.unit_id for dossier in dossiers}, on)
    again = Apology.objects.filter(dossier__in=pks).exclude(new_due_on=None).values_list("dossier").annotate(Count("pk"))
    times = dict(again.order_by())
    contacts = {contact.dossier_id: contact for contact in Contact.objects.filter(dossier__in=pks)}
    return {one.pk: Known(laws[one.unit_id], times.get(one.pk, 0), contacts.get(one.pk)) for one in dossiers}


def facts_of(
    letter: Apology, dossier: Dossier, office: Office, by: Person, on: date, at: datetime, *, known: Known | None = None
) -> Facts:
    """Return all that a letter will say, as it is now.

    :param known: what was asked about it with others
    :raises NoReason: if nobody has said why
    :raises NoMoreAppointments: if the appointment was moved as often as it may be, and `by` has no right to more
    """
    known = known or known_of([dossier], on)[dossier.pk]
    law, calendar = known.law, working_calendar(dossier.unit_id)
    moved = known.appointed - (letter.new_due_on is not None)
    if moved >= law.max_reappointments and not may(Right.REAPPOINT_AGAIN, by=by, unit=dossier.unit, on=on):
        raise NoMoreAppointments(
            gettext_noop("Hồ sơ {number} đã hẹn lại {times} lần, là số lần được phép. Hẹn thêm cần người có quyền quyết định."),
            number=dossier.number,
            times=moved,
        )
    due_on = next_appointment(letter, law, on)
    contact = known.contact
    return Facts(
        applicant=dossier.applicant,
        address=contact.address if contact else "",
        phone=contact.phone if contact else "",
        procedure=dossier.procedure.name,
        number=dossier.number,
        received_on=dossier.received_on.isoformat(),
        appointed_on=letter.appointed_on.isoformat(),
        late=letter.appointed_on < on,
        status=status_words(dossier.status),
        reason=reason_words(letter.reason, letter.words),
        due_on=due_on.isoformat(),
        days=days_between(letter.appointed_on, due_on, calendar),
        contact=DESK.format(body=dossier.unit.name),
        link=f"{settings.BASE_URL}/public/lookup/",
        body=office.unit.name,
        superior=office.superior,
        body_code=office.unit.code,
        position=head_of(office.unit.kind),
        signer=by.name,
        place=office.city,
        signed_on=on.isoformat(),
        signed_at=at.astimezone(get_current_timezone()).isoformat(timespec="seconds"),
        language=contact.language if contact else "vi",
    )


def paper_of(
    facts: Facts, form: Form, profile: Profile, number: str, at: datetime, *, sealed_by: str, draft: bool = False
) -> Sheet:
    """Return the sheet of a letter.

    :param sealed_by: who seals it with a key, as their certificate names them; empty: a hand signs it
    """
    moment = datetime.fromisoformat(facts.signed_at)
    seal = (
        f"Ký bởi: {facts.body}",
        f"Người ký: {sealed_by}",
        f"Thời gian ký: {moment:%d/%m/%Y %H:%M:%S} {moment:%z}",
    )
    return Sheet(
        form=form,
        profile=profile,
        letterhead=Letterhead(facts.body, facts.superior),
        number=number,
        place=facts.place,
        signed_on=date.fromisoformat(facts.signed_on),
        fields=facts.fields(),
        made_at=at,
        signatures=[SignatureBlock(facts.position, facts.signer)],
        recipients=["Như trên", "Bộ phận Tiếp nhận và Trả kết quả"],
        simulated=settings.SIMULATED,
        draft=draft,
        seal=seal if sealed_by else None,
    )
