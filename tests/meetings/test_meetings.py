"""A meeting from invitation to conclusions, and its bad days."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db.models import Sum
from pypdf import PdfReader

from gandan.faces.jobs.ends import ENDS
from gandan.ground.documents.attachments import Locked, NotWhole, TooLarge
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations.queries import clock
from gandan.ground.privacy.models import Hold
from gandan.ground.privacy.queries import held
from gandan.ground.promises.models import Promise
from gandan.work.meetings import operations as meetings
from gandan.work.meetings import queries
from gandan.work.meetings.flow import Came, Part, Reply
from gandan.work.meetings.models import AgendaItem, Invitation, Meeting, PaperVersion, Revision, Section
from gandan.work.meetings.rules import Choice
from tests.cast import TODAY
from tests.meetings.conftest import NOW
from tests.meetings.files import pdf
from tests.privacy.keeping import keep

LATER = NOW + timedelta(minutes=10)


def told(kind):
    return Event.objects.filter(facet_set__kind=kind)


def put(staff, meeting, title="Báo cáo tháng", pages=3, **more):
    return meetings.put_paper(
        meeting=meeting,
        title=title,
        source=more.pop("source", pdf(pages)),
        name="a.pdf",
        by=staff.quyen,
        on=TODAY,
        at=NOW,
        **more,
    )


def section(meeting):
    return Section.objects.filter(meeting=meeting).order_by("item__position").first()


def write(who, kept, text, base, **more):
    return meetings.write_minutes(section=kept, text=text, base=base, by=who, on=TODAY, at=NOW, **more)


def test_a_meeting_goes_from_invitation_to_conclusions(staff, opened):
    meetings.reply(meeting=opened, answer=Reply.REMOTE, by=staff.alice, on=TODAY)
    meetings.note_present(meeting=opened, person=staff.alice, how=Came.REMOTE, by=staff.alice, on=TODAY, at=NOW)
    put(staff, opened, pages=5)
    due = TODAY + timedelta(14)
    made = meetings.conclude(
        meeting=opened, text="Lắp thêm camera", owner=staff.unit("CAP-W1"), officer=staff.binh, due_on=due,
        programme="2022-2026", by=staff.quyen, on=TODAY,
    )  # fmt: skip
    signing = AgendaItem.objects.get(meeting=opened, kind="signing")
    meetings.sign(item=signing, by=staff.binh, on=TODAY)
    closed = meetings.close_meeting(meeting=opened, guests=12, by=staff.binh, on=TODAY)

    assert (closed.state, closed.pages_saved, closed.journeys_saved, closed.guests) == ("closed", 20, 2, 12)
    assert told("meeting.held").get().facet_set.facets == {"papers": "digital", "sides": "both"}
    assert told("page.saved").aggregate(all=Sum("amount"))["all"] == 20
    assert told("meeting.signed").get().facet_set.facets == {"programme": "2022-2026"}
    assert told("conclusion.made").get().facet_set.facets == {"programme": "2022-2026"}
    promise = Promise.objects.get(kind="meeting.conclusion")
    assert (promise.unit, promise.officer, promise.due_on) == (staff.unit("CAP-W1"), staff.binh, due)
    meetings.carry_out(conclusion=made, outcome="Đã lắp 4 camera", by=staff.binh, on=TODAY)
    promise.refresh_from_db()
    assert promise.state == "kept"


def test_who_is_not_invited_neither_sees_nor_enters(staff, opened):
    for step in (
        lambda: meetings.check_in(door=opened.door, by=staff.phuc, on=TODAY, at=NOW),
        lambda: queries.meeting(opened.pk, staff.phuc, TODAY),
        lambda: meetings.open_meeting(meeting=opened, by=staff.chi, on=TODAY),
    ):
        with pytest.raises(Refused):
            step()
    with pytest.raises(meetings.WrongDoor):
        meetings.check_in(door="x", by=staff.binh, on=TODAY, at=NOW)
    assert queries.meeting(opened.pk, staff.alice, TODAY).me.part is Part.MEMBER


def test_a_code_scanned_twice_counts_once(staff, meeting):
    for _nth in range(2):
        meetings.check_in(door=meeting.door, by=staff.chi, on=TODAY, at=NOW)
    assert told("meeting.attended").count() == 1


def test_a_code_scanned_without_network_counts_when_it_is_sent(staff, opened):
    meetings.close_meeting(meeting=opened, by=staff.binh, on=TODAY)
    scan = {"door": opened.door, "by": staff.alice, "at": NOW}
    for more in (
        {"on": TODAY},
        {"on": TODAY, "scanned_on": TODAY - timedelta(1)},
        {"on": TODAY + timedelta(8), "scanned_on": TODAY},
    ):
        with pytest.raises(meetings.WrongDoor):
            meetings.check_in(**scan, **more)
    for _nth in range(2):
        meetings.check_in(**scan, on=TODAY + timedelta(3), scanned_on=TODAY)

    mine = Invitation.objects.get(meeting=opened, person=staff.alice)
    assert (mine.came, mine.came_at) == ("qr", NOW)
    assert [event.day for event in told("meeting.attended").filter(by=staff.alice)] == [TODAY]


def test_who_read_a_paper_that_is_replaced_is_told(staff, opened):
    first = put(staff, opened)
    meetings.read_paper(version=first, by=staff.chi, on=TODAY, at=NOW)
    second = put(staff, opened, pages=4, paper=first.paper_id)

    (paper,) = queries.meeting(opened.pk, staff.chi, TODAY).papers
    assert (paper.version, paper.pages, paper.replaced, paper.readers) == (2, 4, True, 0)
    assert not queries.meeting(opened.pk, staff.alice, TODAY).papers[0].replaced
    meetings.read_paper(version=second, by=staff.chi, on=TODAY, at=LATER)
    assert not queries.meeting(opened.pk, staff.chi, TODAY).papers[0].replaced


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (pdf(password="mật khẩu"), Locked),
        (BytesIO(pdf().getvalue()[:300]), NotWhole),
        (BytesIO(b"%PDF-1.4\nxx\nstartxref\n0\n%%EOF\n"), meetings.NotAPaper),
        (BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 100), Refused),
    ],
    ids=["locked", "broken off", "unreadable", "no PDF"],
)
def test_a_file_that_is_no_paper_is_refused_in_words(staff, opened, source, why):
    with pytest.raises(why) as refused:
        put(staff, opened, source=source)
    assert len(str(refused.value)) > 20
    assert not PaperVersion.objects.exists()


def test_a_scan_of_300_mb_is_refused_before_all_of_it_is_read(staff, opened, tmp_path):
    scan = tmp_path / "scan.pdf"
    with scan.open("wb") as made:
        made.write(b"%PDF-1.7\n")
        made.truncate(300 * 2**20)
    with scan.open("rb") as source:
        with pytest.raises(TooLarge, match="MB"):
            put(staff, opened, source=source)
        assert source.tell() < 64 * 2**20
    assert not PaperVersion.objects.exists()


def test_minutes_by_three_with_one_away_lose_no_word(staff, opened):
    kept = section(opened)
    write(staff.quyen, kept, "Mở đầu lúc 9 giờ", 0)
    write(staff.quyen, kept, "Mở đầu lúc 9 giờ\nĐồng chí chủ trì phát biểu", 1)
    write(staff.chi, kept, "Mở đầu lúc 9 giờ\nPhường Bến Thành góp ý", 1)
    away = "Mở đầu lúc 9 giờ\nGhi khi mất mạng mười phút"
    write(staff.binh, kept, away, 1, key="phone-0001")
    write(staff.binh, kept, away, 1, key="phone-0001")

    kept.refresh_from_db()
    lines = kept.text.splitlines()
    assert lines[0] == "Mở đầu lúc 9 giờ"
    assert set(lines[1:]) == {"Đồng chí chủ trì phát biểu", "Phường Bến Thành góp ý", "Ghi khi mất mạng mười phút"}
    assert len(lines) == 4
    assert (kept.version, kept.both, Revision.objects.count()) == (4, True, 4)
    meetings.read_over(section=kept, by=staff.quyen, on=TODAY)
    kept.refresh_from_db()
    assert not kept.both


def test_a_version_that_never_was_is_refused(staff, opened):
    with pytest.raises(meetings.UnknownVersion):
        write(staff.quyen, section(opened), "x", 7)
    with pytest.raises(meetings.NotInvited):
        write(staff.phuc, section(opened), "x", 0)


def test_a_guest_reads_and_does_not_write_or_vote(staff, meeting):
    meetings.invite(meeting=meeting, people=[staff.hoa], part=Part.GUEST, by=staff.quyen, on=TODAY)
    for person in (staff.binh, staff.quyen, staff.hoa):
        meetings.check_in(door=meeting.door, by=person, on=TODAY, at=NOW)
    meetings.open_meeting(meeting=meeting, by=staff.binh, on=TODAY)
    vote = meetings.open_vote(meeting=meeting, question="Thông qua?", by=staff.binh, on=TODAY, at=NOW)
    with pytest.raises(NotAllowed):
        meetings.cast(vote=vote, choice=Choice.YES, by=staff.hoa, on=TODAY)


def test_a_tie_is_decided_by_the_chair(staff, opened):
    vote = meetings.open_vote(meeting=opened, question="Thông qua?", by=staff.binh, on=TODAY, at=NOW)
    meetings.cast(vote=vote, choice=Choice.NO, by=staff.quyen, on=TODAY)
    meetings.cast(vote=vote, choice=Choice.NO, by=staff.binh, on=TODAY)
    meetings.cast(vote=vote, choice=Choice.YES, by=staff.binh, on=TODAY)
    closed = meetings.close_vote(vote=vote, by=staff.binh, on=TODAY, at=LATER)

    assert (closed.yes, closed.no, closed.outcome, closed.present, closed.entitled) == (1, 1, "carried", 3, 4)
    with pytest.raises(meetings.WrongState):
        meetings.cast(vote=vote, choice=Choice.YES, by=staff.chi, on=TODAY)


def test_without_a_quorum_there_is_no_vote_and_a_lost_one_does_not_close(staff, opened):
    vote = meetings.open_vote(meeting=opened, question="Thông qua?", by=staff.binh, on=TODAY, at=NOW)
    meetings.cast(vote=vote, choice=Choice.YES, by=staff.chi, on=TODAY)
    for person in (staff.chi, staff.quyen):
        meetings.note_left(meeting=opened, person=person, by=staff.binh, on=TODAY, at=LATER)
    with pytest.raises(meetings.NoQuorum):
        meetings.close_vote(vote=vote, by=staff.binh, on=TODAY, at=LATER)
    meetings.check_in(door=opened.door, by=staff.quyen, on=TODAY, at=LATER)
    closed = meetings.close_vote(vote=vote, by=staff.binh, on=TODAY, at=LATER)
    assert (closed.yes, closed.outcome) == (0, "tied"), "who has left is not counted"


def test_a_vote_that_lost_its_quorum_is_broken_off_so_that_the_meeting_can_end(staff, opened):
    vote = meetings.open_vote(meeting=opened, question="Thông qua?", by=staff.binh, on=TODAY, at=NOW)
    for person in (staff.chi, staff.quyen):
        meetings.note_left(meeting=opened, person=person, by=staff.binh, on=TODAY, at=LATER)
    with pytest.raises(meetings.WrongState):
        meetings.close_meeting(meeting=opened, by=staff.binh, on=TODAY)
    void = meetings.break_off_vote(vote=vote, by=staff.binh, on=TODAY, at=LATER)
    assert (void.outcome, void.present) == ("void", 1)
    assert meetings.close_meeting(meeting=opened, by=staff.binh, on=TODAY).state == "closed"


def test_the_chair_is_replaced_at_the_door(staff, meeting):
    meetings.replace_chair(meeting=meeting, person=staff.chi, by=staff.quyen, on=TODAY)

    parts = dict(Invitation.objects.filter(meeting=meeting).values_list("person__username", "part"))
    assert (parts["chi"], parts["binh"], parts["quyen"]) == ("chair", "member", "secretary")
    meetings.open_meeting(meeting=meeting, by=staff.chi, on=TODAY)


def test_what_is_open_comes_back_at_the_next_meeting_of_the_series(staff, opened):
    due = TODAY + timedelta(14)
    for text in ("Lắp camera", "Sửa đèn"):
        meetings.conclude(meeting=opened, text=text, owner=staff.unit("CAP-W1"), due_on=due, by=staff.quyen, on=TODAY)
    meetings.close_meeting(meeting=opened, by=staff.binh, on=TODAY)
    following = meetings.plan(
        unit=staff.unit("CAP-W1"), title="Giao ban tháng 12", series="Giao ban tháng", starts_at=NOW + timedelta(30),
        ends_at=NOW + timedelta(30, 3600), chair=staff.dung, secretary=staff.binh, by=staff.dung, on=TODAY,
    )  # fmt: skip

    assert [one.text for one in queries.meeting(following.pk, staff.dung, TODAY).before] == ["Lắp camera", "Sửa đèn"]


def test_a_vote_that_is_open_keeps_the_meeting_open(staff, opened):
    meetings.open_vote(meeting=opened, question="Thông qua?", by=staff.binh, on=TODAY, at=NOW)
    with pytest.raises(meetings.WrongState):
        meetings.close_meeting(meeting=opened, by=staff.binh, on=TODAY)


def test_the_pack_has_bookmarks_and_numbers_and_every_page(staff, opened):
    first = AgendaItem.objects.filter(meeting=opened).first()
    put(staff, opened, title="Báo cáo", pages=3, item=first)
    put(staff, opened, title="Bản đồ", source=pdf(2, rotate=90))
    with queries.pack(queries.meeting(opened.pk, staff.chi, TODAY), NOW) as packed:
        bound = PdfReader(BytesIO(packed.read()))

    assert len(bound.pages) == 6
    assert [(one.title, bound.get_destination_page_number(one)) for one in bound.outline] == [
        ("Chương trình", 0), ("Báo cáo", 1), ("Bản đồ", 4),
    ]  # fmt: skip
    assert "Giao ban tháng 11" in bound.pages[0].extract_text()
    assert [page.extract_text().split("\n")[-1].strip() for page in bound.pages] == [f"{n} / 6" for n in range(1, 7)]


def test_the_minutes_are_a_paper_that_says_who_was_there_what_was_said_and_concluded(staff, opened):
    write(staff.quyen, section(opened), "Trình bày số liệu cả năm.\nPhường Bến Thành góp ý.", 0)
    meetings.conclude(
        meeting=opened, text="Nhân rộng mô hình", owner=staff.unit("CAP-W1"), officer=staff.binh, due_on=TODAY + timedelta(14),
        by=staff.quyen, on=TODAY,
    )  # fmt: skip
    draft = text_of(queries.minutes_pdf(queries.meeting(opened.pk, staff.chi, TODAY), NOW))
    meetings.close_meeting(meeting=opened, guests=3, by=staff.binh, on=TODAY)
    final = text_of(queries.minutes_pdf(queries.meeting(opened.pk, staff.chi, TODAY), LATER))

    assert "Dự thảo" in draft
    assert "Dự thảo" not in final
    for words in (
        "BIÊN BẢN", f"Chủ trì: {staff.binh.name}.", f"Có mặt: {staff.chi.name}.", f"Vắng mặt: {staff.alice.name}.",
        "Phường Bến Thành góp ý.", "1. Nhân rộng mô hình. Giao Công an phường", "xong trước hết ngày 04/12/2026", "3 người",
    ):  # fmt: skip
        assert words in final


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_a_calendar_key_opens_one_calendar_until_it_is_given_anew(staff, meeting):
    old = meetings.give_feed(by=staff.chi, on=TODAY)
    new = meetings.give_feed(by=staff.chi, on=TODAY)

    assert queries.fed(old) is None
    person, rows = queries.fed(new)
    assert (person, [row.title for row in rows]) == (staff.chi, ["Giao ban tháng 11"])


def test_minutes_end_and_conclusions_stay(staff, opened):
    write(staff.quyen, section(opened), "Mở đầu", 0)
    paper = put(staff, opened)
    meetings.close_meeting(meeting=opened, by=staff.binh, on=TODAY)
    later, number = TODAY + timedelta(4000), f"CH-{opened.pk}"
    files = {"before": later, "but": frozenset(), "by": clock(), "on": later}

    assert meetings.erase_minutes(before=TODAY, but=frozenset(), by=clock(), on=later) == []
    assert (keep(staff.chi, number), keep(staff.dung, number)) == (403, 302)
    Hold.objects.update(until=later)
    assert meetings.erase_minutes(before=later, but=held("meetings.meeting", later), by=clock(), on=later) == []
    assert ENDS["attachments"].of(**files) == []  # its papers stay with it
    assert keep(staff.dung, number, step="release") == 302
    assert meetings.erase_minutes(before=later, but=held("meetings.meeting", later), by=clock(), on=later) == [opened.pk]
    assert ENDS["attachments"].of(**files) == [paper.file_id]
    assert not Section.objects.exclude(text="").exists()
    assert not Revision.objects.exclude(text="", typed="").exists()
    assert Meeting.objects.get().state == "closed"
