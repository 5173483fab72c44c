"""The forms of the one-stop shop: which one is in force on a day, what it is given, and how it becomes paper.

A form is data (`forms.yaml`), a layout (`layouts/form_*.typ`) and a sheet: all that one paper says, decided beforehand. Layouts,
ours and those that bodies lay over them, decide nothing; they are given `data.f` with the fields that the kind declares.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import segno
import yaml

from gandan.ground.documents.composition import Data
from gandan.ground.documents.numbering import date_line
from gandan.ground.documents.profiles import Profile
from gandan.ground.documents.rules import Letterhead, SignatureBlock
from gandan.ground.ledger.rules import Refused, gettext_noop

DATA = Path(__file__).parent / "forms.yaml"


class NoSuchForm(Refused):
    """On that day there was no such form."""


class WrongFields(ValueError):
    """A sheet was given other fields than its kind declares: a mistake of ours."""


@dataclass(frozen=True)
class Form:
    """One form under one rule, from when until when."""

    kind: str
    valid_from: date
    circular: str
    number: str
    title: str
    layout: str
    sign: str
    verified: bool
    valid_to: date | None = None

    @property
    def reference(self) -> str:
        """Where the form comes from, as it stands at the foot of the paper."""
        return f"Mẫu số {self.number}, {self.circular}" if self.number else f"Theo {self.circular}"


@dataclass(frozen=True)
class Sheet:
    """All that one paper says. `number` is the whole line; `fields` are those of the form's kind."""

    form: Form
    profile: Profile
    letterhead: Letterhead
    number: str
    place: str
    signed_on: date | None
    fields: Mapping[str, Any]
    made_at: datetime
    signatures: Sequence[SignatureBlock] = ()
    recipients: Sequence[str] = ()
    simulated: bool = False
    draft: bool = False
    seal: Sequence[str] | None = None  # the lines that stand where a hand would sign; None: a hand signs

    def __post_init__(self) -> None:
        wanted = fields(self.form.kind)
        if self.fields.keys() != wanted.keys():
            odd = ", ".join(sorted(self.fields.keys() ^ wanted.keys()))
            raise WrongFields(f"The form {self.form.kind} takes {', '.join(wanted)}; what differs: {odd}.")
        empty = [name for name, needed in wanted.items() if needed and self.fields[name] in ("", None)]
        if empty:
            raise WrongFields(f"The form {self.form.kind} can't do without {', '.join(empty)}.")
        if self.made_at.tzinfo is None:
            raise WrongFields("made_at needs a time zone, or the same paper would differ between machines.")
        object.__setattr__(self, "made_at", self.made_at.replace(microsecond=0))  # a PDF knows no less than a second


def form(kind: str, on: date) -> Form:
    """Return the form of a kind in force on a day.

    :raises NoSuchForm: if there was none
    """
    for one in forms():
        if one.kind == kind and one.valid_from <= on and (one.valid_to is None or on < one.valid_to):
            return one
    raise NoSuchForm(gettext_noop("Ngày {day} chưa có, hoặc không còn, mẫu giấy này."), day=f"{on:%d/%m/%Y}")


@cache
def forms() -> tuple[Form, ...]:
    return tuple(Form(**entry) for entry in _data()["forms"])


def kinds() -> tuple[str, ...]:
    return tuple(_data()["kinds"])


def fields(kind: str) -> dict[str, bool]:
    """Return the fields of a kind of form, each with whether it must be filled."""
    return {name.rstrip("?"): not name.endswith("?") for name in _data()["kinds"][kind].split()}


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return data


def compose_sheet(sheet: Sheet) -> Data:
    """Return a sheet as its layout takes it."""
    link = str(sheet.fields.get("link") or "")
    keys = ("header", "indent", "name_rule", "abstract_rule", "bold_position", "grounds_italic", "recipients_label")
    profile = {key: getattr(sheet.profile, key) for key in keys}
    marks = [mark for mark, wanted in (("BẢN MÔ PHỎNG", sheet.simulated), ("DỰ THẢO", sheet.draft)) if wanted]
    return {
        "made_at": sheet.made_at.isoformat(),
        "profile": {**profile, "margins": dict(sheet.profile.margins), "sizes": dict(sheet.profile.sizes)},
        "marks": marks,
        "ledger": None,
        "letterheads": [{"body": sheet.letterhead.body, "superior": sheet.letterhead.superior}],
        "number": sheet.number,
        "place_date": date_line(sheet.place, sheet.signed_on, sheet.made_at.year),
        "title": sheet.form.title,
        "reference": sheet.form.reference,
        "f": dict(sheet.fields),
        "signatures": [_signature(block) for block in sheet.signatures],
        "recipients": [*(f"- {line.rstrip(';. ')};" for line in sheet.recipients), f"- {sheet.profile.archive}."],
        "code": _code(link) if link else "",
        "seal": None if sheet.seal is None else list(sheet.seal),
    }


@lru_cache(maxsize=256)
def _code(link: str) -> str:
    """Return a QR code. The letters of a batch lead to one page, and reckoning a code takes as long as setting a letter."""
    drawn: str = segno.make(link, error="m").svg_inline(border=0)
    return drawn


def _signature(block: SignatureBlock) -> Data:
    lines = [line.upper() for line in (block.authority, block.position) if line]
    return {"lines": lines, "name": f"{block.rank} {block.name}".strip()}
