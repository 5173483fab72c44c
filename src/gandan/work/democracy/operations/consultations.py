"""Consultations: a text is put before people, each comment has a receipt and a moderator of the civil side, all are answered."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require, require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import keyring
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import keep, owe
from gandan.ground.promises.queries import open_about
from gandan.work.democracy.flow import Showing, Stage, WhyHidden
from gandan.work.democracy.models import Consultation, Paragraph, Remark
from gandan.work.democracy.rules.dated import consultation_rules, rule_of
from gandan.work.democracy.rules.writing import DIGITS, PARAGRAPH, WORDS, BadText, code_of, paragraphs, tidied

PROMISE, ABOUT, RECEIPT = "consultation.answer", "democracy.consultation", b"democracy.remark.receipt"

AT_ONCE = 500


class WrongStage(Refused):
    """The consultation is not where this can be done."""


class NotYourOwn(Refused):
    """Who wrote it doesn't open it."""


class StillWaiting(Refused):
    """Comments wait for their moderator."""


@operation
def write_consultation(
    *, unit: Unit, area: Unit, rule: str, title: str, lead: str, text: str, by: Person, on: date, again: int | None = None
) -> Consultation:
    """Write a text that people will be asked about; with `again` a draft is written anew.

    :raises NotAllowed: if `by` may not write what the unit publishes
    :raises NoRule: if no rule of this code holds
    :raises WrongStage: if it is open already
    :raises BadText: if something is missing or too long
    """
    require(Right.WRITE_NOTICES, by=by, unit=unit, on=on)
    check_standing(unit, on)
    found = Consultation(unit=unit) if again is None else _taken(again, Stage.DRAFT)
    if found.unit_id != unit.pk:
        raise WrongStage(gettext_noop("Bản này thuộc đơn vị khác."))
    found.area, found.written_by, found.rule = area, by, rule_of(consultation_rules(), rule, on).code
    found.title, found.lead = tidied(title, "title", 200), tidied(lead, "lead", 600)
    parts = paragraphs(text)
    found.save()
    found.paragraphs.all().delete()
    Paragraph.objects.bulk_create(
        Paragraph(consultation=found, position=nth, words=words) for nth, words in enumerate(parts, start=1)
    )
    record(Kind.CONSULTATION_WRITTEN, about=found, unit=unit, day=on, by=by, rule=found.rule)
    return found


@operation
def open_consultation(*, consultation: Consultation | int, by: Person, on: date) -> Consultation:
    """Put the text before people, by somebody else than who wrote it. The answer is promised with it.

    :raises NotAllowed: if `by` may not publish for the unit
    :raises WrongStage: if it is open already
    :raises NotYourOwn: if `by` wrote it
    :raises NoRule: if its rule no longer holds
    """
    found = _taken(consultation, Stage.DRAFT)
    require(Right.PUBLISH_NOTICES, by=by, unit=found.unit, on=on)
    if found.written_by_id == by.pk:
        raise NotYourOwn(gettext_noop("Người viết không tự mở: xin một người khác xem và mở."))
    follows = rule_of(consultation_rules(), found.rule, on)
    found.stage, found.opened_by, found.opened_on = Stage.OPEN.value, by, on
    found.closes_on = on + timedelta(days=follows.open_days)  # whole days, the day of opening not counted
    found.answer_by = due_date(found.closes_on, follows.answer, working_calendar(found.unit))
    found.save()
    record(Kind.CONSULTATION_OPENED, about=found, unit=found.unit, day=on, by=by, rule=found.rule)
    owe(
        kind=PROMISE, about=found, label=found.title, owed_to=Receiver.PUBLIC, unit=found.unit, due_on=found.answer_by, by=by,
        on=on, subject=found.rule,
    )  # fmt: skip
    return found


@operation
def comment(*, consultation: Consultation | int, position: int, words: str, code: str, by: Person, on: date) -> Remark:
    """Take what somebody says about a paragraph. Sent again under its code, it is the same comment. Nobody is asked who they are.

    :param code: the sixteen digits that lead back to it
    :raises WrongStage: if it takes no comments
    :raises BadText: if there are no words, too many, or no such paragraph
    """
    found = _taken(consultation, Stage.OPEN)
    if found.closes_on is not None and on > found.closes_on:
        raise WrongStage(gettext_noop("Đã hết thời gian góp ý. Câu trả lời sẽ đăng ở đây."))
    paragraph = Paragraph.objects.filter(consultation=found, position=position).first()
    if paragraph is None:
        raise BadText(gettext_noop("Văn bản không có đoạn này."), field="position")
    digits = code_of(code)
    if len(digits) != DIGITS:
        raise BadText(gettext_noop("Mã gồm 16 chữ số."), field="code")
    said, receipt = tidied(words, "words", WORDS), keyring().index(digits, RECEIPT)
    before = Remark.objects.filter(receipt=receipt, paragraph=paragraph).first()
    if before is not None:
        unchanged()
        return before
    taken = Remark.objects.create(consultation=found, paragraph=paragraph, receipt=receipt, words=said, given_on=on)
    record(Kind.COMMENT_RECEIVED, unit=found.unit, day=on, by=by)
    return taken


