"""A programme's file: YAML, read with the line of each value, so that a mistake is named by its place."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

import yaml

from gandan.ground.calendar.rules import Grain
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.ground.vietnam.text import nfc
from gandan.results.measures.rules import Measure, NotAdditive

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,38}\Z")
ONE_DAY = timedelta(days=1)
LARGEST = Decimal(10) ** 10


class BadProgramme(Refused):
    """A programme's file can't be read. Says at which line, and what to do."""


@dataclass(frozen=True)
class PartySpec:
    unit: str
    signs_as: str


@dataclass(frozen=True)
class TargetSpec:
    year: int
    value: Decimal
    simulated: bool
    source: str
    unit: str = ""  # of one unit alone; else of the whole programme


@dataclass(frozen=True)
class IndicatorSpec:
    measure: str
    targets: tuple[TargetSpec, ...] = ()


@dataclass(frozen=True)
class TaskSpec:
    text: str
    text_en: str
    units: tuple[str, ...]
    due_on: date | None
    every: str = ""
    answers: tuple[tuple[str, int], ...] = ()  # directives' codes, and the numbers of their points
    indicators: tuple[IndicatorSpec, ...] = ()


@dataclass(frozen=True)
class GoalSpec:
    text: str
    tasks: tuple[TaskSpec, ...]
    indicators: tuple[IndicatorSpec, ...]


@dataclass(frozen=True)
class ContentSpec:
    number: int
    title: str
    title_en: str
    text: str
    tasks: tuple[TaskSpec, ...]
    indicators: tuple[IndicatorSpec, ...]
    goals: tuple[GoalSpec, ...] = ()


@dataclass(frozen=True)
class ProgrammeSpec:
    """A programme as its file says it; `end` is the first day after it. `lines` tells where each unit is named."""

    code: str
    title: str
    title_en: str
    unit: str
    line: Line
    start: date
    end: date
    signed_on: date | None
    follows: str
    basis: tuple[str, ...]
    source: str
    verified: bool
    parties: tuple[PartySpec, ...]
    contents: tuple[ContentSpec, ...]
    lines: Mapping[str, int]
    aims: str = ""
    duties: str = ""
    holding: str = ""
    planned_by: str = ""  # the kind of unit that makes its own plan
    plans_due_on: date | None = None
    plans_due_source: str = ""


def read_programme(text: str, measures: Mapping[str, Measure]) -> ProgrammeSpec:
    """Read a programme's file.

    :param measures: the catalogue that its indicators are held against
    :raises BadProgramme: at the first thing that is missing, unknown or not allowed, with its line
    """
    return _Reader(measures).programme(_composed(text))


def _composed(text: str) -> "_Map":
    text = nfc(text.removeprefix("\ufeff"))
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BadProgramme(gettext_noop("Dòng {line}: có ký tự không đọc được."), line=line) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadProgramme(
            gettext_noop("Dòng {line}: không đọc được YAML: {problem}."), line=mark.line + 1 if mark else 1, problem=error.problem
        ) from None
    if not isinstance(node, yaml.MappingNode):
        raise BadProgramme(gettext_noop("Dòng {line}: tệp chương trình phải gồm các mục có tên."), line=1)
    return _Map(node)


class _Map:
    """A mapping of the file whose every value must be asked for: what nobody asked for is a mistake."""

    def __init__(self, node: yaml.Node) -> None:
        if not isinstance(node, yaml.MappingNode):
            raise BadProgramme(gettext_noop("Dòng {line}: cần các mục có tên."), line=_line(node))
        self.line = _line(node)
        self.values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value in self.values:
                raise BadProgramme(gettext_noop("Dòng {line}: mục “{name}” viết hai lần."), line=_line(key), name=key.value)
            self.values[key.value] = value

    def only(self, names: Collection[str]) -> None:
        for name, node in self.values.items():
            if name not in names:
                near = get_close_matches(name, names, 1)
                unknown = gettext_noop("Dòng {line}: không có mục “{name}”.")
                similar = gettext_noop("Dòng {line}: không có mục “{name}” (hay là “{near}”?).")
                raise BadProgramme(similar if near else unknown, line=_line(node), name=name, near="".join(near))

    def line_of(self, name: str) -> int:
        return _line(self.values[name]) if name in self.values else self.line

    def text(self, name: str, *, default: str | None = None) -> str:
        node = self.values.get(name)
        if node is None and default is not None:
            return default
        if node is None:
            raise BadProgramme(gettext_noop("Dòng {line}: thiếu mục “{name}”."), line=self.line, name=name)
        return _scalar(node, name)

    def day(self, name: str) -> date | None:
        return self._day(name) if name in self.values else None

    def needed_day(self, name: str) -> date:
        self.text(name)
        return self._day(name)

    def _day(self, name: str) -> date:
        text = self.text(name)
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise BadProgramme(
                gettext_noop("Dòng {line}: “{name}” là một ngày như 2022-06-23, không phải “{text}”."),
                line=self.line_of(name), name=name, text=text,
            ) from None  # fmt: skip

    def flag(self, name: str) -> bool:
        text = self.text(name, default="false")
        if text not in {"true", "false"}:
            raise BadProgramme(gettext_noop("Dòng {line}: “{name}” là true hoặc false."), line=self.line_of(name), name=name)
        return text == "true"

    def items(self, name: str) -> Iterator[yaml.Node]:
        node = self.values.get(name)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            raise BadProgramme(gettext_noop("Dòng {line}: “{name}” phải là một danh sách."), line=_line(node), name=name)
        yield from node.value

    def maps(self, name: str) -> Iterator["_Map"]:
        return (_Map(node) for node in self.items(name))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _scalar(node: yaml.Node, name: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise BadProgramme(gettext_noop("Dòng {line}: “{name}” phải có chữ."), line=_line(node), name=name)
    return " ".join(node.value.split())


class _Reader:
    def __init__(self, measures: Mapping[str, Measure]) -> None:
        self.measures = measures
        self.lines: dict[str, int] = {}  # where each unit is first named

    def programme(self, top: _Map) -> ProgrammeSpec:
        top.only(
            {"code", "title", "title_en", "unit", "line", "from", "to", "signed_on", "follows", "basis", "source", "verified"}
            | {"parties", "contents", "aims", "duties", "holding", "planned_by", "plans_due_on", "plans_due_source"}
        )
        code = top.text("code")
        if not CODE.match(code):
            raise BadProgramme(
                gettext_noop("Dòng {line}: mã “{code}” chỉ gồm chữ thường, số và gạch nối."), line=top.line_of("code"), code=code
            )
        first, last = top.needed_day("from"), top.needed_day("to")
        if last <= first:
            raise BadProgramme(gettext_noop("Dòng {line}: chương trình kết thúc trước khi bắt đầu."), line=top.line_of("to"))
        parties = tuple(self.party(one) for one in top.maps("parties"))
        if not parties:
            raise BadProgramme(gettext_noop("Dòng {line}: chương trình phải có bên ký."), line=top.line_of("parties"))
        contents = tuple(self.content(one, range(first.year, last.year + 1)) for one in top.maps("contents"))
        numbers = [content.number for content in contents]
        if not contents or numbers != list(range(1, len(contents) + 1)):
            raise BadProgramme(
                gettext_noop("Dòng {line}: nội dung phải đánh số 1, 2, 3… liên tục."), line=top.line_of("contents")
            )
        return ProgrammeSpec(
            code=code,
            title=top.text("title"),
            title_en=top.text("title_en", default=""),
            unit=self.unit(top, "unit"),
            line=self.tree_line(top),
            start=first,
            end=last + ONE_DAY,
            signed_on=top.day("signed_on"),
            follows=top.text("follows", default=""),
            basis=tuple(_scalar(node, "basis") for node in top.items("basis")),
            source=top.text("source"),
            verified=top.flag("verified"),
            parties=parties,
            contents=contents,
            lines=self.lines,
            aims=top.text("aims", default=""),
            duties=top.text("duties", default=""),
            holding=top.text("holding", default=""),
            planned_by=self.one_of(top, "planned_by", UnitKind),
            plans_due_on=top.day("plans_due_on"),
            plans_due_source=top.text("plans_due_source", default=""),
        )

    def one_of(self, at: _Map, name: str, values: Iterable[str]) -> str:
        text = at.text(name, default="")
        if text and text not in set(values):
            raise BadProgramme(
                gettext_noop("Dòng {line}: “{name}” là một trong {values}."),
                line=at.line_of(name), name=name, values=", ".join(values),
            )  # fmt: skip
        return text

    def tree_line(self, top: _Map) -> Line:
        try:
            return Line(top.text("line", default=Line.ADMINISTRATION.value))
        except ValueError:
            raise BadProgramme(
                gettext_noop("Dòng {line}: “line” là một trong {lines}."), line=top.line_of("line"), lines=", ".join(Line)
            ) from None

    def unit(self, at: _Map, name: str) -> str:
        return self.named(at.text(name), at.line_of(name))

    def named(self, unit: str, line: int) -> str:
        self.lines.setdefault(unit, line)
        return unit

    def party(self, one: _Map) -> PartySpec:
        one.only({"unit", "signs_as"})
        return PartySpec(self.unit(one, "unit"), one.text("signs_as"))

    def content(self, one: _Map, years: range) -> ContentSpec:
        one.only({"number", "title", "title_en", "text", "goals", "tasks", "indicators"})
        indicators = tuple(self.indicator(node, years) for node in one.items("indicators"))
        twice = {
            indicator.measure
            for n, indicator in enumerate(indicators)
            if indicator.measure in {i.measure for i in indicators[:n]}
        }
        if twice:
            raise BadProgramme(
                gettext_noop("Dòng {line}: chỉ tiêu “{code}” viết hai lần trong một nội dung."),
                line=one.line_of("indicators"), code=min(twice),
            )  # fmt: skip
        return ContentSpec(
            number=self.whole(one, "number"),
            title=one.text("title"),
            title_en=one.text("title_en", default=""),
            text=one.text("text", default=""),
            tasks=tuple(self.task(task, years) for task in one.maps("tasks")),
            indicators=indicators,
            goals=tuple(self.goal(goal, years) for goal in one.maps("goals")),
        )

    def goal(self, one: _Map, years: range) -> GoalSpec:
        one.only({"text", "tasks", "indicators"})
        tasks = tuple(self.task(task, years) for task in one.maps("tasks"))
        return GoalSpec(one.text("text"), tasks, tuple(self.indicator(node, years) for node in one.items("indicators")))

    def whole(self, at: _Map, name: str) -> int:
        text = at.text(name)
        if not text.isdecimal():
            raise BadProgramme(
                gettext_noop("Dòng {line}: “{name}” là một số, không phải “{text}”."), line=at.line_of(name), name=name, text=text
            )
        return int(text)

    def task(self, one: _Map, years: range) -> TaskSpec:
        one.only({"text", "text_en", "units", "due_on", "every", "answers", "indicators"})
        units = tuple(self.named(_scalar(node, "units"), _line(node)) for node in one.items("units"))
        if not units:
            raise BadProgramme(gettext_noop("Dòng {line}: nhiệm vụ phải có đơn vị thực hiện (units)."), line=one.line)
        every, due_on = self.one_of(one, "every", Grain), one.day("due_on")
        if every and due_on:
            raise BadProgramme(
                gettext_noop("Dòng {line}: nhiệm vụ có một hạn (due_on) hoặc lặp lại (every), không có cả hai."), line=one.line
            )
        return TaskSpec(
            one.text("text"), one.text("text_en", default=""), units, due_on, every,
            tuple(self.answer(node) for node in one.items("answers")),
            tuple(self.indicator(node, years) for node in one.items("indicators")),
        )  # fmt: skip

    def answer(self, node: yaml.Node) -> tuple[str, int]:
        """The point of a directive that a task answers: `chi-thi-01#3`."""
        text = _scalar(node, "answers")
        code, _hash, number = text.partition("#")
        if not CODE.match(code) or not (number.isascii() and number.isdecimal() and int(number)):
            raise BadProgramme(
                gettext_noop("Dòng {line}: “answers” là mã chỉ đạo và số của điểm, như chi-thi-01#3, không phải “{text}”."),
                line=_line(node), text=text,
            )  # fmt: skip
        return code, int(number)

    def indicator(self, node: yaml.Node, years: range) -> IndicatorSpec:
        """An indicator is the code of a measure, or that with targets."""
        if isinstance(node, yaml.ScalarNode):
            return IndicatorSpec(self.measure(_scalar(node, "measure"), _line(node)).code)
        one = _Map(node)
        one.only({"measure", "targets"})
        measure = self.measure(one.text("measure"), one.line_of("measure"))
        targets = tuple(self.target(target, measure, years) for target in one.maps("targets"))
        return IndicatorSpec(measure.code, targets)

    def measure(self, code: str, line: int) -> Measure:
        measure = self.measures.get(code)
        if measure is None:
            near = get_close_matches(code, self.measures, 1)
            unknown = gettext_noop("Dòng {line}: không có chỉ tiêu “{code}”.")
            similar = gettext_noop("Dòng {line}: không có chỉ tiêu “{code}” (hay là “{near}”?).")
            raise BadProgramme(similar if near else unknown, line=line, code=code, near="".join(near))
        if isinstance(measure, NotAdditive):
            raise BadProgramme(
                gettext_noop("Dòng {line}: “{code}” không cộng được lên cấp trên nên không làm chỉ tiêu."), line=line, code=code
            )
        return measure

    def target(self, one: _Map, measure: Measure, years: range) -> TargetSpec:
        one.only({"year", "value", "simulated", "source", "unit"})
        if not measure.timely:
            raise BadProgramme(
                gettext_noop(
                    "Dòng {line}: “{code}” không được giao mục tiêu. Chỉ giao cho việc làm đúng hạn, "
                    "không giao số lượng điều người dân nói."
                ),
                line=one.line, code=measure.code,
            )  # fmt: skip
        year, simulated, source = self.whole(one, "year"), one.flag("simulated"), one.text("source", default="")
        if year not in years:
            raise BadProgramme(gettext_noop("Dòng {line}: năm {year} nằm ngoài chương trình."), line=one.line, year=year)
        if not simulated and not source:
            raise BadProgramme(
                gettext_noop("Dòng {line}: mục tiêu phải có nguồn (source), hoặc ghi simulated: true."), line=one.line
            )
        try:
            value = Decimal(one.text("value"))
            if not value.is_finite() or abs(value) >= LARGEST:
                raise InvalidOperation
        except InvalidOperation:
            raise BadProgramme(
                gettext_noop("Dòng {line}: “{name}” là một số, không phải “{text}”."),
                line=one.line_of("value"), name="value", text=one.text("value"),
            ) from None  # fmt: skip
        return TargetSpec(year, value, simulated, source, self.unit(one, "unit") if "unit" in one.values else "")
