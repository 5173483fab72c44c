"""The ledger's own page, and the calendar's."""

from tests.cast import Cast


def text_of(answer) -> str:
    return answer.content.decode()


def test_who_may_verify_sees_that_the_ledger_holds(worked: Cast, desk):
    client = desk(worked.oanh)
    assert "Đối chiếu ngay" in text_of(client.get("/ledger/"))

    assert "Sổ toàn vẹn" in text_of(client.post("/ledger/"))


def test_others_neither_see_it_nor_verify(worked: Cast, desk):
    client = desk(worked.alice)

    assert client.get("/ledger/").status_code == client.post("/ledger/").status_code == 403
    assert 'href="/ledger/"' not in text_of(client.get("/"))
    assert 'href="/ledger/"' in text_of(desk(worked.oanh).get("/"))


def test_a_year_out_of_reach_is_refused_and_this_one_shown(cast: Cast, desk):
    text = text_of(desk(cast.alice).get("/calendar/?year=1812"))

    assert "Chọn một năm từ" in text
    assert "Lịch làm việc 2026" in text
