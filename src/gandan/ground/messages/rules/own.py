"""What a city says of its messages itself: its own words for an occasion, its quiet hours, a way out that is stopped."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from string import Formatter
from typing import Any

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.messages.rules.addresses import Channel
from gandan.ground.messages.rules.templates import Template, limits, templates
from gandan.ground.messages.rules.timing import read_quiet_hours
from gandan.ground.vietnam.text import nfc

LANGUAGES = ("vi", "en")
QUIET, WORDS, STOPPED = "quiet", "words", "stopped"  # how the name of a rule begins
LONGEST_SUBJECT, LONGEST_TEXT, LONGEST_SHORT = 150, 4000, 400


class BadRule(Refused):
    """What was typed can't hold for messages. `place` says which part it is about."""

    def __init__(self, template: str, place: str = "", **params: object) -> None:
        super().__init__(template, **params)
        self.place = place


class WayOut(StrEnum):
    """By what messages leave the house."""

    EMAIL = "email"
    SHORT = "short"


@dataclass(frozen=True)
class Said:
    """The words for one occasion in one language."""

    subject: str
    text: str
    short: str


def words_name(code: str, language: str) -> str:
    return f"{WORDS}.{code}.{language}"


def stopped_name(way: WayOut) -> str:
    return f"{STOPPED}.{way}"


def of_house(template: Template, language: str) -> Said:
    return Said(template.subject[language], template.text[language], template.short[language])


def checked(name: str, value: Any) -> Any:
    """Return the value of a rule as it is kept.

    :raises BadRule: if it can't hold, with what to do instead
    """
    what, _, rest = name.partition(".")
    code, _, language = rest.rpartition(".")
    if what == QUIET and not rest:
        try:
            read_quiet_hours(str(value))
        except ValueError:
            raise BadRule(gettext_noop("Ghi giờ như 21:00-07:00."), "hours") from None
        return str(value).strip()
    if what == STOPPED and rest in {way.value for way in WayOut}:
        return bool(value)
    if what == WORDS and code in templates() and language in LANGUAGES:
        return asdict(_words(templates()[code], language, Said(**value)))
    raise BadRule(gettext_noop("Không có quy định này."))


def laid_over(template: Template, own: Mapping[str, Said]) -> Template:
    """Return a template with a city's own words, by language. Words that name what it doesn't know any more are left out."""
    fit = {language: said for language, said in own.items() if _named(said) <= template.caps.keys()}
    return replace(
        template,
        subject={**template.subject, **{language: said.subject for language, said in fit.items()}},
        text={**template.text, **{language: said.text for language, said in fit.items()}},
        short={**template.short, **{language: said.short for language, said in fit.items()}},
    )


def _words(template: Template, language: str, typed: Said) -> Said:
    house = of_house(template, language)
    said = Said(" ".join(nfc(typed.subject).split()), _tidy(typed.text) + "\n", " ".join(nfc(typed.short).split()))
    for place, longest in (("subject", LONGEST_SUBJECT), ("text", LONGEST_TEXT), ("short", LONGEST_SHORT)):
        _check_part(template, place, getattr(said, place), getattr(house, place), longest)
    most = max(limits()[Channel.SMS], _least(template, house))  # ours may be no longer than the house's own
    if _least(template, said) > most:
        raise BadRule(gettext_noop("Tin nhắn quá dài ({most} chữ)."), "short", most=most)
    return said


def _least(template: Template, said: Said) -> int:
    """Return how long a short message is with the longest values of those that are never cut, and the others cut to a letter."""
    return len(said.short.format(**{name: "0" * (cap.most if cap.whole else 1) for name, cap in template.caps.items()}))


def _check_part(template: Template, place: str, typed: str, house: str, longest: int) -> None:
    if not typed.strip() or len(typed) > longest:
        raise BadRule(gettext_noop("Ghi từ 1 đến {most} chữ."), place, most=longest)
    named = _fields(typed, place)
    if strange := sorted(named - template.caps.keys()):
        known = ", ".join(f"{{{name}}}" for name in template.caps)
        raise BadRule(
            gettext_noop("Không có chỗ trống {{{name}}}. Ở đây dùng được: {known}."), place, name=strange[0], known=known
        )
    needed = {name for name in _fields(house, place) if template.caps[name].whole}
    if lacking := sorted(needed - named):
        raise BadRule(gettext_noop("Thiếu chỗ trống {{{name}}}: người nhận cần đến nó."), place, name=lacking[0])


def _fields(text: str, place: str) -> set[str]:
    """Return the gaps that a text names; nothing may stand in the braces but a plain name."""
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        raise BadRule(gettext_noop("Dấu ngoặc nhọn chỉ dùng cho chỗ trống, như {{number}}."), place) from None
    if any(form or conversion or not name.isidentifier() for _, name, form, conversion in parts if name is not None):
        raise BadRule(gettext_noop("Dấu ngoặc nhọn chỉ dùng cho chỗ trống, như {{number}}."), place)
    return {name for _, name, _, _ in parts if name is not None}


def _named(said: Said) -> set[str]:
    return _fields(said.subject, "") | _fields(said.text, "") | _fields(said.short, "")


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in nfc(text).replace("\r\n", "\n").split("\n")).strip()
