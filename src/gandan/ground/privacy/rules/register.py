"""The register of processing: for each kind of record about people what is kept, why, how long, and who may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import yaml

from gandan.ground.calendar.rules.terms import months_after
from gandan.ground.organisations.rights import Right


class BadRegister(ValueError):
    """The register contradicts itself, or says what can't be understood."""


class How(StrEnum):
    """What becomes of a record when its time is up."""

    ERASE = "erase"
    ANONYMISE = "anonymise"  # the record stays, and nobody is known by it


class Category(StrEnum):
    """What a column says of somebody."""

    NAME = "name"
    CONTACT = "contact"
    ADDRESS = "address"
    IDENTITY = "identity"
    NUMBER = "number"  # of a paper or parcel, which leads to somebody who has it at hand
    ACCOUNT = "account"
    ACCESS = "access"  # passwords, sessions, tokens
    DEVICE = "device"
    FREE = "free"  # what somebody wrote
    ANY = "any"  # a row of a file, as it was given


@dataclass(frozen=True)
class Keep:
    """How long, from when on, and what then. No months: each record carries its own day."""

    after: str
    after_en: str
    months: int
    how: How
    source: str
    verified: bool
    fixed: bool = False  # said elsewhere, so that no rule made here changes it

    def ended_before(self, on: date) -> date:
        """Return the day before which a record must have ended for its time to be up on `on`."""
        return months_after(on, -self.months)


@dataclass(frozen=True)
class Processing:
    """One kind of record about people."""

    code: str
    name: str
    name_en: str
    purpose: str
    purpose_en: str
    basis: tuple[str, ...]
    keep: Keep
    rights: frozenset[Right]
    who: str
    who_en: str
    recipients: str
    recipients_en: str
    columns: Mapping[str, Category]  # `dossiers.dossier.applicant`: what it says
    dated: date

    @property
    def categories(self) -> tuple[Category, ...]:
        """What it says of somebody, each once."""
        return tuple(sorted(set(self.columns.values()), key=list(Category).index))


@dataclass(frozen=True)
class Register:
    """All of it; and the columns that are about nobody, or name staff in their duty."""

    kinds: Mapping[str, Processing]
    nobody: frozenset[str]  # `ledger.event.reason`, or `ledger.event` for all of its columns
    staff: frozenset[str]

    @property
    def about_people(self) -> Mapping[str, Processing]:
        """By column, the kind of record it belongs to."""
        return {column: kind for kind in self.kinds.values() for column in kind.columns}

    def classifies(self, model: str, column: str) -> bool:
        return model in self.nobody or f"{model}.{column}" in {*self.nobody, *self.staff, *self.about_people}


def read_register(texts: Iterable[str]) -> Register:
    """Read the register from its files.

    :raises BadRegister: if a kind or a column stands there twice, or something is missing
    """
    kinds: dict[str, Processing] = {}
    nobody: set[str] = set()
    staff: set[str] = set()
    for text in texts:
        told = yaml.safe_load(text)
        for row in told["kinds"]:
            one = _processing(row, told["dated"])
            if one.code in kinds:
                raise BadRegister(f"{one.code} stands in the register twice.")
            kinds[one.code] = one
        nobody |= _columns(told.get("nobody", {}))
        staff |= _columns(told.get("staff", {}))
    columns = [column for kind in kinds.values() for column in kind.columns]
    twice = {column for column in columns if columns.count(column) > 1 or column in nobody | staff} | (nobody & staff)
    if twice:
        raise BadRegister(f"These columns stand in the register twice: {', '.join(sorted(twice))}.")
    return Register(kinds, frozenset(nobody), frozenset(staff))


def _columns(told: Mapping[str, str]) -> set[str]:
    return {
        model if columns == "all" else f"{model}.{column}"
        for model, columns in told.items()
        for column in (["all"] if columns == "all" else columns.split())
    }


def _processing(row: Mapping[str, Any], dated: date) -> Processing:
    try:
        return Processing(
            **{key: row[key] for key in ("code", "name", "name_en", "purpose", "purpose_en", "who", "who_en")},
            recipients=row["recipients"],
            recipients_en=row["recipients_en"],
            basis=tuple(row["basis"]),
            keep=Keep(**{**row["keep"], "how": How(row["keep"]["how"])}),
            rights=frozenset(Right(right) for right in row["rights"]),
            columns={column: Category(category) for column, category in row["columns"].items()},
            dated=dated,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadRegister(f"{row.get('code', 'A kind')} can't be read: {error}.") from error
