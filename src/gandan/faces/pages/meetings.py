"""Meetings: the list, planning one, and one with agenda, papers, people, minutes, votes and conclusions."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gandan.faces.pages import errors, naming, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.meeting_words import CAME, CHOICES, ITEMS, OUTCOMES, PARTS, REPLIES, STATES
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import MARKS, Cell, Column, Crumb, Pager, Table
from gandan.faces.pages.pieces import State as Empty
from gandan.faces.pages.programme_texts import text_to_sign
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.results.programmes import queries as programmes
from gandan.work.meetings import operations as meetings
from gandan.work.meetings import queries
from gandan.work.meetings.flow import Came, Part, Reply, State
from gandan.work.meetings.queries import ConclusionShown, MeetingShown
from gandan.work.meetings.rules import FORMULA, Choice

PAGE = 50
ROOT = Crumb(gettext_lazy("Cuộc họp"), "/meetings/")
BAD_MOMENT = gettext_lazy("Ngày giờ này không có trong lịch. Xin kiểm tra lại.")


class PlanForm(forms.Form):
    """What a meeting begins with. The agenda has a point on each line."""

    title = forms.CharField(max_length=200, error_messages={"required": gettext_lazy("Cuộc họp cần một tên.")})
    series = forms.CharField(max_length=160, required=False)
    starts_at = forms.DateTimeField(error_messages={"invalid": BAD_MOMENT, "required": BAD_MOMENT})
    minutes = forms.IntegerField(min_value=10, max_value=720, initial=120)
    place = forms.CharField(max_length=200, required=False)
    link = forms.URLField(max_length=300, required=False, assume_scheme="https")
    chair = naming.PersonField(max_length=200)
    secretary = naming.PersonField(max_length=200)
    partner = naming.UnitField(max_length=300, required=False)
    agenda = forms.CharField(max_length=4000, required=False)
    paper = forms.BooleanField(required=False)


def _holds(request: SignedIn) -> organisations.UnitRow | None:
    unit = my_unit(request)
    units = organisations.visible_units(Right.HOLD_MEETINGS, request.user, localdate())
    return unit if unit is not None and unit.id in units else None


@login_required
@require_safe
def meeting_list(request: SignedIn) -> HttpResponse:
    """The latest first: those of the reader's units, and those to which they are invited."""
    asked = Asked(request)
    state = State(asked.text("state")) if asked.text("state") in set(State) else None
    page = queries.meetings(request.user, asked.today, state=state, after=_cursor(asked), limit=PAGE)
    following = asked.address(cursor=f"{page.next[0].isoformat()}_{page.next[1]}") if page.next else ""
    rows = [
        (
            Cell(one.title, f"/meetings/{one.id}/", note=one.series),
            Cell(words.moment(timezone.localtime(one.starts_at))),
            Cell(name_of(one.unit), note=_("cùng %(unit)s") % {"unit": name_of(one.partner)} if one.partner else ""),
            Cell(PARTS[one.my_part] if one.my_part else ""),
            Cell(mark=STATES[one.state]),
        )
        for one in page.rows
    ]
    columns = (
        Column(_("Cuộc họp"), head=True), Column(_("Lúc"), number=True), Column(_("Đơn vị")), Column(_("Vai của tôi")),
        Column(_("Tình trạng")),
    )  # fmt: skip
    empty = Empty(_("Chưa có cuộc họp nào"), _("Cuộc họp của đơn vị và cuộc họp Ông/Bà được mời hiện ở đây."), icon="calendar")
    context = {
        "crumbs": (Crumb(ROOT.words),),
        "table": Table.of(_("Cuộc họp, mới nhất trước"), columns, rows, empty=empty),
        "pager": Pager(len(rows), asked.address(cursor=None) if asked.text("cursor") else "", following),
        "states": [(one.value, mark.word) for one, mark in STATES.items()],
        "state": asked.text("state"),
        "may_plan": _holds(request) is not None,
    }
    return render(request, "meetings/list.html", context)


