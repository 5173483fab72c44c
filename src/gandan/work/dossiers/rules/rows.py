"""From a row of somebody's file to a dossier that may be taken in, or to the reasons why not."""

from collections.abc import Callable, Sequence
from datetime import date, time, tzinfo
from hashlib import blake2b

from gandan.ground.calendar.rules import Pause, Term
from gandan.ground.vietnam.text import fold
from gandan.work.dossiers.rules.candidates import Candidate, LetterRow, ParcelRow, Refusal, StepsRow
from gandan.work.dossiers.rules.dates import NotADate, NotInTheCalendar, read_date
from gandan.work.dossiers.rules.mapping import FIELDS, Bound
from gandan.work.dossiers.rules.places import (
    Gazetteer,
    Holding,
    Move,
    NobodyTookOver,
    Place,
    ProcedureRule,
    Rulebook,
    follow,
    handles,
)
from gandan.work.dossiers.rules.problems import Problem
from gandan.work.dossiers.rules.procedures import verification
from gandan.work.dossiers.rules.reading import tidy

CHANNELS = {
    "counter": "counter",
    "online": "online",
    "post": "post",
    "truc tiep": "counter",
    "truc tuyen": "online",
    "buu chinh": "post",
}
OUTCOMES = {"delivered": "delivered", "failed": "failed", "returned": "returned"}
LENGTHS = {"source_number": 60, "applicant": 200, "tracking": 40}
AT = {name: at for at, name in enumerate(FIELDS)}
DATES = tuple(name for name in FIELDS if name.endswith("_on"))
PLANNED = frozenset({"due_on", "letter_new_due_on"})  # these may lie ahead

DueDate = Callable[..., date]  # day, term, place, and the pauses if there were any


