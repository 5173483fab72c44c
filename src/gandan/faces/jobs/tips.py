"""What the clock does for the sealed channel. No job is started by a tip, and none is told of one: each looks what is there."""

import logging

from django.conf import settings
from django.db import connections
from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from gandan.ground.organisations import queries as organisations
from gandan.work.tips import operations
from gandan.work.tips import queries as tips
from gandan.work.tips.canary import Canary, Silent
from gandan.work.tips.queries.desk import vault

log = logging.getLogger(__name__)


def there_is_one() -> bool:
    """Say whether this installation has the channel's database: on a server of one's own it must be named."""
    return "tips" in connections.settings


@app.task(queueing_lock="watch_tips", lock="watch_tips", name="watch_tips")
def watch_tips(timestamp: int | None = None) -> int:
    """Tell the inspectorate of every tip whose day was missed."""
    return operations.tell_late(by=organisations.clock(), on=localdate()) if there_is_one() else 0


@app.task(queueing_lock="count_tips", lock="count_tips", name="count_tips")
def count_tips(timestamp: int | None = None) -> int:
    """Count for the city the tips of each day that is over: days that were missed too, each once."""
    days = tips.uncounted(localdate()) if there_is_one() else []
    return sum(operations.count_day(day=day, by=organisations.clock(), on=localdate()) for day in days)


@app.task(queueing_lock="erase_tips", lock="erase_tips", name="erase_tips")
def erase_tips(timestamp: int | None = None) -> int:
    """Erase what has had its time by destroying its secret, and what a restored backup has brought back."""
    if not there_is_one():
        return 0
    vault().level()
    operations.forget_spent(by=organisations.clock(), on=localdate())
    erased = 0
    while batch := operations.erase_ended(by=organisations.clock(), on=localdate()):
        erased += batch
    return erased


@app.task(queueing_lock="try_door", name="try_tip_door")
def try_door(timestamp: int | None = None) -> bool:
    """Send a tip from outside, and ring if it doesn't come back."""
    if not settings.TIPS_URL:
        return True
    try:
        Canary(settings.TIPS_URL).sing()
    except Silent as silent:
        log.critical("The sealed channel is broken: %s.", silent)
        return False
    return True