def _cursor(asked: Asked) -> tuple[datetime, int] | None:
    at, _under, number = asked.text("cursor").rpartition("_")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment, int(number)) if number.isdigit() and moment.tzinfo else None


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Plan a meeting of the reader's unit."""
    unit, today = _holds(request), localdate()
    if unit is None:
        return errors.no_right(request)
    form = PlanForm(request.POST or None, initial={"secretary": naming.person_chosen(request.user), "minutes": 120})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("meeting", _planned(request, unit.code, form, today))
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
    context = {
        "crumbs": (ROOT, Crumb(_("Lên lịch"))),
        "unit": unit,
        "form": form,
        "kinds": ", ".join(str(said) for said in ITEMS.values()),
    }
    return render(request, "meetings/new.html", context, status=422 if form.errors else 200)


def _planned(request: SignedIn, unit: str, form: PlanForm, today: date) -> int:
    typed = form.cleaned_data
    starts = typed["starts_at"]
    made = meetings.plan(
        unit=organisations.unit(unit), title=typed["title"], series=typed["series"], starts_at=starts,
        ends_at=starts + timedelta(minutes=typed["minutes"]), place=typed["place"], link=typed["link"],
        chair=typed["chair"], secretary=typed["secretary"], partner=typed["partner"], paperless=not typed["paper"],
        agenda=[_point(line) for line in typed["agenda"].splitlines() if line.strip()], by=request.user, on=today,
    )  # fmt: skip
    return int(made.pk)


def _point(line: str) -> meetings.Point:
    """A line of an agenda: its title, and `(Ký kết 2022-2026)` at the end of what is to be signed."""
    title, _paren, rest = line.strip().rpartition("(")
    kind = next((kind for kind, said in ITEMS.items() if title and rest.rstrip(" )").lower().startswith(str(said).lower())), None)
    if kind is None:
        return meetings.Point(line.strip()[:200])
    programme = rest.rstrip(" )")[len(str(ITEMS[kind])) :].strip()
    return meetings.Point(title.strip()[:200], kind, programme=programme[:40])


@login_required
def one(request: SignedIn, number: int) -> HttpResponse:
    """One meeting: agenda, papers, who is invited, minutes, votes, conclusions, and what comes back from before."""
    today, wrong = localdate(), ""
    try:
        shown = queries.meeting(number, request.user, today)
        if request.method == "POST":
            act(request, shown, today)
            return redirect("meeting", number)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownMeeting as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    except Refused as refusal:
        wrong = words.refusal(refusal)
    row = shown.row
    going_on = row.state is State.OPEN
    context = {
        "crumbs": (ROOT, Crumb(row.title)),
        **now_of(shown),
        "shown": shown,
        "row": row,
        "mark": STATES[row.state],
        "wrong": wrong,
        "wrong_at": _place_of(request.POST.get("do", ""), shown, row.state),
        "typed": request.POST,
        "agenda": [(item, ITEMS[item.kind], text_to_sign(item.programme, today)) for item in shown.agenda],
        "people": [(one, PARTS[one.part], REPLIES[one.reply], CAME[one.came] if one.came else "") for one in shown.invited],
        "replies": [(value.value, said) for value, said in REPLIES.items() if value is not Reply.NONE],
        "parts": [(part.value, PARTS[part]) for part in (Part.MEMBER, Part.GUEST)],
        "conclusions": [(each, _mark(each)) for each in shown.conclusions],
        "before": [(each, _mark(each)) for each in shown.before],
        "closed_votes": [(vote, OUTCOMES.get(vote.outcome)) for vote in shown.votes if not vote.open],
        "planned": row.state is State.PLANNED,
        "going_on": going_on,
        "may_change": shown.leads and row.state in {State.PLANNED, State.OPEN},
        "may_write": going_on and (shown.leads or (shown.me is not None and shown.me.part is not Part.GUEST)),
        "owner": request.POST.get("owner") or naming.chosen(row.unit),
        "programmes": _programmes(shown) if going_on else [],
        "due": f"{today + timedelta(14):%Y-%m-%d}",
        "keep_as": f"{queries.SIGN}-{row.id}",
        "formula": FORMULA["en" if words.english() else "vi"],
    }  # fmt: skip
    return render(request, "meetings/one.html", context, status=422 if wrong else 200)


def _programmes(shown: MeetingShown) -> list[tuple[str, str]]:
    """To which programme a conclusion may belong: those that run, and what is on the agenda to be signed."""
    run = {one.code: words.named(one.title, one.title_en) for one in programmes.running()}
    return list(({one.programme: one.programme for one in shown.agenda if one.programme} | run).items())


