"""What the clock does for the sealed channel. No job is started by a tip, and none is told of one: each looks what is there."""

import logging
import secrets
from contextlib import suppress

from django.conf import settings
from django.db import connections
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, gettext_noop
from procrastinate.contrib.django import app

from gandan.ground.organisations import queries as organisations
from gandan.work.tips import operations
from gandan.work.tips import queries as tips
from gandan.work.tips.canary import Canary, Silent
from gandan.work.tips.queries.desk import vault
from gandan.work.voice import operations as voice
from gandan.work.voice.flow import Channel
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.rules.brought import Brought
from gandan.work.voice.rules.receipts import DIGITS

SOURCE, CHANNEL = "sealed", gettext_noop("Bàn tin kín")
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


@app.task(queueing_lock="hand_extracts", lock="hand_extracts", name="hand_extracts")
def hand_extracts(timestamp: int | None = None) -> int:
    """Let each extract that was checked become a crime report, with the tip's number and no more; return how many."""
    taken = 0
    for one in tips.extracts_to_take() if there_is_one() else ():
        number = one.tip_number if one.nth == 1 else f"{one.tip_number}/{one.nth}"
        with suppress(voice.KnownSource):  # taken before we could note it
            voice.receive(
                brought=Brought(kind=CaseKind.CRIME, text=one.extract, name=gettext(CHANNEL)),
                channel=Channel.PROGRAM,
                code=f"{secrets.randbelow(10**DIGITS):0{DIGITS}}",  # nobody is given it: the sender has one already
                source=SOURCE,
                source_number=number,
                unit=organisations.unit(one.unit),
                by=organisations.public(),
                on=localdate(),
                at=now(),
            )
        operations.hand_on(extract=one.id, by=organisations.clock(), on=localdate())
        taken += 1
    return taken


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
