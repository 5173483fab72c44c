"""Undoing a slip within the day: a correcting event with a reason, and everything as it was before."""

from datetime import date

from gandan.ground.ledger.operations import correct, operation
from gandan.ground.ledger.queries import events_about
from gandan.ground.ledger.rules import CODE, Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.ground.promises import operations as promises
from gandan.work.dossiers.flow import FLOW, Step
from gandan.work.dossiers.models import Dossier, StepTaken
from gandan.work.dossiers.operations.steps import FIELDS, check_seen, locked

ABOUT = Dossier._meta.label_lower
REASONS = {
    "wrong_dossier": gettext_noop("nhầm hồ sơ"),
    "wrong_step": gettext_noop("nhầm bước"),
    "wrong_words": gettext_noop("nội dung ghi sai"),
    "too_soon": gettext_noop("làm sớm quá"),
}


class NotToBeUndone(Refused):
    """What came later, or another day, stands in the way."""


@operation
def undo(*, dossier: Dossier | int, why: str, by: Person, on: date, seen: int | None = None) -> Dossier:
    """Undo the last step of a dossier on the day on which it was taken: its events are reversed, all is as it was before.

    Receipt itself is not undone: its number is given, and a dossier received by mistake is withdrawn.

    :param why: a code of `REASONS`
    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises ChangedMeanwhile: if the dossier has changed since it was looked at
    :raises NotToBeUndone: if there is no step of today, or something else has followed from it
    """
    fresh = locked(dossier)
    last = StepTaken.objects.filter(dossier=fresh, undone_on=None).select_for_update().order_by("-pk").first()
    require(FLOW[Step(last.step)].right if last else FLOW[Step.RECEIVE].right, by=by, unit=fresh.unit, on=on)
    check_seen(fresh, seen)
    if why not in REASONS or not CODE.match(why):
        raise NotToBeUndone(gettext_noop("Chưa chọn lý do hoàn tác."))
    if last is None or last.on != on or not last.before:
        raise NotToBeUndone(gettext_noop("Hồ sơ {number} không có bước nào của hôm nay để hoàn tác."), number=fresh.number)
    _take_back_events(fresh, last, why, by)
    promises.put_back(about=fresh, before=last.before["promises"], since_event=last.first_event, reason=why, by=by, on=on)
    for field in FIELDS:
        value = last.before["dossier"][field]
        setattr(fresh, field, date.fromisoformat(value) if value and field.endswith("_on") else value)
    fresh.version += 1
    fresh.save(update_fields=[*FIELDS, "version"])
    _put_back_wait(fresh, last)
    last.undone_on, last.undone_why = on, why
    last.save(update_fields=["undone_on", "undone_why"])
    return fresh


def _take_back_events(dossier: Dossier, step: StepTaken, why: str, by: Person) -> None:
    since = [event for event in events_about(ABOUT, dossier.pk) if event.id >= step.first_event]
    corrected = {event.corrects_id for event in since if event.corrects_id}
    standing = [event for event in since if event.sign > 0 and event.id not in corrected]
    others = [
        event for event in standing if event.kind != FLOW[Step(step.step)].records and not event.kind.startswith("promise.")
    ]
    if others:
        raise NotToBeUndone(
            gettext_noop("Sau bước này hồ sơ {number} đã có việc khác (thư, chuyển phát, bàn giao), nên không hoàn tác được."),
            number=dossier.number,
        )
    for event in standing:
        if not event.kind.startswith("promise."):
            correct(event.id, reason=why, by=by)


def _put_back_wait(dossier: Dossier, step: StepTaken) -> None:
    """A wait that the step began never was; one that it ended goes on."""
    match Step(step.step):
        case Step.ASK_SUPPLEMENT | Step.ASK_PAYMENT:
            dossier.waits.filter(until=None).delete()
        case Step.SUPPLEMENTED | Step.PAID | Step.WITHDRAW | Step.STOP:
            last = dossier.waits.filter(until=step.on).order_by("-pk").first()
            if last is not None and last.status == dossier.status:
                last.until = None
                last.save(update_fields=["until"])
