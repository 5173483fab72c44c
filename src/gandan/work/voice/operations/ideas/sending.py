"""An idea is written, looked at beside what others said, sent. What was typed is kept with the first press of a button."""

from datetime import date, timedelta

from gandan.ground.documents.attachments.examining import Readable
from gandan.ground.documents.models import Attachment
from gandan.ground.documents.operations import attach, erase_attachment
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.ground.vietnam.text import fold
from gandan.work.voice.flow import Showing
from gandan.work.voice.models import Call, Idea, IdeaContact
from gandan.work.voice.rules.brought import NotReady, NotSaid, is_email, phone_of, tidy
from gandan.work.voice.rules.ideas.flow import CallClosed, CallState
from gandan.work.voice.rules.receipts import digest_of

ABOUT = Idea._meta.label_lower
DRAFT_KEPT, FILES_KEPT = timedelta(days=30), timedelta(days=5 * 365)
LONGEST, SHORTEST, AT_ONCE = 4000, 10, 500


@operation
def write_idea(
    *,
    call: Call,
    code: str,
    words: str,
    public: bool,
    by: Person,
    on: date,
    phone: str = "",
    email: str = "",
    language: str = "vi",
) -> Idea:
    """Keep what somebody is writing under the code that becomes its receipt. Sent, it stays as it was sent.

    :raises CallClosed: if the call takes no ideas on the day
    """
    check_taking(call, on)
    unchanged()  # what is being written is nobody's work yet
    digest = digest_of(code)
    idea = Idea.objects.select_for_update(of=("self",)).filter(receipt=digest).first()
    if idea is not None and idea.sent_on is not None:
        return idea
    idea = idea or Idea(call=call, receipt=digest, begun_on=on)
    idea.words, idea.wishes_shown, idea.keep_until = tidy(words, LONGEST), public, on + DRAFT_KEPT
    idea.save()
    IdeaContact.objects.update_or_create(
        idea=idea,
        defaults={"phone": phone.strip()[:30], "email": email.strip()[:254], "language": "en" if language == "en" else "vi"},
    )
    Attachment.objects.filter(about_type=ABOUT, about_id=idea.pk, erased_on=None).update(keep_until=idea.keep_until)
    return idea


@operation
def add_to_idea(*, idea: Idea, source: Readable, name: str, by: Person, on: date) -> Attachment:
    """Add a photo or a file to what is being written.

    :raises CallClosed: if it was sent
    :raises Refused: if the file can't be kept as it is, with what to do instead
    """
    fresh = _unsent(idea)
    keep_until = fresh.keep_until or on + DRAFT_KEPT
    return attach(about=fresh, unit=fresh.call.unit, source=source, name=name, keep_until=keep_until, by=by, on=on)


@operation
def drop_from_idea(*, idea: Idea, token: str, by: Person, on: date) -> None:
    """Take a file out of what is being written.

    :raises CallClosed: if it was sent
    """
    fresh = _unsent(idea)
    unchanged()  # it may be gone already
    for one in Attachment.objects.filter(about_type=ABOUT, about_id=fresh.pk, token=token, erased_on=None):
        erase_attachment(attachment=one, by=by, on=on)


def _unsent(idea: Idea) -> Idea:
    fresh = Idea.objects.select_for_update(of=("self",)).select_related("call__unit").get(pk=idea.pk)
    if fresh.sent_on is not None:
        raise CallClosed(gettext_noop("Việc này đã gửi. Xin xem bằng mã biên nhận."))
    return fresh


@operation
def send_idea(*, idea: Idea, by: Person, on: date) -> Idea:
    """Send what was written. Twice, or five times, is once.

    :raises NotReady: if something is missing or can't be so; it says what, by field
    :raises CallClosed: if the call takes no ideas on the day
    """
    fresh = Idea.objects.select_for_update(of=("self",)).select_related("call__unit", "contact").get(pk=idea.pk)
    if fresh.sent_on is not None:
        unchanged()
        return fresh
    check_taking(fresh.call, on)
    contact = fresh.contact
    wrong: dict[str, Refused] = {}
    if len(fresh.words) < SHORTEST:
        wrong["words"] = NotSaid(gettext_noop("Xin ghi ý kiến bằng ít nhất một câu."))
    if contact.phone and not phone_of(contact.phone):
        wrong["phone"] = NotSaid(gettext_noop("“{phone}” không giống một số điện thoại. Xin kiểm tra lại."), phone=contact.phone)
    if contact.email and not is_email(contact.email):
        wrong["email"] = NotSaid(gettext_noop("Địa chỉ thư điện tử chưa đúng, ví dụ an@example.org."))
    if wrong:
        raise NotReady(wrong)
    fresh.sent_on, fresh.keep_until, fresh.search = on, None, fold(fresh.words)
    fresh.showing = (Showing.WAITING if fresh.wishes_shown else Showing.PRIVATE).value
    fresh.save(update_fields=["sent_on", "keep_until", "search", "showing"])
    if contact.phone or contact.email:
        contact.phone = phone_of(contact.phone)
        contact.save(update_fields=["phone"])
    else:
        contact.delete()
    Attachment.objects.filter(about_type=ABOUT, about_id=fresh.pk, erased_on=None).update(keep_until=on + FILES_KEPT)
    record(Kind.IDEA_RECEIVED, about=fresh, unit=fresh.call.unit, day=on, by=by)
    return fresh


def check_taking(call: Call, on: date) -> None:
    """:raises CallClosed: if the call takes no ideas on the day"""
    if call.state != CallState.OPEN or not call.opens_on <= on <= call.closes_on:
        raise CallClosed(gettext_noop("Lời kêu gọi này hiện không nhận ý kiến."))


@operation
def erase_unsent(*, by: Person, on: date) -> list[int]:
    """Erase what was begun and never sent, with its files; return the numbers."""
    ended = list(Idea.objects.filter(keep_until__lt=on).order_by("keep_until").values_list("pk", flat=True)[:AT_ONCE])
    for one in Attachment.objects.filter(about_type=ABOUT, about_id__in=ended, erased_on=None):
        erase_attachment(attachment=one, by=by, on=on)
    Idea.objects.filter(pk__in=ended).delete()
    unchanged()  # the files tell of themselves
    return ended


@operation
def close_ideas(*, before: date, but: frozenset[int], by: Person, on: date) -> list[int]:
    """Cut ideas of calls that ended before a day from their senders: the ways to reach them go, receipts open nothing.

    What nobody wished shown, or was kept back, is erased; what stands in public stays.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()  # that they were ended is told by whoever keeps the rule and the proof
    ended = Idea.objects.sent().filter(call__ended_on__lt=before, erased_on=None).exclude(pk__in=but)
    numbers = list(ended.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    IdeaContact.objects.filter(idea_id__in=numbers).delete()
    kept_back = Idea.objects.filter(pk__in=numbers).exclude(showing=Showing.SHOWN.value)
    kept_back.update(search="")
    Idea.objects.filter(pk__in=numbers).update(words="", erased_on=on)
    return numbers
