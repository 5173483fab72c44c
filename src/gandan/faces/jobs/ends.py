"""What has an end: one table, kind of the register of processing → whose operation ends it. A kind without a line is a fault.

What ends by another way stands in `APART`, each with its reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gandan.ground.audit import operations as audit
from gandan.ground.documents import operations as documents
from gandan.ground.messages import operations as messages
from gandan.ground.organisations import operations as organisations
from gandan.ground.privacy import operations as privacy
from gandan.ground.privacy.operations.erasing import Eraser
from gandan.ground.privacy.queries import held
from gandan.work.community import operations as community
from gandan.work.democracy import operations as democracy
from gandan.work.dossiers import operations as dossiers
from gandan.work.matters import operations as matters
from gandan.work.meetings import operations as meetings
from gandan.work.meetings import queries as of_meetings
from gandan.work.notices import operations as notices
from gandan.work.relief import operations as relief
from gandan.work.voice import operations as voice


@dataclass(frozen=True)
class End:
    """The operation that ends records of a kind; and the type of those that may be held."""

    of: Eraser
    about_type: str = ""


def by_its_own_day(of: Callable[..., Sequence[object]]) -> Eraser:
    """Return an eraser of records that carry the day of their end themselves."""

    def end(*, before: date, but: frozenset[int], by: Any, on: date) -> Sequence[object]:
        return of(by=by, on=on)

    return end


def by_its_own_day_but_held(of: Callable[..., Sequence[object]]) -> Eraser:
    """The same, where some of them may be held."""

    def end(*, before: date, but: frozenset[int], by: Any, on: date) -> Sequence[object]:
        return of(but=but, by=by, on=on)

    return end


def files_but_held(*, before: date, but: frozenset[int], by: Any, on: date) -> Sequence[object]:
    """End files by their own day; the papers of a meeting that is held stay with it."""
    return documents.erase_ended(but=of_meetings.files_of(held("meetings.meeting", on)), by=by, on=on)


ENDS: dict[str, End] = {
    "dossiers": End(dossiers.anonymise_ended, "dossiers.dossier"),
    "refused-rows": End(dossiers.erase_refused_rows),
    "drafts": End(by_its_own_day(dossiers.erase_drafts)),
    "bookings": End(by_its_own_day(dossiers.erase_bookings)),
    "cases": End(voice.anonymise_ended, "voice.case"),
    "ideas": End(voice.close_ideas, "voice.idea"),
    "remarks": End(voice.close_comments, "voice.remark"),
    "reception-visitors": End(by_its_own_day(voice.erase_visitors)),
    "case-drafts": End(by_its_own_day(voice.erase_drafts)),
    "subscribers": End(by_its_own_day(notices.forget_unconfirmed)),
    "attachments": End(files_but_held),
    "papers": End(by_its_own_day(documents.erase_papers)),
    "rating-words": End(by_its_own_day(dossiers.erase_rating_words)),
    "exports": End(by_its_own_day(documents.erase_exports)),
    "messages": End(by_its_own_day(messages.erase_ended)),
    "requests": End(privacy.erase_requests, "privacy.request"),
    "sessions": End(privacy.erase_sessions),
    "minutes": End(meetings.erase_minutes, "meetings.meeting"),
    "commendations": End(community.erase_commended, "community.commendation"),
    "partners": End(community.erase_partners, "community.partner"),
    "activities": End(community.erase_activities, "community.activity"),
    "comments": End(democracy.erase_comments, "democracy.consultation"),
    "rolls": End(democracy.erase_rolls, "democracy.poll"),
    "matters": End(matters.erase_words, "matters.matter"),
    "relief": End(by_its_own_day_but_held(relief.erase_ended), "relief.need"),
    "openings": End(audit.erase_reasons, "audit.opening"),
    "staff": End(organisations.anonymise_former),
}

APART = {
    "tips": "each is erased by the destruction of its own secret, which also ends it in every backup (jobs.erase_tips)",
    "ballots": "they go with their key when the call ends (ideas.count_supports)",
    "reading-log": "whole months are dropped by the log itself (jobs.drop_log), as its rows may not be changed",
}
