"""Fields in which a unit, or one of the staff, is named: looked for while somebody types, by name or code, or typed whole."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right


class _Named(forms.CharField):
    """What is typed names something; what can't be found is told beside the field."""

    @staticmethod
    def meant(typed: str) -> Any:
        raise NotImplementedError

    def clean(self, value: Any) -> Any:
        try:
            return self.meant(super().clean(value))
        except Refused as refusal:
            raise forms.ValidationError(words.refusal(refusal)) from None


class UnitField(_Named):
    """A unit that stands today."""

    @staticmethod
    def meant(typed: str) -> Any:
        return organisations.unit_meant(typed, localdate()) if typed else None


class UnitsField(_Named):
    """Several units, a comma between them."""

    @staticmethod
    def meant(typed: str) -> Any:
        return units_meant(typed)


class PersonField(_Named):
    """One of the staff."""

    @staticmethod
    def meant(typed: str) -> Any:
        return organisations.person_meant(typed, localdate()) if typed else None


def units_meant(typed: str) -> list[Any]:
    """The units that are named, a comma between them; codes may also stand with a space between them.

    :raises UnknownUnit: if one of them is none
    :raises Several: if one may be several
    """
    return _all_meant(typed, organisations.unit_meant, organisations.unit, organisations.UnknownUnit)


def people_meant(typed: str) -> list[Any]:
    """Those who are named, a comma between them; user names may also stand with a space between them.

    :raises UnknownPerson: if one of them is nobody
    :raises Several: if one may be several
    """
    return _all_meant(typed, organisations.person_meant, organisations.person, organisations.UnknownPerson)


def _all_meant(typed: str, meant: Callable[[str, date], Any], exact: Callable[[str], Any], unknown: type[Refused]) -> list[Any]:
    on, found = localdate(), []
    for named in (one.strip() for line in typed.splitlines() for one in line.split(",") if one.strip()):
        try:
            found.append(meant(named, on))
        except unknown:
            if not (named.isascii() and " " in named and "(" not in named):
                raise
            found += [exact(code) for code in named.split()]
    return found


def chosen(unit: organisations.UnitRow | organisations.Unit) -> str:
    """What such a field shows of a unit: its name with its code, by which it is found again."""
    return f"{unit.name} ({unit.code})"


def person_chosen(person: Any) -> str:
    """What such a field shows of somebody."""
    return f"{person.name} ({person.username})"


def units_said(codes: Iterable[str]) -> str:
    """What such a field shows of several units; what is no code as it is."""
    return ", ".join(chosen(unit) if unit else code for code, unit in _known(codes))


def units_named(codes: Iterable[str]) -> str:
    """The names of units, to be read; what is no code as it is."""
    return ", ".join(words.named(unit.name, unit.name_en) if unit else code for code, unit in _known(codes))


def _known(codes: Iterable[str]) -> Iterator[tuple[str, organisations.UnitRow | None]]:
    for code in codes:
        try:
            yield code, organisations.row(organisations.unit_id(code))
        except organisations.UnknownUnit:
            yield code, None


def offered(request: HttpRequest, found: Iterable[tuple[str, str]]) -> HttpResponse:
    """The list under such a field: what fills it, and where that is."""
    return render(request, "pieces/named.html", {"found": list(found)})


@login_required
@require_safe
def people(request: SignedIn) -> HttpResponse:
    """Staff whose name is being typed, for those who call meetings."""
    asked = Asked(request)
    if Right.HOLD_MEETINGS not in organisations.rights(request.user, asked.today):
        return errors.no_right(request)
    typed = asked.text(asked.text("of")).rpartition(",")[2]
    return offered(request, _said(organisations.find_people(typed, asked.today)))


def _said(found: Sequence[tuple[Any, organisations.UnitRow]]) -> list[tuple[str, str]]:
    return [(person_chosen(one), words.named(at.name, at.name_en)) for one, at in found]
