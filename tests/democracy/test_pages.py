"""Its pages: the desks for those who may, the public pages for everyone, in both languages."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gandan.ground.organisations.queries import public
from gandan.work.democracy.models import Ballot, Consultation, Duty, Household, Poll, Remark
from gandan.work.democracy.operations import close_poll, show_comment, vote
from gandan.work.democracy.rules.counting import Choice
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.democracy.conftest import ROLL, TEXT
from tests.documents.files import photo


def said(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_duty_from_the_desk_to_the_board_and_the_page_of_the_ward(ward, client):
    writer = signed_in(ward.writer)
    form = {"rule": "budget", "title": "Dự toán 2027", "born_on": "2026-11-02"}
    wrong = writer.post("/democracy/duties/new/", form | {"title": ""})
    assert wrong.status_code == 422
    assert 'value="2026-11-02"' in wrong.content.decode()
    writer.post("/democracy/duties/new/", form)
    duty = Duty.objects.get()
    assert "quá hạn 11 ngày" in said(client.get("/public/wards/W1/"))
    assert "Dự toán 2027" in said(client.get("/public/democracy/"))

    here = f"/democracy/duties/{duty.pk}/"
    assert "Xin ghi địa chỉ trang" in said(writer.post(here, {"do": "prove", "place": "page", "posted_on": "2026-11-20"}))
    writer.post(here, {"do": "prove", "place": "page", "posted_on": "2026-11-20", "address": "https://phuong.example/a"})
    board = SimpleUploadedFile("bang.jpg", photo(size=(300, 200)), "image/jpeg")
    writer.post(here, {"do": "prove", "place": "board", "posted_on": "2026-11-20", "photo": board})

    shown = client.get(f"/public/duties/{duty.pk}/")
    assert "đã công khai, chậm" in said(shown)
    picture = client.get(f"/public/duties/{duty.pk}/photos/board/")
    assert (picture.headers["Content-Type"], b"".join(picture.streaming_content)[:2]) == ("image/jpeg", b"\xff\xd8")
    assert client.get(f"/public/duties/{duty.pk}/photos/page/").status_code == 404


def test_a_text_from_the_desk_to_its_answer(ward, client):
    writer, editor, moderator = signed_in(ward.writer), signed_in(ward.editor), signed_in(ward.moderator)
    form = {"rule": "draft", "title": "Quy định chợ đêm", "lead": "Giờ mở còn sửa được.", "text": TEXT}
    writer.post("/democracy/consultations/new/", form)
    number = Consultation.objects.get().pk
    here, page = f"/democracy/consultations/{number}/", f"/public/consultations/{number}/"
    assert client.get(page).status_code == 404
    writer.post(f"{here}edit/", form | {"title": "Quy định chợ đêm Lê Lợi"})
    assert "Người viết không tự mở" in said(writer.get(here)) or "Mở lấy ý kiến" not in said(writer.get(here))
    assert editor.post(here, {"do": "open"}).status_code == 302
    assert "Quy định chợ đêm Lê Lợi" in said(client.get(page))

    asked = client.get(f"{page}comment/?position=2").content.decode()
    code = re.search(r'name="code" value="(\d{16})"', asked)[1]
    empty = client.post(f"{page}comment/", {"position": "2", "words": " ", "code": code})
    assert (empty.status_code, code in empty.content.decode()) == (422, True)
    for _again in range(2):
        sent = client.post(f"{page}comment/", {"position": "2", "words": "Xin thêm chỗ để xe.", "code": code}, follow=True)
    assert f"{code[:4]} {code[4:8]}" in said(sent)
    comment = Remark.objects.get()
    assert "Xin thêm chỗ để xe." not in said(client.get(page))
    assert "đang chờ bên dân vận xem" in said(client.post("/public/consultations/mine/", {"code": code}))

    assert "Xin thêm chỗ để xe." in said(moderator.get("/democracy/comments/"))
    assert moderator.post("/democracy/comments/", {"comment": comment.pk, "do": "hide", "why": ""}).status_code == 422
    moderator.post("/democracy/comments/", {"comment": comment.pk, "do": "show", "words": "Xin thêm chỗ để xe."})
    assert "Xin thêm chỗ để xe." in said(client.get(page))
    assert "1 comment shown" in said(client.get(f"/en{page}"))


@pytest.mark.parametrize("who", ["police_writer", "police_editor", "writer"])
def test_who_does_not_moderate_sees_no_comment_before(ward, who):
    officer = signed_in(getattr(ward, who))
    asked = ward.consultation()

    assert officer.get("/democracy/comments/").status_code == 403
    assert officer.get("/democracy/").status_code == 200
    assert officer.get(f"/democracy/consultations/{asked.pk}/").status_code == (200 if who == "writer" else 404)


def test_a_vote_from_the_roll_to_the_count(ward, client):
    keeper = signed_in(ward.keeper)
    form = {"rule": "head", "neighbourhood": "Khu phố 3", "title": "Bầu trưởng khu phố", "question": "Đồng ý bà Lan?",
            "closes_on": "2026-11-27"}  # fmt: skip
    keeper.post("/democracy/polls/new/", form)
    number = Poll.objects.get().pk
    here, page = f"/democracy/polls/{number}/", f"/public/votes/{number}/"
    twice = keeper.post(here, {"do": "roll", "roll": "1 a\n1 a"})
    assert (twice.status_code, "đứng hai lần" in said(twice), "1 a\n1 a" in twice.content.decode()) == (422, True, True)
    keeper.post(here, {"do": "roll", "roll": ROLL})
    slips = keeper.post(here, {"do": "open"})
    codes = re.findall(r'class="code-words">([\d ]{19})<', slips.content.decode())
    assert (len(codes), slips.headers["Cache-Control"]) == (8, "no-store")

    wrongly = [
        ({"do": "paper"}, "number"),
        ({"do": "read", "serial": "9", "choice": ""}, "choice"),
        ({"do": "read", "serial": "9", "choice": "for"}, "serial"),
        ({"do": "annul", "why": ""}, "why"),
    ]
    for sent, beside in wrongly:
        wrong = keeper.post(here, sent)
        assert (wrong.status_code, f'id="wrong-{beside}"' in wrong.content.decode()) == (422, True), sent
    assert "<details open><summary>Huỷ lần bỏ phiếu này" in wrong.content.decode(), "what is wrong is not folded away"
    assert "0 trên 8 hộ đã dùng phiếu" in said(client.get(page))
    assert client.post(f"{page}ballot/", {"code": codes[0], "choice": ""}).status_code == 422
    given = client.post(f"{page}ballot/", {"code": codes[0], "choice": "for"})
    assert "Dấu riêng của phiếu này" in said(given)
    again = client.post(f"{page}ballot/", {"code": codes[0], "choice": "against"})
    assert (again.status_code, "Mã này không mở được phiếu nào" in said(again)) == (422, True)
    assert client.get(f"{page}ballots.csv").status_code == 404
    for code in codes[1:]:
        vote(poll=number, code=code, choice=Choice.FOR, by=public(), on=TODAY)
    keeper.post(here, {"do": "close"})

    assert "Cần 5 hộ đồng ý; có 8." in said(client.get(page))
    assert client.get(f"{page}ballots.csv").content.decode().count(",for\n") == 8


@pytest.mark.parametrize("who", ["police_writer", "police_editor", "both", "writer", "moderator"])
def test_nobody_but_its_keepers_opens_a_vote(ward, who):
    made, codes = ward.opened()
    vote(poll=made, code=codes[1], choice=Choice.FOR, by=public(), on=TODAY)
    other = signed_in(getattr(ward, who))

    assert other.get(f"/democracy/polls/{made.pk}/").status_code == 404
    assert other.post(f"/democracy/polls/{made.pk}/", {"do": "annul", "why": "x"}).status_code == 404
    assert "đường Lê Lợi" not in said(other.get("/democracy/"))
    assert Poll.objects.get().step == "open"


def test_who_tries_codes_is_asked_to_wait(ward, client):
    made, codes = ward.opened()
    page = f"/public/votes/{made.pk}/ballot/"
    tried = [client.post(page, {"code": f"{nth:016}", "choice": "for"}).status_code for nth in range(24)]

    assert (tried[0], tried[-1]) == (422, 429)
    assert client.post(page, {"code": codes[1], "choice": "for"}, REMOTE_ADDR="10.1.2.3").status_code == 200  # others vote on
    assert Ballot.objects.count() == 1


def test_no_public_page_tells_an_address_of_the_roll(ward, client):
    made, _codes = ward.opened()
    close_poll(poll=made, by=ward.keeper, on=TODAY + timedelta(8))
    assert Household.objects.get(number=1).address == "1/3 đường Lê Lợi"
    for page in (f"/public/votes/{made.pk}/", f"/public/votes/{made.pk}/ballots.csv", "/public/wards/W1/", "/public/democracy/"):
        assert "đường Lê Lợi" not in client.get(page).content.decode()


def test_a_page_asks_as_often_for_many_comments_as_for_one(ward, client, django_assert_max_num_queries):
    asked = ward.consultation()
    for nth in range(20):
        made = Remark.objects.create(
            consultation=asked, paragraph=asked.paragraphs.first(), receipt=f"{nth}".encode(), words="x", given_on=TODAY
        )
        show_comment(comment=made, words=f"Góp ý {nth}", by=ward.moderator, on=TODAY)
    with django_assert_max_num_queries(14):
        page = said(client.get(f"/public/consultations/{asked.pk}/"))
    assert "20 góp ý đang hiện" in page
    assert "chưa đối chiếu từng chữ với văn bản gốc" in page