class _Unusable(Exception):
    """A cell that can't be used."""

    def __init__(self, code: str, field: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.field, self.params = code, field, params


class Checker:
    """All the rules for the rows of one file."""

    def __init__(
        self, bound: Bound, *, gazetteer: Gazetteer, rulebook: Rulebook, due: DueDate, zone: tzinfo, today: date
    ) -> None:
        self._bound, self._gazetteer, self._rulebook, self._due, self._today = bound, gazetteer, rulebook, due, today
        self._zone = None if bound.mapping.as_written else bound.mapping.time_zone or zone
        self._names = bound.names()
        self._sources = bound.mapping.sources
        self._dates: dict[tuple[str, time | None], date] = {}
        self._named: dict[str, list[Place]] = {}
        self._codes: dict[tuple[str, str], str] = {}

    def check(self, line: int, cells: Sequence[str], values: Sequence[str]) -> Candidate | Refusal:
        """Hold one row against every rule.

        :param cells: the row as it stands in the file, to give it back with
        :param values: what it says for each of `FIELDS`
        """
        problems: list[Problem] = []
        days = {name: self._day(name, values[AT[name]], problems) for name in DATES if values[AT[name]]}
        for name in ("source_number", "procedure", "unit", "received_on"):
            if not values[AT[name]]:
                problems.append(self._problem("missing", name))
        for name, allowed in LENGTHS.items():
            if len(values[AT[name]]) > allowed:
                problems.append(self._problem("too_long", name, found=str(len(values[AT[name]])), allowed=str(allowed)))
        received_on = days.get("received_on")
        if problems or received_on is None:
            return Refusal(line, cells, tuple(problems))
        self._check_order(days, received_on, values, problems)
        try:
            candidate = self._candidate(line, cells, values, days, received_on)
        except _Unusable as unusable:
            problems.append(self._problem(unusable.code, unusable.field, **unusable.params))
        if problems:
            return Refusal(line, cells, tuple(problems))
        return candidate

    def refuse(self, line: int, cells: Sequence[str], code: str, field: str = "", **params: str) -> Refusal:
        """Refuse a row for one reason."""
        return Refusal(line, cells, (self._problem(code, field, **params),))

    def _problem(self, code: str, field: str, **params: str) -> Problem:
        return Problem(code, self._names.get(field, field), params)

    def _day(self, name: str, text: str, problems: list[Problem]) -> date | None:
        source = self._sources.get(name)
        opening = source.opening if source else None
        known = self._dates.get((text, opening))
        if known is None:
            try:
                known = read_date(text, self._zone, opening)
            except (NotADate, NotInTheCalendar) as error:
                code = "not_a_date" if isinstance(error, NotADate) else "not_in_the_calendar"
                problems.append(self._problem(code, name, value=text))
                return None
            if len(self._dates) < 200_000:
                self._dates[text, opening] = known
        if known > self._today and name not in PLANNED:
            problems.append(self._problem("in_the_future", name, value=text, today=f"{self._today:%d/%m/%Y}"))
        return known

    def _check_order(
        self, days: dict[str, date | None], received_on: date, values: Sequence[str], problems: list[Problem]
    ) -> None:
        for name, day in days.items():
            if day is not None and day < received_on:
                problems.append(
                    self._problem("before_receipt", name, value=values[AT[name]], received_on=f"{received_on:%d/%m/%Y}")
                )
        finished_on, handed_on = days.get("finished_on"), days.get("delivery_handed_on")
        if finished_on and days.get("withdrawn_on"):
            problems.append(self._problem("finished_and_withdrawn", "withdrawn_on"))
        if handed_on and finished_on and handed_on < finished_on:
            value, finished = values[AT["delivery_handed_on"]], f"{finished_on:%d/%m/%Y}"
            problems.append(self._problem("before_finish", "delivery_handed_on", value=value, finished_on=finished))
        self._check_steps(days, values, problems)
        settled_on = days.get("delivery_settled_on")
        if settled_on and handed_on and settled_on < handed_on:
            value, handed = values[AT["delivery_settled_on"]], f"{handed_on:%d/%m/%Y}"
            problems.append(self._problem("before_handing", "delivery_settled_on", value=value, handed_on=handed))
        for name, other in _NEEDS:
            if values[AT[name]] and not values[AT[other]]:
                problems.append(self._problem("needs", name, other=self._names.get(other, other)))

    def _check_steps(self, days: dict[str, date | None], values: Sequence[str], problems: list[Problem]) -> None:
        ends = [name for name in _ENDS if days.get(name)]
        if len(ends) > 1 and ends != ["finished_on", "withdrawn_on"]:
            fields = ", ".join(self._names.get(name, name) for name in ends)
            problems.append(self._problem("two_ends", ends[-1], fields=fields))
        for earlier, later in _ORDER:
            first, second = days.get(earlier), days.get(later)
            if first and second and second < first:
                other, day = self._names.get(earlier, earlier), f"{first:%d/%m/%Y}"
                problems.append(self._problem("out_of_order", later, value=values[AT[later]], other=other, day=day))

    def _candidate(
        self, line: int, cells: Sequence[str], values: Sequence[str], days: dict[str, date | None], received_on: date
    ) -> Candidate:
        rule = self._rule(values[AT["procedure"]], received_on)
        unit = self._unit("unit", values[AT["unit"]], received_on)
        if not handles(rule.handled_by, unit.code):
            raise _Unusable("unit_does_not_handle", "unit", unit=unit.code, procedure=rule.code, day=f"{received_on:%d/%m/%Y}")
        finished_on, withdrawn_on = days.get("finished_on"), days.get("withdrawn_on")
        steps = StepsRow(*(days.get(name) for name in _STEPS))
        ended_on = finished_on or withdrawn_on or steps.stopped_on or steps.refused_on
        last_unit = values[AT["finished_unit"]]
        wanted = self._unit("finished_unit", last_unit, ended_on or self._today) if last_unit else None
        until = ended_on or self._today
        moves: tuple[Move, ...] = ()
        try:
            if unit.closed_on is not None or wanted is not None:
                moves = follow(unit, until, self._gazetteer.by_id, wanted)
            held = Holding(unit, moves, self._gazetteer.by_id)
            letter, parcel = self._letter(days, held), self._parcel(values, days, rule, held)
        except NobodyTookOver as nobody:
            raise self._divided(nobody.place) from None
        term = self._bound.mapping.term
        stated, verified = days.get("due_on"), verification(received_on, rule.verify_days)
        return Candidate(
            line=line,
            cells=cells,
            source_number=values[AT["source_number"]],
            rule=rule,
            unit=unit,
            applicant=values[AT["applicant"]],
            channel=self._code("channel", values[AT["channel"]] or "counter", CHANNELS, "unknown_channel"),
            received_on=received_on,
            due_on=stated or self._due_on(received_on, term or rule.term, unit, verified, steps),
            first_due_on=stated or self._due(received_on, term or rule.term, unit, verified),
            due_stated=stated is not None,
            finished_on=finished_on,
            withdrawn_on=withdrawn_on,
            moves=moves,
            steps=steps,
            letter=letter,
            parcel=parcel,
            fingerprint=self._fingerprint(values, days, rule, unit),
        )

    def _due_on(self, received_on: date, term: Term, unit: Place, verified: tuple[Pause, ...], steps: StepsRow) -> date:
        """Return the due date; a term that had run out before the clock was stopped stays where it was."""
        stood, due_on = verified, self._due(received_on, term, unit, verified)
        for pause in steps.pauses:
            if due_on < pause.start:
                break
            stood += (pause,)
            due_on = self._due(received_on, term, unit, stood)
        return due_on

    def _letter(self, days: dict[str, date | None], held: Holding) -> LetterRow | None:
        sent_on = days.get("letter_sent_on")
        owed_on = days.get("letter_owed_on") or sent_on
        if not owed_on:
            return None
        return LetterRow(owed_on, held.on(owed_on), sent_on, held.on(sent_on) if sent_on else 0, days.get("letter_new_due_on"))

    def _parcel(
        self, values: Sequence[str], days: dict[str, date | None], rule: ProcedureRule, held: Holding
    ) -> ParcelRow | None:
        handed_on, settled_on = days.get("delivery_handed_on"), days.get("delivery_settled_on")
        if not handed_on:
            return None
        outcome = ""
        if settled_on:
            outcome = self._code("delivery_outcome", values[AT["delivery_outcome"]], OUTCOMES, "unknown_outcome")
        return ParcelRow(
            handed_on=handed_on,
            handed_at=held.on(handed_on),
            due_on=self._due(handed_on, rule.post_term, held.unit) if rule.post_term else None,
            settled_on=settled_on,
            settled_at=held.on(settled_on) if settled_on else 0,
            outcome=outcome,
            tracking=values[AT["tracking"]],
        )

    def _rule(self, text: str, day: date) -> ProcedureRule:
        code = self._meant("procedure", text)
        if not self._rulebook.of(code):
            raise _Unusable("unknown_procedure", "procedure", value=text, known=", ".join(sorted(self._rulebook.rules)))
        rule = self._rulebook.on(code, day)
        if rule is None:
            raise _Unusable("procedure_not_in_force", "procedure", procedure=code, day=f"{day:%d/%m/%Y}")
        return rule

    def _unit(self, field: str, text: str, day: date) -> Place:
        named = self._named.get(text)
        if named is None:
            named = self._named[text] = self._gazetteer.find(self._meant(field, text))
        if len(named) == 1 and named[0].stands_on(day):
            return named[0]
        if not named:
            raise _Unusable("unknown_unit", field, value=text, near=", ".join(self._gazetteer.near(text)) or "–")
        there = [place for place in named if place.stands_on(day)]
        if len(there) > 1:
            raise _Unusable("ambiguous_unit", field, value=text, units=", ".join(sorted(place.code for place in there)))
        if there:
            return there[0]
        ended = [place for place in named if place.closed_on is not None and place.closed_on <= day]
        if not ended:
            first = min(named, key=lambda place: place.founded_on)
            before = ", ".join(place.code for place in self._gazetteer.before(first)) or "–"
            raise _Unusable(
                "unit_not_yet",
                field,
                unit=first.code,
                from_on=f"{first.founded_on:%d/%m/%Y}",
                day=f"{day:%d/%m/%Y}",
                before=before,
            )
        last = max(ended, key=lambda place: place.closed_on or date.min)
        if len(last.heirs) > 1:
            raise self._divided(last, field)
        raise _Unusable(
            "unit_closed",
            field,
            unit=last.code,
            closed_on=f"{last.closed_on:%d/%m/%Y}",
            day=f"{day:%d/%m/%Y}",
            heirs=self._heirs(last),
        )

    def _divided(self, place: Place, field: str = "finished_unit") -> _Unusable:
        return _Unusable("unit_divided", field, unit=place.code, on=f"{place.closed_on:%d/%m/%Y}", heirs=self._heirs(place))

    def _heirs(self, place: Place) -> str:
        return ", ".join(sorted(self._gazetteer.by_id[heir.id].code for heir in place.heirs)) or "–"

    def _meant(self, field: str, text: str) -> str:
        source = self._sources.get(field)
        return source.values.get(fold(text), text) if source and source.values else text

    def _code(self, field: str, text: str, known: dict[str, str], problem: str) -> str:
        code = self._codes.get((field, text))
        if code is None:
            code = known.get(fold(self._meant(field, text)), "")
            if not code:
                raise _Unusable(problem, field, value=text)
            self._codes[field, text] = code
        return code

    def _fingerprint(self, values: Sequence[str], days: dict[str, date | None], rule: ProcedureRule, unit: Place) -> bytes:
        """Tell whether a row says the same as when it was taken in before."""
        said = [
            rule.code,
            unit.code,
            *(values[AT[name]] for name in _SAID),
            *(f"{name}={day}" for name, day in sorted(days.items())),
        ]
        return blake2b("\x1f".join(said).encode(), digest_size=16).digest()


_NEEDS = (
    ("delivery_settled_on", "delivery_handed_on"),
    ("delivery_settled_on", "delivery_outcome"),
    ("delivery_outcome", "delivery_settled_on"),
    ("letter_new_due_on", "letter_sent_on"),
    ("delivery_handed_on", "finished_on"),
    ("supplemented_on", "supplement_asked_on"),
    ("paid_on", "payment_asked_on"),
    ("returned_on", "finished_on"),
)
_STEPS = (
    "started_on", "supplement_asked_on", "supplemented_on", "stopped_on", "refused_on", "returned_on", "payment_asked_on",
    "paid_on",
)  # fmt: skip
_BETWEEN = ("started_on", "supplement_asked_on", "supplemented_on", "payment_asked_on", "paid_on")
_ENDS = ("finished_on", "withdrawn_on", "stopped_on", "refused_on")
_ORDER = (
    ("supplement_asked_on", "supplemented_on"),
    ("payment_asked_on", "paid_on"),
    ("finished_on", "returned_on"),
    *((step, end) for step in _BETWEEN for end in _ENDS),
)
_SAID = ("applicant", "channel", "finished_unit", "delivery_outcome", "tracking")


def values_of(bound: Bound) -> Callable[[Sequence[str]], list[str]]:
    """Return what reads the fields out of a row's cells, in the order of `FIELDS`."""
    plan = [
        (bound.columns.get(name, -1), bound.mapping.sources[name].value if name in bound.mapping.sources else "")
        for name in FIELDS
    ]

    def read(cells: Sequence[str]) -> list[str]:
        return [tidy(cells[at]) if at >= 0 else value for at, value in plan]

    return read
