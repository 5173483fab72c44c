"""The simulated past: always the same, shaped like the city's years, and nothing in it that can't have happened."""

from collections import Counter as Count
from datetime import date, datetime, timedelta
from random import Random

import pytest

from gandan.faces.cli.demonstration import years
from gandan.faces.cli.demonstration.people import SURNAMES, names
from gandan.faces.cli.demonstration.simulation import COLUMNS, Counter, Scene, simulate, write
from gandan.ground.vietnam.postal import parse_postal

TODAY = date(2026, 11, 20)
START = date(2016, 1, 1)
NEW_WARDS = date(2025, 7, 1)
TET = {date(year, month, day) for year, month, day in [(2022, 1, 31), *((2022, 2, n) for n in range(1, 5))]}
TERMS = {years.PASSPORT: 8, years.IDENTITY: 7, years.VEHICLE: 2}


def working() -> list[date]:
    days = (date(2016, 1, 4) + timedelta(days=n) for n in range(4200))
    return [day for day in days if day.weekday() < 5 and day not in TET]


def counters() -> list[Counter]:
    old, new = (START, NEW_WARDS), (NEW_WARDS, None)
    return [
        Counter("PA08", years.PASSPORT, START, None),
        Counter("PC08", years.VEHICLE, START, None, 5.0),
        *(Counter(f"CAQ-{n}", years.IDENTITY, *old, 1.0 + n) for n in range(3)),
        *(Counter(f"CAP-W{n}", procedure, *new, 1.0, True) for n in range(5) for procedure in (years.IDENTITY, years.VEHICLE)),
    ]


def scene(size: int, today: date = TODAY) -> Scene:
    return Scene(counters(), working(), lambda procedure, day: TERMS[procedure], today, size)


@pytest.fixture(scope="module")
def past() -> list[dict[str, str]]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in simulate(scene(40_000))]


def day(text: str) -> date | None:
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None  # noqa: DTZ007  # a day has no zone


def test_the_same_seed_gives_the_same_file_byte_for_byte(tmp_path):
    for name in ("one", "other"):
        assert write(scene(500), tmp_path / name) == 500

    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_there_are_as_many_as_were_asked_for_each_with_a_number_of_its_own(past):
    assert len(past) == 40_000
    assert len({row["Số hồ sơ"] for row in past}) == 40_000
    assert Count(row["Thủ tục"] for row in past) == {years.IDENTITY: 22_000, years.PASSPORT: 8_000, years.VEHICLE: 10_000}


def test_every_dossier_is_where_its_procedure_was_handled_that_day(past):
    where = {(counter.unit, counter.procedure): counter for counter in counters()}
    for row in past:
        counter = where[row["Đơn vị tiếp nhận"], row["Thủ tục"]]
        received = day(row["Ngày tiếp nhận"])
        assert counter.start <= received
        assert counter.end is None or received < counter.end


def test_nothing_happens_before_its_time_or_after_today(past):
    order = ("Ngày tiếp nhận", "Ngày có kết quả", "Ngày giao bưu điện", "Ngày phát")
    letter = ("Ngày tiếp nhận", "Ngày phải xin lỗi", "Ngày gửi thư xin lỗi")
    for row in past:
        for steps in (order, letter):
            happened = [at for at in (day(row[step]) for step in steps) if at]
            assert happened == sorted(happened)
            assert happened[-1] <= TODAY
        assert not (row["Ngày có kết quả"] and row["Ngày rút"])


def test_people_come_on_working_days_most_on_mondays_fewest_on_fridays(past):
    by_weekday = Count(day(row["Ngày tiếp nhận"]).weekday() for row in past)

    assert set(by_weekday) == set(range(5))
    assert max(by_weekday, key=by_weekday.get) == 0
    assert min(by_weekday, key=by_weekday.get) == 4


def months(past, procedure, *wanted):
    return sum(
        row["Thủ tục"] == procedure and (at := day(row["Ngày tiếp nhận"])) and (at.year, at.month) in wanted for row in past
    )


def test_passports_are_for_summer_and_nobody_came_in_the_closed_months(past):
    summer, autumn = (months(past, years.PASSPORT, *((year, month) for year in (2018, 2019, 2023, 2024))) for month in (6, 9))

    assert summer > 1.5 * autumn
    assert months(past, years.IDENTITY, (2021, 8)) < 0.1 * months(past, years.IDENTITY, (2022, 8))


def test_the_week_before_tet_is_quiet(past):
    before = sum(date(2022, 1, 24) <= day(row["Ngày tiếp nhận"]) <= date(2022, 1, 28) for row in past)
    usual = sum(date(2022, 1, 10) <= day(row["Ngày tiếp nhận"]) <= date(2022, 1, 14) for row in past)

    assert before < 0.8 * usual


def late_share(past, start, end, unit=""):
    days = working()
    place = {at: nth for nth, at in enumerate(days)}
    known = [
        (place[received], place[finished], TERMS[row["Thủ tục"]])
        for row in past
        if (received := day(row["Ngày tiếp nhận"])) and start <= received < end and row["Đơn vị tiếp nhận"].startswith(unit)
        if (finished := day(row["Ngày có kết quả"]))
    ]
    return sum(finished > received + term for received, finished, term in known) / len(known)


def test_offices_became_more_punctual_and_the_new_wards_were_late_at_first(past):
    assert late_share(past, START, date(2017, 1, 1)) > 2 * late_share(past, date(2024, 1, 1), date(2025, 1, 1))
    assert late_share(past, NEW_WARDS, date(2025, 9, 1), "CAP-W") > 4 * late_share(
        past, date(2026, 1, 1), date(2026, 7, 1), "CAP-W"
    )


def test_letters_were_owed_from_the_city_s_decision_on(past):
    owed = [day(row["Ngày phải xin lỗi"]) for row in past if row["Ngày phải xin lỗi"]]

    assert min(owed) >= years.LETTERS_FROM
    assert 0.5 < sum(bool(row["Ngày gửi thư xin lỗi"]) for row in past) / len(owed) < 0.95


def test_the_post_came_with_its_decree_and_its_numbers_have_check_digits(past):
    posted = [row for row in past if row["Ngày giao bưu điện"]]

    assert min(day(row["Ngày tiếp nhận"]) for row in posted) >= years.POST_FROM
    assert all(str(parse_postal(row["Số hiệu bưu gửi"])) == row["Số hiệu bưu gửi"] for row in posted)
    assert {row["Kết quả phát"] for row in posted} == {"", "Đã phát", "Hoàn trả", "Phát không thành"}


def test_today_there_is_something_to_do(past):
    days = working()
    still_open = [row for row in past if not row["Ngày có kết quả"] and not row["Ngày rút"]]
    overdue = [
        row
        for row in still_open
        if days[days.index(day(row["Ngày tiếp nhận"])) + TERMS[row["Thủ tục"]]] < TODAY
    ]  # fmt: skip

    assert len(still_open) > 30
    assert 0 < len(overdue) < len(still_open) / 2


def test_names_are_made_up_of_common_syllables():
    made = names(Random(1), 1000)

    assert all(len(name.split()) == 3 and name.split()[0] in SURNAMES for name in made)
    assert len(set(made)) > 600


@pytest.mark.parametrize("today", [date(2019, 3, 1), date(2025, 7, 15), date(2027, 5, 3)])
def test_it_may_end_on_any_day(today):
    last = max(day(row[5]) for row in simulate(scene(2_000, today)))

    assert today - timedelta(days=7) <= last <= today
