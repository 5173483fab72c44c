"""The pages of meetings: planned, opened, written, voted, concluded; papers and their replacement; door, pack and calendar."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar

from gandan.work.meetings.models import AgendaItem, Conclusion, Meeting, PaperVersion, Section
from gandan.work.meetings.operations import invite, put_paper
from tests.cast import TODAY
from tests.meetings.conftest import NOW
from tests.meetings.conftest import meeting as meeting
from tests.meetings.conftest import opened as opened
from tests.meetings.conftest import staff as staff
from tests.meetings.files import pdf

PLANNED = {
    "title": "Hội nghị tổng kết", "series": "Tổng kết", "starts_at": "2026-11-20T09:00", "minutes": "120", "place": "Hội trường",
    "link": "", "chair": "binh", "secretary": "quyen", "partner": "BXDD-W1",
    "agenda": "Báo cáo kết quả (báo cáo)\nThảo luận\nKý chương trình (ký kết 2022-2026)",
}  # fmt: skip


def done(client, page, what, **more):
    answer = client.post(page, {"do": what, **more})
    assert answer.status_code == 302, answer.content.decode()[:2000]


def test_a_conference_goes_from_invitation_to_conclusions_by_four_people(staff, desk):
    dung, binh, quyen, chi, alice = map(desk, (staff.dung, staff.binh, staff.quyen, staff.chi, staff.alice))
    dung.post("/my-unit/", {"unit": "CAP-W1"})
    page = dung.post("/meetings/new/", PLANNED).url
    made = Meeting.objects.get()
    assert list(AgendaItem.objects.values_list("kind", "programme")) == [
        ("report", ""),
        ("discussion", ""),
        ("signing", "2022-2026"),
    ]
    done(quyen, page, "invite", people="chi, alice")
    done(alice, page, "reply", answer="remote")
    done(quyen, page, "paper", title="Dự thảo", file=SimpleUploadedFile("a.pdf", pdf(2).getvalue()))
    for client in (binh, quyen, chi):
        assert client.post(f"/meetings/door/{made.door}/").url == page
    done(binh, page, "open")
    done(alice, page, "remote")

    token = PaperVersion.objects.get().file.token
    assert b"".join(chi.get(f"/meetings/papers/{token}/").streaming_content).startswith(b"%PDF")
    old = str(PaperVersion.objects.get().paper_id)
    done(quyen, page, "paper", paper=old, file=SimpleUploadedFile("b.pdf", pdf(3).getvalue()))
    assert "đã thay: Ông/Bà đã đọc bản 1, nay là bản 2" in chi.get(f"{page}now/").content.decode()
    assert "đã thay" not in alice.get(f"{page}now/").content.decode()

    section = Section.objects.order_by("pk").first()
    for client, text in ((quyen, "Mở đầu"), (chi, "Góp ý")):
        saved = client.post(
            f"/meetings/sections/{section.pk}/", {"text": text, "base": "0"}, headers={"Accept": "application/json"}
        )
        assert saved.status_code == 200
    assert (saved.json()["text"], saved.json()["both"]) == ("Mở đầu\nGóp ý", True)
    done(quyen, page, "read-over", section=str(section.pk))

    done(binh, page, "question", question="Thông qua dự thảo?")
    assert "Thông qua dự thảo?" in chi.get(f"{page}now/").content.decode()
    done(chi, page, "vote", choice="yes")
    done(binh, page, "close-vote")
    assert "thông qua" in alice.get(page).content.decode()
    done(quyen, page, "conclude", text="Lắp camera", owner="CAP-W1", officer="binh", due_on="2026-12-04", programme="2022-2026")
    done(binh, page, "sign", item=str(AgendaItem.objects.get(kind="signing").pk))
    done(binh, page, "close", guests="40")

    conclusion = Conclusion.objects.get()
    assert binh.get(f"/meetings/conclusions/{conclusion.pk}/").url == f"{page}#c{conclusion.pk}"
    assert desk(staff.phuc).get(f"/meetings/conclusions/{conclusion.pk}/").status_code == 403
    assert binh.get("/meetings/conclusions/0/").status_code == binh.post("/meetings/sections/0/").status_code == 404
    assert f"/meetings/conclusions/{conclusion.pk}/" in binh.get("/?scope=me&group=later").content.decode()
    done(binh, page, "done", conclusion=str(conclusion.pk), outcome="Đã lắp")
    shown = chi.get(page).content.decode()
    for said in ("Hai bên đã ký ngày 20/11/2026", "Mở đầu", "Đã lắp", "Trang tiết kiệm"):
        assert said in shown
    packed = alice.get(f"{page}pack/")
    assert b"".join(packed.streaming_content).startswith(b"%PDF")


def test_what_is_wrong_stands_in_the_form_and_what_was_typed_stays(staff, desk):
    dung = desk(staff.dung)
    dung.post("/my-unit/", {"unit": "CAP-W1"})
    for more, said in (
        ({"chair": "nobody-here"}, "Không có ai tên hoặc tên đăng nhập là nobody-here"),
        ({"secretary": "binh"}, "Chủ trì và thư ký là hai người"),
        ({"starts_at": "2026-02-31T09:00"}, "Ngày giờ này không có trong lịch"),
    ):
        page = dung.post("/meetings/new/", PLANNED | more)
        assert page.status_code == 422
        assert said in page.content.decode()
        assert "Hội nghị tổng kết" in page.content.decode()
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(pdf(password="x").getvalue(), "có mật khẩu"), (b"\x89PNG\r\n\x1a\n", "là"), (pdf().getvalue()[:200], "không trọn vẹn")],
    ids=["locked", "no PDF", "broken off"],
)
def test_a_file_that_is_no_paper_is_refused_with_words(staff, desk, meeting, content, said):
    file = SimpleUploadedFile("a.pdf", content)
    page = desk(staff.quyen).post(f"/meetings/{meeting.pk}/", {"do": "paper", "title": "Bản đồ", "file": file})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert "Bản đồ" in page.content.decode()


def test_who_is_not_invited_sees_nothing(staff, desk, opened):
    made = put_paper(meeting=opened, title="Mật", source=pdf(), name="a.pdf", by=staff.quyen, on=TODAY, at=NOW)
    phuc, section = desk(staff.phuc), Section.objects.first()
    page = f"/meetings/{opened.pk}/"
    for address in (page, f"{page}pack/", f"{page}now/", f"{page}code/", f"/meetings/papers/{made.file.token}/"):
        assert phuc.get(address).status_code == 403, address
    assert phuc.post(f"/meetings/sections/{section.pk}/", {"text": "x", "base": "0"}).status_code == 403
    scripted = phuc.post(f"/meetings/sections/{section.pk}/", {"text": "x"}, headers={"Accept": "application/json"})
    assert (scripted.status_code, list(scripted.json())) == (403, ["wrong"])
    assert not Section.objects.exclude(version=0).exists()
    assert phuc.post(f"/meetings/door/{opened.door}/").status_code == 403
    assert "Giao ban" not in phuc.get("/meetings/").content.decode()
    assert desk(staff.alice).get(f"{page}code/").status_code == 403
    assert "<path" in desk(staff.binh).get(f"{page}code/").content.decode()


def test_a_calendar_reads_the_feed(staff, desk, meeting):
    chi = desk(staff.chi)
    shown = chi.post("/meetings/feed/").content.decode()
    (address,) = re.findall(r"/meetings/feed/([\w-]{20,})/", shown)
    feed = Client().get(f"/meetings/feed/{address}/")

    book = Calendar.from_ical(feed.content)
    (event,) = book.walk("VEVENT")
    assert (str(event["summary"]), event.decoded("dtstart"), str(event["location"])) == ("Giao ban tháng 11", NOW, "Phòng họp 1")
    assert event["uid"] == f"meeting-{meeting.pk}@gan-dan"
    chi.post("/meetings/feed/")
    assert Client().get(f"/meetings/feed/{address}/").status_code == 404


def test_the_list_shows_what_one_is_invited_to(staff, desk, meeting):
    invite(meeting=meeting, people=[staff.hoa], by=staff.quyen, on=TODAY)
    assert "Giao ban tháng 11" in desk(staff.hoa).get("/meetings/?state=planned").content.decode()
    assert "Giao ban tháng 11" not in desk(staff.hoa).get("/meetings/?state=closed").content.decode()
    assert desk(staff.hoa).get(f"/meetings/{meeting.pk + 1}/").status_code == 404


def test_units_and_people_are_named_by_name_and_looked_for_while_typing(staff, desk):
    dung, name = desk(staff.dung), staff.unit("BXDD-W1").name
    dung.post("/my-unit/", {"unit": "CAP-W1"})
    offered = dung.get("/units/find/", {"of": "partner", "partner": name[:-1].lower()}).content.decode()
    assert f"{name} (BXDD-W1)" in offered
    offered = dung.get(
        "/people/find/", {"of": "people", "people": f"{staff.chi.name} (chi), {staff.quyen.name}"}
    ).content.decode()
    assert f"{staff.quyen.name} (quyen)" in offered
    assert f"{staff.chi.name} (chi)" not in offered

    wrong = dung.post("/meetings/new/", {**PLANNED, "chair": "Nobody At All", "partner": "Nowhere"})
    text = wrong.content.decode()
    assert (wrong.status_code, text.count("Không có ai tên"), text.count("Không có đơn vị nào tên")) == (422, 1, 1)
    assert 'value="Nobody At All"' in text

    page = dung.post(
        "/meetings/new/", {**PLANNED, "chair": staff.binh.name, "secretary": f"{staff.quyen.name} (quyen)", "partner": name}
    ).url
    made = Meeting.objects.get()
    assert made.partner == staff.unit("BXDD-W1")
    done(dung, page, "invite", people=f"{staff.chi.name} (chi), {staff.alice.name}, ")
    assert made.invitations.count() == 4
