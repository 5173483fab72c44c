"""A programme, an amendment or a unit's plan being written: a page like the document, saved part by part, then signed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gandan.faces.pages import errors, naming, signers, words
from gandan.faces.pages.accounts.confirming import confirmed_recently
from gandan.faces.pages.figuring import said
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb
from gandan.faces.pages.task_words import DRAFTS, EVERY, PARTS, aims
from gandan.ground.documents.signing import has_key
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import NotAdditive
from gandan.results.programmes import operations, queries
from gandan.results.programmes.queries import DraftShown, PartRow
from gandan.results.programmes.rules import ONCE, DraftState, PartKind

ROOT = Crumb(gettext_lazy("Chương trình"), "/programmes/")
HINTS = {
    PartKind.PERIOD: gettext_lazy("Hai ngày, như: Từ 01/01/2027 đến hết 31/12/2031. Đã có hiệu lực thì chỉ đổi được ngày cuối."),
    PartKind.PARTIES: gettext_lazy("Mỗi dòng một bên: mã đơn vị rồi chức vụ người ký. Bên mới và bên rút ra đều ký bản sửa đổi."),
}
BAD_DAY = gettext_lazy("Ngày này không có trong lịch.")


class ProgrammeForm(forms.Form):
    """What a programme begins with, besides its parties."""

    code = forms.CharField(max_length=40, error_messages={"required": gettext_lazy("Xin đặt một mã, như 2027-2031.")})
    title = forms.CharField(max_length=300, error_messages={"required": gettext_lazy("Chương trình cần một tên.")})
    first = forms.DateField(error_messages={"invalid": BAD_DAY, "required": BAD_DAY})
    last = forms.DateField(error_messages={"invalid": BAD_DAY, "required": BAD_DAY})
    follows = forms.CharField(max_length=40, required=False)


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Begin to write a programme for the top unit over which the reader manages programmes."""
    today = localdate()
    units = organisations.visible_units(Right.MANAGE_PROGRAMMES, request.user, today)
    unit = next((one for one in organisations.tops(today) if one.pk in units), None)
    if unit is None:
        return errors.no_right(request)
    form, parties = ProgrammeForm(request.POST or None), _parties(request)
    if request.method == "POST" and form.is_valid() and not any(one.wrong or one.unsigned for one in parties):
        typed = form.cleaned_data
        try:
            draft = operations.draft_programme(
                code=typed["code"], title=typed["title"], unit=unit, line=Line.ADMINISTRATION, first=typed["first"],
                last=typed["last"], parties=[(one.unit, one.signs_as) for one in parties if one.unit],
                follows=queries.programme(typed["follows"]) if typed["follows"] else None, planned_by="station",
                by=request.user, on=today,
            )  # fmt: skip
            return redirect("draft", draft.pk)
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
    context = {"crumbs": (ROOT, Crumb(_("Soạn chương trình"))), "form": form, "unit": unit, "parties": parties,
               "known": [(one.code, words.named(one.title, one.title_en)) for one in queries.programmes()]}  # fmt: skip
    return render(request, "programmes/new.html", context, status=422 if request.method == "POST" else 200)


@dataclass(frozen=True)
class Party:
    """A line of the form in which a party is named, and as what its head signs."""

    typed: str = ""
    signs_as: str = ""
    unit: Any = None
    wrong: str = ""
    unsigned: str = ""


def _parties(request: SignedIn) -> list[Party]:
    """The parties as they were typed; there is room for one more."""
    typed = zip(request.POST.getlist("party"), request.POST.getlist("signs_as"), strict=False)
    found = [_party(unit.strip()[:300], signs_as.strip()[:80]) for unit, signs_as in typed if unit.strip() or signs_as.strip()]
    return [*found, *(Party() for _nth in range(max(1, 3 - len(found))))]


def _party(typed: str, signs_as: str) -> Party:
    try:
        unit = organisations.unit_meant(typed, localdate()) if typed else None
    except Refused as refusal:
        return Party(typed, signs_as, wrong=words.refusal(refusal))
    if unit is None:
        return Party(typed, signs_as, wrong=_("Xin ghi bên này là đơn vị nào."))
    return Party(typed, signs_as, unit, unsigned="" if signs_as else _("Xin ghi chức vụ người ký của bên này."))


