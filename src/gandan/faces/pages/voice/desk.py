"""The desk's inbox: every kind in one list, and one case with all that can be done with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import errors, uploads, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Cell, Column, Crumb, Pager, State, Table
from gandan.faces.pages.units import name_of
from gandan.faces.pages.voice import handovers, said, stages
from gandan.faces.pages.voice.sending import concerned_units
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.voice import operations, queries
from gandan.work.voice.flow import OUTCOME_WORDS, WHY_HIDDEN_WORDS, Channel, MissingWords, Outcome, WhyHidden
from gandan.work.voice.flow import State as CaseState
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.rules.brought import NotReady
from gandan.work.voice.rules.receipts import id_of
from gandan.work.voice.rules.terms import grades as legal_grades

PAGE = 50
HOME = "/voice/"
OWN: dict[CaseKind, Any] = {
    CaseKind.HANDOVER: handovers,
    CaseKind.CRIME: stages,
    CaseKind.COMPLAINT: stages,
    CaseKind.DENUNCIATION: stages,
}  # modules with `act` and `context`


@login_required
def inbox(request: SignedIn) -> HttpResponse:
    """What was brought to the reader's units, the newest first; narrowed by kind, state, service, words."""
    asked = Asked(request)
    state, kind, text = asked.text("state"), asked.text("kind"), asked.text("q")
    unit, wrong = asked.unit("unit"), asked.wrong
    filters = queries.Filters(
        units=None if unit is None else frozenset({unit}),
        kind=CaseKind(kind) if kind in set(CaseKind) else None,
        service=asked.text("service"),
        state=CaseState(state) if state in set(CaseState) else None,
        open=state == "open",
        overdue=state == "overdue",
        channel=Channel(asked.text("channel")) if asked.text("channel") in set(Channel) else None,
        text=text,
    )
    page = queries.cases(request.user, asked.today, filters, after=asked.whole("cursor"), limit=PAGE)
    if len(page.rows) == 1 and id_of(text) == page.rows[0].id:
        return redirect("voice-case", page.rows[0].number)
    return render(
        request,
        "voice/list.html",
        {
            "crumbs": (Crumb(_("Người dân gửi")),),
            "text": text,
            "state": state,
            "kind": kind,
            "service": filters.service,
            "unit_code": asked.text("unit"),
            "wrong": wrong,
            "states": (
                ("", _("mọi tình trạng")),
                ("open", _("đang mở")),
                ("overdue", _("quá hẹn trả lời")),
                ("new", _("mới nhận")),
                ("working", _("đang giải quyết")),
                ("answered", _("đã trả lời")),
                ("withdrawn", _("đã rút")),
            ),
            "kinds": [("", _("mọi loại việc")), *((one.value, said.kind(one)) for one in CaseKind)],
            "services": [(one.code, words.named(one.name, one.name_en)) for one in queries.services_on(asked.today)],
            "table": _table(page.rows),
            "pager": Pager(
                len(page.rows),
                asked.address(cursor=None) if asked.text("cursor") else "",
                asked.address(cursor=page.next) if page.next else "",
            ),
        },
    )


def _table(rows: Any) -> Table:
    columns = (
        Column(_("Số"), head=True, tight=True),
        Column(_("Việc")),
        Column(_("Nội dung")),
        Column(_("Đơn vị")),
        Column(_("Hạn trả lời"), number=True),
        Column(_("Tình trạng")),
    )
    shown = [
        (
            Cell(row.number, f"{HOME}{row.number}/", note=said.channel(row)),
            Cell(said.topic(row), note=_("%(many)d việc trùng đã gộp") % {"many": row.merged} if row.merged else ""),
            Cell(row.excerpt, note=row.place or said.named_ward(row)),
            Cell(name_of(row.unit)),
            Cell(words.day(row.due_on), note=_("nhận %(day)s") % {"day": words.day(row.received_on)}),
            Cell(mark=said.mark_of(row)),
        )
        for row in rows
    ]
    empty = State(
        _("Chưa có việc nào khớp"),
        _("Chỉ việc của đơn vị Ông/Bà được giao mới hiện ở đây. Thử bỏ bớt điều kiện lọc."),
        actions=(Crumb(_("Bỏ mọi điều kiện"), HOME),),
    )
    return Table.of(_("Việc người dân gửi, mới nhận trước"), columns, shown, empty=empty)


@login_required
def one(request: SignedIn, number: str) -> HttpResponse:
    """A case: what was said, by when an answer is owed, and every act on it as a form of its own."""
    today, wrong, typed = localdate(), {}, {}
    try:
        shown = queries.case(number, request.user, today)
        if request.method == "POST":
            return _act(request, shown)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownCase as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Về danh sách"), HOME),))
    except Refused as refused:
        wrong = {request.POST.get("do", ""): words.refusal(refused)}
        if isinstance(refused, NotReady):
            wrong |= {field: words.refusal(why) for field, why in refused.faults.items()}
        typed = {name: str(value) for name, value in request.POST.items()}
        shown = queries.case(number, request.user, today)
    if shown.new_words and shown.may_work:
        operations.read_follow_ups(case=shown.record.pk, by=request.user, on=today)
    return render(request, "voice/one.html", _context(shown, request, wrong, typed), status=422 if wrong else 200)


