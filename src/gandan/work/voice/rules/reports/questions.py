"""The questions of a service, as Open311 calls its attributes: what each asks, and whether an answer can be so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from gandan.ground.ledger.rules import CODE, Refused, gettext_noop
from gandan.work.voice.rules.brought import NotSaid, tidy

FIELD = "attribute[{code}]"
LONGEST = 1000


class BadQuestion(Refused):
    """A question of the data file that can't be asked; says which."""


class Asks(StrEnum):
    """What kind of answer a question takes (GeoReport v2, `datatype`)."""

    STRING = "string"
    NUMBER = "number"
    DATETIME = "datetime"
    TEXT = "text"
    ONE = "singlevaluelist"
    MANY = "multivaluelist"


@dataclass(frozen=True)
class Question:
    code: str
    asks: Asks
    words: str
    words_en: str
    required: bool
    hint: str
    hint_en: str
    order: int
    values: tuple[tuple[str, str, str], ...]  # key, words, words in English

    @property
    def field(self) -> str:
        return FIELD.format(code=self.code)


def questions_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Read the questions of a service.

    :raises BadQuestion: naming what is wrong
    """
    return tuple(_read(nth, row) for nth, row in enumerate(rows, start=1))


def wrong_answers(rows: Sequence[Mapping[str, Any]], answers: Mapping[str, Any]) -> dict[str, Refused]:
    """Return what is wrong with answers, by the field of the question."""
    found: dict[str, Refused] = {}
    for question in questions_of(rows):
        given = [tidy(str(one), LONGEST) for one in as_list(answers.get(question.code)) if str(one).strip()]
        if not given:
            if question.required:
                found[question.field] = NotSaid(gettext_noop("Xin trả lời: {question}"), question=question.words)
            continue
        if not _fits(question, given):
            found[question.field] = NotSaid(gettext_noop("“{answer}” không trả lời được câu này."), answer=given[0][:60])
    return found


def as_list(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]


def _fits(question: Question, given: list[str]) -> bool:
    keys = {key for key, _words, _english in question.values}
    match question.asks:
        case Asks.ONE:
            return len(given) == 1 and given[0] in keys
        case Asks.MANY:
            return set(given) <= keys
        case Asks.NUMBER:
            return len(given) == 1 and re.fullmatch(r"-?\d{1,12}([.,]\d{1,6})?", given[0]) is not None
        case Asks.DATETIME:
            try:
                datetime.fromisoformat(given[0])
            except ValueError:
                return False
            return True
    return len(given) == 1


def _read(nth: int, row: Mapping[str, Any]) -> Question:
    code = str(row.get("code", ""))
    try:
        asks = Asks(row.get("asks", "string"))
    except ValueError:
        raise BadQuestion(gettext_noop("Câu hỏi {nth}: không có loại trả lời “{asks}”."), nth=nth, asks=row["asks"]) from None
    if not CODE.match(code) or not row.get("words"):
        raise BadQuestion(gettext_noop("Câu hỏi {nth} phải có mã và lời hỏi."), nth=nth)
    values = tuple((str(one["key"]), str(one["words"]), str(one.get("words_en", ""))) for one in row.get("values", ()))
    if (asks in {Asks.ONE, Asks.MANY}) != bool(values):
        raise BadQuestion(gettext_noop("Câu hỏi {nth}: danh sách chọn phải có các lựa chọn, loại khác thì không."), nth=nth)
    return Question(
        code, asks, str(row["words"]), str(row.get("words_en", "")), bool(row.get("required")), str(row.get("hint", "")),
        str(row.get("hint_en", "")), int(row.get("order", nth)), values,
    )  # fmt: skip
