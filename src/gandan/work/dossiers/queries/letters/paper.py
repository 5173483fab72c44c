"""The paper of a letter: as it would be, as it was sent, and many for the printer."""

import io
from collections.abc import Sequence
from datetime import date, datetime

from pypdf import PdfReader, PdfWriter

from gandan.ground.documents.forms import form
from gandan.ground.documents.heads import POLICE
from gandan.ground.documents.numbering import number_line
from gandan.ground.documents.profiles import profile
from gandan.ground.documents.queries import StoredRow, papers, pdf_of, pdfs_of, set_sheets
from gandan.ground.documents.typesetting import typeset
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import Apology
from gandan.work.dossiers.queries.letters.facts import facts_of, office_of, paper_of
from gandan.work.dossiers.queries.letters.lists import unknown
from gandan.work.dossiers.rules.letters import Facts


def preview(number: int, viewer: Person, on: date, at: datetime) -> bytes:
    """Return an unsent letter as it would be if `viewer` signed it now: without a number, marked as a draft.

    :raises UnknownLetter: if there is none that the viewer may see
    :raises NoReason, NoMoreAppointments: see `facts_of`
    """
    letter = _visible(number, viewer, on)
    office = office_of(letter.dossier.unit, viewer, on)
    facts = facts_of(letter, letter.dossier, office, viewer, on, at)
    one_form, layout = form("apology", on), profile(POLICE, on)
    line = number_line(layout, None, one_form.sign, [office.unit.code])
    (made,) = set_sheets([paper_of(facts, one_form, layout, line, at, sealed_by="", draft=True)], office.unit.pk, on)
    return made.pdf


def letter_pdf(number: int, viewer: Person, on: date) -> tuple[StoredRow, bytes]:
    """Return a letter as it was sent.

    :raises UnknownLetter: if there is none that was signed here and the viewer may see
    :raises UnknownPaper: if its time was up and it was erased
    """
    letter = _visible(number, viewer, on)
    if letter.paper_id is None:
        raise unknown()
    return papers([letter.paper_id])[letter.paper_id], pdf_of(letter.paper_id)


def print_file(numbers: Sequence[int], viewer: Person, on: date, at: datetime) -> bytes:
    """Return one PDF for the printer: each letter behind a page with its address where an envelope's window is, by route.

    :raises UnknownLetter: if none of them was signed and is the viewer's to print
    """
    mine = Apology.objects.visible_to(viewer, on, Right.WRITE_DOSSIERS)
    found = mine.filter(pk__in=numbers, to_print=True).exclude(paper=None)
    letters = list(found.order_by("route", "pk"))
    if not letters:
        raise unknown()
    facts = [Facts.read(one.facts) for one in letters]
    covers = PdfReader(io.BytesIO(typeset("form_covers", {"made_at": at.isoformat(), "covers": [_cover(one) for one in facts]})))
    contents = pdfs_of(one.paper_id for one in letters if one.paper_id)
    out = PdfWriter()
    for nth, one in enumerate(letters):
        out.add_page(covers.pages[nth])
        if one.paper_id in contents:
            for page in PdfReader(io.BytesIO(contents[one.paper_id])).pages:
                out.add_page(page)
    made = io.BytesIO()
    out.write(made)
    return made.getvalue()


def _cover(facts: Facts) -> dict[str, str]:
    return {
        "sender": facts.body,
        "applicant": facts.applicant,
        "address": facts.address,
        "number": facts.number,
    }


def _visible(number: int, viewer: Person, on: date) -> Apology:
    found = Apology.objects.visible_to(viewer, on).select_related("dossier__unit", "dossier__procedure")
    letter = found.filter(pk=number).first()
    if letter is None:
        raise unknown()
    return letter