def _place_of(what: str, shown: MeetingShown, state: State) -> str:
    """The form beside which a refusal stands, if it is still shown; else it stands above everything."""
    forms = {"paper": shown.leads and state in {State.PLANNED, State.OPEN}, "conclude": shown.leads and state is State.OPEN}
    return what if forms.get(what) else ""


def now_of(shown: MeetingShown) -> dict[str, Any]:
    """What may change while the page is open: papers that were replaced, who is there, the open vote."""
    voters = [one for one in shown.invited if one.part is not Part.GUEST]
    papers = [*(paper for item in shown.agenda for paper in item.papers), *shown.papers]
    return {
        "shown": shown,
        "row": shown.row,
        "going_on": shown.row.state is State.OPEN,
        "replaced": [paper for paper in papers if paper.replaced],
        "here": sum(one.here for one in shown.invited),
        "of": len(shown.invited),
        "voters_here": sum(one.here for one in voters),
        "voters": len(voters),
        "vote": next((vote for vote in shown.votes if vote.open), None),
        "choices": [(choice.value, said) for choice, said in CHOICES.items()],
    }


@login_required
@require_safe
@errors.told(ROOT)
def now(request: SignedIn, number: int) -> HttpResponse:
    """The part of the page that is asked for again and again while the meeting goes on."""
    shown = queries.meeting(number, request.user, localdate())
    return render(request, "meetings/now.html", now_of(shown))


def _mark(one: ConclusionShown) -> Any:
    if one.open:
        return MARKS["late" if one.late else "open"]
    return MARKS["done_late" if one.late else "kept"]


def act(request: SignedIn, shown: MeetingShown, today: date) -> None:
    """Do what was asked for."""
    step = STEPS.get(request.POST.get("do", ""))
    if step is not None:
        step(request, shown, {"by": request.user, "on": today})


Hand = dict[str, Any]
Step = Callable[[SignedIn, MeetingShown, Hand], object]


def _item(request: SignedIn, shown: MeetingShown) -> Any:
    typed = request.POST.get("item", "")
    return next((one.id for one in shown.agenda if str(one.id) == typed), None)


def _invite(request: SignedIn, shown: MeetingShown, hand: Hand) -> None:
    part = Part(request.POST["part"]) if request.POST.get("part", "") in {Part.MEMBER, Part.GUEST} else Part.MEMBER
    people = naming.people_meant(request.POST.get("people", ""))
    meetings.invite(meeting=shown.row.id, people=people, part=part, **hand)


def _paper(request: SignedIn, shown: MeetingShown, hand: Hand) -> None:
    file: Any = request.FILES.get("file")
    if file is None:
        raise meetings.NothingWritten(gettext_noop("Chưa chọn tệp."))
    known = {str(paper.id) for paper in (*shown.papers, *(paper for item in shown.agenda for paper in item.papers))}
    old = request.POST.get("paper", "")
    meetings.put_paper(
        meeting=shown.row.id, title=request.POST.get("title", "")[:200], source=file, name=file.name or "", at=timezone.now(),
        item=_item(request, shown), paper=int(old) if old in known else None, **hand,
    )  # fmt: skip


def _conclude(request: SignedIn, shown: MeetingShown, hand: Hand) -> None:
    typed = request.POST
    officer = organisations.person_meant(typed["officer"], hand["on"]) if typed.get("officer") else None
    try:
        due_on = date.fromisoformat(typed.get("due_on", ""))
    except ValueError:
        raise meetings.NothingWritten(gettext_noop("Xin ghi hạn thực hiện của kết luận.")) from None
    owner = organisations.unit_meant(typed.get("owner") or shown.row.unit.code, hand["on"])
    meetings.conclude(
        meeting=shown.row.id, text=typed.get("text", "")[:500], owner=owner, officer=officer, due_on=due_on,
        item=_item(request, shown), programme=typed.get("programme", "")[:40], **hand,
    )  # fmt: skip


def _carry_out(request: SignedIn, shown: MeetingShown, hand: Hand) -> None:
    known = {str(one.id) for one in (*shown.conclusions, *shown.before)}
    if request.POST.get("conclusion", "") in known:
        meetings.carry_out(conclusion=int(request.POST["conclusion"]), outcome=request.POST.get("outcome", ""), **hand)


