"""Signing in and out, and what a reader sets for themselves."""

import pytest
from django.test import Client

from gandan.faces.pages import errors
from tests.cast import TODAY

PASSWORD = "một con đường dài hơn mười hai"


@pytest.fixture
def alice(cast):
    cast.alice.set_password(PASSWORD)
    cast.alice.save()
    return cast.alice


def test_signing_in_leads_to_the_day_and_out_again(client, alice):
    answer = client.post("/sign-in/", {"username": "alice", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/")
    assert alice.name in client.get("/").content.decode()

    assert client.post("/sign-out/").url == "/sign-in/"
    assert client.get("/").url == "/public/", "for whoever comes next"
    client.cookies["sessionid"] = "of a session that has ended"
    assert client.get("/").url == "/sign-in/?next=/"


def test_a_wrong_password_says_so_and_keeps_the_name(client, alice):
    answer = client.post("/sign-in/", {"username": "alice", "password": "sai"})
    text = answer.content.decode()

    assert "Tên đăng nhập hoặc mật khẩu không đúng" in text
    assert 'value="alice"' in text
    assert 'aria-invalid="true"' in text


def test_vietnamese_comes_first_whatever_the_browser_prefers(db, client):
    assert "Đăng nhập" in client.get("/sign-in/", headers={"accept-language": "en"}).content.decode()


def test_english_is_a_click_away_and_remembered(db, client):
    assert "Sign in" in client.get("/sign-in/?lang=en").content.decode()
    assert "Sign in" in client.get("/sign-in/").content.decode()
    assert "Đăng nhập" in client.get("/sign-in/?lang=vi").content.decode()


def test_an_unknown_language_changes_nothing(db, client):
    assert "Đăng nhập" in client.get("/sign-in/?lang=xx").content.decode()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_ground_is_chosen_and_remembered(client, db, theme):
    assert client.post("/theme/", {"theme": theme, "next": "/components/"}).url == "/components/"
    assert f'data-bs-theme="{theme}"' in client.get("/components/").content.decode()

    client.post("/theme/", {"theme": ""})
    assert "data-bs-theme" not in client.get("/components/").content.decode()


def test_nobody_is_sent_elsewhere(client, db):
    assert client.post("/theme/", {"theme": "dark", "next": "https://example.org/"}).url == "/"


def test_a_reader_looks_from_one_of_their_units_and_no_other(cast, desk):
    client = desk(cast.alice)
    client.post("/my-unit/", {"unit": "CATP"})
    assert client.get("/unit/").url == "/units/PA08/"


def test_a_form_that_expired_says_what_to_do(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.lan)
    answer = client.post("/ledger/")

    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()


def test_an_address_that_leads_nowhere_offers_a_way_on(client, cast):
    answer = client.get("/khong-co/")

    assert answer.status_code == 404
    assert 'href="/public/"' in answer.content.decode()
    client.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/khong-co/")
    assert answer.status_code == 404
    assert "Về trang Hôm nay" in answer.content.decode()


def test_simulated_figures_say_so_on_every_page(client, db, settings):
    assert "Số liệu mô phỏng" not in client.get("/components/").content.decode().split("<main")[0]
    settings.SIMULATED = True
    assert "Số liệu mô phỏng" in client.get("/components/").content.decode().split("<main")[0]
    assert "Số liệu mô phỏng" in client.get("/sign-in/").content.decode()


def test_the_day_of_these_tests_is_the_day_of_the_cast(cast, desk):
    assert f"{TODAY:%d/%m/%Y}" in desk(cast.alice).get("/").content.decode()


def test_a_fault_of_ours_is_owned_and_asks_nothing_of_the_database(db, django_assert_num_queries, rf):
    with django_assert_num_queries(0):
        answer = errors.failed(rf.get("/"))

    assert answer.status_code == 500
    assert "Máy chủ gặp lỗi khi trả lời" in answer.content.decode()
