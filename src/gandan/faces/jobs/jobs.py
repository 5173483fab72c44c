"""What is done in the background. A job reads the clock, calls one operation, and may be run twice without harm."""

import logging
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, override
from procrastinate.contrib.django import app

from gandan.faces.jobs import sending
from gandan.faces.jobs.ends import ENDS
from gandan.ground.accounts import limits
from gandan.ground.accounts import operations as accounts
from gandan.ground.audit import operations as audit
from gandan.ground.audit import queries as audit_queries
from gandan.ground.calendar.queries import days_changed
from gandan.ground.documents import operations as documents
from gandan.ground.ledger.operations import check_cells
from gandan.ground.ledger.queries import event as one_event
from gandan.ground.ledger.queries import verify
from gandan.ground.ledger.rules import ONE_DAY
from gandan.ground.organisations import queries as organisations
from gandan.ground.privacy import operations as privacy
from gandan.ground.promises.operations import sweep
from gandan.results.programmes import operations as programmes
from gandan.results.releases import operations as releases
from gandan.results.releases import queries as release_queries
from gandan.results.reports import operations as reports
from gandan.results.reports import queries as report_queries
from gandan.work.community import operations as community
from gandan.work.democracy import operations as democracy
from gandan.work.dossiers import operations as dossiers
from gandan.work.dossiers.queries import letters
from gandan.work.matters import operations as matters
from gandan.work.notices import operations as notices
from gandan.work.voice import operations as voice

REMEMBERED = timedelta(days=30)
RELEASED_BACK = timedelta(days=370)  # what is older when a city begins with us stays in its reports
log = logging.getLogger(__name__)


@app.task(queueing_lock="sweep", lock="sweep", name="sweep_promises")
def sweep_promises(timestamp: int | None = None) -> None:
    """Note what fell overdue, each on its true day, however long ago the last sweep was."""
    sweep(on=localdate(), by=organisations.clock())


@app.task(queueing_lock="recount", lock="recount", name="recount_tallies")
def recount_tallies(timestamp: int | None = None) -> int:
    """Recount tallies at random; a difference is an alarm, and marks its figures until it is settled."""
    found = check_cells(cells=500)
    for difference in found:
        log.error(
            "A tally differs from its events: half-month %s, unit %s, facet set %s: %s tallied, %s recounted.",
            difference.start,
            difference.unit_id,
            difference.facet_set_id,
            difference.tallied,
            difference.recounted,
        )
    return len(found)


@app.task(lock="tell_subscribers", name="tell_subscribers")
def tell_subscribers(event: int) -> int:
    """Write to who asked for news, about what has just come out; run twice it writes once."""
    return notices.tell_subscribers(**_about_publication(event))


@app.task(lock="tell_subscribers", name="tell_withdrawn")
def tell_withdrawn(event: int) -> int:
    """Write to those who were told of something that it was taken back; run twice it writes once."""
    return notices.tell_withdrawn(**_about_publication(event))


def _about_publication(event: int) -> dict[str, Any]:
    """Return what is to be told by an event, and by whom."""
    told = one_event(event)
    if told is None or told.about_id is None:
        raise LookupError(f"There is no event {event} about a publication.")
    return {"publication": told.about_id, "link": settings.BASE_URL, "by": organisations.clock(), "on": localdate()}


@app.task(queueing_lock="release_figures", lock="release_figures", name="release_figures")
def release_figures(timestamp: int | None = None) -> int:
    """Open the figures of every half-month that has closed to everyone, the oldest first, however long ago it was last done."""
    today = localdate()
    missing = release_queries.missing(today - RELEASED_BACK, today)
    beside = report_queries.told_in_reports(missing[0]) if missing else []
    for half in missing:
        releases.release(half=half, beside=beside, by=organisations.clock(), on=today)
    if missing:  # and what is known by now of what was signed, at the same pace
        for report in report_queries.published():
            reports.tell_known(report=report, by=organisations.clock(), on=today)
    return len(missing)


@app.task(queueing_lock="verify", lock="verify", name="verify_ledger")
def verify_ledger(timestamp: int | None = None) -> bool:
    """Walk along the chain of postings; what does not hold is an alarm."""
    found = verify()
    for fault in found.faults:
        log.critical("The ledger does not hold: %s at posting %s (%s).", fault.what, fault.posting, fault.count)
    return found.holds