@login_required
@require_POST
def amend(request: SignedIn, code: str) -> HttpResponse:
    """Begin to write an amendment of what is in force."""
    try:
        draft = operations.amend(
            programme=queries.programme(code), why=request.POST.get("why", ""), by=request.user, on=localdate()
        )
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused, status=409, actions=(Crumb(_("Về chương trình"), f"/programmes/{code}/"),))
    return redirect("draft", draft.pk)


@login_required
def one(request: SignedIn, number: int) -> HttpResponse:
    """A draft as a document: outline at the left, each part written in its place; then approved, numbered, signed."""
    today, wrong = localdate(), ""
    try:
        if request.method == "POST":
            return _done(request, number, today)
        shown = queries.draft(number, today)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except (queries.UnknownDraft, organisations.UnknownPerson) as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    except Refused as refusal:
        shown, wrong = queries.draft(number, today), words.refusal(refusal)
    return render(request, "programmes/draft.html", _context(request, shown, wrong, today), status=422 if wrong else 200)


def _done(request: SignedIn, number: int, today: date) -> HttpResponse:
    step = STEPS.get(request.POST.get("do", ""))
    at = str(step(request, {"draft": queries.draft_of(number), "by": request.user, "on": today}) or "") if step else ""
    return redirect(f"/drafts/{number}/{f'#p-{at}' if at else ''}")


def _context(request: SignedIn, shown: DraftShown, wrong: str, today: date) -> dict[str, Any]:
    programme = queries.programme(shown.programme)
    unit = organisations.unit(organisations.row(programme.unit_id, today).code)
    plan = programme.upper_id is not None
    may_write = organisations.may(Right.WRITE_PLANS if plan else Right.MANAGE_PROGRAMMES, by=request.user, unit=unit, on=today)
    writing = shown.state is DraftState.WRITING
    may_number, may_replace = (may_write and shown.state is state for state in (DraftState.APPROVED, DraftState.SIGNING))
    lacking = {trouble.key for trouble in shown.lacks}
    issuing = queries.issuers(programme, today, queries.draft_parts(queries.draft_of(shown.id)))
    return {
        "crumbs": (ROOT, Crumb(shown.programme, f"/programmes/{shown.programme}/"), Crumb(_("Dự thảo"))),
        "shown": shown,
        "programme": programme,
        "plan": plan,
        "mark": DRAFTS[shown.state],
        "title": _("Sửa đổi lần %(number)d") % {"number": shown.number} if shown.number else programme.title,
        "parts": [_shown(part, part.key in lacking) for part in shown.parts],
        "out": [part for part in shown.out if part.text or part.kind not in ONCE],
        "lacks": [(trouble.key, _(trouble.template).format(**trouble.params)) for trouble in shown.lacks],
        "wrong": wrong,
        "typed": request.POST,
        "writing": writing,
        "may_write": may_write and writing,
        "may_manage": may_write,
        "may_approve": organisations.may(Right.SIGN_DOCUMENTS, by=request.user, unit=unit, on=today),
        "parties": signers.parties(issuing, today, request.POST.getlist("signer")) if may_number else [],
        "signers": [
            (part, organisations.row(part.unit_id).name, signers.another(part, today) if may_replace else None)
            for part in (shown.signing.parts if shown.signing else ())
        ],
        "my_turn": bool(shown.signing and shown.signing.next and shown.signing.next.person_id == request.user.pk),
        "has_key": has_key(request.user.username),
        "every": list(EVERY.items()),
        "measures": [(code, said(measure)) for code, measure in CATALOGUE.items() if not isinstance(measure, NotAdditive)],
        "kinds": [(PartKind.GOAL.value, PARTS[PartKind.GOAL]), (PartKind.TASK.value, PARTS[PartKind.TASK]),
                  (PartKind.INDICATOR.value, PARTS[PartKind.INDICATOR])],
    }  # fmt: skip


