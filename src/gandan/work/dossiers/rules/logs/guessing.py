"""A mapping for a log that nobody prepared, guessed from its attributes and activities; a person looks at it before it counts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from gandan.ground.vietnam.text import fold
from gandan.work.dossiers.rules.logs.census import ACTIVITY, CASE, LIFECYCLE, NTH, STAMP, Census, ColumnSeen

# How systems call an application's own dates, folded, without blanks and signs; the first that is filled with moments is taken.
COLUMNS = {
    "received_on": ("startdate", "receivedon", "receiptdate", "receivedate", "regdate", "registrationdate", "applicationdate",
                    "submissiondate", "ngaytiepnhan", "ngaynhan", "ontvangstdatum", "startdatum", "eingangsdatum",
                    "antragsdatum"),
    "due_on": ("deadline", "duedate", "dueon", "enddateplanned", "plannedenddate", "dateplannedend", "ngayhentra", "ngayhen",
               "einddatumgepland", "faelligam"),
    "finished_on": ("enddate", "finishedon", "completiondate", "closedate", "closedon", "decisiondate", "ngaycoketqua",
                    "ngayketthuc", "ngayhoanthanh", "einddatum", "enddatum", "erledigtam"),
    "withdrawn_on": ("withdrawnon", "withdrawaldate", "ngayrut", "ngayruthoso"),
}  # fmt: skip
# Words of an activity that tell of a step, folded; asked in this order, and the first that fits counts.
STEPS = {
    "supplement_asked_on": ("request additional", "ask supplement", "request for information", "yeu cau bo sung"),
    "supplemented_on": ("supplement received", "additional information received", "da bo sung"),
    "stopped_on": ("dung giai quyet", "dung xu ly", "discontinued", "buiten behandeling"),
    "withdrawn_on": ("withdraw", "cancel", "rut ho so", "ingetrokken", "intrekking"),
    "finished_on": ("send decision", "decision sent", "finish", "completed", "case closed", "close case", "archive", "activated",
                    "registered decision", "issue", "send confirmation of permit", "co ket qua", "hoan thanh", "da xu ly xong",
                    "afgehandeld", "besluit verzonden", "phase decision sent", "payment handled", "end of procedure",
                    "bescheid versandt", "abgeschlossen"),
}  # fmt: skip
NUMBERS = (f"{CASE}{ACTIVITY}", f"{CASE}identity:id", f"{CASE}id", f"{CASE}case_id", f"{CASE}caseid")
CHANNELS = {
    "online": ("internet", "online", "e-mail", "email", "web", "website", "portal", "truc tuyen"),
    "counter": ("desk", "counter", "intern", "in person", "truc tiep"),
    "post": ("post", "mail", "letter", "buu chinh"),
}
CHANNEL_KEYS = ("channel", "kenh", "cachnop", "kenhthuchien")
WITHDRAWN_TRANSITIONS = ("withdraw", "ate_abort", "pi_abort")
TEMPLATE_TERM = "56 calendar_days"


@dataclass(frozen=True)
class Guess:
    """A mapping as a file would hold it, what it rests on, and what could not be told."""

    mapping: dict[str, Any]
    activity: str  # the attribute that names the activities
    steps: dict[str, list[str]] = field(default_factory=dict)  # field → activities
    unsure: tuple[str, ...] = ()  # codes: no_name, no_end, no_moments


def guess(census: Census, *, finished: Sequence[str] = (), withdrawn: Sequence[str] = ()) -> Guess:
    """Guess what a log's attributes and activities mean.

    :param finished: the activities that end a case, where a person has said so; likewise those that withdraw it
    """
    number = _number(census)
    dates = {name: _column(census, spoken) for name, spoken in COLUMNS.items()}
    activity, steps = _steps(census, {"finished_on": finished, "withdrawn_on": withdrawn})
    fields: dict[str, Any] = {"source_number": number, "procedure": {"value": "permit"}, "unit": {"value": ""}}
    fields["received_on"] = dates["received_on"] or {"column": STAMP, "take": "min"}
    if dates["due_on"]:
        fields["due_on"] = dates["due_on"]
    for name in ("finished_on", "withdrawn_on"):
        said = finished if name == "finished_on" else withdrawn
        if dates[name] and not said:
            fields[name] = dates[name]
            steps.pop(name, None)
        elif name in steps and (said or not (name == "withdrawn_on" and dates["finished_on"])):
            fields[name] = {"column": STAMP, "take": "max", "where": {"column": activity, "in": steps[name]}}
    for name, named in steps.items():
        wanted = {"supplemented_on": "supplement_asked_on" in steps, "stopped_on": not dates["finished_on"]}.get(name, True)
        if name not in fields and name not in COLUMNS and wanted:
            take = "min" if name == "supplement_asked_on" else "max"
            fields[name] = {"column": STAMP, "take": take, "where": {"column": activity, "in": named}}
    steps = {name: named for name, named in steps.items() if name in fields}
    if "withdrawn_on" not in fields and "finished_on" not in fields and (gone := _aborted(census)):
        fields["withdrawn_on"] = {"column": STAMP, "take": "max", "where": {"column": LIFECYCLE, "in": gone}}
    if channel := _channel(census):
        fields["channel"] = channel
    return Guess({"case": number, "time_zone": "written", "fields": fields}, activity, steps, _unsure(census, number, fields))


def _number(census: Census) -> str:
    """Return what numbers the cases: what names every one of them, else what names most."""
    told = [census.columns[name] for name in NUMBERS if name in census.columns and census.columns[name].filled]
    return (
        next((seen.name for seen in told if seen.filled == census.traces), max(told, key=lambda seen: seen.filled).name)
        if told
        else NTH
    )


def _unsure(census: Census, number: str, fields: dict[str, Any]) -> tuple[str, ...]:
    stamped = STAMP in census.columns and census.columns[STAMP].is_moment
    found = {
        "no_name": number == NTH,
        "no_end": "finished_on" not in fields,
        "no_moments": not stamped and isinstance(fields["received_on"], dict),
    }
    return tuple(code for code, is_so in found.items() if is_so)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name.removeprefix(CASE)))


def _column(census: Census, spoken: Iterable[str]) -> str:
    columns: dict[str, ColumnSeen] = {}
    for seen in census.columns.values():
        if seen.of_case and seen.is_moment:
            columns.setdefault(_plain(seen.name), seen)
    return next((columns[each].name for each in spoken if each in columns), "")


def _steps(census: Census, said: dict[str, Sequence[str]]) -> tuple[str, dict[str, list[str]]]:
    """Return the attribute whose activities tell most, and which of them tell of which step."""
    best: tuple[int, str, dict[str, list[str]]] = (-1, ACTIVITY, {})
    for column in sorted(census.activities, key=lambda name: name != ACTIVITY):
        names = [seen.name for seen in census.activities[column]]
        steps: dict[str, list[str]] = {}
        for name in names:
            step = next((step for step, words in STEPS.items() if any(word in fold(name) for word in words)), "")
            if step:
                steps.setdefault(step, []).append(name)
        for step, chosen in said.items():
            if known := [name for name in names if fold(name) in {fold(each) for each in chosen}]:
                steps[step] = known
        score = sum(map(len, steps.values())) + 1000 * sum(
            fold(each) in set(map(fold, names)) for one in said.values() for each in one
        )
        if score > best[0]:
            best = (score, column, steps)
    return best[1], best[2]


def _aborted(census: Census) -> list[str]:
    return [name for name in census.lifecycles if name in WITHDRAWN_TRANSITIONS]


def _channel(census: Census) -> dict[str, Any] | None:
    for seen in census.columns.values():
        if _plain(seen.name) not in CHANNEL_KEYS:
            continue
        values = {sample: channel for sample in seen.samples for channel, words in CHANNELS.items() if fold(sample) in words}
        if len(values) == len(seen.samples):
            spoken = {word: channel for channel, words in CHANNELS.items() for word in words}
            return {"column": seen.name, "values": spoken}
    return None
