"""The desk where it is written, the pages where it is read, the feeds for programs, and the letters that were asked for."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from xml.etree.ElementTree import fromstring

import jsonschema
import pytest
from django.test import Client
from lxml import etree

from gandan.ground.messages.models import Message
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.notices.flow import Sort, Why
from gandan.work.notices.models import Issued, Publication, Subscriber
from gandan.work.notices.operations import change, forget_unconfirmed, set_contacts, tell_subscribers, tell_withdrawn, withdraw
from gandan.work.notices.operations.subscribing import code_of
from gandan.work.notices.queries import Number
from gandan.work.voice.flow import Channel as CameBy
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Case
from gandan.work.voice.operations import receive
from gandan.work.voice.rules.brought import Brought
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock as held_clock
from tests.documents.files import photo
from tests.notices.conftest import AT, GOOD, claim, out, storm, text

SCHEMA = Path(__file__).parent / "schema"
ATOM = "{http://www.w3.org/2005/Atom}"
FORM = {
    "title": "Làm căn cước lưu động", "summary": "Thứ Bảy tại khu phố 3.", "text": "Từ 8 giờ. Xin mang giấy khai sinh.",
    "audience": "everyone", "planned_on": "2026-11-20", "feed": "on",
}  # fmt: skip


def said(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_from_the_first_word_to_the_page_that_everyone_reads(desk_of_news, client):
    writer, editor = signed_in(desk_of_news.writer), signed_in(desk_of_news.editor)
    looked = writer.post("/publishing/new/notice/", FORM | {"text": "Căn cứ theo kế hoạch, xin mang giấy.", "look": "1"})
    assert "căn cứ theo → theo" in said(looked)
    assert Publication.objects.count() == 0, "looking saves nothing"
    assert writer.post("/publishing/new/notice/", FORM | {"title": ""}).status_code == 422

    made = writer.post("/publishing/new/notice/", FORM)
    number = Publication.objects.get().pk
    assert made.url == f"/publishing/{number}/"
    picture = {"picture": photo_file(), "alt": "Bàn làm căn cước trước nhà văn hoá"}
    assert writer.post(f"/publishing/{number}/picture/", picture).status_code == 302
    writer.post(f"/publishing/{number}/submit/")
    assert client.get(f"/public/news/{number}/").status_code == 404
    assert "Người viết không tự duyệt" in said(writer.post(f"/publishing/{number}/publish/"))
    assert editor.post(f"/publishing/{number}/publish/").status_code == 302

    page = client.get(f"/public/news/{number}/")
    assert "Ban Tuyên giáo và Dân vận Thành ủy đăng lúc 09:00 20/11/2026." in said(page)
    assert 'alt="Bàn làm căn cước trước nhà văn hoá"' in page.content.decode()
    picture = client.get(f"/public/news/{number}/picture/")
    assert (picture.headers["Content-Type"], b"".join(picture.streaming_content)[:2]) == ("image/jpeg", b"\xff\xd8")
    assert "Làm căn cước lưu động" in said(client.get("/public/"))
    assert "Làm căn cước lưu động" in said(client.get("/public/search/?q=can cuoc luu dong"))


def photo_file():
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("anh.jpg", photo(size=(300, 200)), "image/jpeg")


def test_another_unit_sees_nothing_of_a_draft_and_a_stranger_signs_in(desk_of_news, client):
    made = out(desk_of_news)
    other = signed_in(desk_of_news.police_writer)

    assert other.get(f"/publishing/{made.pk}/").status_code == 404
    assert other.post(f"/publishing/{made.pk}/withdraw/", {"why": "x"}).status_code == 404
    assert other.get("/publishing/").status_code == 200
    assert client.get(f"/publishing/{made.pk}/").status_code == 302
    assert signed_in(desk_of_news.cast.oanh).get(f"/publishing/{made.pk}/").status_code == 404


def test_a_claim_is_written_with_its_checklist_and_what_is_typed_stays(desk_of_news):
    writer = signed_in(desk_of_news.writer)
    form = FORM | {
        "claim": "Phạt nguội qua tin nhắn", "met": "text_messages", "verdict": "false", "concerned": "KHONG-CO", **GOOD,
        "source_1": "A", "archived_1": "https://archive.example/a", "source_2": "B", "archived_2": "https://archive.example/b",
    }  # fmt: skip
    refused = writer.post("/publishing/new/correction/", form)
    assert refused.status_code == 422
    assert "Không có đơn vị nào mang mã KHONG-CO." in said(refused)
    assert "Phạt nguội qua tin nhắn" in refused.content.decode()

    writer.post("/publishing/new/correction/", form | {"concerned": "PC08", "about_conduct": "yes"})
    number = Publication.objects.get().pk
    assert "đó là phản ánh" in said(writer.post(f"/publishing/{number}/submit/"))
    page = writer.get(f"/publishing/{number}/edit/").content.decode()
    assert "https://archive.example/b" in page
    writer.post(f"/publishing/{number}/edit/", form | {"concerned": "PC08"})
    assert writer.post(f"/publishing/{number}/submit/").status_code == 302


def test_a_correction_says_claim_verdict_and_sources_and_programs_read_it_without_a_claimant(desk_of_news, client):
    made = out(desk_of_news, Sort.CORRECTION, claim(desk_of_news.cast))

    page = client.get(f"/public/true/{made.pk}/")
    assert "Sai" in said(page)
    assert "https://archive.example/a" in page.content.decode()
    linked = json.loads(re.search(r'ld\+json">(.*?)</script>', page.content.decode())[1])
    jsonschema.validate(linked, json.loads((SCHEMA / "claim-review.json").read_text("utf-8")))
    in_english = client.get(f"/en/public/true/{made.pk}/").content.decode()
    assert json.loads(re.search(r'ld\+json">(.*?)</script>', in_english)[1]) == linked, "one review, whichever page tells of it"
    assert linked["reviewRating"] == {
        "@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "Sai",
    }  # fmt: skip
    assert "Tin nhắn nộp phạt nguội là lừa đảo" in said(client.get("/public/true/"))
    assert "Không cơ quan nào kiểm tra điều nói về chính mình" in said(client.get("/public/true/method/"))


def test_a_text_can_not_break_out_of_the_linked_data(desk_of_news, client):
    made = out(desk_of_news, Sort.CORRECTION, claim(desk_of_news.cast, claim="</script><script>alert(1)</script>"))

    page = client.get(f"/public/true/{made.pk}/").content.decode()

    assert "<script>alert(1)" not in page
    assert json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])["claimReviewed"] == "</script><script>alert(1)</script>"


def test_every_cap_message_is_valid_and_refers_to_those_before(desk_of_news, client):
    schema = etree.XMLSchema(etree.parse(str(SCHEMA / "CAP-v1.2.xsd")))
    made = out(desk_of_news, Sort.ALERT, storm(desk_of_news.cast, onset=AT + timedelta(hours=2), contact="114"))
    withdraw(publication=made, why="Hết mưa.", by=desk_of_news.editor, on=TODAY, at=AT + timedelta(hours=1))

    feed = fromstring(client.get("/public/alerts/feed/").content)
    links = [one.get("href") for one in feed.iter(f"{ATOM}link") if one.get("type") == "application/cap+xml"]
    assert len(links) == 2
    for link in links:
        answer = client.get(link[link.index("/public/") :])
        assert answer.headers["Content-Type"].startswith("application/cap+xml")
        schema.assertValid(etree.fromstring(answer.content))
    first, last = Issued.objects.order_by("sent")
    assert f"<references>btgdvtu@gandan,{first.identifier},2026-11-20T09:00:00+07:00</references>" in last.content
    assert "<msgType>Cancel</msgType>" in last.content
    assert "<language>en-US</language>" in first.content


def test_an_alert_stands_above_every_page_while_it_holds(desk_of_news, client):
    made = out(desk_of_news, Sort.ALERT, storm(desk_of_news.cast))

    assert "Mưa lớn tối nay" in said(client.get("/public/wards/"))
    assert "Tránh đường trũng" in said(client.get(f"/public/alerts/{made.pk}/"))
    withdraw(publication=made, why="Hết mưa.", by=desk_of_news.editor, on=TODAY, at=AT)
    assert "Mưa lớn tối nay" not in said(client.get("/public/wards/"))
    gone = client.get(f"/public/alerts/{made.pk}/")
    assert "Bài này đã rút lúc 09:00 20/11/2026." in said(gone)
    assert "noindex" in gone.content.decode()


def feed_of(client, address: str):
    """Read a feed as RFC 4287 has it; each of its entries has a name of its own."""
    answer = client.get(address)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    read = etree.fromstring(answer.content)
    etree.RelaxNG(etree.parse(str(SCHEMA / "atom.rng"))).assertValid(read)
    names = [one.findtext(f"{ATOM}id") for one in read.iter(f"{ATOM}feed", f"{ATOM}entry")]
    assert len(set(names)) == len(names)
    (itself,) = [one.get("href") for one in read.findall(f"{ATOM}link") if one.get("rel") == "self"]
    assert itself.endswith(address)
    return read


def test_the_feeds_are_valid_and_what_is_in_them_keeps_its_name(desk_of_news, client):
    empty = feed_of(client, "/public/news/feed/").findtext(f"{ATOM}updated")
    assert feed_of(client, "/public/news/feed/").findtext(f"{ATOM}updated") == empty, "nothing has changed"
    made = out(desk_of_news)
    out(desk_of_news, Sort.CORRECTION, claim(desk_of_news.cast))
    out(desk_of_news, Sort.ALERT, storm(desk_of_news.cast))
    for address in ("/public/news/feed/", "/en/public/news/feed/", "/public/alerts/feed/", "/en/public/alerts/feed/"):
        assert feed_of(client, address).findall(f"{ATOM}entry"), address

    def entry():
        feed = feed_of(client, "/public/news/feed/")
        found = [one for one in feed.findall(f"{ATOM}entry") if one.findtext(f"{ATOM}id").endswith(f":{made.pk}")]
        (one,) = found
        return feed.findtext(f"{ATOM}updated"), *(
            one.findtext(f"{ATOM}{name}") for name in ("id", "published", "updated", "title")
        )

    _at, name, published, updated, _title = entry()
    assert (published, updated) == ("2026-11-20T09:00:00+07:00",) * 2
    change(publication=made, why=Why.OUR_ERROR, words="Sai giờ.", text="Từ 7 giờ.", by=desk_of_news.editor, on=TODAY,
           at=AT + timedelta(minutes=30))  # fmt: skip
    assert entry()[:4] == ("2026-11-20T09:30:00+07:00", name, published, "2026-11-20T09:30:00+07:00")
    withdraw(publication=made, why="Đăng nhầm ngày.", by=desk_of_news.editor, on=TODAY, at=AT + timedelta(hours=1))
    assert entry() == ("2026-11-20T10:00:00+07:00", name, published, "2026-11-20T10:00:00+07:00", f"Đã rút: {made.title}")
    feed = client.get("/public/news/feed/").content.decode()
    assert ("Đăng nhầm ngày." in feed, made.summary in feed) == (True, False)


def test_of_a_withdrawn_correction_nothing_is_told_as_what_holds(desk_of_news, client):
    made = out(desk_of_news, Sort.CORRECTION, claim(desk_of_news.cast))
    assert "điều được nói: sai" in said(client.get("/public/true/")), "the verdict is on the claim, not on the title"
    withdraw(publication=made, why="Nguồn đã đổi.", by=desk_of_news.editor, on=TODAY, at=AT)

    page = f"/public/true/{made.pk}/"
    assert "điều được nói: sai" not in said(client.get(page))
    assert client.get(f"/public/news/{made.pk}/poster/").url == page, "there is nothing left to hang up"
    assert client.get(f"{page}appeal/").url == page


def test_the_poster_has_a_code_and_the_publisher(desk_of_news, client):
    made = out(desk_of_news)

    page = client.get(f"/public/news/{made.pk}/poster/").content.decode()

    assert 'class="code"' in page
    assert "Ban Tuyên giáo và Dân vận Thành ủy" in page


def test_letters_are_asked_for_twice_and_stopped_once(desk_of_news, client):
    ask = {"email": "An@Example.com", "place": "sai gon"}
    assert "Xin mở hộp thư" in said(client.post("/public/news/by-email/", ask))
    client.post("/public/news/by-email/", ask)
    one = Subscriber.objects.get()
    assert (one.email, one.place.code, one.confirmed_on) == ("an@example.com", "W1", None)
    assert [message.template for message in Message.objects.all()] == ["notices-confirm"]

    made = out(desk_of_news)
    by = desk_of_news.cast.importer
    assert tell_subscribers(publication=made.pk, link="https://x.example", by=by, on=TODAY) == 0, "nobody has confirmed"
    address = f"/public/news/by-email/{code_of(one.pk)}/"
    client.get(address)
    assert Subscriber.objects.get().confirmed_on is None, "robots open links"
    client.post(address, {"do": "confirm"})
    assert tell_subscribers(publication=made.pk, link="https://x.example", by=by, on=TODAY) == 1
    assert tell_subscribers(publication=made.pk, link="https://x.example", by=by, on=TODAY) == 1
    assert Message.objects.filter(template="notices-new").count() == 1, "once, however often the job runs"
    other = out(desk_of_news, said=text(place=desk_of_news.cast.unit("W2")))
    assert tell_subscribers(publication=other.pk, link="https://x.example", by=by, on=TODAY) == 0

    withdraw(publication=made, why="Đăng nhầm ngày.", by=desk_of_news.editor, on=TODAY, at=AT + timedelta(hours=1))
    withdraw(publication=other, why="Cũng nhầm.", by=desk_of_news.editor, on=TODAY, at=AT + timedelta(hours=1))
    for _run in range(2):
        assert tell_withdrawn(publication=made.pk, link="https://x.example", by=by, on=TODAY) == 1
        assert tell_withdrawn(publication=other.pk, link="https://x.example", by=by, on=TODAY) == 0, "nobody was told of it"
    (gone,) = Message.objects.filter(template="notices-withdrawn")
    assert "Đăng nhầm ngày." in gone.content

    client.post(address, {"do": "stop"})
    assert Subscriber.objects.count() == 0
    assert client.post(address, {"do": "confirm"}).status_code == 404


def test_who_never_confirms_is_forgotten_after_a_week(cast, client):
    client.post("/public/news/by-email/", {"email": "an@example.com"})

    assert forget_unconfirmed(by=cast.importer, on=TODAY + timedelta(7)) == []
    assert len(forget_unconfirmed(by=cast.importer, on=TODAY + timedelta(8))) == 1


@pytest.mark.parametrize("typed", [{"email": "không phải"}, {"email": ""}, {"email": "a@b.vn", "place": "không có phường này"}])
def test_a_slip_is_told_beside_its_field(cast, typed):
    answer = Client().post("/public/news/by-email/", typed)

    assert answer.status_code in {200, 422}
    assert 'aria-invalid="true"' in answer.content.decode()


def test_whom_to_call_stands_on_the_page_of_the_ward(desk_of_news, client):
    cast = desk_of_news.cast
    numbers = [Number("Trực ban 24/24", "028 3829 7643", "", "cả ngày")]
    set_contacts(unit=cast.unit("CAP-W1"), numbers=numbers, by=desk_of_news.police_editor, on=TODAY)

    page = client.get("/public/wards/W1/")

    assert 'href="tel:02838297643"' in page.content.decode()
    assert "Công an phường Sài Gòn · cả ngày" in said(page)
    assert "Nơi này chưa ghi số gọi" in said(client.get("/public/wards/W2/"))


def test_old_news_can_still_be_found(desk_of_news, client):
    made = out(desk_of_news, said=text(planned_on=TODAY - timedelta(9), until=TODAY - timedelta(1)))

    assert said(client.get("/public/news/")).count(made.title) == 0
    assert made.title in said(client.get("/public/news/archive/"))
    assert "Bài này đã hết giá trị" in said(client.get(f"/public/news/{made.pk}/"))
    assert signed_in(desk_of_news.editor).get("/publishing/?show=published").status_code == 200


def test_every_edition_can_be_read_with_the_reason_of_its_change(desk_of_news, client):
    made = out(desk_of_news)
    change(publication=made, why=Why.OUR_ERROR, words="Chúng tôi ghi nhầm giờ.", text="Từ 7 giờ.", by=desk_of_news.editor,
           on=TODAY, at=AT)  # fmt: skip

    page = said(client.get(f"/public/news/{made.pk}/"))

    assert "Bản 2, 09:00 20/11/2026: chúng tôi đã sai" in page
    assert "Chúng tôi ghi nhầm giờ." in page
    assert "từ 8 giờ đến 11 giờ" in page, "what it said before"
    assert "Chúng tôi ghi nhầm giờ." in said(client.get("/public/true/method/"))


def test_numbers_to_call_are_set_on_a_page_and_stand_at_the_ward(desk_of_news, client):
    editor = signed_in(desk_of_news.police_editor)
    row = {"what-0": "Trực ban 24/24", "phone-0": "028 3829 0000", "officer-0": "", "hours-0": "cả ngày"}
    wrong = editor.post("/publishing/contacts/", row | {"what-1": "Cư trú", "phone-1": "gọi tôi"})
    assert (wrong.status_code, 'value="gọi tôi"' in wrong.content.decode()) == (422, True)
    assert editor.post("/publishing/contacts/", row).status_code == 302

    assert "Trực ban 24/24" in said(client.get("/public/wards/W1/"))
    assert 'href="tel:02838290000"' in client.get("/public/wards/W1/").content.decode()
    assert signed_in(desk_of_news.cast.oanh).get("/publishing/contacts/").status_code == 403


def test_who_disagrees_with_a_verdict_is_heard_by_another_body(desk_of_news, client):
    made = out(desk_of_news, Sort.CORRECTION, claim(desk_of_news.cast))
    here = f"/public/true/{made.pk}/appeal/"
    assert here in client.get(f"/public/true/{made.pk}/").content.decode()
    assert "Ủy ban Mặt trận Tổ quốc Thành phố Mẫu xem lại" in said(client.get(here))  # the civil side published it
    assert client.post(here, {"text": " "}).status_code == 422
    sent = client.post(here, {"text": "Cục có nhắn tin thật, xem công văn 12."}, follow=True)

    assert "Mã biên nhận" in said(sent)
    case = Case.objects.get()
    assert (case.unit.code, case.kind, case.due_on is not None) == ("MTTQ", "question", True)
    assert client.get(f"/public/true/{out(desk_of_news).pk}/appeal/").status_code == 404


def test_a_question_becomes_a_claim_without_what_leads_to_anybody(desk_of_news):
    asked = "Tin nhắn nộp phạt tại https://phat.example/x, số 0903 123 456, của @ai_do có thật không?"
    brought = Brought(kind=CaseKind.QUESTION, text=asked)
    unit, by = desk_of_news.cast.unit("BTGDVTU"), desk_of_news.cast.importer
    case = receive(brought=brought, channel=CameBy.COUNTER, code="1" * 16, unit=unit, by=by, on=TODAY, at=AT)
    officer = enrol(username="hoi", name="Hỏi", unit=unit, role=Role.SPECIALIST, line=Line.CIVIL, by=by, on=TODAY)
    client = signed_in(officer)

    assert f"/publishing/new/correction/?question={case.number}" in client.get(f"/voice/{case.number}/").content.decode()
    form = client.get(f"/publishing/new/correction/?question={case.number}").content.decode()
    assert "Tin nhắn nộp phạt tại … số …, của … có thật không?" in form
    assert "phat.example" not in form
    other = signed_in(desk_of_news.police_writer).get(f"/publishing/new/correction/?question={case.number}").content.decode()
    assert "Tin nhắn nộp phạt tại" not in other


def test_the_plan_goes_from_month_to_month(desk_of_news):
    out(desk_of_news, said=text(title="Tết an toàn", planned_on=date(2027, 1, 20)))
    writer = signed_in(desk_of_news.writer)

    assert "Tết an toàn" not in said(writer.get("/publishing/"))
    page = writer.get("/publishing/?month=2027-01")
    assert "Tết an toàn" in said(page)
    assert 'href="?month=2026-12"' in page.content.decode()
    assert 'href="?month=2027-02"' in page.content.decode()
    assert writer.get("/publishing/?month=2027-13").status_code == 200