def _shown(part: PartRow, lacking: bool) -> dict[str, Any]:
    facts = part.facts
    measure = CATALOGUE.get(str(facts.get("measure", "")))
    return {
        "part": part,
        "name": PARTS[part.kind],
        "heading": part.heading or (said(measure) if measure else PARTS[part.kind]),
        "movable": part.kind not in ONCE,
        "hint": HINTS.get(part.kind, ""),
        "rows": 1 if part.kind in {PartKind.PERIOD, PartKind.GOAL} else 3 if part.kind in {PartKind.TITLE, PartKind.TASK} else 4,
        "units": naming.units_said(facts.get("units", ())),
        "doers": naming.units_named(facts.get("units", ())),
        "answers": ", ".join(f"{code}#{number}" for code, number in facts.get("answers", ())),
        "targets": "\n".join(aims(facts)),
        "measure": measure,
        "lacking": lacking,
    }


@login_required
@require_POST
def save(request: SignedIn, number: int, key: str) -> HttpResponse:
    """Save one part. A script is answered with what the part has become, others go back to the page."""
    typed = request.POST
    scripted = request.headers.get("Accept", "").startswith("application/json")
    base = int(typed["base"]) if typed.get("base", "").isascii() and typed.get("base", "").isdigit() else 0
    try:
        saved = operations.write_part(
            draft=queries.draft_of(number), key=key, text=typed.get("text", "")[:100_000], base=base,
            facts=None if scripted else _facts(number, key, request), by=request.user, on=localdate(),
        )  # fmt: skip
    except NotAllowed as refused:
        errors.note_refusal(request, refused)
        if scripted:
            return JsonResponse({"said": words.refusal(refused)}, status=403)
        return errors.no_right(request, refused)
    except Refused as refused:
        if scripted:
            return JsonResponse({"said": words.refusal(refused)}, status=409)
        context = _context(request, queries.draft(number, localdate()), "", localdate())
        context["parts"] = [one | _typed(one, request, refused) if one["part"].key == key else one for one in context["parts"]]
        return render(request, "programmes/draft.html", context, status=422)
    if scripted:
        part = saved.part
        return JsonResponse(
            {"sent": saved.sent, "version": part.version, "text": part.text, "merged": saved.merged, "both": saved.both}
        )
    messages.success(request, _("Đã lưu, và ghép với phần người khác vừa viết.") if saved.merged else _("Đã lưu."))
    return redirect(f"/drafts/{number}/#p-{key}")


def _typed(one: dict[str, Any], request: SignedIn, refused: Refused) -> dict[str, Any]:
    """What was typed of a part stays where it was typed, with what is wrong with it."""
    typed, part = request.POST, one["part"]
    facts = {**part.facts, **{name: typed[name] for name in ("measure", "every", "due_on") if name in typed}}
    fields = {name: typed.get(name, "") for name in ("units", "answers", "targets")}
    return {"part": replace(part, text=typed.get("text", ""), facts=facts), "wrong": words.refusal(refused), **fields}


def _facts(number: int, key: str, request: SignedIn) -> dict[str, Any] | None:
    """What is said of a task or an indicator besides its words, as the form has it; nothing else has any."""
    kept = next((part for part in queries.draft(number, localdate()).parts if part.key == key), None)
    typed = request.POST
    if kept is None or kept.kind not in {PartKind.TASK, PartKind.INDICATOR}:
        return None
    facts = dict(kept.facts)
    if kept.kind is PartKind.INDICATOR:
        facts["measure"] = typed.get("measure", "")
        facts["targets"] = [_target(line) for line in typed.get("targets", "").splitlines() if line.strip()]
        return facts
    every = typed.get("every", "")
    facts["units"] = [unit.code for unit in naming.units_meant(typed.get("units", ""))]
    facts["every"] = every if every in EVERY else ""
    facts["due_on"] = "" if facts["every"] else _day(typed.get("due_on", ""))
    facts["answers"] = [_answer(one) for one in typed.get("answers", "").replace(",", " ").split()]
    return {name: value for name, value in facts.items() if value not in ("", [], None)}


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise operations.BadText(gettext_noop("Ngày này không có trong lịch.")) from None


