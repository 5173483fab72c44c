"""Papers put before a meeting and read; minutes written by several at once, no word lost."""

from datetime import date, datetime, timedelta
from io import BytesIO

from django.db.models import Max
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from gandan.ground.documents.attachments import Form
from gandan.ground.documents.attachments.examining import Readable
from gandan.ground.documents.operations import attach
from gandan.ground.documents.queries import attachment, content_of
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.work.meetings.flow import Part, State
from gandan.work.meetings.models import AgendaItem, Meeting, Paper, PaperVersion, Reading, Revision, Section
from gandan.work.meetings.operations.planning import NothingWritten, invitation_of, item_of, led, taken
from gandan.work.meetings.rules import merge

KEPT = timedelta(days=10 * 365)


class NotAPaper(Refused):
    """A paper is a PDF that can be read."""


class UnknownVersion(Refused):
    """The section has no such version."""


@operation
def put_paper(
    *, meeting: Meeting | int, title: str, source: Readable, name: str, by: Person, on: date, at: datetime,
    item: AgendaItem | int | None = None, paper: int | None = None,
) -> PaperVersion:  # fmt: skip
    """Put a paper before a meeting, or a new version of one, also while it goes on. Who has read the old one is told.

    :param paper: the number of the paper that this is a new version of
    :raises NotAllowed: if `by` neither leads nor writes the meeting
    :raises WrongState: if the meeting is over
    :raises NothingWritten: if a new paper has no title
    :raises NotAPaper: if it is no PDF, or can't be read
    :raises Refused: if the file can't be kept (too large, locked, broken), with what to do instead
    """
    fresh = led(meeting, by, on, State.PLANNED, State.OPEN)
    if paper is None:
        if not title.strip():
            raise NothingWritten(gettext_noop("Tài liệu cần một tên."))
        last = Paper.objects.filter(meeting=fresh).aggregate(last=Max("position"))["last"] or 0
        kept = Paper.objects.create(meeting=fresh, item=item_of(fresh, item), position=last + 1, title=title.strip())
    else:
        kept = Paper.objects.select_for_update().get(pk=paper, meeting=fresh)
    file = attach(about=kept, unit=fresh.unit, source=source, name=name, keep_until=on + KEPT, by=by, on=on, purpose="paper")
    if file.form != Form.PDF.value:
        raise NotAPaper(gettext_noop("Tài liệu họp là tệp PDF. Xin lưu hoặc in thành PDF rồi gửi lại."))
    kept.last += 1
    kept.save(update_fields=["last"])
    made = PaperVersion.objects.create(paper=kept, number=kept.last, file=file, pages=_pages(file.token), by=by, at=at)
    record(Kind.PAPER_PUT, unit=fresh.unit, day=on, by=by, about=fresh, version="first" if kept.last == 1 else "replaced")
    return made


def _pages(token: str) -> int:
    try:
        with content_of(attachment(token)) as content:
            return len(PdfReader(BytesIO(content.read())).pages)
    except (PyPdfError, ValueError, KeyError, RecursionError) as fault:
        raise NotAPaper(gettext_noop("Tệp PDF này không đọc được. Xin in lại thành PDF thường rồi gửi.")) from fault


@operation
def read_paper(*, version: PaperVersion, by: Person, on: date, at: datetime) -> None:
    """Mark that somebody who is invited has opened a version."""
    if Meeting.objects.filter(pk=version.paper.meeting_id, invitations__person=by).exists():
        Reading.objects.get_or_create(version=version, person=by, defaults={"at": at})
    unchanged()


@operation
def write_minutes(*, section: Section | int, text: str, base: int, by: Person, on: date, at: datetime, key: str = "") -> Section:
    """Save a section of the minutes, from the version on which it was written. What others have written meanwhile stays.

    :param base: the version that was on the screen
    :param key: of this saving: sent again after a lost answer, it is the same one
    :raises NotInvited: if `by` is not invited
    :raises NotAllowed: if `by` is a guest
    :raises WrongState: if the meeting does not go on
    :raises UnknownVersion: if the section never had that version
    """
    pk = section if isinstance(section, int) else section.pk
    meeting = taken(Section.objects.values_list("meeting_id", flat=True).get(pk=pk), State.OPEN)
    if invitation_of(meeting, by).part == Part.GUEST.value:
        led(meeting, by, on)
    kept = Section.objects.select_for_update().get(pk=pk)
    if key and Revision.objects.filter(section=kept, by=by, key=key).exists():
        unchanged()
        return kept
    before = "" if base == 0 else Revision.objects.filter(section=kept, version=base).values_list("text", flat=True).first()
    if before is None or base > kept.version:
        raise UnknownVersion(gettext_noop("Bản nền của đoạn biên bản không còn. Xin tải lại trang; chữ đã gõ vẫn còn trên máy."))
    merged = merge(before, kept.text, _plain(text))
    if merged.text == kept.text:
        unchanged()
        return kept
    kept.text, kept.version, kept.both = merged.text, kept.version + 1, kept.both or merged.both
    kept.save()
    Revision.objects.create(
        section=kept, version=kept.version, base=base, text=kept.text, typed=_plain(text), by=by, at=at, key=key[:80]
    )
    record(Kind.MINUTES_WRITTEN, unit=meeting.unit, day=on, by=by, about=meeting, merged="yes" if merged.both else "no")
    return kept


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").rstrip().split("\n"))


@operation
def read_over(*, section: Section | int, by: Person, on: date) -> Section:
    """Say that a section in which two wrote at one place was read over.

    :raises NotAllowed: if `by` neither leads nor writes the meeting
    """
    pk = section if isinstance(section, int) else section.pk
    kept = Section.objects.select_for_update(of=("self",)).get(pk=pk)
    led(kept.meeting_id, by, on)
    kept.both = False
    kept.save(update_fields=["both"])
    unchanged()
    return kept
