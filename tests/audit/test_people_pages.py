"""People of a unit: a role is given, a stand-in named, somebody leaves and no work stays behind."""

from datetime import timedelta

import pytest

from gandan.ground.audit.models import Alert, Trace
from gandan.ground.organisations.models import Appointment
from gandan.ground.organisations.queries import appointments, may
from gandan.ground.organisations.queries import person as named
from gandan.ground.organisations.rights import Right, Role
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import NotTheirs, hand_work_over, leave, reassign
from gandan.ground.promises.queries import assigned
from gandan.work.dossiers.operations import load_procedures, receive
from tests.cast import TODAY, Cast
from tests.pages.conftest import desk as desk
from tests.pages.conftest import held_clock as held_clock


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """Alice has two dossiers to see to."""
    load_procedures(unit=cast.police, by=cast.importer, on=TODAY)
    for name in ("Nguyễn Thị Hoà", "Trần Văn Bá"):
        receive(procedure="passport", unit=cast.unit("PA08"), applicant=name, by=cast.alice, on=TODAY)
    for promise in Promise.objects.all():
        reassign(promise=promise, officer=cast.alice, by=cast.alice, on=TODAY)
    return cast


def test_leaving_leaves_no_work_behind(busy):
    assert leave(person=busy.alice, to=busy.dung, by=busy.lan, on=TODAY) == 2
    assert (assigned(busy.alice), len(assigned(busy.dung))) == ([], 2)


def test_without_a_name_it_goes_back_to_the_unit(busy):
    leave(person=busy.alice, by=busy.lan, on=TODAY)
    assert list(Promise.objects.values_list("unit__code", "officer")) == [("PA08", None)] * 2


def test_each_piece_may_go_to_another(busy):
    first, second = assigned(busy.alice)
    hand_work_over(person=busy.alice, each={first.pk: busy.dung}, by=busy.dung, on=TODAY)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.officer, second.officer) == (busy.dung, None)


def test_nobody_is_given_work_they_may_not_do(busy):
    with pytest.raises(NotTheirs):
        leave(person=busy.alice, to=busy.phuc, by=busy.lan, on=TODAY)
    assert len(assigned(busy.alice)) == 2
    busy.alice.refresh_from_db()
    assert busy.alice.is_active


def test_a_session_ends_with_the_role_and_with_the_account(busy, desk):
    client = desk(busy.alice)
    number = Promise.objects.first().label
    assert client.get(f"/dossiers/{number}/").status_code == 200
    (held,) = appointments(busy.alice, TODAY)
    desk(busy.lan).post("/people/alice/end/", {"appointment": held.id})
    assert client.get(f"/dossiers/{number}/").status_code == 403

    desk(busy.lan).post("/people/alice/leave/")
    assert client.get("/").status_code == 302  # to sign in


def test_an_administrator_gives_a_role(cast, desk):
    page = desk(cast.lan).post("/units/PC08/people/", {"username": "alice", "role": "specialist", "line": "police"}, follow=True)
    assert "Đã phân công Nguyễn Thị Alice." in page.content.decode()
    assert may(Right.WRITE_DOSSIERS, by=cast.alice, unit=cast.unit("PC08"), on=TODAY)


def test_who_gives_themselves_the_right_to_read_is_refused_and_told_of(cast, desk):
    page = desk(cast.lan).post("/units/CATP/people/", {"username": "lan", "role": "unit_head", "line": "police"})
    assert page.status_code == 403
    assert "Không ai tự giao quyền cho chính mình. Việc này đã được báo cho thanh tra." in page.content.decode()
    assert not may(Right.READ_DOSSIERS, by=cast.lan, unit=cast.police, on=TODAY)
    assert Alert.objects.get().person == cast.lan
    assert Trace.objects.filter(what="gave_oneself", by_id=cast.lan.pk).count() == 1
    told = desk(cast.minh).get("/alerts/").content.decode()
    assert "Tự giao quyền cho mình" in told
    assert "Đặng Ngọc Lan" in told


def test_an_administrator_adds_somebody_new_who_then_signs_in(cast, desk, client):
    lan = desk(cast.lan)
    typed = {"username": "moi", "role": "desk_officer", "line": "police"}
    asked = lan.post("/units/PC08/people/", typed)
    assert asked.status_code == 400
    assert "Nếu là người mới thì ghi họ và tên" in asked.content.decode()

    page = lan.post("/units/PC08/people/", {**typed, "name": "Vũ Thị Mới"}, follow=True)
    assert "Đã thêm Vũ Thị Mới." in page.content.decode()
    given = lan.post("/people/moi/account/password/").context["given"]
    assert client.post("/sign-in/", {"username": "moi", "password": given}).url == "/"
    assert may(Right.WRITE_DOSSIERS, by=named("moi"), unit=cast.unit("PC08"), on=TODAY)
    assert lan.post("/units/PC08/people/", {**typed, "name": "Người khác"}).status_code == 400


def test_somebody_new_with_a_weighty_role_may_nothing_until_another_agrees(cast, desk):
    typed = {"username": "moi", "name": "Vũ Thị Mới", "role": "inspectorate", "line": "police"}
    desk(cast.lan).post("/units/CATP/people/", typed)
    assert appointments(named("moi"), TODAY) == ()
    desk(cast.lan).post("/people/moi/account/password/")
    assert Alert.objects.get().detail == "password_set moi"  # the inspectorate hears of it before there is a role


def test_who_has_left_comes_back_without_a_role(cast, desk):
    leave(person=cast.alice, by=cast.lan, on=TODAY)
    page = desk(cast.lan).get("/people/alice/").content.decode()
    assert 'value="PA08"' in page
    assert desk(cast.dung).post("/people/alice/reopen/", {"unit": "PA08"}).status_code == 403
    back = desk(cast.lan).post("/people/alice/reopen/", {"unit": "PA08"}, follow=True)
    assert "Đã mở lại tài khoản của Nguyễn Thị Alice." in back.content.decode()
    assert (named("alice").is_active, appointments(named("alice"), TODAY)) == (True, ())


def test_a_head_names_who_acts_for_them(cast, desk):
    until = TODAY + timedelta(7)
    page = desk(cast.dung).post("/people/dung/stand-in/", {"taker": "alice", "until": until.isoformat()}, follow=True)
    assert "Nguyễn Thị Alice làm thay đến trước ngày 27/11/2026." in page.content.decode()
    held = Appointment.objects.get(acting_for=cast.dung)
    assert (held.person, held.role) == (cast.alice, Role.UNIT_HEAD.value)
    assert "thay Phạm Anh Dũng" in desk(cast.dung).get("/units/CATP/people/").content.decode()
    assert "thay Phạm Anh Dũng" in desk(cast.alice).get("/").content.decode()


def test_what_was_typed_stays(cast, desk):
    page = desk(cast.dung).post("/people/dung/stand-in/", {"taker": "nobody", "until": "2026-12-01"})
    assert page.status_code == 400
    assert "Không có người dùng nobody." in page.content.decode()
    assert 'value="nobody"' in page.content.decode()
