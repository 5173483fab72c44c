"""The text of a programme as parts in order, each with a key that it keeps: numbered, checked, held against another text."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from gandan.ground.calendar.rules import Grain
from gandan.ground.ledger.rules import gettext_noop
from gandan.results.measures.rules import Measure, NotAdditive
from gandan.results.programmes.rules.kinds import BEFORE, ONCE, UNDER, PartKind


@dataclass(frozen=True)
class Part:
    """One part: its words, and what is said of it besides (units, days, measure, targets), as JSON has it."""

    key: str
    kind: PartKind
    text: str = ""
    parent: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        return self.text.partition("\n")[0].strip()

    @property
    def body(self) -> str:
        return self.text.partition("\n")[2].strip()


@dataclass(frozen=True)
class Trouble:
    """What a text still lacks, and at which part."""

    key: str
    template: str
    params: Mapping[str, str] = field(default_factory=dict)


def in_order(parts: Sequence[Part]) -> list[Part]:
    """Return the parts as they are read: what stands once around the contents, and below each part what belongs to it."""
    once = {part.kind: part for part in parts if part.kind in ONCE}
    below: dict[str, list[Part]] = {}
    for part in parts:
        if part.kind not in ONCE:
            below.setdefault(part.parent, []).append(part)

    def walk(parent: str) -> Iterator[Part]:
        for part in below.get(parent, ()):
            yield part
            yield from walk(part.key)

    before = [once[kind] for kind in BEFORE if kind in once]
    after = [once[kind] for kind in ONCE[len(BEFORE) :] if kind in once]
    return [*before, *walk(""), *after]


def numbered(parts: Sequence[Part]) -> dict[str, str]:
    """Return the number of each content, goal and task: 1, 1.2, 1.2.3. An indicator has none."""
    numbers: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for part in in_order(parts):
        if part.kind in {PartKind.CONTENT, PartKind.GOAL, PartKind.TASK}:
            counted[part.parent] += 1
            above = numbers.get(part.parent, "")
            numbers[part.key] = f"{above}.{counted[part.parent]}" if above else str(counted[part.parent])
    return numbers


def content_of(part: Part, by_key: Mapping[str, Part]) -> Part | None:
    """Return the content under which a part stands."""
    seen = 0
    while part.kind is not PartKind.CONTENT:
        above = by_key.get(part.parent)
        seen += 1
        if above is None or seen > len(by_key):
            return None
        part = above
    return part


def named_units(parts: Sequence[Part]) -> set[str]:
    """Return the codes of all units that a text names: who does its tasks, who has a target of their own."""
    of_tasks = {str(code) for part in parts for code in part.facts.get("units", ())}
    return of_tasks | {str(one["unit"]) for part in parts for one in part.facts.get("targets", ()) if one.get("unit")}


def troubles(
    parts: Sequence[Part], measures: Mapping[str, Measure], units: frozenset[str], start: date, last: date
) -> list[Trouble]:
    """Return what a text lacks before it can be approved."""
    found: list[Trouble] = []
    by_key = {part.key: part for part in parts}
    title = next((part for part in parts if part.kind is PartKind.TITLE), None)
    if title is None or not title.text.strip():
        found.append(Trouble(title.key if title else "", gettext_noop("Chương trình chưa có tên.")))
    if not any(part.kind is PartKind.CONTENT for part in parts):
        found.append(Trouble("", gettext_noop("Chương trình chưa có nội dung nào.")))
    numbers, followed = numbered(parts), Counter[tuple[str, str]]()
    for part in parts:
        number = numbers.get(part.key, "")
        if part.kind not in ONCE and not (part.parent == "" and part.kind is PartKind.CONTENT):
            above = by_key.get(part.parent)
            if above is None or above.kind not in UNDER[part.kind]:
                found.append(Trouble(part.key, gettext_noop("Một phần không đứng dưới nội dung nào.")))
                continue
        match part.kind:
            case PartKind.CONTENT | PartKind.GOAL if not part.heading:
                found.append(Trouble(part.key, gettext_noop("Mục {number} chưa có chữ."), {"number": number}))
            case PartKind.TASK:
                found += _of_task(part, number, units, start, last)
            case PartKind.INDICATOR:
                content = content_of(part, by_key)
                followed[(content.key if content else "", str(part.facts.get("measure", "")))] += 1
                found += _of_indicator(part, measures, units, start, last)
    for (content_key, code), times in followed.items():
        if times > 1:
            found.append(Trouble(content_key, gettext_noop("Chỉ tiêu “{code}” viết hai lần trong một nội dung."), {"code": code}))
    return found


def _of_task(part: Part, number: str, units: frozenset[str], start: date, last: date) -> Iterator[Trouble]:
    if not part.text.strip():
        yield Trouble(part.key, gettext_noop("Mục {number} chưa có chữ."), {"number": number})
    named = part.facts.get("units", ())
    if not named:
        yield Trouble(part.key, gettext_noop("Nhiệm vụ {number} chưa có đơn vị thực hiện."), {"number": number})
    for code in named:
        if code not in units:
            yield Trouble(
                part.key,
                gettext_noop("Nhiệm vụ {number}: hôm nay không có đơn vị nào mang mã {code}."),
                {"number": number, "code": str(code)},
            )
    due = part.facts.get("due_on")
    if due and not start <= date.fromisoformat(due) <= last:
        yield Trouble(part.key, gettext_noop("Nhiệm vụ {number}: hạn nằm ngoài thời gian của chương trình."), {"number": number})


def _of_indicator(
    part: Part, measures: Mapping[str, Measure], units: frozenset[str], start: date, last: date
) -> Iterator[Trouble]:
    code = str(part.facts.get("measure", ""))
    measure = measures.get(code)
    if measure is None:
        yield Trouble(part.key, gettext_noop("Không có chỉ tiêu “{code}”."), {"code": code})
        return
    if isinstance(measure, NotAdditive):
        yield Trouble(part.key, gettext_noop("“{code}” không cộng được lên cấp trên nên không làm chỉ tiêu."), {"code": code})
    targets = part.facts.get("targets", ())
    if targets and not measure.timely:
        yield Trouble(
            part.key,
            gettext_noop(
                "“{code}” không được giao mục tiêu. Chỉ giao cho việc làm đúng hạn, không giao số lượng điều người dân nói."
            ),
            {"code": code},
        )
    for target in targets:
        if not start.year <= int(target["year"]) <= last.year:
            yield Trouble(
                part.key,
                gettext_noop("“{code}”: năm {year} nằm ngoài chương trình."),
                {"code": code, "year": str(target["year"])},
            )
        if target.get("unit") and target["unit"] not in units:
            yield Trouble(
                part.key,
                gettext_noop("“{code}”: hôm nay không có đơn vị nào mang mã {unit}."),
                {"code": code, "unit": str(target["unit"])},
            )


def everies() -> list[str]:
    """How often a task may recur."""
    return [grain.value for grain in Grain]


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    LEFT = "left"
    CHANGED = "changed"


@dataclass(frozen=True)
class Stretch:
    """Words that both texts have, or only the old or the new one."""

    text: str
    change: Change


@dataclass(frozen=True)
class Compared:
    """A part in two texts: what became of it, word by word."""

    key: str
    kind: PartKind
    change: Change
    was_number: str
    number: str
    words: tuple[Stretch, ...]
    was_facts: Mapping[str, Any]
    facts: Mapping[str, Any]


def compared(old: Sequence[Part], new: Sequence[Part]) -> list[Compared]:
    """Hold a text against the one before it, in the order of the new one; what was left stands where it stood."""
    before, now = {part.key: part for part in old}, {part.key: part for part in new}
    was_numbers, numbers = numbered(old), numbered(new)
    order = [part.key for part in in_order(new)]
    for nth, part in enumerate(found := in_order(old)):
        if part.key not in now:
            ahead = next((one.key for one in reversed(found[:nth]) if one.key in order), None)
            order.insert(order.index(ahead) + 1 if ahead else 0, part.key)
    return [_compared(before.get(key), now.get(key), was_numbers.get(key, ""), numbers.get(key, "")) for key in order]


def _compared(old: Part | None, new: Part | None, was_number: str, number: str) -> Compared:
    some = new or old
    if some is None:
        raise ValueError("One of the two texts has the part.")
    change = Change.CHANGED
    if old is None:
        change = Change.ADDED
    elif new is None:
        change = Change.LEFT
    elif old.text == new.text and _told(old) == _told(new):
        change = Change.SAME
    return Compared(
        some.key, some.kind, change, was_number, number, tuple(_words(old.text if old else "", new.text if new else "")),
        _told(old) if old else {}, _told(new) if new else {},
    )  # fmt: skip


def _told(part: Part) -> dict[str, Any]:
    return {name: value for name, value in part.facts.items() if name != "defined" and value not in ("", None, [], ())}


def _words(old: str, new: str) -> Iterator[Stretch]:
    was, now = old.split(" "), new.split(" ")
    for what, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what == "equal":
            yield Stretch(" ".join(now[c:d]), Change.SAME)
            continue
        if gone := " ".join(was[a:b]):
            yield Stretch(gone, Change.LEFT)
        if come := " ".join(now[c:d]):
            yield Stretch(come, Change.ADDED)
