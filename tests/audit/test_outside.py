"""A dossier of another unit is opened for a reason, which is told there; whoever gives themselves a right is told of too."""

import pytest

from gandan.ground.audit.models import Alert, Opening, Trace
from gandan.ground.audit.operations import NoReason, YourOwn, see, tell_of_grant
from gandan.ground.audit.queries import alerts, unseen_alerts
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import appoint, stand_in
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.operations import load_procedures, open_outside, receive
from gandan.work.dossiers.queries import NotYours, dossier
from tests.cast import TODAY, Cast
from tests.pages.conftest import desk as desk
from tests.pages.conftest import held_clock as held_clock

WHY = "Người dân đang ở quầy của chúng tôi, hỏi về hồ sơ này."


@pytest.fixture
def city(cast: Cast) -> Cast:
    """Binh is a specialist of ward W1; a dossier lies at PA08."""
    load_procedures(unit=cast.police, by=cast.importer, on=TODAY)
    appoint(person=cast.binh, unit=cast.unit("CAP-W1"), role=Role.SPECIALIST, line=Line.POLICE, by=cast.lan, on=TODAY)
    return cast


@pytest.fixture
def theirs(city):
    return receive(procedure="passport", unit=city.unit("PA08"), applicant="Nguyễn Thị Hoà", by=city.alice, on=TODAY)


def test_for_a_reason_it_is_open_until_the_evening_and_the_head_is_told(city, theirs):
    with pytest.raises(NotYours, match="Phòng Quản lý xuất nhập cảnh"):
        dossier(theirs.number, city.binh, TODAY)

    open_outside(number=theirs.number, reason=WHY, by=city.binh, on=TODAY)

    assert dossier(theirs.number, city.binh, TODAY).outside
    with pytest.raises(NotYours):
        dossier(theirs.number, city.binh, TODAY.replace(day=21))
    (told,) = alerts(city.dung, TODAY)
    assert (told.person, told.reason, told.unit.code, told.from_unit.code) == ("Trần Văn Bình", WHY, "PA08", "CAP-W1")
    assert unseen_alerts(city.minh, TODAY) == 1  # the inspectorate as well
    assert unseen_alerts(city.binh, TODAY) == unseen_alerts(city.chi, TODAY) == 0
    reading = Trace.objects.get(what="read", by_id=city.binh.pk)
    assert (reading.outside, reading.unit_id) == (True, city.unit("PA08").pk)
    assert Event.objects.filter(facet_set__kind="record.opened_outside", unit=city.unit("PA08")).count() == 1


def test_twice_a_day_is_told_once(city, theirs):
    for _ in range(2):
        open_outside(number=theirs.number, reason=WHY, by=city.binh, on=TODAY)
    assert Opening.objects.count() == Alert.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "cần xem", "x" * 501])
def test_a_reason_is_a_sentence(city, theirs, reason):
    with pytest.raises(NoReason):
        open_outside(number=theirs.number, reason=reason, by=city.binh, on=TODAY)


@pytest.mark.parametrize("who", ["chi", "quyen", "lan", "giang", "hoa"])
def test_not_by_a_desk_officer_another_line_or_an_administrator(city, theirs, who):
    with pytest.raises(NotAllowed):
        open_outside(number=theirs.number, reason=WHY, by=getattr(city, who), on=TODAY)


def test_ones_own_needs_no_reason(city, theirs):
    with pytest.raises(YourOwn):
        open_outside(number=theirs.number, reason=WHY, by=city.dung, on=TODAY)


def test_the_head_has_seen_it(city, theirs):
    open_outside(number=theirs.number, reason=WHY, by=city.binh, on=TODAY)
    alert = Alert.objects.get()
    with pytest.raises(NotAllowed):
        see(alert=alert.pk, by=city.chi, on=TODAY)
    see(alert=alert.pk, by=city.dung, on=TODAY)
    assert (unseen_alerts(city.dung, TODAY), alerts(city.dung, TODAY)[0].seen_by) == (0, "Phạm Anh Dũng")


def test_an_administrator_who_would_read_is_told_of(city):
    tell_of_grant(person=city.lan, unit=city.police, role=Role.UNIT_HEAD, by=city.lan, on=TODAY)
    (told,) = alerts(city.minh, TODAY)
    assert (told.person, told.detail, told.what) == ("Đặng Ngọc Lan", "unit_head", "gave_oneself")
    assert alerts(city.dung, TODAY) == []
    assert Trace.objects.filter(what="gave_oneself", by_id=city.lan.pk).exists()


def test_the_page_asks_for_the_reason(city, theirs, desk):
    client = desk(city.binh)
    asked = client.get(f"/dossiers/{theirs.number}/")
    text = asked.content.decode()
    assert asked.status_code == 403
    assert "Hồ sơ này thuộc Phòng Quản lý xuất nhập cảnh." in text
    assert "Nếu cần xem, hãy nêu lý do; đơn vị đó sẽ được báo." in text
    assert "Hoà" not in text

    short = client.post("/dossiers/open/", {"number": theirs.number, "reason": "xem"})
    assert short.status_code == 400
    assert ">xem</textarea>" in short.content.decode()  # what was typed stays

    opened = client.post("/dossiers/open/", {"number": theirs.number, "reason": WHY}, follow=True)
    assert opened.status_code == 200
    assert "theo lý do đã nêu hôm nay" in opened.content.decode()
    assert WHY in desk(city.dung).get("/alerts/").content.decode()


def test_who_may_give_no_reason_is_told_whose_it_is(city, theirs, desk):
    answer = desk(city.chi).get(f"/dossiers/{theirs.number}/")
    assert answer.status_code == 403
    assert "<textarea" not in answer.content.decode()
    assert Trace.objects.filter(what="refused", by_id=city.chi.pk).count() == 1


def test_what_a_stand_in_reads_says_for_whom(city, theirs):
    stand_in(absent=city.dung, person=city.chi, until=TODAY.replace(day=27), by=city.dung, on=TODAY)
    dossier(theirs.number, city.chi, TODAY)
    assert Trace.objects.get(what="read", by_id=city.chi.pk).acting_for_id == city.dung.pk
