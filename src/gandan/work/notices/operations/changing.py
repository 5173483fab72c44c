"""Correcting in the open, answering, withdrawing: what was said stays to be seen."""

from datetime import date, datetime

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.ground.vietnam.text import nfc
from gandan.work.notices.flow import Sort, State, Why
from gandan.work.notices.models import ClaimCheck, Publication
from gandan.work.notices.operations.alerting import issue
from gandan.work.notices.operations.letting_out import NotYourOwn, check_claim, keep_edition
from gandan.work.notices.operations.writing import PARTS, WrongStep, searched, taken
from gandan.work.notices.rules.kinds import Verdict


class BadChange(Refused):
    """A change says what is new and why."""


@operation
def change(
    *,
    publication: Publication,
    why: Why,
    words: str,
    by: Person,
    on: date,
    at: datetime,
    title: str = "",
    summary: str = "",
    text: str = "",
    title_en: str = "",
    summary_en: str = "",
    text_en: str = "",
    english_holds: bool = False,
    verdict: str = "",
) -> Publication:
    """Change what is out. What stood before stays to be seen, with the reason. An alert is told anew.

    English that isn't written anew where the Vietnamese changed is of an earlier edition, and no longer shown as what holds.

    :param english_holds: the English says what the Vietnamese says now
    :param verdict: of a correction, if it is another now
    :raises NotAllowed: if `by` may not publish for the unit
    :raises NotYourOwn: if `by` wrote it
    :raises WrongStep: if it is not out
    :raises BadChange: if nothing is new, or no reason given
    """
    found = _out(publication, by, on)
    if not words.strip():
        raise BadChange(gettext_noop("Xin ghi vì sao đổi; ai xem cũng thấy."), field="words")
    new = {"title": title, "summary": summary, "text": text}
    in_english = {"title": title_en, "summary": summary_en, "text": text_en}
    put = [_put(found, part, new[part], in_english[part], holds=english_holds) for part in PARTS]
    check = ClaimCheck.objects.filter(publication=found).first()
    another = bool(check and verdict and verdict != check.verdict)
    if not any(put) and not another:
        raise BadChange(gettext_noop("Chưa đổi gì so với bản đang đăng."))
    if check and another:
        check.verdict = Verdict(verdict).value
        check.save(update_fields=["verdict"])
    if found.sort == Sort.CORRECTION.value:
        check_claim(found, on)
    found.edition += 1
    found.search = searched(found, check.claim if check else "")
    found.save(update_fields=[*PARTS, *(f"{part}_en" for part in PARTS), "outdated_en", "edition", "search"])
    keep_edition(found, by=by, at=at, why=why.value, words=words.strip()[:400])
    if found.sort == Sort.ALERT.value:
        issue(found, "Update", at)
    record(Kind.PUBLICATION_CHANGED, about=found, unit=found.unit, day=on, by=by, sort=found.sort, why=why.value)
    return found


@operation
def reply(*, publication: Publication, words: str, by: Person, on: date, at: datetime) -> Publication:
    """Put the answer of the body concerned beside a correction, in its own words.

    :raises NotAllowed: if `by` may not publish for the unit that checked
    :raises NotYourOwn: if `by` wrote the correction
    :raises WrongStep: if it is not a correction that is out
    :raises BadChange: if it says nothing
    """
    found = _out(publication, by, on)
    check = ClaimCheck.objects.filter(publication=found).first()
    if check is None:
        raise WrongStep(gettext_noop("Bài này đang ở bước khác, không làm việc này được."))
    if not words.strip():
        raise BadChange(gettext_noop("Xin ghi lời trả lời."), field="words")
    check.reply, check.replied_on = nfc(words).strip(), on
    check.save(update_fields=["reply", "replied_on"])
    found.edition += 1
    found.save(update_fields=["edition"])
    keep_edition(found, by=by, at=at, why=Why.REPLY.value, words=words.strip()[:400])
    record(Kind.PUBLICATION_CHANGED, about=found, unit=found.unit, day=on, by=by, sort=found.sort, why=Why.REPLY.value)
    return found


@operation
def withdraw(*, publication: Publication, why: str, by: Person, on: date, at: datetime) -> Publication:
    """Take it back in the open: its address stays, and says that it was withdrawn, when and why. An alert is cancelled.

    :raises NotAllowed: if `by` may not publish for the unit
    :raises WrongStep: if it is not out
    :raises BadChange: if no reason is given
    """
    found = taken(publication)
    require(Right.PUBLISH_NOTICES, by=by, unit=found.unit, on=on)
    if found.state != State.PUBLISHED.value:
        raise WrongStep(gettext_noop("Bài này đang ở bước khác, không làm việc này được."))
    if not why.strip():
        raise BadChange(gettext_noop("Xin ghi vì sao rút; ai mở trang cũng đọc được."), field="why")
    found.state, found.withdrawn_at, found.withdrawn_why = State.WITHDRAWN.value, at, why.strip()[:400]
    found.save(update_fields=["state", "withdrawn_at", "withdrawn_why"])
    if found.sort == Sort.ALERT.value:
        issue(found, "Cancel", at, cancelled=found.withdrawn_why)
    record(Kind.PUBLICATION_WITHDRAWN, about=found, unit=found.unit, day=on, by=by, sort=found.sort)
    return found


def _put(found: Publication, part: str, text: str, in_english: str, *, holds: bool) -> bool:
    """Give a part its new words in both languages, where there are any, and say whether anything is new."""
    was, was_english, was_outdated = getattr(found, part), getattr(found, f"{part}_en"), part in found.outdated_en
    now, english = nfc(text).strip() or was, nfc(in_english).strip() or was_english
    setattr(found, part, now)
    setattr(found, f"{part}_en", english)
    translated = english != was_english or holds
    outdated = bool(english) and not translated and (now != was or was_outdated)
    found.outdated_en = [*(one for one in found.outdated_en if one != part), *([part] if outdated else [])]
    return bool(now != was or english != was_english or outdated != was_outdated)


def _out(publication: Publication, by: Person, on: date) -> Publication:
    found = taken(publication)
    require(Right.PUBLISH_NOTICES, by=by, unit=found.unit, on=on)
    if found.state != State.PUBLISHED.value:
        raise WrongStep(gettext_noop("Bài này đang ở bước khác, không làm việc này được."))
    if found.written_by_id == by.pk:
        raise NotYourOwn(gettext_noop("Người viết không tự duyệt: xin một người khác xem và đăng."))
    return found
