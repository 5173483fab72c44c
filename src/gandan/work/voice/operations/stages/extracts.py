"""A denunciation is decided by the superior of who it speaks of: an extract goes there, without who denounced."""

from datetime import date, datetime

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.rights import Right
from gandan.ground.vietnam.text import fold
from gandan.work.voice.flow import MissingWords, WrongState
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Case, Extract, Sender, Stage
from gandan.work.voice.operations.holding import taken, touch, touched
from gandan.work.voice.rules.brought import phone_of, tidy
from gandan.work.voice.rules.stages import Clock, StageEnd, TellsWho


@operation
def pass_extract(*, case: Case | int, to: Unit, words: str, by: Person, on: date, at: datetime) -> Extract:
    """Pass an extract of an accepted denunciation to the unit whose head decides it (Decree 22/2019, 224/2025).

    :raises NotAllowed: if `by` may not handle complaints at the unit
    :raises WrongState: if it is no denunciation, was not accepted, or the unit has it
    :raises MissingWords: if the extract says nothing
    :raises TellsWho: if the extract names who denounced, or how to reach them
    :raises NotStanding: if the unit does not exist on the day
    """
    fresh, said = taken(case, by, on), tidy(words, 8000)
    accepted = Stage.objects.filter(case=fresh, clock=Clock.ACCEPT.value, end=StageEnd.ACCEPTED.value).exists()
    if fresh.kind != CaseKind.DENUNCIATION or not accepted or Extract.objects.filter(case=fresh, to_unit=to).exists():
        raise WrongState(gettext_noop("Chỉ trích tố cáo đã thụ lý, mỗi đơn vị một lần."))
    check_standing(to, on)
    if not said:
        raise MissingWords("words", gettext_noop("Xin ghi nội dung trích."))
    if _tells_who(said, Sender.objects.filter(case=fresh).first()):
        raise TellsWho(gettext_noop("Bản trích còn tên hoặc cách liên hệ của người tố cáo. Xin bỏ đi: danh tính được niêm lại."))
    made = Extract.objects.create(case=fresh, to_unit=to, words=said, given_by=by, given_on=on)
    touched(fresh, at)
    record(Kind.COMPLAINT_EXTRACTED, about=fresh, unit=fresh.unit, day=on, by=by)
    return made


@operation
def conclude(*, extract: Extract | int, words: str, by: Person, on: date, at: datetime) -> Extract:
    """Say what was found and decided: the inspectorate reads it and answers whoever denounced.

    :raises NotAllowed: if `by` may not decide extracts at the unit
    :raises MissingWords: if nothing is said
    :raises WrongState: if it was concluded
    """
    number = extract if isinstance(extract, int) else extract.pk
    fresh = Extract.objects.select_for_update(of=("self",)).select_related("case__unit", "to_unit").get(pk=number)
    require(Right.RESOLVE_EXTRACTS, by=by, unit=fresh.to_unit, on=on)
    said = tidy(words, 8000)
    if not said:
        raise MissingWords("words", gettext_noop("Xin ghi kết luận."))
    if fresh.concluded_on is not None:
        raise WrongState(gettext_noop("Bản trích này đã có kết luận."))
    fresh.conclusion, fresh.concluded_by, fresh.concluded_on = said, by, on
    fresh.save(update_fields=["conclusion", "concluded_by", "concluded_on"])
    touch(fresh.case, at)
    record(Kind.COMPLAINT_CONCLUDED, about=fresh.case, unit=fresh.case.unit, day=on, by=by)
    return fresh


def _tells_who(said: str, sender: Sender | None) -> bool:
    if sender is None:
        return False
    folded, digits = fold(said), "".join(one for one in said if one.isdigit())
    email = sender.email.lower()
    name, phone = fold(sender.name), phone_of(sender.phone)
    return bool((name and name in folded) or (phone and phone in digits) or (email and email in said.lower()))