@operation
def show_comment(*, comment: Remark | int, words: str, by: Person, on: date) -> Remark:
    """Let a comment stand in public, in its own words or without what names somebody.

    :raises NotAllowed: if `by` may not moderate for the unit
    :raises WrongStage: if it stands so already, or has been answered
    :raises BadText: if no words are left
    """
    found = _moderated(comment, by, on, Showing.SHOWN)
    found.shown_words, found.why_hidden = tidied(words, "words", WORDS), ""
    found.save(update_fields=["showing", "shown_words", "why_hidden"])
    record(Kind.COMMENT_SHOWN, unit=found.consultation.unit, day=on, by=by, about=found.consultation)
    return found


@operation
def hide_comment(*, comment: Remark | int, why: WhyHidden, by: Person, on: date) -> Remark:
    """Keep a comment off the public page, for a reason that is counted there.

    :raises NotAllowed: if `by` may not moderate for the unit
    :raises WrongStage: if it is hidden already, or has been answered
    """
    found = _moderated(comment, by, on, Showing.HIDDEN)
    found.shown_words, found.why_hidden = "", why.value
    found.save(update_fields=["showing", "shown_words", "why_hidden"])
    record(Kind.COMMENT_HIDDEN, unit=found.consultation.unit, day=on, by=by, about=found.consultation, why=why.value)
    return found


@operation
def answer_consultation(
    *, consultation: Consultation | int, summary: str, answers: Mapping[int, str], by: Person, on: date
) -> Consultation:
    """Publish what people said and what became of it, paragraph by paragraph; the promise made at the opening is kept.

    :raises NotAllowed: if `by` may not publish for the unit
    :raises WrongStage: if it is not open, or still takes comments
    :raises StillWaiting: if comments wait for their moderator
    :raises BadText: if the summary is missing, or a paragraph that was spoken about has no answer
    """
    found = _taken(consultation, Stage.OPEN)
    require(Right.PUBLISH_NOTICES, by=by, unit=found.unit, on=on)
    if found.closes_on is None or on <= found.closes_on:
        raise WrongStage(gettext_noop("Còn trong thời gian góp ý, chưa trả lời được."))
    if found.comments.filter(showing=Showing.WAITING.value).exists():
        raise StillWaiting(gettext_noop("Còn góp ý chưa được bên dân vận xem. Xin đợi rồi trả lời tất cả."))
    found.summary = tidied(summary, "summary", 8000)
    spoken = set(found.comments.filter(showing=Showing.SHOWN.value).values_list("paragraph__position", flat=True))
    _write_answers(list(found.paragraphs.order_by("position")), answers, spoken)
    found.stage, found.answered_on = Stage.ANSWERED.value, on
    found.save(update_fields=["summary", "stage", "answered_on"])
    late = "late" if found.answer_by and on > found.answer_by else "in_time"
    record(Kind.CONSULTATION_ANSWERED, about=found, unit=found.unit, day=on, by=by, rule=found.rule, punctuality=late)
    for promise in open_about(ABOUT, [found.pk], PROMISE).values():
        keep(promise=promise, by=by, on=on)
    return found


def _write_answers(parts: Sequence[Paragraph], answers: Mapping[int, str], spoken: set[int]) -> None:
    for part in parts:
        field = f"answer_{part.position}"
        part.answer = tidied(answers.get(part.position, ""), field, PARAGRAPH, needed=part.position in spoken)
    Paragraph.objects.bulk_update(parts, ["answer"])


def _taken(consultation: Consultation | int, stage: Stage) -> Consultation:
    pk = consultation if isinstance(consultation, int) else consultation.pk
    found = Consultation.objects.select_for_update(of=("self",)).select_related("unit", "area").get(pk=pk)
    if found.stage != stage.value:
        raise WrongStage(gettext_noop("Lần lấy ý kiến này đang ở bước khác, không làm việc này được."))
    return found


def _moderated(comment: Remark | int, by: Person, on: date, then: Showing) -> Remark:
    pk = comment if isinstance(comment, int) else comment.pk
    found = Remark.objects.select_for_update(of=("self",)).select_related("consultation__unit").get(pk=pk)
    require(Right.MODERATE_VOICE, by=by, unit=found.consultation.unit, on=on)
    if found.consultation.stage != Stage.OPEN.value or found.showing == then.value:
        raise WrongStage(gettext_noop("Góp ý này không còn ở bước làm được điều đó."))
    found.showing = then.value
    return found


@operation
def erase_comments(*, before: date, but: frozenset[int], by: Person, on: date) -> list[int]:
    """Erase what was written in consultations that were answered before a day; what stands in public stays, without its receipt.

    :param but: the consultations that are held

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    ended = Remark.objects.filter(consultation__answered_on__lt=before).exclude(words=b"").exclude(consultation__in=but)
    numbers = list(ended.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for one in Remark.objects.filter(pk__in=numbers):
        one.words, one.receipt = "", secrets.token_bytes(32)
        one.save(update_fields=["words", "receipt"])
    return numbers
