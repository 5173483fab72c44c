"""Keys of programs: made, rotated, revoked; what they open and what they don't."""

from datetime import timedelta

import pytest

from gandan.ground.accounts import queries
from gandan.ground.accounts.knocking import KeyRefused, OperationClosed, visitor
from gandan.ground.accounts.models import ProgramKey
from gandan.ground.accounts.operations import KeyEnded, NotAProgram, UnfitKey, make_key, revoke_key, rotate_key
from gandan.ground.accounts.rules import TooOften, opens
from gandan.ground.audit.queries import alerts
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.queries import may, rights, visible_units
from gandan.ground.organisations.rights import Right
from tests.accounts.conftest import AT
from tests.cast import TODAY

DAY = timedelta(days=1)


def come(secret, at=AT):
    return visitor(secret, address="192.0.2.1", at=at)


def test_a_key_lets_its_program_in_and_is_kept_nowhere(given, program):
    new = given()

    assert come(new.secret).person == program
    kept = ProgramKey.objects.values().get()
    assert new.secret not in repr(kept)
    assert new.secret.rpartition("_")[2] not in repr(kept)
    assert list(Event.objects.filter(facet_set__kind__in=["key.made"]).values_list("unit__code", flat=True)) == ["PA08"]


def test_a_key_opens_its_rights_at_its_units_and_no_more(cast, given, program):
    assert may(Right.READ_DOSSIERS, by=program, unit=cast.unit("PC08"), on=TODAY)
    person = come(given().secret).person

    assert may(Right.READ_DOSSIERS, by=person, unit=cast.unit("PA08"), on=TODAY)
    assert not may(Right.READ_DOSSIERS, by=person, unit=cast.unit("PC08"), on=TODAY)
    assert not may(Right.WRITE_DOSSIERS, by=person, unit=cast.unit("PA08"), on=TODAY)
    assert rights(person, TODAY) == {Right.READ_DOSSIERS}
    assert visible_units(Right.READ_DOSSIERS, person, TODAY) == {cast.unit("PA08").pk}
    assert visible_units(Right.READ_FIGURES, person, TODAY) == set()


def test_a_key_reaches_down_from_its_units_as_far_as_the_appointment_does(cast, given):
    person = come(given(units=("CATP",)).secret).person
    seen = visible_units(Right.READ_DOSSIERS, person, TODAY)

    assert {cast.unit(code).pk for code in ("PA08", "PC08", "CAP-W1", "CAP-O1")} <= seen
    assert cast.unit("BTGDVTU").pk not in seen


def test_a_key_never_opens_what_the_program_may_not_do(given):
    with pytest.raises(UnfitKey):
        given(rights=(Right.MANAGE_PEOPLE,))


@pytest.mark.parametrize(
    "more",
    [{"rights": ()}, {"units": ()}, {"days": 0}, {"days": 401}, {"per_minute": 0}, {"operations": ("drop table",)}],
    ids=str,
)
def test_a_key_opens_something_for_a_limited_time(given, more):
    with pytest.raises(UnfitKey):
        given(**more)


def test_a_key_belongs_to_a_program(cast):
    with pytest.raises(NotAProgram):
        make_key(
            program=cast.alice, label="x", rights=[Right.READ_DOSSIERS], units=[cast.unit("PA08")], by=cast.lan, on=TODAY, at=AT
        )


@pytest.mark.parametrize("who", ["alice", "dung", "oanh", "minh"])
def test_only_administrators_give_keys(cast, given, who):
    with pytest.raises(NotAllowed):
        given(by=getattr(cast, who))


def test_a_key_expires(given):
    new = given(days=30)

    assert come(new.secret, AT + 30 * DAY - timedelta(seconds=1))
    with pytest.raises(KeyRefused, match="hết hạn"):
        come(new.secret, AT + 30 * DAY)


def test_a_stolen_key_is_ended_at_once(cast, given):
    new = given()
    come(new.secret)
    revoke_key(prefix=new.key.prefix, by=cast.lan, on=TODAY, at=AT)

    with pytest.raises(KeyRefused, match="thu hồi"):
        come(new.secret)
    with pytest.raises(KeyEnded):
        revoke_key(prefix=new.key.prefix, by=cast.lan, on=TODAY, at=AT)
    assert Event.objects.filter(facet_set__kind="key.revoked").count() == 1


def test_the_keys_of_a_program_that_was_switched_off_end(given, program):
    new = given()
    program.is_active = False
    program.save()

    with pytest.raises(KeyRefused):
        come(new.secret)


