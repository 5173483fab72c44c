"""How often a thing may be done."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from gandan.ground.accounts import limits
from gandan.ground.accounts.models import Bucket
from gandan.ground.accounts.rules import Limit, TooOften
from tests.accounts.conftest import AT

FIVE = Limit("form", 5, timedelta(minutes=1))


def use(times, whom="a", at=AT, limit=FIVE):
    for _ in range(times):
        limits.take(limit, whom, at=at)


def test_so_many_times_and_then_no_more(db):
    use(5)
    with pytest.raises(TooOften) as refused:
        use(1)

    assert refused.value.seconds == 12
    assert "12 giây" in str(refused.value)


def test_what_was_used_comes_back_evenly(db):
    use(5)
    use(1, at=AT + timedelta(seconds=12))
    with pytest.raises(TooOften):
        use(1, at=AT + timedelta(seconds=23))
    use(1, at=AT + timedelta(seconds=24))
    use(5, at=AT + timedelta(hours=1))


def test_one_who_asks_too_often_stands_in_nobody_elses_way(db):
    use(5)
    use(5, whom="b")
    limits.take(Limit("other form", 5, timedelta(minutes=1)), "a", at=AT)


def test_looking_uses_nothing(db):
    for _ in range(9):
        assert limits.wait(FIVE, "a", at=AT) == 0
    use(5)
    assert limits.wait(FIVE, "a", at=AT) == 12


def test_a_bucket_is_filled_again(db):
    use(5)
    limits.refill(FIVE, "a")
    use(5)


def test_nothing_is_kept_of_whom_nor_for_long(db):
    use(1, whom="0909123456")

    assert b"0909" not in bytes(Bucket.objects.get().name)
    assert limits.forget(before=AT) == 0
    assert limits.forget(before=AT + timedelta(minutes=1)) == 1


def test_of_many_at_once_no_more_get_through(committed):
    def one(_: int) -> bool:
        try:
            use(1)
        except TooOften:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(40))) == 5
