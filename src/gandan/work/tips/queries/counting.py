"""How many came on a day, and whether that was counted."""

from datetime import date, timedelta

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.models import Event
from gandan.work.tips.models import Tip
from gandan.work.tips.rules import About

REMEMBERED = 14  # days in which a missed count is made up for


def received_on(day: date) -> int:
    return Tip.objects.filter(received_on=day).exclude(about=About.CANARY.value).count()


def uncounted(on: date) -> list[date]:
    """Return the days before this one that tips came on and the ledger has no count of."""
    since = on - timedelta(days=REMEMBERED)
    found = Tip.objects.filter(received_on__gte=since, received_on__lt=on).exclude(about=About.CANARY.value)
    days = set(found.values_list("received_on", flat=True))
    counted = Event.objects.filter(facet_set__kind=Kind.TIP_COUNTED.value, day__gte=since, day__lt=on)
    return sorted(days - set(counted.values_list("day", flat=True)))
