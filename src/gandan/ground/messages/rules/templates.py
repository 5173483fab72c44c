"""Templates: a code, a language and parameters in; the text, exactly as it will be sent, out."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.messages.rules.addresses import Channel
from gandan.ground.vietnam.text import nfc

DATA = Path(__file__).parent.parent / "templates.yaml"
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
CUT = "…"


class UnknownTemplate(ValueError):
    """No template has this code or this language: a mistake of ours, not of who typed something."""


class BadParameters(ValueError):
    """A template was given other parameters than it declares."""


class TooLong(Refused):
    """A short message can't be made of this: a value that is never cut is too long."""


@dataclass(frozen=True)
class Cap:
    """How long a value of a short message may be, and whether it may be cut."""

    most: int
    whole: bool


@dataclass(frozen=True)
class Template:
    """One occasion to write, in both languages."""

    code: str
    caps: Mapping[str, Cap]
    subject: Mapping[str, str]
    text: Mapping[str, str]
    short: Mapping[str, str]
    apart: bool = False  # no page shows such messages: who gets them is nobody's business

    def made(self, channel: Channel, language: str, parameters: Mapping[str, str]) -> "Content":
        """Return the text for a channel.

        :raises BadParameters: if the parameters aren't those it declares
        :raises UnknownTemplate: if it doesn't speak this language
        :raises TooLong: if a value that is never cut is too long for a short message
        """
        if parameters.keys() != self.caps.keys():
            odd = ", ".join(sorted(parameters.keys() ^ self.caps.keys()))
            raise BadParameters(f"Template {self.code} takes {', '.join(self.caps)}; what differs: {odd}.")
        if language not in self.short:
            raise UnknownTemplate(f"Template {self.code} doesn't speak {language!r}.")
        values = {name: UNSEEN.sub(" ", nfc(value)).strip() for name, value in parameters.items()}
        if channel is Channel.EMAIL:
            return Content(self.subject[language].format(**values), self.text[language].format(**values), values)
        values = {name: _capped(name, value, self.caps[name]) for name, value in values.items()}
        return Content("", _fitted(self.short[language], values, self.caps, limits()[channel]), values)


@dataclass(frozen=True)
class Content:
    """What was sent, letter by letter; the parameters go to gateways that fill a template of their own."""

    subject: str
    text: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    def kept(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, kept: str) -> "Content":
        return cls(**json.loads(kept))

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.kept().encode()).hexdigest()


def template(code: str) -> Template:
    """:raises UnknownTemplate: if there is none of this code"""
    try:
        return templates()[code]
    except KeyError:
        raise UnknownTemplate(f"There is no template {code!r}; there are {', '.join(sorted(templates()))}.") from None


@cache
def templates() -> dict[str, Template]:
    return {entry["code"]: _read(entry) for entry in _data()["templates"]}


@cache
def limits() -> dict[Channel, int]:
    return {Channel(name): int(most) for name, most in _data()["limits"].items()}


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return data


def _read(entry: dict[str, Any]) -> Template:
    caps = {name: Cap(int(str(most).rstrip("!")), str(most).endswith("!")) for name, most in entry["parameters"].items()}
    made = Template(
        code=entry["code"],
        caps=caps,
        subject={language: each["subject"] for language, each in entry["email"].items()},
        text={language: each["text"] for language, each in entry["email"].items()},
        short=dict(entry["short"]),
        apart=bool(entry.get("apart", False)),
    )
    for text in (*made.subject.values(), *made.text.values(), *made.short.values()):
        strange = {name for _, name, _, _ in Formatter().parse(text) if name is not None} - caps.keys()
        if strange:
            raise BadParameters(f"Template {made.code} names {', '.join(sorted(strange))}, which it doesn't declare.")
    return made


def _capped(name: str, value: str, cap: Cap) -> str:
    if len(value) <= cap.most:
        return value
    if cap.whole:
        raise TooLong(gettext_noop("“{value}” quá dài cho một tin nhắn ({most} chữ)."), value=value[:60], most=cap.most)
    return value[: cap.most - 1].rstrip() + CUT


def _fitted(text: str, values: dict[str, str], caps: Mapping[str, Cap], most: int) -> str:
    """Return the text in no more than `most` letters: the longest value that may be cut is cut first."""
    while len(made := text.format(**values)) > most:
        longest = max((name for name in values if not caps[name].whole), key=lambda name: len(values[name]), default=None)
        if longest is None or len(values[longest]) < 2:
            raise TooLong(gettext_noop("Tin nhắn quá dài ({most} chữ)."), most=most)
        shorter = len(values[longest]) - max(1, min(len(made) - most, len(values[longest]) // 4))
        values[longest] = values[longest].rstrip(CUT)[: max(shorter - 1, 1)].rstrip() + CUT
    return made