def _context(shown: queries.CaseShown, request: SignedIn, wrong: dict[str, str], typed: dict[str, str]) -> dict[str, Any]:
    own = OWN[shown.row.kind].context(shown, request, wrong, typed) if shown.row.kind in OWN else {}
    staff = organisations.staff(shown.row.unit.id, localdate()) if shown.may_work else ()
    return {
        **own,
        "crumbs": (Crumb(_("Người dân gửi"), HOME), Crumb(shown.row.number)),
        "shown": shown,
        "row": shown.row,
        "kind": said.kind(shown.row.kind),
        "topic": said.topic(shown.row),
        "state": said.state(shown.row.state),
        "outcome": said.outcome(shown.row.outcome),
        "why_hidden": said.why_hidden(shown.record.why_hidden),
        "channel": said.channel(shown.row),
        "mark": said.mark_of(shown.row),
        "answers": said.answers(shown),
        "told": said.told(shown),
        "moments": said.moments(shown),
        "doubles": [(row.number, row.excerpt, row.received_on) for row in shown.doubles],
        "outcomes": [(code.value, _(said_of)) for code, said_of in OUTCOME_WORDS.items()],
        "grades": grades(shown),
        "units": concerned_units(typed.get("unit", "")) if shown.may_work and shown.is_open else [],
        "may_set_aside": not KINDS[shown.row.kind].sealed and not shown.row.merged,
        "officers": [(person.username, person.name) for person, _held in staff],
        "wrong": wrong,
        "typed": typed,
        "kind_page": f"voice/kinds/{shown.row.kind.value}.html",
    }


def grades(shown: queries.CaseShown) -> list[tuple[str, str, str]]:
    """The longer terms that the law knows for a case and that were not given yet."""
    given = {one.grade for one in shown.extensions}
    known = legal_grades(shown.row.kind.value, "answer", localdate())
    return [(one.grade, one.words, one.source) for one in known if one.words and one.grade not in given]


def _act(request: SignedIn, shown: queries.CaseShown) -> HttpResponse:
    given, what = request.POST, request.POST.get("do", "")
    hand: dict[str, Any] = {"case": shown.record.pk, "by": request.user, "on": localdate(), "at": timezone.now()}
    seen = int(given["seen"]) if given.get("seen", "").isdigit() else None
    spoken = given.get("words", "")
    match what:
        case "start":
            operations.start(**hand, seen=seen)
        case "say":
            operations.say(words=spoken, **hand)
        case "note":
            operations.note(words=spoken, **hand)
        case "answer":
            if given.get("outcome") not in set(Outcome):
                raise MissingWords("outcome", _("Xin chọn kết quả."))
            operations.answer(words=spoken, outcome=Outcome(given["outcome"]), seen=seen, **hand)
        case "add_answer":
            operations.add_answer(words=spoken, **hand)
        case "hand_over":
            if not given.get("unit"):
                raise MissingWords("unit", _("Xin chọn đơn vị nhận."))
            operations.hand_over(to=organisations.unit(given.get("unit", "")), words=spoken, seen=seen, **hand)
            messages.success(request, _("Đã chuyển việc; người gửi được báo."))
            return redirect("voice")
        case "assign":
            officer = organisations.person(given["officer"]) if given.get("officer") else None
            operations.assign(officer=officer, **hand)
        case "extend":
            operations.extend(grade=given.get("grade", ""), allowed_by=given.get("allowed_by", ""), words=spoken, **hand)
        case "merge":
            numbers = [found for typed in given.get("numbers", "").replace(",", " ").split() if (found := id_of(typed))]
            del hand["case"]
            operations.merge(into=shown.record.pk, cases=numbers, **hand)
        case "set_aside":
            operations.set_aside(why=spoken, **hand)
        case "part":
            operations.part(**hand)
        case _:
            if shown.row.kind not in OWN or not OWN[shown.row.kind].act(given, shown, what, hand):
                return redirect("voice-case", shown.row.number)
    messages.success(request, _("Đã ghi."))
    return redirect("voice-case", shown.row.number)


@login_required
def file(request: SignedIn, number: str, token: str) -> HttpResponse | FileResponse:
    """A file of a case that the reader may read."""
    try:
        shown = queries.case(number, request.user, localdate())
        return uploads.served(queries.file_of(shown.record.pk, token))
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Về danh sách"), HOME),))


@login_required
def moderate(request: SignedIn) -> HttpResponse:
    """What waits to be shown in public: words and place, nothing of whose they are. Hiding needs a reason."""
    if Right.MODERATE_VOICE not in organisations.rights(request.user, localdate()):
        return errors.no_right(request)
    from_now: dict[str, Any] = {"by": request.user, "on": localdate(), "at": timezone.now()}
    wrong, at = "", request.POST.get("case", "")
    if request.method == "POST" and at.isdigit():
        try:
            if request.POST.get("do") == "show":
                operations.show(case=int(at), words=request.POST.get("words", ""), **from_now)
            else:
                operations.hide(case=int(at), why=WhyHidden(request.POST.get("why", "")), **from_now)
            return redirect("voice-moderate")
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refused:
            wrong = words.refusal(refused)
        except ValueError:
            wrong = _("Xin chọn lý do không cho hiện.")
    waiting = queries.to_moderate(request.user, localdate())
    return render(
        request,
        "voice/moderate.html",
        {
            "crumbs": (Crumb(_("Người dân gửi"), HOME), Crumb(_("Chờ hiện công khai"))),
            "waiting": [
                {
                    "id": one.pk,
                    "number": one.number,
                    "words": request.POST.get("words", one.text) if at == str(one.pk) else one.text,
                    "place": one.place,
                    "topic": words.named(one.service.name, one.service.name_en) if one.service else said.kind(CaseKind(one.kind)),
                    "on": one.received_on,
                    "wrong": wrong if at == str(one.pk) else "",
                }
                for one in waiting
            ],
            "reasons": [(code.value, _(spoken)) for code, spoken in WHY_HIDDEN_WORDS.items()],
            "empty": State(
                _("Không có gì đang chờ"), _("Việc người gửi muốn cho hiện sẽ vào đây."), icon="circle-check", kind="good"
            ),
        },
        status=422 if wrong else 200,
    )