def _target(line: str) -> dict[str, Any]:
    """A line is a year and a number, with a unit's code between them if it is that unit's alone."""
    named, _colon, value = line.partition(":")
    year, _space, unit = named.strip().partition(" ")
    try:
        of_unit = {"unit": unit.strip().upper()} if unit.strip() else {}
        return {"year": int(year), "value": str(Decimal(value.strip().replace(",", "."))), "simulated": settings.SIMULATED,
                "source": "theo văn bản chương trình", **of_unit}  # fmt: skip
    except (ValueError, InvalidOperation):
        raise operations.BadText(
            gettext_noop("Mỗi dòng mục tiêu gồm năm và số, như 2027: 96; của riêng một đơn vị: 2027 CAP-W26740: 96.")
        ) from None


def _answer(text: str) -> list[Any]:
    code, _hash, number = text.partition("#")
    if not (number.isascii() and number.isdigit()):
        raise operations.BadText(gettext_noop("Điểm chỉ đạo ghi như ct-12-2026#3."))
    return [code, int(number)]


Hand = dict[str, Any]


def _add(request: SignedIn, hand: Hand) -> str:
    typed = request.POST
    kind = PartKind(typed["kind"]) if typed.get("kind", "") in set(PartKind) else PartKind.CONTENT
    facts = {"measure": typed.get("measure", ""), "targets": []} if kind is PartKind.INDICATOR else {}
    return str(operations.add_part(
        kind=kind, parent=typed.get("parent", ""), text=typed.get("text", ""), facts=facts, **hand
    ).key)  # fmt: skip


def _keyed(act: Callable[..., Any], **more: Any) -> Callable[[SignedIn, Hand], str]:
    return lambda request, hand: str(act(key=request.POST.get("key", ""), **more, **hand).key)


def _number(request: SignedIn, hand: Hand) -> None:
    operations.put_draft_to_sign(people=signers.named(request), at=localtime().replace(microsecond=0), **hand)


def _other(request: SignedIn, hand: Hand) -> None:
    typed = request.POST.get("position", "")
    position = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    person = organisations.person(request.POST.get("signer", ""))
    operations.name_other_draft_signer(position=position, person=person, **hand)


STEPS: dict[str, Callable[[SignedIn, Hand], object]] = {
    "add": _add,
    "up": _keyed(operations.move_part, up=True),
    "down": _keyed(operations.move_part, up=False),
    "leave": _keyed(operations.leave_part, left=True),
    "back": _keyed(operations.leave_part, left=False),
    "approve": lambda r, hand: operations.approve_draft(**hand) and "",
    "give-back": lambda r, hand: operations.give_draft_back(why=r.POST.get("why", ""), **hand) and "",
    "drop": lambda r, hand: operations.drop_draft(**hand) and "",
    "number": _number,
    "signer": _other,
}


@login_required
@require_POST
@confirmed_recently
def sign(request: SignedIn, number: int) -> HttpResponse:
    """Sign, as the next in order; who does proves again who they are."""
    try:
        operations.sign_draft(
            draft=queries.draft_of(number), by=request.user, on=localdate(), at=localtime().replace(microsecond=0)
        )
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused, status=409, actions=(Crumb(_("Về dự thảo"), f"/drafts/{number}/"),))
    messages.success(request, _("Đã ký. Chữ ký và giờ ký nằm trong tệp PDF."))
    return redirect("draft", number)


@login_required
@require_safe
def pdf(request: SignedIn, number: int) -> HttpResponse:
    """The draft on paper, in the official layout; once it is numbered, the paper that is signed."""
    try:
        found = queries.draft_of(number)
    except Refused as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    made = queries.draft_pdf(found, queries.draft_parts(found), made_at=localtime().replace(microsecond=0))
    name = f'inline; filename="{found.programme.code}-{found.number}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": name})


@login_required
@require_safe
def versions(request: SignedIn, number: int, key: str) -> HttpResponse:
    """Each version of a part: who wrote what, from which version."""
    try:
        found = queries.part_versions(number, key)
    except Refused as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    context = {
        "crumbs": (ROOT, Crumb(_("Dự thảo"), f"/drafts/{number}/#p-{key}"), Crumb(_("Các bản của một phần"))),
        "versions": found,
        "draft": number,
        "key": key,
    }
    return render(request, "programmes/versions.html", context)
