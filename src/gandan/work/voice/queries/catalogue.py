"""What can be reported on a day."""

from datetime import date

from django.db.models import Q

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.text import fold
from gandan.work.voice.models import Service


class UnknownService(Refused):
    """Nothing of this code can be reported on the day."""


def services_on(on: date, text: str = "") -> list[Service]:
    """Return what can be reported on a day, by words of its name, with or without marks."""
    pieces = fold(text).split()
    found = Service.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on).order_by("group", "name", "code")
    return [one for one in found if all(piece in _said(one) for piece in pieces)]


def _said(one: Service) -> str:
    return fold(f"{one.name} {one.name_en} {one.about} {' '.join(one.words)}")


def service_on(code: str, on: date) -> Service:
    """:raises UnknownService: if nothing of this code can be reported on the day"""
    found = Service.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on, code=code).first()
    if found is None:
        raise UnknownService(gettext_noop("Không có dịch vụ phản ánh nào mang mã {code}."), code=code[:60])
    return found
