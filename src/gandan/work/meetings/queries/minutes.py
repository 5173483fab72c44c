"""The minutes of a meeting as a paper: who was there, what was said and voted, what was concluded, and room for two to sign."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.timezone import get_default_timezone

from gandan.ground.documents.typesetting import typeset
from gandan.ground.vietnam.numbers import date_vi, long_date_vi, number_vi
from gandan.work.meetings.flow import Came, Part, State
from gandan.work.meetings.queries.meetings import AgendaShown, ConclusionShown, Invited, MeetingShown, VoteShown
from gandan.work.meetings.rules.voting import Outcome

OUTCOMES = {
    Outcome.CARRIED: "thông qua",
    Outcome.REJECTED: "không thông qua",
    Outcome.TIED: "ngang phiếu, chưa quyết định",
    Outcome.VOID: "dừng, không có kết quả",
}


def minutes_pdf(shown: MeetingShown, made_at: datetime) -> bytes:
    """Return the minutes of a meeting as they stand; before it is closed they say that they are a draft."""
    row = shown.row
    starts = row.starts_at.astimezone(get_default_timezone())
    others = [one for one in shown.invited if one.part not in {Part.CHAIR, Part.SECRETARY}]
    return typeset(
        "minutes",
        {
            "made_at": made_at.isoformat(),
            "office": row.unit.name,
            "partner": row.partner.name if row.partner else "",
            "title": row.title,
            "begins": f"{starts:%H:%M}, {long_date_vi(starts.date())}",
            "place": row.place,
            "remote": sum(one.came is Came.REMOTE for one in shown.invited),
            "chair": _named(shown.invited, Part.CHAIR),
            "secretary": _named(shown.invited, Part.SECRETARY),
            "present": [one.name for one in others if one.came],
            "absent": [one.name for one in others if not one.came],
            "guests": number_vi(row.guests) if row.guests else "",
            "agenda": [_item(item) for item in shown.agenda],
            "votes": [_vote(vote) for vote in shown.votes if not vote.open],
            "conclusions": [_conclusion(one) for one in shown.conclusions],
            "ended": date_vi(row.held_on) if row.state is State.CLOSED and row.held_on else "",
            "draft": row.state is not State.CLOSED,
            "simulated": settings.SIMULATED,
        },
    )


def _named(invited: list[Invited], part: Part) -> str:
    return next((one.name for one in invited if one.part is part), "")


def _item(item: AgendaShown) -> dict[str, Any]:
    lines = [line.strip() for line in item.section.text.splitlines() if line.strip()]
    signed = date_vi(item.done_on) if item.done_on else ""
    presenter = item.presenter.name if item.presenter else ""
    return {"number": item.position, "title": item.title, "presenter": presenter, "lines": lines, "signed": signed}


def _vote(vote: VoteShown) -> dict[str, Any]:
    return {
        "question": vote.question.rstrip(" ?.:"), "yes": vote.yes, "no": vote.no, "abstain": vote.abstain,
        "present": vote.present, "entitled": vote.entitled, "outcome": OUTCOMES[Outcome(vote.outcome)],
    }  # fmt: skip


def _conclusion(one: ConclusionShown) -> dict[str, Any]:
    text = one.text if one.text.endswith((".", "!", "?")) else f"{one.text}."
    return {"number": one.position, "text": text, "owner": one.owner.name, "officer": one.officer, "due": date_vi(one.due_on)}
