"""What can be reported on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.text import fold
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Service
from gandan.work.voice.rules.handovers import asking as handovers

OWN_QUESTIONS = {CaseKind.HANDOVER: handovers.QUESTIONS}


class UnknownService(Refused):
    """Nothing of this code can be reported on the day."""


def asked_of(kind: CaseKind, service: Service | None) -> Sequence[Mapping[str, Any]]:
    """Return the questions that go with a case: those of its service, or its kind's own."""
    return service.questions if service is not None else OWN_QUESTIONS.get(kind, ())


def services_on(on: date, text: str = "") -> list[Service]:
    """Return what can be reported on a day, by words of its name, with or without marks.

    Where nothing has all the words, what has most of them: who reports in words of their own isn't sent away.
    """
    pieces = fold(text).split()
    found = Service.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on).order_by("group", "name", "code")
    had = [(one, sum(f" {piece}" in f" {_said(one)}" for piece in pieces)) for one in found]
    most = max((many for _one, many in had), default=0)
    return [one for one, many in had if many == most and 2 * many >= len(pieces)]


def _said(one: Service) -> str:
    return fold(f"{one.name} {one.name_en} {one.about} {' '.join(one.words)}")


def service_on(code: str, on: date) -> Service:
    """:raises UnknownService: if nothing of this code can be reported on the day"""
    found = Service.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on, code=code).first()
    if found is None:
        raise UnknownService(gettext_noop("Không có dịch vụ phản ánh nào mang mã {code}."), code=code[:60])
    return found
