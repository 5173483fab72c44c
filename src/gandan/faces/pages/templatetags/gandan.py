"""How numbers, days and signs are written on pages, in both languages."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language

from gandan.faces.pages import words
from gandan.faces.pages.marks import Mark
from gandan.faces.pages.words import Unit

register = template.Library()


@register.simple_tag
def mark(one: Mark) -> SafeString:
    """A sign with its word, in the colour of what it says."""
    return format_html('<span class="mark {}">{}{}</span>', one.tone, icon(one.sign), one.word)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A sign from the sprite. Without a label it only repeats what stands beside it."""
    return _labelled(name, label) if label else _silent(name)


@lru_cache(maxsize=500)
def _silent(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', _sprite(name))


def _labelled(name: str, label: str) -> SafeString:
    return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, _sprite(name))


def _sprite(name: str) -> str:
    return f"{static('vendor/tabler-icons/icons.svg')}#{name}"


@register.filter
def day(value: date | None) -> str:
    return words.day(value) if value else "–"


@register.filter
def weekday(value: date | None) -> str:
    return words.weekday(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    return words.moment(localtime(value)) if value else "–"


@register.filter
def iso(value: date) -> str:
    return value.isoformat()


@register.filter
def number(value: int | float | Decimal | None, places: int | None = None) -> str:
    return "–" if value is None else words.number(value, places)


@register.filter
def period(label: str) -> str:
    return words.period(label)


@register.filter
def named(unit: Unit) -> str:
    return words.named(unit.name, unit.name_en)


@register.filter
def short(unit: Unit) -> str:
    """A unit's name where there is little room."""
    return words.short(unit)


@register.filter
def place(value: float) -> str:
    """A coordinate of a drawing: a point, whatever the language."""
    return f"{value:g}"


@register.filter
def less(value: float, other: float) -> str:
    return f"{value - other:g}"


@register.filter
def drawn(svg: str) -> SafeString:
    """A picture that our own server drew."""
    return mark_safe(svg)  # noqa: S308  made by charts.svg from our figures; it escapes text itself


@register.filter
def grouped(value: str, size: int = 4) -> str:
    """A long number in groups, so that it can be read aloud."""
    plain = value.replace(" ", "")
    return plain if not plain.isdigit() else " ".join(plain[at : at + size] for at in range(0, len(plain), size))


@register.simple_tag(takes_context=True)
def address(context: dict[str, Any], **changes: Any) -> str:
    """This page's address with some parameters changed; None takes one out."""
    query = context["request"].GET.copy()
    query.pop("lang", None)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def file_limit() -> int:
    """How many megabytes a file may have."""
    return int(settings.UPLOAD_FILE_MB)


@register.simple_tag
def english() -> bool:
    return (get_language() or "vi").startswith("en")
