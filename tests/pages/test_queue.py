"""The queue of dossiers: groups, whose it is, and many done at once."""

import pytest

from gandan.ground.organisations.queries import importer
from gandan.work.dossiers.models import Dossier
from gandan.work.dossiers.operations import load_procedures, receive
from tests.cast import TODAY


@pytest.fixture
def office(cast):
    load_procedures(unit=cast.police, by=importer(), on=TODAY)
    return cast


def hand_in(office, name):
    return receive(procedure="passport", unit=office.unit("PA08"), applicant=name, by=office.alice, on=TODAY)


def test_the_queue_of_a_unit_and_its_groups(office, desk, django_assert_max_num_queries):
    alice = desk(office.alice)
    assert "Không có hồ sơ nào ở nhóm này" in alice.get("/queue/").content.decode()
    for nth in range(3):
        hand_in(office, f"Người {nth}")
    alice.get("/queue/")

    with django_assert_max_num_queries(40):
        page = alice.get("/queue/").content.decode()

    assert page.count('name="dossier"') == 3
    assert alice.get("/queue/?group=post").content.decode().count('name="dossier"') == 0
    assert alice.get("/queue/?scope=nobody").content.decode().count('name="dossier"') == 3
    assert alice.get("/queue/?scope=me").content.decode().count('name="dossier"') == 0
    assert desk(office.binh).get("/queue/").content.decode().count('name="dossier"') == 0


def test_many_at_once_each_with_a_result(office, desk):
    alice = desk(office.alice)
    ids = [hand_in(office, f"Người {nth}").pk for nth in range(2)]
    alice.post("/queue/do/", {"dossier": ids[:1], "do": "finish"})

    done = alice.post("/queue/do/", {"dossier": ids, "do": "start"}).content.decode()

    assert "Đã làm 1 hồ sơ." in done
    assert "nên không làm được bước" in done
    alice.post("/queue/do/", {"dossier": ids[1:], "do": "assign", "officer": "alice"})
    assert alice.get("/queue/?scope=me").content.decode().count('name="dossier"') == 1
    assert Dossier.objects.get(pk=ids[1]).status == "processing"


def test_a_dossier_elsewhere_is_neither_done_nor_named(office, desk):
    other = receive(procedure="vehicle-registration", unit=office.unit("PC08"), applicant="Ai", by=office.phuc, on=TODAY)

    done = desk(office.alice).post("/queue/do/", {"dossier": [other.pk, 999_999], "do": "start"}).content.decode()

    assert other.number not in done
    assert done.count("nay ở nơi Ông/Bà không xem được") == 2
    assert Dossier.objects.get(pk=other.pk).status == "received"


def test_what_can_t_be_begun_is_said_there_and_what_was_chosen_stays(office, desk):
    alice = desk(office.alice)
    ids = [hand_in(office, f"Người {nth}").pk for nth in range(2)]
    there = "/queue/do/?scope=nobody"

    refused = alice.post(there, {"dossier": ids[:1], "do": "hand_over", "unit": "nowhere"})

    page = refused.content.decode()
    assert refused.status_code == 422
    assert page.count("checked") == 1
    assert 'value="hand_over" selected' in page
    assert 'value="nowhere"' in page
    assert "nowhere" in page.split('id="wrong-do"')[1].split("</p>")[0]
    assert alice.get(there).url == "/queue/?scope=nobody"
    assert 'href="/queue/?scope=nobody"' in alice.post(there, {"dossier": ids, "do": "start"}).content.decode()


def test_dossiers_are_handed_over_to_a_unit_by_its_name_but_not_to_another_line(office, desk):
    alice, ids = desk(office.alice), [hand_in(office, f"Người {nth}").pk for nth in range(2)]
    over = {"do": "hand_over", "unit": "phong canh sat"}

    assert "Có phải Phòng Cảnh sát giao thông (PC08)?" in alice.post("/queue/do/", {**over, "dossier": ids}).content.decode()
    outside = alice.post("/queue/do/", {**over, "dossier": ids[1], "unit": "BTGDVTU"}).content.decode()
    assert "không cùng hệ thống" in outside
    alice.post("/queue/do/", {**over, "dossier": ids[0], "unit": "Phòng cảnh sát giao thông"})
    assert [Dossier.objects.get(pk=pk).unit.code for pk in ids] == ["PC08", "PA08"]


def test_a_view_is_kept_under_a_name(office, desk):
    alice = desk(office.alice)

    alice.post("/queue/save/", {"name": "Quá hẹn hộ chiếu", "query": "?group=overdue&procedure=passport"})

    assert "?group=overdue&amp;procedure=passport" in alice.get("/queue/").content.decode()
    assert "Quá hẹn hộ chiếu" not in desk(office.dung).get("/queue/").content.decode()
