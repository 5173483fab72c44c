"""Hôm nay: all that I and my unit owe, from every package, the most pressing first."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gandan.faces.pages import words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, my_units
from gandan.faces.pages.pieces import MARKS, Choice, Crumb, Owed, Pager, State, Words
from gandan.ground.audit import queries as audit
from gandan.ground.calendar import queries as calendar
from gandan.ground.calendar.rules import WorkingCalendar, working_days_between
from gandan.ground.documents import queries as documents
from gandan.ground.messages import queries as messages
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.promises import queries as promises
from gandan.ground.promises.kinds import PROMISE_KINDS, Receiver
from gandan.ground.promises.queries import Group, QueueRow
from gandan.work.dossiers.queries import letters

PAGE, FIRST = 50, 8
GROUPS: dict[Group, tuple[Words, str]] = {
    Group.OVERDUE: (gettext_lazy("Quá hẹn"), "late"),
    Group.TODAY: (gettext_lazy("Hẹn hôm nay"), "today"),
    Group.AT_RISK: (gettext_lazy("Sắp đến hẹn"), "risk"),
    Group.WAITING: (gettext_lazy("Đang chờ, tạm dừng tính hạn"), "paused"),
    Group.LATER: (gettext_lazy("Còn thời gian"), "open"),
}
GIVEN: Words = gettext_lazy("Mới được giao trong tuần")
PRESSING = (Group.OVERDUE, Group.TODAY, Group.AT_RISK)
RECEIVERS: dict[str, Words] = {
    Receiver.CITIZEN: gettext_lazy("người dân"),
    Receiver.ORGANISATION: gettext_lazy("tổ chức"),
    Receiver.PUBLIC: gettext_lazy("công chúng"),
    Receiver.SUPERIOR: gettext_lazy("cấp trên"),
    Receiver.PARTNER: gettext_lazy("cơ quan phối hợp"),
}
SCOPES = {"unit", "me", "below"}
PAGES = {
    "dossiers.dossier": "/dossiers/{label}/",
    "reports.report": "/reports/{label}/",
    "reports.owedreport": "/reports/owed/{number}/",
    "requests.answer": "/requests/answers/{number}/",
    "voice.case": "/voice/{label}/",
    "voice.call": "/ideas/{number}/",
    "voice.ideagroup": "/ideas/groups/{number}/",
    "voice.milestone": "/ideas/milestones/{number}/",
    "community.communitymodel": "/models/{number}/",
    "meetings.conclusion": "/meetings/conclusions/{number}/",
    "statements.statement": "/statements/{number}/",
    "programmes.planduty": "/programmes/plans/owed/{number}/",
    "programmes.turn": "/tasks/{number}/",
    "community.point": "/activities/points/{number}/",
    "democracy.duty": "/democracy/duties/{number}/",
    "democracy.consultation": "/democracy/consultations/{number}/",
    "democracy.poll": "/democracy/polls/{number}/",
    "relief.need": "/relief/needs/{number}/",
    "counsel.advice": "/advice/{number}/",
    "counsel.finding": "/inspections/findings/{number}/",
    "matters.matter": "/matters/{number}/",
    "matters.pledge": "/matters/pledges/{number}/",
}


PAPERS = {"programmes.draft": "/programmes/"}  # where what waits for a signature is found, if not among the reports


def front(request: SignedIn) -> HttpResponse:
    """The first page of all: an officer's day, and for everyone else what they come for.

    Who was signed in, and who asks for a part of the day, is asked to sign in.
    """
    if not (request.user.is_authenticated or request.GET or request.COOKIES.get(settings.SESSION_COOKIE_NAME)):
        return redirect("public-home")
    answer: HttpResponse = today(request)
    return answer


@login_required
def today(request: SignedIn) -> HttpResponse:
    """What is overdue, due today and at risk; each group opens into a list of its own."""
    asked = Asked(request)
    mine = my_units(request)
    if mine["my_rights"] == {Right.SCAN_PARCELS}:
        return redirect("post")  # the post's people owe nothing here; they came to scan
    unit = mine["my_unit"]
    scope = asked.text("scope") if asked.text("scope") in SCOPES else ""
    units = None if scope == "below" or unit is None else {unit.id}
    officer = request.user if scope == "me" else None
    counts = promises.counts(request.user, asked.today, units=units, officer=officer)
    if not scope and not counts.open and units:  # whose own unit owes nothing looks after those below
        below = promises.counts(request.user, asked.today)
        units, counts, scope = (None, below, "below") if below.open else (units, counts, "unit")
    scope = scope or "unit"
    chosen = Group(asked.text("group")) if asked.text("group") in set(Group) else None
    kept = calendar.working_calendar(unit.id if unit else None)
    told = Right.HEAR_OPENINGS in mine["my_rights"]
    context = {
        "to_sign": [(one, PAPERS.get(one.about_type, "/reports/")) for one in documents.waiting_for(request.user)],
        "alerts": audit.unseen_alerts(request.user, asked.today) if told else 0,
        "today": asked.today,
        "unit": unit,
        "scope": scope,
        "chosen": chosen,
        "scopes": (
            Choice(_("Của đơn vị"), asked.address(scope="unit", cursor=None), scope == "unit"),
            Choice(_("Của riêng tôi"), asked.address(scope="me", cursor=None), scope == "me"),
            Choice(_("Cả cấp dưới"), asked.address(scope="below", cursor=None), scope == "below"),
        ),
        "counts": [
            (
                title,
                getattr(counts, group.value),
                MARKS[mark],
                asked.address(group=group.value, given=None, cursor=None),
                group == chosen,
            )
            for group, (title, mark) in GROUPS.items()
        ],
        "open": counts.open,
        "stuck": letters.stuck(request.user, asked.today).all,
        "unsent": messages.in_trouble(request.user, asked.today),
    }

    whose: dict[str, Any] = {"units": units, "officer": officer}
    fresh: dict[str, Any] = {"among": promises.given_lately(asked.today)}

    def rows(group: Group, limit: int, **more: Any) -> list[QueueRow]:
        return promises.queue(request.user, asked.today, group=group, limit=limit, **whose, **more)

    if chosen:
        given = chosen is Group.LATER and bool(asked.text("given"))
        found = rows(chosen, PAGE + 1, after=_cursor(asked), **(fresh if given else {}))
        shown = found[:PAGE]
        following = asked.address(cursor=f"{shown[-1].due_on.isoformat()}_{shown[-1].id}") if len(found) > PAGE else ""
        names = _names(shown)
        return render(
            request,
            "promises/today.html",
            context
            | {
                "crumbs": (Crumb(_("Hôm nay"), "/"), Crumb(GIVEN if given else GROUPS[chosen][0])),
                "title": GIVEN if given else GROUPS[chosen][0],
                "sections": [("", [_owed(row, asked.today, kept, names) for row in shown], "", 0)] if shown else [],
                "pager": Pager(len(shown), asked.address(cursor=None) if asked.text("cursor") else "", following),
                "empty": None if shown else _empty(chosen),
            },
        )
    found_by = {group: rows(group, FIRST) for group in PRESSING if getattr(counts, group.value)}
    given_now = rows(Group.LATER, FIRST + 1, **fresh) if counts.later and scope != "below" else []
    names = _names([row for several in (*found_by.values(), given_now) for row in several])
    sections = [
        (
            GROUPS[group][0],
            [_owed(row, asked.today, kept, names) for row in several],
            asked.address(group=group.value, given=None),
            getattr(counts, group.value),
        )
        for group, several in found_by.items()
    ]
    if given_now:
        number = len(given_now)
        if number > FIRST:
            number = promises.counts(request.user, asked.today, **whose, **fresh).later
        new = [_owed(row, asked.today, kept, names) for row in given_now[:FIRST]]
        sections.append((GIVEN, new, asked.address(group=Group.LATER.value, given="1"), number))
    return render(
        request,
        "promises/today.html",
        context
        | {
            "title": _("Hôm nay"),
            "sections": sections,
            "first": FIRST,
            "empty": None if sections else _empty(None),
        },
    )


def _names(rows: list[QueueRow]) -> dict[int, str]:
    return {unit: words.named(row.name, row.name_en) for unit, row in organisations.rows({row.unit_id for row in rows}).items()}


def _owed(row: QueueRow, on: date, kept: WorkingCalendar, names: dict[int, str]) -> Owed:
    kind = PROMISE_KINDS[row.kind]
    mark = MARKS[GROUPS[row.group][1]]
    page = PAGES.get(row.about_type, "")
    return Owed(
        label=row.label,
        kind=words.named(kind.name_vi, kind.name_en),
        owed_to=RECEIVERS.get(row.owed_to, row.owed_to),
        unit=names[row.unit_id],
        due=row.due_on,
        mark=mark,
        words=left(row, on, kept),
        officer=row.officer_name,
        href=page.format(label=row.label, number=row.about_id) if page else "",
    )


def left(row: QueueRow, on: date, kept: WorkingCalendar) -> str:
    """How far a promise is from its day, in working days."""
    if row.group is Group.WAITING and row.waiting_since:
        return _("chờ từ %(day)s") % {"day": words.day(row.waiting_since)}
    if row.due_on == on:
        return ""
    days = int(working_days_between(min(on, row.due_on), max(on, row.due_on), kept))
    if row.due_on < on:
        return ngettext("quá hẹn %(days)d ngày làm việc", "quá hẹn %(days)d ngày làm việc", days) % {"days": days}
    return ngettext("còn %(days)d ngày làm việc", "còn %(days)d ngày làm việc", days) % {"days": days}


def _empty(group: Group | None) -> State:
    if group is None:
        return State(
            _("Không có gì quá hẹn hay sắp đến hẹn"),
            _("Mọi lời hẹn đang được giữ. Việc còn thời gian có ở “Còn thời gian”."),
            icon="circle-check",
            kind="good",
        )
    return State(
        _("Không có việc nào ở nhóm này"),
        _("Xem các nhóm khác ở trên, hoặc mở rộng sang cấp dưới."),
        icon="inbox",
        actions=(Crumb(_("Về trang Hôm nay"), "/"),),
    )


def _cursor(asked: Asked) -> tuple[date, int] | None:
    day, _under, number = asked.text("cursor").partition("_")
    try:
        return (date.fromisoformat(day), int(number)) if number else None
    except ValueError:
        return None
