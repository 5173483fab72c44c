"""What a letter of apology says, and when it is owed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gandan.ground.calendar.rules import Term, WorkingCalendar, due_date, parse_term, shift, working_days_between
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.numbers import date_vi, dated_weekday_vi

DATA = Path(__file__).parent.parent / "data" / "letters.yaml"
OTHER = "other"
LONGEST_REASON = 300
CITY_RULE = date(2016, 9, 30)


class NoReason(Refused):
    """A letter says why."""


class NoMoreAppointments(Refused):
    """An appointment is moved so often and no more, unless somebody with a right to it decides so."""


@dataclass(frozen=True)
class LetterLaw:
    """The rule that holds for a body on a day."""

    days_before: int
    again: Term
    max_reappointments: int
    source: str

    def owed_from(self, appointed_on: date, calendar: WorkingCalendar) -> date:
        """Return the day from which the letter for an appointment is owed."""
        return shift(appointed_on, -self.days_before, calendar) if self.days_before else appointed_on

    def next_appointment(self, appointed_on: date, on: date, calendar: WorkingCalendar) -> date:
        """Return the new appointment: the term, counted from the missed one or from today, whichever is later."""
        return due_date(max(appointed_on, on), self.again, calendar)


@dataclass(frozen=True)
class Facts:
    """All that a letter says, taken once when it is signed. The paper is made of this and of nothing else."""

    applicant: str
    address: str
    phone: str
    procedure: str
    number: str
    received_on: str
    appointed_on: str
    late: bool
    status: str
    reason: str
    due_on: str
    days: int
    contact: str
    link: str
    body: str
    superior: str
    body_code: str
    position: str
    signer: str
    place: str
    signed_on: str
    signed_at: str
    language: str

    def kept(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, kept: str) -> "Facts":
        return cls(**json.loads(kept))

    def fields(self) -> dict[str, Any]:
        """Return the fields of the form."""
        return {
            "applicant": self.applicant,
            "phone": self.phone,
            "address": self.address,
            "received": date_vi(date.fromisoformat(self.received_on)),
            "procedure": self.procedure,
            "number": self.number,
            "appointed": dated_weekday_vi(date.fromisoformat(self.appointed_on)),
            "late": self.late,
            "status": self.status,
            "reason": self.reason,
            "due": dated_weekday_vi(date.fromisoformat(self.due_on)),
            "days": f"{self.days:02d} ngày làm việc",
            "contact": self.contact,
            "link": self.link,
        }


def reason_words(reason: str, words: str) -> str:
    """Return the reason as the letter gives it.

    :raises NoReason: if none was chosen, or "other" without words
    """
    said = " ".join(words.split()).rstrip(". ")
    if said:
        return said
    listed = reasons().get(reason, "")
    if not listed:
        raise NoReason(gettext_noop("Chưa chọn lý do. Thư phải nói vì sao không kịp hẹn."))
    return listed


def days_between(appointed_on: date, due_on: date, calendar: WorkingCalendar) -> int:
    """Return by how many working days an appointment is moved."""
    return max(int(working_days_between(appointed_on, due_on, calendar)), 1)


def default_law() -> LetterLaw:
    said = _data()["rule"]
    return LetterLaw(said["days_before"], parse_term(said["again"]), said["max_reappointments"], said["source"])


def reasons() -> Mapping[str, str]:
    """Return the reasons to choose from, by code; "other" has no words of its own."""
    found: Mapping[str, str] = _data()["reasons"]
    return found


def status_words(status: str) -> str:
    found: Mapping[str, str] = _data()["statuses"]
    return found.get(status, found["processing"])


def head_of(kind: str) -> str:
    """Return what the head of a kind of body is called."""
    found: Mapping[str, str] = _data()["heads"]
    return found.get(kind, found["other"])


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return data
