"""Fields in which a unit, or one of the staff, is named: looked for while somebody types, by name or code, or typed whole."""

from collections.abc import Iterable, Iterator, Sequence
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


class UnitField(forms.CharField):
    """A unit that stands today."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        try:
            return organisations.unit_meant(typed, localdate()) if typed else None
        except Refused as refusal:
            raise forms.ValidationError(words.refusal(refusal)) from None


class UnitsField(forms.CharField):
    """Several units, a comma between them."""

    def clean(self, value: Any) -> Any:
        try:
            return units_meant(super().clean(value))
        except Refused as refusal:
            raise forms.ValidationError(words.refusal(refusal)) from None


class PersonField(forms.CharField):
    """One of the staff."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        try:
            return organisations.person_meant(typed, localdate()) if typed else None
        except Refused as refusal:
            raise forms.ValidationError(words.refusal(refusal)) from None


def units_meant(typed: str) -> list[Any]:
    """The units that are named, a comma between them; codes may also stand with a space between them.

    :raises UnknownUnit: if one of them is none
    :raises Several: if one may be several
    """
    on = localdate()
    named = [one.strip() for line in typed.splitlines() for one in line.split(",") if one.strip()]
    return [unit for one in named for unit in _each_unit(one, on)]


def _each_unit(named: str, on: Any) -> list[Any]:
    try:
        return [organisations.unit_meant(named, on)]
    except organisations.UnknownUnit:
        if named.isascii() and " " in named and "(" not in named:
            return [organisations.unit(code) for code in named.split()]
        raise


def units_said(codes: Iterable[str]) -> str:
    """What such a field shows of units: their names, each with its code; what is no code as it is."""
    return ", ".join(f"{name} ({code})" if name != code else code for code, name in _named(codes))


def units_named(codes: Iterable[str]) -> str:
    """The names of units; what is no code as it is."""
    return ", ".join(name for _code, name in _named(codes))


def _named(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    for code in codes:
        try:
            yield code, organisations.row(organisations.unit_id(code)).name
        except organisations.UnknownUnit:
            yield code, code


def people_meant(typed: str) -> list[Any]:
    """Those who are named, a comma between them; user names may also stand with a space between them.

    :raises UnknownPerson: if one of them is nobody
    :raises Several: if one may be several
    """
    on = localdate()
    named = [one.strip() for one in typed.split(",") if one.strip()]
    return [person for one in named for person in _each(one, on)]


def _each(named: str, on: Any) -> list[Any]:
    try:
        return [organisations.person_meant(named, on)]
    except organisations.UnknownPerson:
        if named.isascii() and " " in named and "(" not in named:
            return [organisations.person(name) for name in named.split()]
        raise


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
    return [(f"{one.name} ({one.username})", words.named(at.name, at.name_en)) for one, at in found]
