"""Each process keeps a copy of the tree; it is never an old one, nor one that was rolled back."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.organisations.models import Placement, Succession, TreeVersion, Unit
from gandan.ground.organisations.operations import Circle, move
from gandan.ground.organisations.queries import tree
from gandan.ground.organisations.rules import Line
from tests.cast import ACT, TODAY, assemble


def shift(cast, code, parent, day=TODAY):
    return move(unit=cast.unit(code), parent=cast.unit(parent), line=Line.POLICE, act=ACT, by=cast.lan, on=TODAY, effective=day)


def parent(cast, code):
    return tree().parent(cast.unit(code).pk, Line.POLICE, date(2030, 1, 1))


def test_an_act_is_seen_at_once(cast):
    number = TreeVersion.objects.get().number
    shift(cast, "PA08", "PC08")
    assert parent(cast, "PA08") == cast.unit("PC08").pk
    assert TreeVersion.objects.get().number == number + 1


def test_what_was_rolled_back_is_forgotten(cast):
    def give_up(code):
        with transaction.atomic():
            shift(cast, "PA08", code)
            assert parent(cast, "PA08") == cast.unit(code).pk
            transaction.set_rollback(True)

    give_up("PC08")
    assert parent(cast, "PA08") == cast.police.pk
    give_up("CAP-W1")  # the version's number is the same as the first time, the tree is not
    assert parent(cast, "PA08") == cast.police.pk


def test_two_at_once_make_no_circle(committed):
    cast = assemble()
    gate = threading.Barrier(2)

    def put(codes):
        try:
            gate.wait()
            shift(cast, *codes)
        except Circle:
            return "circle"
        finally:
            connection.close()
        return "moved"

    with ThreadPoolExecutor(2) as threads:
        results = sorted(threads.map(put, [("PA08", "PC08"), ("PC08", "PA08")]))
    assert results == ["circle", "moved"]
    assert {tree().path(cast.unit(code).pk, Line.POLICE, TODAY)[0] for code in ("PA08", "PC08")} == {cast.police.pk}


def test_another_process_sees_it_with_its_next_question(committed):
    assemble()
    before = tree()
    assert tree() is before
    with committed.connect(autocommit=True) as other:
        other.execute("UPDATE organisations_treeversion SET token = gen_random_uuid()")
    assert tree() is not before


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda a, b: Placement(unit=a, line="police", parent=b, during=DateRange(TODAY, None)), id="two places"),
        pytest.param(lambda a, b: Placement(unit=a, line="civil", parent=a, during=DateRange(TODAY, None)), id="below itself"),
        pytest.param(lambda a, b: Placement(unit=a, line="civil", parent=b, during=DateRange(TODAY, TODAY)), id="never"),
        pytest.param(lambda a, b: Placement(unit=a, line="civil", parent=b, during=DateRange(None, TODAY)), id="since ever"),
        pytest.param(lambda a, b: Placement(unit=a, line="navy", parent=b, during=DateRange(TODAY, None)), id="unknown line"),
        pytest.param(lambda a, b: Succession(old=a, new=a, on=TODAY, how="whole", main=True), id="its own heir"),
        pytest.param(
            lambda a, b: Succession(old=a, new=b, on=TODAY, how="whole", main=False), id="a whole heir that is not main"
        ),
        pytest.param(lambda a, b: Succession(old=a, new=b, on=TODAY, how="half", main=True), id="half"),
        pytest.param(lambda a, b: TreeVersion(pk=2), id="two versions"),
        pytest.param(
            lambda a, b: Unit(code="X", name="X", kind="post", founded_on=TODAY, closed_on=TODAY), id="ended before it began"
        ),
    ],
)
def test_the_database_refuses(cast, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong(cast.unit("PA08"), cast.unit("PC08")).save()