@app.task(queueing_lock="erase_due", lock="erase_due", name="erase_due")
def erase_due(timestamp: int | None = None) -> dict[str, int]:
    """End what the register says has had its time, kind by kind, a batch at a time. Stopped anywhere, it goes on the next time.

    :return: how many records of each kind
    """
    ended = dict.fromkeys(ENDS, 0)
    for kind, end in ENDS.items():
        while batch := privacy.erase(kind=kind, of=end.of, about_type=end.about_type, by=organisations.clock(), on=localdate()):
            ended[kind] += batch
    return ended


@app.task(queueing_lock="sweep_shelf", lock="sweep_shelf", name="sweep_shelf")
def sweep_shelf(timestamp: int | None = None) -> int:
    """Remove files that no record has, and which lie there for more than a day: what a machine that died left behind."""
    return documents.sweep_shelf(before=now() - ONE_DAY, by=organisations.clock(), on=localdate())


@app.task(lock="follow_calendar", name="follow_calendar")
def follow_calendar(timestamp: int | None = None, event: int | None = None, on: str = "") -> int:
    """Move what is open by a calendar that changed, some hundreds at a time; each night once more what changed of late.

    :return: how many dossiers are due later
    """
    day = date.fromisoformat(on) if on else localdate()
    told = one_event(event) if event else None
    since = (told.day if told else day - REMEMBERED) - ONE_DAY
    changed = {each.day: each for unit in (None, told.unit_id if told else None) for each in days_changed(since, unit)}
    moved, after = 0, 0
    while True:
        went = dossiers.follow_calendar(
            changed=list(changed.values()),
            link=f"{settings.BASE_URL}/public/lookup/",
            by=organisations.clock(),
            on=day,
            after=after,
        )
        moved += went.moved
        if went.last is None:
            return moved
        after = went.last


@app.task(lock="make_exports", name="make_exports")
def make_exports(timestamp: int | None = None, event: int | None = None) -> int:
    """Make the files that were asked for, one after the other, until none is left."""
    made = 0
    while export := documents.take_export(by=organisations.clock(), on=localdate()):
        with override(export.language):
            try:
                dossiers.Making(export, by=organisations.clock(), on=localdate(), said=gettext).make()
            except Exception:
                log.exception("Export %s could not be made.", export.pk)
                documents.fail_export(export=export, trouble="failed", by=organisations.clock(), on=localdate())
        made += 1
    return made


@app.task(queueing_lock="send_mail", name="send_mail")
def send_mail(timestamp: int | None = None) -> int:
    """Send the e-mail that is due."""
    return sending.send_due(sending.mail())


@app.task(queueing_lock="send_short", name="send_short_messages")
def send_short_messages(timestamp: int | None = None) -> int:
    """Send the short messages that are due, outside quiet hours."""
    return sending.send_due(sending.short_messages())


@app.task(queueing_lock="raise_letters", name="raise_letters")
def raise_letters(timestamp: int | None = None) -> int:
    """Raise every letter of apology that is owed by now, however long ago it was last looked at."""
    raised, after = 0, 0
    while True:
        number, after = dossiers.raise_letters(by=organisations.clock(), on=localdate(), after=after)
        raised += number
        if not after:
            return raised


@app.task(name="tell_applicants")
def tell_applicants(events: list[int]) -> int:
    """Write to the applicants of dossiers what happened to them."""
    told = [row for number in events if (row := one_event(number))]
    return dossiers.tell_applicants(events=told, site=settings.BASE_URL, by=organisations.clock(), on=localdate())


@app.task(queueing_lock="record_ratings", lock="record_ratings", name="record_ratings")
def record_ratings(timestamp: int | None = None) -> int:
    """Record the ratings of the days that are over, shuffled."""
    recorded = 0
    while batch := dossiers.record_ratings(by=organisations.clock(), on=localdate()):
        recorded += batch
    return recorded


@app.task(queueing_lock="count_ballots", lock="count_ballots", name="count_ballots")
def count_ballots(timestamp: int | None = None) -> int:
    """Tell the ledger of the ballots of the days that are over, shuffled."""
    counted = 0
    while batch := democracy.count_ballots(by=organisations.clock(), on=localdate()):
        counted += batch
    return counted


