"""Who sees which dossier, and in how many statements."""

from datetime import date, timedelta

import pytest

from gandan.work.dossiers import queries
from gandan.work.dossiers.operations import finish, receive
from gandan.work.dossiers.queries import Filters, NotYours, UnknownDossier
from tests.dossiers.files import TODAY, bring_in, row, write

MONDAY = date(2026, 11, 2)


@pytest.fixture
def some(office):
    """Three passports, two vehicles, one identity card at each of two wards, on days in a row."""
    at = ["passport PA08"] * 3 + ["vehicle-registration PC08"] * 2 + ["identity-card CAP-W1", "identity-card CAP-W2"]
    names = ("Lan", "Mai", "Hòa", "Hoà Bình", "Đức", "Tuấn", "Thuỷ")
    return [
        receive(
            procedure=what.split()[0], unit=office.unit(what.split()[1]), applicant=f"Nguyễn {name}", by=office.importer,
            on=MONDAY + timedelta(days=n),
        )
        for n, (what, name) in enumerate(zip(at, names, strict=True))
    ]  # fmt: skip


def numbers(page):
    return [each.number for each in page.rows]


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [("alice", [2, 1, 0]), ("phuc", [4, 3]), ("binh", [5]), ("dung", [6, 5, 4, 3, 2, 1, 0]), ("minh", [6, 5, 4, 3, 2, 1, 0])],
)
def test_everyone_sees_their_own_unit_s_and_those_below(office, some, viewer, seen):
    assert numbers(queries.dossiers(getattr(office, viewer), TODAY)) == [some[n].number for n in seen]


@pytest.mark.parametrize("viewer", ["giang", "hoa", "khanh", "lan", "oanh", "quyen"])
def test_who_has_figures_only_sees_no_dossier(office, some, viewer):
    assert numbers(queries.dossiers(getattr(office, viewer), TODAY)) == []
    with pytest.raises(NotYours):
        queries.dossier(some[0].number, getattr(office, viewer), TODAY)


def test_the_files_of_a_unit_that_ended_are_its_heir_s(office):
    old = receive(procedure="identity-card", unit=office.unit("CAP-O1"), applicant="A", by=office.importer, on=date(2025, 6, 2))
    finish(dossier=old, by=office.importer, on=date(2025, 6, 9))

    assert numbers(queries.dossiers(office.binh, TODAY)) == [old.number]
    assert numbers(queries.dossiers(office.chi, TODAY)) == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(procedure="passport"), [2, 1, 0]),
        (Filters(status=queries.Status.FINISHED), [1]),
        (Filters(overdue=True), [6, 5, 4, 3, 2, 0]),
        (Filters(text="nguyen hoà"), [3, 2]),
        (Filters(text="BINH hoà"), [3]),
        (Filters(text="duc"), [4]),
        (Filters(text="nobody"), []),
    ],
)
def test_lists_are_narrowed(office, some, filters, found):
    finish(dossier=some[1], by=office.importer, on=date(2026, 11, 11))
    filters = Filters(**vars(filters))

    assert numbers(queries.dossiers(office.dung, date(2026, 11, 30), filters)) == [some[n].number for n in found]


def test_a_unit_s_own(office, some):
    only = Filters(units=frozenset({office.unit("PC08").pk}))

    assert numbers(queries.dossiers(office.dung, TODAY, only)) == [some[4].number, some[3].number]
    assert numbers(queries.dossiers(office.alice, TODAY, only)) == []
    assert queries.count_open(office.dung, date(2026, 11, 30), frozenset({office.unit("PC08").pk})) == (2, 2)


def test_pages_follow_on_each_other_without_a_gap(office, some):
    seen, after = [], None
    while True:
        page = queries.dossiers(office.dung, TODAY, after=after, limit=2)
        seen += numbers(page)
        after = page.next
        if after is None:
            break

    assert seen == [each.number for each in reversed(some)]


def test_fifty_rows_cost_as_many_statements_as_one(office, tmp_path, django_assert_num_queries):
    bring_in(office, write(tmp_path / "a.csv", row("HS-0")))
    with django_assert_num_queries(5) as one:
        assert len(queries.dossiers(office.alice, TODAY).rows) == 1
    bring_in(office, write(tmp_path / "b.csv", *(row(f"HS-{n}") for n in range(1, 60))))
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(queries.dossiers(office.alice, TODAY).rows) == 50


def test_a_dossier_with_how_it_was_reckoned_and_what_happened(office, some):
    shown = queries.dossier(f" {some[0].number.lower()} ", office.alice, TODAY)

    assert (shown.row.number, shown.row.unit.code, shown.row.overdue) == (some[0].number, "PA08", True)
    assert (shown.reckoning.due, len([day for day in shown.reckoning.days if day.counted])) == (some[0].due_on, 8)
    assert [(step.kind, step.sentence) for step in shown.timeline] == [
        ("dossier.received", "Tiếp nhận hồ sơ"), ("promise.owed", "Phát sinh việc phải làm"),
    ]  # fmt: skip


def test_what_another_system_called_it_finds_it_too(office, tmp_path):
    bring_in(office, write(tmp_path / "a.csv", row("HS-1")))

    shown = queries.dossier("HS-1", office.alice, TODAY)
    assert (shown.imported_from, shown.imported_line) == ("a.csv", 2)


def test_a_stranger_s_dossier_names_its_unit_and_nothing_else(office, some):
    with pytest.raises(NotYours, match=r"^Hồ sơ này thuộc Phòng Quản lý xuất nhập cảnh\.$"):
        queries.dossier(some[0].number, office.binh, TODAY)


def test_no_such_dossier(office):
    with pytest.raises(UnknownDossier, match="HS-404"):
        queries.dossier("HS-404", office.alice, TODAY)


def test_whether_anything_was_simulated(office, tmp_path):
    assert not queries.simulated()
