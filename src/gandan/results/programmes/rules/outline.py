"""A programme's file as parts of a text; what was there before keeps its key, though its words or its place have changed."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from gandan.ground.organisations.rules import ONE_DAY
from gandan.results.programmes.rules.file import ContentSpec, IndicatorSpec, ProgrammeSpec, TaskSpec
from gandan.results.programmes.rules.frame import parties_text, period_text
from gandan.results.programmes.rules.kinds import PartKind
from gandan.results.programmes.rules.parts import Part


def parts_of(spec: ProgrammeSpec, before: Sequence[Part] = ()) -> list[Part]:
    """Return a file as parts, with the keys of the text before where a part is the same.

    The same is what has the same words below the same part; else what stands at the same place below it.
    """
    return list(_Keys(before).keyed(_drawn(spec)))


# A part before it has its key: its place in the list, that of its parent, and what it says.
Drawn = tuple[int, int | None, PartKind, str, dict[str, Any]]


def _drawn(spec: ProgrammeSpec) -> Iterator[Drawn]:
    made: list[Drawn] = []

    def add(parent: int | None, kind: PartKind, text: str, **facts: Any) -> int:
        kept = {name: value for name, value in facts.items() if value not in ("", None, [])}
        made.append((len(made), parent, kind, text, kept))
        return len(made) - 1

    add(None, PartKind.TITLE, spec.title, title_en=spec.title_en)
    add(None, PartKind.PERIOD, period_text(spec.start, spec.end - ONE_DAY))
    add(None, PartKind.PARTIES, parties_text([(party.unit, party.signs_as) for party in spec.parties]))
    for kind, text in (
        (PartKind.BASIS, "\n".join(spec.basis)), (PartKind.AIMS, spec.aims), (PartKind.DUTIES, spec.duties),
        (PartKind.HOLDING, spec.holding),
    ):  # fmt: skip
        if text:
            add(None, kind, text)
    for content in spec.contents:
        at = add(None, PartKind.CONTENT, f"{content.title}\n{content.text}".strip(), title_en=content.title_en)
        _below(at, content, add)
    return iter(made)


def _below(at: int, content: ContentSpec, add: Any) -> None:
    _tasks(at, content.tasks, add)
    _indicators(at, content.indicators, add)
    for goal in content.goals:
        under = add(at, PartKind.GOAL, goal.text)
        _tasks(under, goal.tasks, add)
        _indicators(under, goal.indicators, add)


def _tasks(parent: int, tasks: Sequence[TaskSpec], add: Any) -> None:
    for task in tasks:
        at = add(
            parent, PartKind.TASK, task.text, text_en=task.text_en, units=list(task.units), every=task.every,
            due_on=task.due_on.isoformat() if task.due_on else "", answers=[list(one) for one in task.answers],
        )  # fmt: skip
        _indicators(at, task.indicators, add)


def _indicators(parent: int, indicators: Sequence[IndicatorSpec], add: Any) -> None:
    for one in indicators:
        targets = [
            {"year": target.year, "value": str(target.value), "simulated": target.simulated, "source": target.source}
            | ({"unit": target.unit} if target.unit else {})
            for target in one.targets
        ]
        add(parent, PartKind.INDICATOR, "", measure=one.measure, targets=targets)


class _Keys:
    """The keys that are known from the text before, each given once."""

    def __init__(self, before: Sequence[Part]) -> None:
        self.before = {part.key: part for part in before}
        self.free = dict(self.before)
        self.taken = set(self.before)

    def keyed(self, drawn: Iterator[Drawn]) -> Iterator[Part]:
        given: dict[int, str] = {}
        waiting = list(drawn)
        for by_place in (False, True):  # the same words first, so that nobody takes another's place
            for at, parent, kind, text, facts in waiting:
                if at not in given and (parent is None or parent in given):
                    known = self._known(kind, given[parent] if parent is not None else "", text, facts, at, waiting, by_place)
                    if known:
                        given[at] = known
                    elif by_place:
                        given[at] = self._new(kind, given[parent] if parent is not None else "", text, facts)
        for at, parent, kind, text, facts in waiting:
            yield Part(given[at], kind, text, given[parent] if parent is not None else "", facts)

    def _known(
        self, kind: PartKind, parent: str, text: str, facts: dict[str, Any], at: int, drawn: list[Drawn], by_place: bool
    ) -> str:
        sisters = [part for part in self.free.values() if part.kind is kind and part.parent == parent]
        if not by_place:
            found = next((part.key for part in sisters if part.text == text and _says(part) == facts.get("measure", "")), "")
        else:
            above = drawn[at][1]
            place = sum(one[2] is kind and one[1] == above for one in drawn[:at])
            among = [part.key for part in self.before.values() if part.kind is kind and part.parent == parent]
            found = among[place] if place < len(among) and among[place] in self.free else ""
        self.free.pop(found, None)
        return found

    def _new(self, kind: PartKind, parent: str, text: str, facts: dict[str, Any]) -> str:
        salt = 0
        while True:
            told = f"{kind}|{parent}|{text}|{facts.get('measure', '')}|{salt}"
            key = hashlib.sha256(told.encode()).hexdigest()[:10]
            if key not in self.taken:
                self.taken.add(key)
                return key
            salt += 1


def _says(part: Part) -> str:
    return str(part.facts.get("measure", ""))
