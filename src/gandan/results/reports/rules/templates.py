"""What a superior's template asks for: its rows in its own words, its text, its layout, on which day its months begin. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from gandan.ground.calendar.rules import CutOff, Grain, PeriodRule
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.results.measures.rules import Worded
from gandan.results.reports.rules.defaults import Section
from gandan.results.reports.rules.described import SheetMeasure

LAYOUTS = ("state", "police", "party")


class BadTemplate(Refused):
    """A template can't be read, or contradicts itself. Says where."""


@dataclass(frozen=True)
class TemplateRow:
    """A row of a superior's table: a measure by the words that the superior uses, under a heading of theirs."""

    measure: str
    words: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Template:
    """A superior's template as it holds from a day on."""

    code: str
    title: str
    title_en: str
    layout: str
    first_day: int  # of its months: 15 means from the 15th to the 14th
    addressed_to: str
    rows: tuple[TemplateRow, ...]
    sections: tuple[Section, ...]
    valid_from: date
    source: str

    def rule(self, grain: Grain) -> PeriodRule:
        """Return how the superior cuts its periods."""
        return PeriodRule(grain, (CutOff(first_day=self.first_day),))


def read_templates(text: str, measures: Collection[str]) -> list[Template]:
    """Read templates from their file.

    :param measures: the codes that may stand in a row
    :raises BadTemplate: if it can't be read
    """
    try:
        entries = yaml.safe_load(text)
        found = [_template(dict(entry), measures, lines) for entry, lines in zip(entries, _lines(text), strict=True)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadTemplate(
            gettext_noop("Dòng {line}, cột {column}: không đọc được. Xem thụt lề, dấu hai chấm, dấu ngoặc ở đó hay ngay trên."),
            line=mark.line + 1 if mark else 1, column=mark.column + 1 if mark else 1,
        ) from None  # fmt: skip
    except KeyError as missing:
        raise BadTemplate(
            gettext_noop("Một mẫu, hoặc một dòng của mẫu, thiếu “{field}”."), field=str(missing.args[0])[:60]
        ) from None
    except ValueError:
        raise BadTemplate(
            gettext_noop("Một ngày hoặc một số trong mẫu không đúng, như valid_from: 2026-01-01, first_day: 15.")
        ) from None
    except (yaml.YAMLError, TypeError, AttributeError):
        raise BadTemplate(gettext_noop("Mỗi mẫu bắt đầu bằng “- code: …”, và “rows:” là danh sách các dòng.")) from None
    if not found:
        raise BadTemplate(gettext_noop("Tệp không có mẫu báo cáo nào."))
    return found


def _lines(text: str) -> Iterator[list[int]]:
    """Yield for each template on which line of the file each of its rows stands."""
    whole = yaml.compose(text)
    for entry in whole.value if isinstance(whole, yaml.SequenceNode) else ():
        rows = next((value for key, value in entry.value if key.value == "rows"), None)
        yield [row.start_mark.line + 1 for row in rows.value] if isinstance(rows, yaml.SequenceNode) else []


def _template(entry: Mapping[str, Any], measures: Collection[str], lines: Sequence[int]) -> Template:
    code, layout, first_day = str(entry["code"]), str(entry.get("layout", "state")), int(entry.get("first_day", 1))
    if layout not in LAYOUTS:
        raise BadTemplate(gettext_noop("Mẫu {code}: thể thức là một trong {layouts}."), code=code, layouts=", ".join(LAYOUTS))
    if not 1 <= first_day <= 28:
        raise BadTemplate(gettext_noop("Mẫu {code}: kỳ bắt đầu từ ngày 1 đến 28."), code=code)
    rows = tuple(_rows(code, entry["rows"], measures, lines))
    sections = tuple(Section(str(one["title"]), str(one["text"]).strip()) for one in entry.get("sections", ()))
    valid_from = entry["valid_from"]
    if not isinstance(valid_from, date) or not str(entry["source"]).strip():
        raise BadTemplate(gettext_noop("Mẫu {code}: cần ngày áp dụng và văn bản ban hành mẫu."), code=code)
    return Template(
        code, str(entry["title"])[:200], str(entry.get("title_en", ""))[:200], layout, first_day,
        str(entry.get("addressed_to", ""))[:200], rows, sections, valid_from, str(entry["source"])[:300],
    )  # fmt: skip


def _rows(code: str, entries: Sequence[Any], measures: Collection[str], lines: Sequence[int]) -> Iterator[TemplateRow]:
    seen: set[str] = set()
    for nth, entry in zip(lines, entries, strict=True):
        row = {"measure": entry} if isinstance(entry, str) else dict(entry)
        measure = str(row["measure"])
        if measure not in measures:
            raise BadTemplate(
                gettext_noop("Mẫu {code}, dòng {nth}: không có chỉ tiêu “{measure}”."), code=code, nth=nth, measure=measure
            )
        if measure in seen:
            raise BadTemplate(
                gettext_noop("Mẫu {code}, dòng {nth}: chỉ tiêu “{measure}” đã có ở trên."), code=code, nth=nth, measure=measure
            )
        seen.add(measure)
        yield TemplateRow(measure, str(row.get("words", ""))[:200], str(row.get("heading", ""))[:200])


def in_words_of(one: SheetMeasure, rows: Mapping[str, TemplateRow]) -> SheetMeasure:
    """Return a measure by the words of the template in which it stands."""
    row = rows.get(one.code)
    if row is None or not row.words:
        return one
    return SheetMeasure(
        one.code, Worded(row.words, one.name.en), one.definition, one.unit, one.source, one.formula, one.heading, one.position
    )
