"""The forms of the one-stop shop about one dossier, as paper: receipt, supplement, refusal, stop, and the control slip."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings

from gandan.ground.audit.noting import note_reading
from gandan.ground.calendar.rules import Term, TermUnit
from gandan.ground.documents.forms import Sheet, form
from gandan.ground.documents.heads import DESK, POLICE, letterhead, place
from gandan.ground.documents.profiles import profile
from gandan.ground.documents.queries import set_sheets
from gandan.ground.documents.rules import SignatureBlock
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import reaching, require
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.flow import WHY_REFUSED, WHY_STOPPED, Form, Status, Step
from gandan.work.dossiers.models import Contact, Dossier, StepTaken, Wait
from gandan.work.dossiers.queries.holders import token_of
from gandan.work.dossiers.queries.one import ABOUT, timeline

UNNUMBERED = {Form.RECEIPT, Form.CONTROL}
TERM_UNITS = {
    TermUnit.WORKING_DAYS: "ngày làm việc",
    TermUnit.CALENDAR_DAYS: "ngày",
    TermUnit.HOURS: "giờ",
    TermUnit.MONTHS: "tháng",
}


class NothingToPrint(Refused):
    """The dossier has taken no step of which this form tells."""


def forms_of(dossier_id: int, status: Status) -> tuple[Form, ...]:
    """Return the forms that there are about a dossier, in their order."""
    steps = set(StepTaken.objects.filter(dossier_id=dossier_id, undone_on=None).values_list("step", flat=True))
    there = {
        Form.RECEIPT: status not in {Status.REGISTERED, Status.REFUSED},
        Form.SUPPLEMENT: Step.ASK_SUPPLEMENT.value in steps,
        Form.REFUSAL: Step.REFUSE.value in steps,
        Form.STOP: Step.STOP.value in steps,
        Form.CONTROL: True,
    }
    return tuple(one for one, is_there in there.items() if is_there)


def form_pdf(number: str, kind: Form, viewer: Person, on: date, at: datetime) -> bytes:
    """Return a form about a dossier as PDF, as its records say it now. Its era is that of the day of which it tells.

    :raises NothingToPrint: if there is no such dossier, or nothing of which the form would tell
    :raises NotAllowed: if the viewer may not work on it
    :raises NoSuchForm: if there was no such form on that day
    """
    found = Dossier.objects.select_related("procedure", "unit").filter(number=number.strip().upper()).first()
    if found is None or kind not in forms_of(found.pk, Status(found.status)):
        raise NothingToPrint(gettext_noop("Hồ sơ {number} không có mẫu giấy này."), number=number)
    require(Right.WRITE_DOSSIERS, by=viewer, unit=found.unit, on=on)
    held = reaching(Right.WRITE_DOSSIERS, by=viewer, unit=found.unit_id, on=on)
    note_reading(by=viewer, about_type=ABOUT, about_id=found.pk, unit=found.unit_id, held=held)
    day, fields = _FIELDS[kind](found, viewer)
    one_form = form(kind.value, day)
    sheet = Sheet(
        form=one_form,
        profile=profile(POLICE, day),
        letterhead=letterhead(found.unit, day),
        number="" if kind in UNNUMBERED else f"Số: ……/{one_form.sign}",
        place=place(found.unit, day),
        signed_on=day,
        fields=fields,
        made_at=at,
        signatures=[SignatureBlock("", viewer.name)],
        recipients=["Như trên"],
        simulated=settings.SIMULATED,
    )
    (made,) = set_sheets([sheet], found.unit_id, day)
    return made.pdf


Fields = tuple[date, dict[str, Any]]


def _receipt(dossier: Dossier, viewer: Person) -> Fields:
    who = _who(dossier)
    by_post, key = dossier.deliveries.exists(), dossier.receipt_keys.filter(ended_on=None).first()
    return dossier.received_on, {
        "number": dossier.number,
        "applicant": who["applicant"],
        "phone": who["phone"],
        "address": who["address"],
        "content": dossier.procedure.name,
        "components": [{"name": paper["name"], "copies": _copies(paper)} for paper in dossier.papers],
        "sets": "01 (bộ)",
        "term": term_words(dossier.procedure.term),
        "received": f"{dossier.received_on:%d/%m/%Y}",
        "received_at": "",
        "due": f"{dossier.due_on:%d/%m/%Y}",
        "collect": "nhà, qua dịch vụ bưu chính công ích" if by_post else DESK.format(body=dossier.unit.name),
        "book": "",
        "entry": "",
        "contact": DESK.format(body=dossier.unit.name),
        "link": f"{settings.BASE_URL}/r/{token_of(key)}/" if key else f"{settings.BASE_URL}/public/lookup/",
        "officer": viewer.name,
    }


def _supplement(dossier: Dossier, viewer: Person) -> Fields:
    wait = Wait.objects.filter(dossier=dossier, status=Status.SUPPLEMENT.value).order_by("-pk")[0]
    return wait.since, {
        **_who(dossier),
        "content": dossier.procedure.name,
        "number": dossier.number,
        "missing": [
            {"name": paper["name"], **{sort: str(paper.get(sort) or "") for sort in ("original", "certified", "copy")}}
            for paper in wait.papers
        ],
        "reason": wait.words,
        "until": f"{wait.answer_by:%d/%m/%Y}" if wait.answer_by else "",
        "contact": DESK.format(body=dossier.unit.name),
        "officer": viewer.name,
    }


def _refusal(dossier: Dossier, viewer: Person) -> Fields:
    step = _step(dossier, Step.REFUSE)
    return step.on, {
        **_who(dossier),
        "content": dossier.procedure.name,
        "reason": _why(WHY_REFUSED, step),
        "advice": "",
        "contact": DESK.format(body=dossier.unit.name),
        "officer": viewer.name,
    }


def _stopped(dossier: Dossier, viewer: Person) -> Fields:
    step, who = _step(dossier, Step.STOP), _who(dossier)
    return step.on, {
        "applicant": who["applicant"],
        "phone": who["phone"],
        "address": who["address"],
        "received": f"{dossier.received_on:%d/%m/%Y}",
        "procedure": dossier.procedure.name,
        "number": dossier.number,
        "reason": _why(WHY_STOPPED, step),
        "basis": dossier.procedure.legal_basis,
        "contact": DESK.format(body=dossier.unit.name),
    }


def _control(dossier: Dossier, viewer: Person) -> Fields:
    told = [
        one
        for one in timeline(dossier.pk)
        if not one.reversed and one.kind.value.startswith(("dossier.", "letter.", "delivery."))
    ]
    return dossier.received_on, {
        "number": dossier.number,
        "procedure": dossier.procedure.name,
        "applicant": dossier.applicant,
        "received": f"{dossier.received_on:%d/%m/%Y}",
        "due": f"{dossier.due_on:%d/%m/%Y}",
        "steps": [{"giver": one.unit.name, "taker": "", "moment": f"{one.day:%d/%m/%Y}", "note": one.sentence} for one in told],
    }


_FIELDS: Mapping[Form, Callable[[Dossier, Person], Fields]] = {
    Form.RECEIPT: _receipt,
    Form.SUPPLEMENT: _supplement,
    Form.REFUSAL: _refusal,
    Form.STOP: _stopped,
    Form.CONTROL: _control,
}


def term_words(term: Term) -> str:
    """Return a term as forms write it: 08 ngày làm việc."""
    return f"{term.amount:02d} {TERM_UNITS[term.unit]}" if term.amount else "trả ngay"


def _who(dossier: Dossier) -> dict[str, str]:
    contact = Contact.objects.filter(dossier=dossier).first()
    reached = {name: getattr(contact, name) if contact else "" for name in ("phone", "address", "email")}
    return {"applicant": dossier.applicant, **reached}


def _step(dossier: Dossier, step: Step) -> StepTaken:
    return StepTaken.objects.filter(dossier=dossier, step=step.value, undone_on=None).order_by("-pk")[0]


def _why(reasons: Mapping[str, str], step: StepTaken) -> str:
    known = "" if step.why == "other" else reasons.get(step.why, "")
    return ": ".join(filter(None, (known, step.words.replace("\n", " "))))


def _copies(paper: Mapping[str, Any]) -> str:
    names = {"original": "bản chính", "certified": "bản chứng thực", "copy": "bản sao"}
    return ", ".join(f"{paper[sort]} {name}" for sort, name in names.items() if paper.get(sort))
