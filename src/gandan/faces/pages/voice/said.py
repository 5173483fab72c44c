"""Words and marks of cases."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from gandan.faces.pages import words
from gandan.faces.pages.pieces import MARKS, Mark, Moment
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.kinds import KINDS as EVENTS
from gandan.ground.ledger.kinds import Kind
from gandan.work.voice import queries
from gandan.work.voice.flow import CHANNEL_WORDS, OUTCOME_WORDS, STATE_WORDS, WHY_HIDDEN_WORDS, Outcome, State, WhyHidden
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.queries import CaseRow, CaseShown
from gandan.work.voice.rules.reports.questions import Asks, questions_of

GOOD = {Kind.VOICE_RECEIVED, Kind.VOICE_ANSWERED, Kind.VOICE_SHOWN}
LATE = {Kind.PROMISE_OVERDUE, Kind.VOICE_HIDDEN}
IMPLIED = {Kind.PROMISE_OWED, Kind.PROMISE_KEPT, Kind.PROMISE_DROPPED, Kind.PROMISE_HANDED_OVER, Kind.PROMISE_TAKEN_OVER}


def kind(one: CaseKind) -> str:
    return _(KINDS[one].name)


def state(one: State) -> str:
    return _(STATE_WORDS[one])


def outcome(one: Outcome | None) -> str:
    return _(OUTCOME_WORDS[one]) if one else ""


def why_hidden(code: str) -> str:
    return _(WHY_HIDDEN_WORDS[WhyHidden(code)]) if code else ""


def channel(row: CaseRow) -> str:
    return f"{row.source} {row.source_number}" if row.source else _(CHANNEL_WORDS[row.channel])


def topic(row: CaseRow) -> str:
    """What a case is about, in few words: its service, or its kind."""
    return words.named(row.service_name, row.service_name_en) or kind(row.kind)


def mark_of(row: CaseRow) -> Mark:
    if row.state is State.WITHDRAWN:
        return MARKS["withdrawn"]
    if row.state is State.ANSWERED:
        return MARKS["done_late"] if row.overdue else MARKS["in_time"]
    return MARKS["late"] if row.overdue else MARKS["open"]


def answers(shown: CaseShown) -> list[tuple[str, str]]:
    """The questions that were answered, and what was said, in words."""
    found = []
    for question in questions_of(queries.asked_of(shown.row.kind, shown.record.service)):
        given = shown.answers.get(question.code)
        if given in (None, "", []):
            continue
        known = {key: words.named(vi, en) for key, vi, en in question.values}
        several = given if isinstance(given, list) else [given]
        said = ", ".join(known.get(str(one), str(one)) if question.asks in {Asks.ONE, Asks.MANY} else str(one) for one in several)
        found.append((words.named(question.words, question.words_en), said))
    return found


def moments(shown: CaseShown) -> tuple[Moment, ...]:
    """What happened to a case, by the ledger."""
    reversed_ = {event.corrects_id for event in shown.timeline if event.corrects_id}
    return tuple(
        Moment(
            event.day,
            words.named(EVENTS[Kind(event.kind)].sentence_vi, EVENTS[Kind(event.kind)].sentence_en) + ".",
            name_of(shown.row.unit) if event.unit_id == shown.row.unit.id else "",
            "",
            "late" if event.kind in LATE else "kept" if event.kind in GOOD else "",
        )
        for event in shown.timeline
        if event.sign > 0 and event.id not in reversed_ and Kind(event.kind) not in IMPLIED
    )


def told(shown: CaseShown) -> list[dict[str, Any]]:
    """What passed between a sender and the desk, the oldest first: replies, what was added, where it went."""
    found: list[dict[str, Any]] = [
        {
            "at": one.at,
            "on": one.on,
            "words": one.words,
            "unit": one.unit,
            "sort": "answer" if one.is_answer else "word",
            "seen": one.seen_on,
        }
        for one in shown.replies
    ]
    found += [{"at": one.at, "on": one.on, "words": one.words, "unit": None, "sort": "mine"} for one in shown.follow_ups]
    return sorted(found, key=lambda one: one["at"])


def named_ward(row: queries.CaseRow) -> str:
    return name_of(row.ward) if row.ward else ""


def question_fields(rows: Any, said: Mapping[str, str], wrong: Mapping[str, str]) -> list[dict[str, Any]]:
    """The questions of a service as a form asks them, with what was filled in."""
    fields = []
    for question in sorted(questions_of(rows), key=lambda one: one.order):
        name = question.field + ("[]" if question.asks is Asks.MANY else "")
        given = said.get(name, "")
        fields.append(
            {
                "name": name,
                "asks": question.asks.value,
                "words": words.named(question.words, question.words_en),
                "hint": words.named(question.hint, question.hint_en),
                "required": question.required,
                "value": given,
                "chosen": given.split("\n"),
                "values": [(key, words.named(vi, en)) for key, vi, en in question.values],
                "wrong": wrong.get(question.field, ""),
            }
        )
    return fields