@app.task(queueing_lock="sign_letters", name="sign_letters")
def sign_letters(timestamp: int | None = None) -> int:
    """Go on with the letters that heads have asked to sign, also those that a process left behind when it died."""
    return sum(dossiers.SigningDesk(batch, by).sign(localdate(), now) for batch, by in letters.batches_waiting())


@app.task(queueing_lock="raise_reports", lock="raise_reports", name="raise_reports")
def raise_reports(timestamp: int | None = None) -> int:
    """Raise every report that is owed by now, however long ago it was last looked at."""
    return reports.raise_reports(by=organisations.clock(), on=localdate())


@app.task(lock="begin_reports", name="begin_reports")
def begin_reports(timestamp: int | None = None, event: int | None = None) -> int:
    """Begin the owed reports that somebody asked for, some at a time, until all are; killed anywhere, it goes on."""
    begun = 0
    for asked in report_queries.asked_for():
        while now_begun := reports.begin_many(asked=asked, simulated=settings.SIMULATED, by=asked.by, on=localdate()).now:
            begun += now_begun
    return begun


@app.task(queueing_lock="verify_log", lock="verify_log", name="verify_log")
def verify_log(timestamp: int | None = None) -> bool:
    """Walk along the chain of the log of readings; what does not hold is an alarm."""
    found = audit_queries.verify()
    for fault in found.faults:
        log.critical("The log of readings does not hold: %s at seal %s (%s).", fault.what, fault.seal, fault.count)
    return found.holds


@app.task(queueing_lock="drop_log", lock="drop_log", name="drop_log")
def drop_log(timestamp: int | None = None) -> int:
    """Drop the months of the log whose time is up."""
    return len(audit.drop_ended(months=settings.AUDIT_MONTHS, by=organisations.clock(), on=localdate()))


@app.task(queueing_lock="forget_limits", lock="forget_limits", name="forget_limits")
def forget_limits(timestamp: int | None = None) -> int:
    """Remove the buckets of limits that are full again, what was kept of sessions that are over, keys of old requests."""
    hand: dict[str, Any] = {"by": organisations.clock(), "on": localdate()}
    return limits.forget(before=now()) + accounts.forget_ended(**hand) + dossiers.forget_answered(**hand)


@app.task(lock="succession", name="follow_succession")
def follow_succession(event: int) -> int:
    """Pass what an ended unit still has open on to its main heir. Who is to take what otherwise, a person says before that day.

    :return: how many dossiers and cases were passed on
    """
    told = one_event(event)
    if told is None:
        raise LookupError(f"There is no event {event}.")
    unit = organisations.unit(organisations.row(told.unit_id).code)
    while community.follow_succession(by=organisations.clock(), on=localdate()):
        pass
    programmes.follow_succession(unit=unit, by=organisations.clock(), on=localdate())
    while matters.follow_succession(by=organisations.clock(), on=localdate()):
        pass
    passed = dossiers.follow_succession(unit=unit, by=organisations.clock(), on=localdate())
    passed += voice.follow_items(unit=unit, by=organisations.clock(), on=localdate())
    return passed + voice.follow_succession(unit=unit, by=organisations.clock(), on=localdate(), at=now())


@app.task(queueing_lock="count_appraisals", lock="count_appraisals", name="count_appraisals")
def count_appraisals(timestamp: int | None = None) -> int:
    """Tell the ledger what senders said of their answers on the days before, all together and in no order."""
    return voice.count_appraisals(by=organisations.clock(), on=localdate())


@app.task(queueing_lock="make_turns", lock="make_turns", name="make_turns")
def make_turns(timestamp: int | None = None) -> int:
    """Have each task that recurs be owed for the period that has begun."""
    return programmes.make_turns(by=organisations.clock(), on=localdate())


@app.task(queueing_lock="lapse_models", lock="lapse_models", name="lapse_models")
def lapse_models(timestamp: int | None = None) -> int:
    """Let community models lapse whose year is over."""
    lapsed = 0
    while batch := community.lapse_due(by=organisations.clock(), on=localdate()):
        lapsed += len(batch)
    return lapsed