def _vote(request: SignedIn, shown: MeetingShown, hand: Hand) -> None:
    open_ = next((vote for vote in shown.votes if vote.open), None)
    if open_ is not None and request.POST.get("choice", "") in set(Choice):
        meetings.cast(vote=open_.id, choice=Choice(request.POST["choice"]), **hand)


def _ends_vote(how: Callable[..., Any]) -> Step:
    def end(request: SignedIn, shown: MeetingShown, hand: Hand) -> None:
        open_ = next((vote for vote in shown.votes if vote.open), None)
        if open_ is not None:
            how(vote=open_.id, at=timezone.now(), **hand)

    return end


def _sign(request: SignedIn, shown: MeetingShown, hand: Hand) -> None:
    item = _item(request, shown)
    if item is not None:
        meetings.sign(item=item, **hand)


def _read_over(request: SignedIn, shown: MeetingShown, hand: Hand) -> None:
    sections = {str(item.section.id) for item in shown.agenda}
    if request.POST.get("section", "") in sections:
        meetings.read_over(section=int(request.POST["section"]), **hand)


def _reply(request: SignedIn, shown: MeetingShown, hand: Hand) -> None:
    if request.POST.get("answer", "") in set(Reply):
        meetings.reply(meeting=shown.row.id, answer=Reply(request.POST["answer"]), **hand)


def _somebody(request: SignedIn) -> Any:
    return organisations.person(request.POST.get("person", ""))


def _guests(request: SignedIn) -> int:
    typed = request.POST.get("guests", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


STEPS: dict[str, Step] = {
    "reply": _reply,
    "invite": _invite,
    "point": lambda r, s, hand: meetings.add_point(meeting=s.row.id, point=_point(r.POST.get("title", "")), **hand),
    "cancel": lambda r, s, hand: meetings.cancel(meeting=s.row.id, **hand),
    "open": lambda r, s, hand: meetings.open_meeting(meeting=s.row.id, **hand),
    "close": lambda r, s, hand: meetings.close_meeting(meeting=s.row.id, guests=_guests(r), **hand),
    "here": lambda r, s, hand: meetings.note_present(meeting=s.row.id, person=_somebody(r), at=timezone.now(), **hand),
    "remote": lambda r, s, hand: meetings.note_present(
        meeting=s.row.id, person=r.user, how=Came.REMOTE, at=timezone.now(), **hand
    ),
    "left": lambda r, s, hand: meetings.note_left(meeting=s.row.id, person=_somebody(r), at=timezone.now(), **hand),
    "chair": lambda r, s, hand: meetings.replace_chair(meeting=s.row.id, person=_somebody(r), **hand),
    "paper": _paper,
    "question": lambda r, s, hand: meetings.open_vote(
        meeting=s.row.id, question=r.POST.get("question", "")[:300], at=timezone.now(), **hand
    ),
    "vote": _vote,
    "close-vote": _ends_vote(meetings.close_vote),
    "break-off": _ends_vote(meetings.break_off_vote),
    "conclude": _conclude,
    "done": _carry_out,
    "sign": _sign,
    "read-over": _read_over,
}


@login_required
@require_POST
def section(request: SignedIn, number: int) -> HttpResponse:
    """Save a section of the minutes. A script is answered with the text as it stands now, others go back to the page."""
    typed, scripted = request.POST, request.headers.get("Accept", "").startswith("application/json")
    base = int(typed.get("base", "0")) if typed.get("base", "0").isdigit() else 0
    try:
        queries.section_of(number, request.user, localdate())
        kept = meetings.write_minutes(
            section=number, text=typed.get("text", "")[:100_000], base=base, key=typed.get("key", "")[:80], at=timezone.now(),
            by=request.user, on=localdate(),
        )  # fmt: skip
    except queries.UnknownMeeting:
        return errors.not_found(request)
    except NotAllowed as refused:
        if scripted:
            errors.note_refusal(request, refused)
            return JsonResponse({"wrong": words.refusal(refused)}, status=403)
        return errors.no_right(request, refused)
    except Refused as refusal:
        if scripted:
            return JsonResponse({"wrong": words.refusal(refusal)}, status=409)
        return errors.refused(request, refusal, status=409, actions=(ROOT,))
    if scripted:
        return JsonResponse({"text": kept.text, "version": kept.version, "both": kept.both})
    messages.success(request, _("Đã lưu biên bản."))
    return redirect(f"/meetings/{kept.meeting_id}/#s{number}")
