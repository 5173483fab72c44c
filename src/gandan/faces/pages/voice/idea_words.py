"""Words and marks of calls for ideas and of comments, and the rows that pages draw."""

from typing import Any

from django.utils.translation import gettext as _

from gandan.faces.pages import words
from gandan.faces.pages.marks import Mark
from gandan.faces.pages.pieces import MARKS
from gandan.faces.pages.voice import said
from gandan.work.voice.queries import comments as comment_queries
from gandan.work.voice.queries.ideas import CallShown, GroupShown
from gandan.work.voice.rules.comments import APPEAL_WORDS, About, Appeal
from gandan.work.voice.rules.ideas.flow import CALL_WORDS, DECISION_WORDS, CallState, Decision, GroupState

TONES = {
    Decision.TAKEN_UP: "kept", Decision.PARTLY: "kept", Decision.STUDIED: "wait", Decision.EXISTS: "kept", Decision.NOT_TAKEN: "",
}  # fmt: skip
ICONS = {CallState.DRAFT: "pencil", CallState.OPEN: "circle-check", CallState.ENDED: "lock"}


def title(one: CallShown) -> str:
    return words.named(one.record.title, one.record.title_en)


def theme(one: CallShown) -> str:
    return words.named(one.record.theme, one.record.theme_en)


def call_mark(one: CallShown) -> Mark:
    return Mark(
        _(CALL_WORDS[one.state]), ICONS[one.state], "kept" if one.takes else "wait" if one.state is CallState.OPEN else ""
    )


def decision(one: GroupShown) -> str:
    return _(DECISION_WORDS[one.decision]) if one.decision else ""


def group_mark(one: GroupShown) -> Mark:
    if one.state is GroupState.ANSWERED and one.decision:
        return Mark(decision(one), "circle-check", TONES[one.decision])
    return MARKS["late"] if one.overdue else MARKS["open"]


def group_line(one: GroupShown) -> dict[str, Any]:
    """A group as lists show it."""
    return {"one": one, "mark": group_mark(one), "decision": decision(one)}


def comments_of(about: About, number: int, *, after: int | None = None) -> dict[str, Any]:
    """What stands under a notice or call, and how many do not, by reason."""
    hidden = comment_queries.hidden_counts(about, number)
    shown = comment_queries.comments_shown(about, number, after=after, limit=51)
    return {
        "about": about.value,
        "number": number,
        "shown": shown[:50],
        "more": shown[49].pk if len(shown) > 50 else None,
        "hidden": [(said.why_hidden(why.value), many) for why, many in hidden.items()],
        "hidden_in_all": sum(hidden.values()),
    }


def appeal(code: str) -> str:
    return _(APPEAL_WORDS[Appeal(code)]) if code else ""
