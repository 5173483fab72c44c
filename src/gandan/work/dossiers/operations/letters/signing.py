"""Letters become papers: frozen, numbered, set, sealed, kept, and put into the outbox, all in one transaction."""

from collections.abc import Sequence
from datetime import date, datetime

from gandan.ground.documents.forms import form
from gandan.ground.documents.heads import POLICE
from gandan.ground.documents.numbering import number_line
from gandan.ground.documents.operations import Paper, Register, store_many
from gandan.ground.documents.profiles import profile
from gandan.ground.documents.queries import set_sheets
from gandan.ground.documents.signing import Signatory
from gandan.ground.ledger.answering import answering
from gandan.ground.ledger.prepared import all_changed
from gandan.ground.ledger.rules import Refused
from gandan.ground.messages.operations import Note, send_many
from gandan.ground.messages.rules import BadAddress, Channel, TooLong
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import Apology, Contact, Dossier
from gandan.work.dossiers.operations.letters.owing import check_unsent, note_all_sent
from gandan.work.dossiers.operations.steps import check_open, locked_many
from gandan.work.dossiers.queries.letters import Known, Office, facts_of, known_of, office_of, paper_of
from gandan.work.dossiers.rules.letters import Facts


class Ready:
    """A letter that can be signed: all that it says is known."""

    def __init__(self, letter: Apology, dossier: Dossier, facts: Facts) -> None:
        self.letter, self.dossier, self.facts = letter, dossier, facts


def sign_letters(
    letters: Sequence[int], signatory: Signatory | None, by: Person, on: date, at: datetime
) -> dict[int, Refused | None]:
    """Sign letters, and return for each None or why it could not be signed. To be run in a transaction."""
    results: dict[int, Refused | None] = {}
    ready: dict[int, list[Ready]] = {}  # by the unit in whose name they go out
    offices: dict[int, Office] = {}  # by the unit whose dossier it is
    with answering():  # whose rights, and which tree, is asked once for all of them
        held = _held(letters, on)
        for letter, dossier, known in held:
            try:
                check_open(dossier, by, on)
                require(Right.SIGN_LETTERS, by=by, unit=dossier.unit, on=on)
                check_unsent(letter, dossier)
                office = offices.get(dossier.unit_id) or office_of(dossier.unit, by, on)
                facts = facts_of(letter, dossier, office, by, on, at, known=known)
            except Refused as refusal:
                results[letter.pk] = refusal
                continue
            offices[dossier.unit_id] = office
            ready.setdefault(office.unit.pk, []).append(Ready(letter, dossier, facts))
            results[letter.pk] = None
    bodies = {office.unit.pk: office for office in offices.values()}
    for unit, ones in ready.items():
        _issue(ones, bodies[unit], signatory, by, on, at)
    return results


def _held(letters: Sequence[int], on: date) -> list[tuple[Apology, Dossier, Known]]:
    """Return letters with their dossiers, in the order asked for, kept from others: the dossiers first, then the letters."""
    about = dict(Apology.objects.filter(pk__in=letters).values_list("pk", "dossier_id"))
    dossiers = locked_many(list(set(about.values())))
    fresh = {one.pk: one for one in Apology.objects.select_for_update().filter(pk__in=letters).order_by("pk")}
    for one in fresh.values():
        one.dossier = dossiers[about[one.pk]]
    known = known_of(list(dossiers.values()), on)
    return [(fresh[pk], dossiers[about[pk]], known[about[pk]]) for pk in letters]


def _issue(ready: Sequence[Ready], office: Office, signatory: Signatory | None, by: Person, on: date, at: datetime) -> None:
    one_form, layout = form("apology", on), profile(POLICE, on)
    numbers = Register(office.unit, one_form.sign, on.year).take(len(ready))
    lines = [number_line(layout, number, one_form.sign, [office.unit.code]) for number in numbers]
    sheets = [
        paper_of(one.facts, one_form, layout, line, at, sealed_by=signatory.name if signatory else "")
        for one, line in zip(ready, lines, strict=True)
    ]
    papers = []
    for one, number, line, made in zip(ready, numbers, lines, set_sheets(sheets, office.unit.pk, on), strict=True):
        pdf = made.pdf
        if signatory is not None and made.box is not None:
            pdf = signatory.sign(pdf, made.box, reason=f"{one_form.title} {line}", place=one.facts.place)
        signer = signatory.name if signatory is not None and made.box is not None else ""
        papers.append(Paper(pdf, one_form, office.unit, one.dossier, made.layout, number, line, on.year, signer))
    stored = store_many(papers=papers, by=by, on=on)
    note_all_sent([(one.letter, one.dossier, date.fromisoformat(one.facts.due_on)) for one in ready], by, on)
    for one, paper in zip(ready, stored, strict=True):
        one.letter.paper, one.letter.facts = paper, one.facts.kept()
    _send(ready, office.unit, by, on, sealed=signatory is not None)
    all_changed([one.letter for one in ready], ["paper", "facts", "to_print", "route"])


def _send(ready: Sequence[Ready], unit: Unit, by: Person, on: date, *, sealed: bool) -> None:
    """Queue what goes by e-mail and as a short message; what no e-mail reaches, and what a hand is to sign, goes on paper."""
    contacts = {one.dossier_id: one for one in Contact.objects.filter(dossier__in=[each.dossier.pk for each in ready])}
    notes: list[Note] = []
    for one in ready:
        contact = contacts.get(one.dossier.pk)
        mine = _notes(one, contact, unit) if contact else []
        mine = [note for note in mine if sealed or note.channel is not Channel.EMAIL]
        notes += mine
        by_mail = any(note.channel is Channel.EMAIL for note in mine)
        one.letter.to_print = not by_mail
        one.letter.route = _route(contact.address) if contact else ""
    send_many(notes=notes, by=by, on=on)


def _notes(one: Ready, contact: Contact, unit: Unit) -> list[Note]:
    facts, made = one.facts, []
    said = facts.fields()
    parameters = {
        "name": facts.applicant, "procedure": facts.procedure, "number": facts.number, "unit": facts.body,
        "appointed": _short(facts.appointed_on), "due": _short(facts.due_on), "status": facts.status, "reason": said["reason"],
        "link": facts.link,
    }  # fmt: skip
    for channel, to in ((Channel.EMAIL, contact.email if contact.notices else ""), (Channel.SMS, contact.phone)):
        note = Note(
            f"apology:{one.letter.pk}:{channel}", channel, to, "apology-letter", parameters, one.dossier, unit,
            contact.language, one.letter.paper.pk if channel is Channel.EMAIL and one.letter.paper else None,
        )  # fmt: skip
        if to and _can_be_sent(note):
            made.append(note)
    return made


def _can_be_sent(note: Note) -> bool:
    """A wrong address must not keep anybody's letter from being signed: it goes on paper then."""
    try:
        note.check()
    except (BadAddress, TooLong):
        return False
    return True


def _short(day: str) -> str:
    return f"{date.fromisoformat(day):%d/%m/%Y}"


def _route(address: str) -> str:
    """Return by what letters on paper are sorted: the ward of the address, then the street, as the post walks."""
    parts = [part.strip() for part in address.split(",") if part.strip()]
    return ", ".join(reversed(parts))[:120]
