"""Dossiers: the list of those one may read, and one with its term and its story."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.utils.timezone import now

from gandan.faces.pages.searching import TooOld, opened, sealed
from gandan.ground.ledger.operations import post
from gandan.work.dossiers.operations import finish, load_procedures, receive
from tests.cast import TODAY


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def dossier(cast):
    load_procedures(unit=cast.police, by=cast.importer, on=date(2015, 12, 1))
    made = receive(procedure="passport", unit=cast.unit("PA08"), applicant="Trần Thị Hoà", by=cast.alice, on=date(2026, 11, 9))
    while post():
        pass
    return made


def test_a_dossier_shows_its_term_day_by_day_and_its_story(cast, desk, dossier):
    text = text_of(desk(cast.alice).get(f"/dossiers/{dossier.number}/"))

    assert dossier.number in text
    assert "Trần Thị Hoà" in text
    assert "hẹn trả hôm nay" in text or "còn" in text or "quá hẹn" in text
    assert "ngày nhận, không tính" in text
    assert "ngày thứ 8" in text
    assert "Tiếp nhận hồ sơ." in text


def test_a_late_dossier_says_by_how_much(cast, desk, dossier):
    finish(dossier=dossier, by=cast.alice, on=date(2026, 11, 20))
    text = text_of(desk(cast.alice).get(f"/dossiers/{dossier.number}/"))

    assert f"chậm {(date(2026, 11, 20) - dossier.due_on).days} ngày làm việc" in text


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 200), ("dung", 200), ("minh", 200), ("binh", 403), ("hoa", 403), ("lan", 403)]
)
def test_who_may_not_read_it_learns_only_whose_it_is(cast, desk, dossier, who, status):
    answer = desk(getattr(cast, who)).get(f"/dossiers/{dossier.number}/")

    assert answer.status_code == status
    if status == 403:
        assert "Phòng Quản lý xuất nhập cảnh" in text_of(answer)
        assert "Trần Thị Hoà" not in text_of(answer)


def test_an_unknown_number_is_said_plainly(cast, desk):
    answer = desk(cast.alice).get("/dossiers/000-1/")

    assert answer.status_code == 404
    assert "Không có hồ sơ số 000-1." in text_of(answer)


def test_the_list_holds_what_one_may_read_and_nothing_else(cast, desk, dossier):
    assert dossier.number in text_of(desk(cast.alice).get("/dossiers/"))
    assert dossier.number not in text_of(desk(cast.binh).get("/dossiers/"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("status=received", True),
        ("status=finished", False),
        ("unit=PA08", True),
        ("unit=PC08", False),
    ],
)
def test_the_list_is_narrowed(cast, desk, dossier, asked, found):
    assert (dossier.number in text_of(desk(cast.alice).get(f"/dossiers/?{asked}"))) is found


@pytest.mark.parametrize(("typed", "found"), [("tran hoa", True), ("nguyen", False)])
def test_a_name_is_found_without_its_marks(cast, desk, dossier, typed, found):
    answer = desk(cast.alice).post("/dossiers/", {"q": typed}, follow=True)

    assert (dossier.number in text_of(answer)) is found
    assert f'value="{typed}"' in text_of(answer)


def test_what_is_looked_for_stands_sealed_in_the_address_and_opens_for_nobody_else(cast, desk, dossier, settings):
    client = desk(cast.alice)
    address = client.post("/dossiers/", {"q": "tran hoa", "status": "received"}).url

    assert address.startswith("/dossiers/?status=received&find=")
    assert not re.search("tran|hoa", address, re.IGNORECASE)
    assert dossier.number in text_of(client.get(address))
    assert "Xin gõ lại" in text_of(desk(cast.dung).get(address))
    assert "Xin gõ lại" in text_of(client.get(address[:-1]))
    assert "Xin gõ lại" in text_of(client.get("/dossiers/?find=zzzz"))


def test_a_search_opens_for_a_day_and_no_longer(cast):
    lately, before = now() - timedelta(hours=11), now() - timedelta(hours=13)

    assert opened(sealed(" Trần Thị Hoà ", cast.alice, lately), cast.alice) == "Trần Thị Hoà"
    with pytest.raises(TooOld):
        opened(sealed("Trần Thị Hoà", cast.alice, before), cast.alice)
    assert sealed("  ", cast.alice) == ""
    assert len(sealed("An", cast.alice)) == len(sealed("Nguyen Thi Hoa", cast.alice))  # it doesn't show how long a name is


def test_a_search_goes_on_page_by_page(cast, desk, dossier):
    for nth in range(60):
        receive(procedure="passport", unit=cast.unit("PA08"), applicant=f"Lê An {nth}", by=cast.alice, on=date(2026, 11, 10))
    client = desk(cast.alice)
    first = client.post("/dossiers/", {"q": "le an"}, follow=True)
    onward = re.search(r'href="(\?[^"]*cursor=[^"]*)"', text_of(first))
    assert onward
    second = text_of(client.get("/dossiers/" + unescape(onward[1])))

    assert text_of(first).count("Lê An") == 50
    assert second.count("Lê An") == 10
    assert 'value="le an"' in second


def test_a_whole_number_leads_straight_to_its_dossier(cast, desk, dossier):
    answer = desk(cast.alice).post("/dossiers/", {"q": dossier.number}, follow=True)

    assert answer.redirect_chain[-1][0] == f"/dossiers/{dossier.number}/"


def test_an_unknown_unit_stands_beside_its_field_and_what_was_typed_stays(cast, desk):
    text = text_of(desk(cast.alice).post("/dossiers/", {"unit": "NOPE", "q": "hoa"}, follow=True))

    assert "Không có đơn vị nào tên hoặc mã là NOPE." in text
    assert 'value="NOPE"' in text
    assert 'value="hoa"' in text


def test_an_event_leads_to_its_dossier_for_those_only_who_may_read_it(cast, desk, dossier):
    address = f"/measures/dossiers-received/events/?unit=CATP&period={TODAY.year}"

    assert f"/dossiers/{dossier.number}/" in text_of(desk(cast.dung).get(address))
    seen = desk(cast.giang).get(f"/measures/dossiers-received/events/?unit=79&period={TODAY.year}")
    assert "Tiếp nhận hồ sơ" in text_of(seen)
    assert dossier.number not in text_of(seen)


def test_dossier_pages_cost_the_same_for_many(cast, desk, dossier, django_assert_num_queries, django_assert_max_num_queries):
    client = desk(cast.alice)
    client.get("/dossiers/")
    with django_assert_max_num_queries(20) as few:
        client.get("/dossiers/")
    for nth in range(20):
        receive(procedure="passport", unit=cast.unit("PA08"), applicant=f"Người {nth}", by=cast.alice, on=date(2026, 11, 10))
    with django_assert_num_queries(len(few)):
        client.get("/dossiers/")


def test_one_units_dossiers_stand_in_vietnamese_order(cast, desk):
    load_procedures(unit=cast.police, by=cast.importer, on=date(2015, 12, 1))
    names = ("Trần Thị Ổi", "Lê Văn Ánh", "Nguyễn Đức", "Nguyễn Dung", "Đặng An")
    for name in names:
        receive(procedure="passport", unit=cast.unit("PA08"), applicant=name, by=cast.alice, on=TODAY)

    page = desk(cast.alice).get("/dossiers/?sort=name").content.decode()

    places = [page.index(name) for name in ("Đặng An", "Lê Văn Ánh", "Nguyễn Dung", "Nguyễn Đức", "Trần Thị Ổi")]
    assert places == sorted(places)