def test_an_ended_appointment_leaves_a_key_that_opens_nothing(cast, given, program):
    new = given()
    program.appointments.update(during=(TODAY - DAY, TODAY))
    person = come(new.secret).person

    assert not may(Right.READ_DOSSIERS, by=person, unit=cast.unit("PA08"), on=TODAY)


def test_a_rotated_key_holds_for_a_week_beside_its_successor(cast, given):
    old = given(per_minute=77)
    new = rotate_key(prefix=old.key.prefix, by=cast.lan, on=TODAY, at=AT)

    assert (new.key.per_minute, new.key.units, new.key.replaces) == (77, old.key.units, old.key)
    for at in (AT, AT + 6 * DAY):
        assert come(old.secret, at).person == come(new.secret, at).person
    with pytest.raises(KeyRefused):
        come(old.secret, AT + 7 * DAY)
    assert come(new.secret, AT + 300 * DAY)
    with pytest.raises(UnfitKey):
        rotate_key(prefix=new.key.prefix, by=cast.lan, on=TODAY, at=AT, overlap=31)


@pytest.mark.parametrize("secret", ["", "x", "gd_aaaaaaaa_" + "A" * 43, "gd_aaaaaaaa_" + "A" * 42 + "\0", "Ơ" * 50])
def test_what_is_no_key_lets_nobody_in(cast, secret):
    with pytest.raises(KeyRefused):
        come(secret)


def test_trying_keys_from_one_address_becomes_slow(cast):
    for _ in range(30):
        with pytest.raises(KeyRefused):
            come("x")
    with pytest.raises(TooOften):
        come("x")
    with pytest.raises(KeyRefused):
        visitor("x", address="192.0.2.2", at=AT)


def test_a_key_is_used_as_often_as_agreed_and_again_later(given):
    secret = given(per_minute=60).secret
    for _ in range(60):
        come(secret)

    with pytest.raises(TooOften) as refused:
        come(secret)
    assert refused.value.seconds == 1
    assert come(secret, AT + timedelta(seconds=3))


def test_coming_in_costs_one_read_and_writes_rarely(given, django_assert_num_queries):
    secret = given(per_minute=600).secret
    come(secret)
    for _ in range(19):  # of the twenty calls taken at once
        with django_assert_num_queries(1):
            come(secret)
    with django_assert_num_queries(2):
        come(secret)


def test_the_last_use_is_shown_to_the_minute(cast, given):
    new = given()
    come(new.secret)
    come(new.secret, AT + timedelta(seconds=20))
    come(new.secret, AT + timedelta(seconds=90))

    (row,) = queries.keys(viewer=cast.lan, on=TODAY, at=AT).items
    assert row.last_used_at == AT + timedelta(seconds=90)


def test_administrators_see_the_keys_of_their_units_page_by_page(cast, given, django_assert_num_queries):
    made = [given().key.prefix for _ in range(3)]
    with django_assert_num_queries(4):
        first = queries.keys(viewer=cast.lan, on=TODAY, at=AT, limit=2)
    last = queries.keys(viewer=cast.lan, on=TODAY, at=AT, limit=2, before=first.after)

    assert [row.prefix for row in (*first.items, *last.items)] == made[::-1]
    assert last.after is None
    assert [unit.code for unit in first.items[0].units] == ["PA08"]
    with pytest.raises(NotAllowed):
        queries.keys(viewer=cast.dung, on=TODAY, at=AT)


@pytest.mark.parametrize(
    ("operations", "opened"),
    [
        pytest.param((), True, id="none named: whatever the rights allow"),
        pytest.param(("dossiers_read",), True, id="by its name"),
        pytest.param(("dossiers_*",), True, id="with its kin"),
        pytest.param(("dossiers_rea",), False, id="not by a part of its name"),
        pytest.param(("units_*", "ledger_state"), False, id="not others"),
    ],
)
def test_a_key_is_for_the_operations_it_names(given, operations, opened):
    assert opens(operations, "dossiers_read") is opened
    came = come(given(operations=operations).secret)
    if opened:
        came.check("dossiers_read")
    else:
        with pytest.raises(OperationClosed):
            came.check("dossiers_read")


def test_a_key_to_records_about_people_is_told_to_the_inspectorate(cast, given):
    given(rights=(Right.READ_FIGURES,))
    assert alerts(cast.minh, TODAY) == []

    given(rights=(Right.READ_DOSSIERS,))

    (told,) = alerts(cast.minh, TODAY)
    assert (told.what, told.person, told.detail) == ("key_to_people", "Đặng Ngọc Lan", "đọc hồ sơ")
    assert alerts(cast.lan, TODAY) == []
