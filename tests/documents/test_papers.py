"""Papers as they were sent: kept with their digest, numbered without gaps or twins, never changed, erased in the end."""

import hashlib
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from gandan.ground.documents.forms import form
from gandan.ground.documents.models import NumberSeries, Stored, StoredContent
from gandan.ground.documents.operations import Paper, Register, erase_papers, store
from gandan.ground.documents.queries import UnknownPaper, paper, papers_about, papers_of_digest, pdf_of, pdfs_of
from gandan.ground.organisations.queries import clock
from tests.cast import TODAY, assemble

PDF = b"%PDF-1.7 as it was sent"


@pytest.fixture
def kept(cast):
    return lambda **more: store(paper=made(cast, **more), by=cast.alice, on=TODAY)


def made(cast, **more):
    given = {"pdf": PDF, "form": form("apology", TODAY), "unit": cast.unit("PA08"), "about": cast.unit("PA08"), "layout": "x"}
    return Paper(**(given | more))


def test_a_paper_is_kept_as_it_is(kept):
    row = kept(number=5, year=2026, number_line="Số: 05/XLGH-PA08")

    found = paper(row.token)
    assert (found.digest, found.size, found.number_line) == (hashlib.sha256(PDF).hexdigest(), len(PDF), "Số: 05/XLGH-PA08")
    assert pdf_of(row.pk) == PDF
    assert [one.id for one in papers_of_digest(found.digest)] == [row.pk]
    assert [one.id for one in papers_about(row.about_type, [row.about_id])[row.about_id]] == [row.pk]
    assert pdfs_of([row.pk, 0]) == {row.pk: PDF}
    with pytest.raises(UnknownPaper):
        paper("x" * 43)


@pytest.mark.parametrize(
    "change",
    [
        lambda row: Stored.objects.filter(pk=row.pk).update(number_line="Số: 06"),
        lambda row: Stored.objects.filter(pk=row.pk).update(digest="0" * 64, erased_on=TODAY),
        lambda row: Stored.objects.filter(pk=row.pk).delete(),
        lambda row: StoredContent.objects.filter(pk=row.pk).update(pdf=b"another"),
        lambda row: StoredContent.objects.filter(pk=row.pk).delete(),
    ],
    ids=["its number", "its digest, while erasing", "itself", "its bytes", "its bytes taken away"],
)
def test_a_paper_can_t_be_changed(kept, change):
    row = kept()
    with pytest.raises(IntegrityError), transaction.atomic():
        change(row)

    assert pdf_of(row.pk) == PDF


def test_its_content_ends_and_its_number_stays(kept):
    row = kept(number=1, year=2026, kept_for=timedelta(days=30))

    assert erase_papers(by=clock(), on=TODAY + timedelta(days=30)) == []
    assert erase_papers(by=clock(), on=TODAY + timedelta(days=31)) == [row.pk]
    assert erase_papers(by=clock(), on=TODAY + timedelta(days=31)) == []
    assert paper(row.token).digest == hashlib.sha256(PDF).hexdigest()
    with pytest.raises(UnknownPaper, match="thời hạn lưu"):
        pdf_of(row.pk)


def test_a_number_is_given_once(kept):
    kept(number=1, year=2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        kept(number=1, year=2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        kept(number=2)  # in no register


def test_registers_begin_anew_each_year_and_for_each_body(cast):
    pa08, pc08 = cast.unit("PA08"), cast.unit("PC08")

    assert list(Register(pa08, "PXL", 2026).take(3)) == [1, 2, 3]
    assert list(Register(pa08, "PXL", 2026).take()) == [4]
    assert list(Register(pa08, "PXL", 2027).take()) == [1]
    assert list(Register(pa08, "TBD", 2026).take()) == [1]
    assert list(Register(pc08, "PXL", 2026).take()) == [1]
    assert list(Register(pc08, "PXL", 2026).take(0)) == []


def test_sixteen_at_once_leave_no_gap_and_no_twin(committed):
    unit, start, taken = assemble().unit("PA08"), Barrier(16), []

    def work(nth: int) -> None:
        start.wait()
        for turn in range(10):
            try:
                with transaction.atomic():
                    numbers = list(Register(unit, "PXL", 2026).take(1 + turn % 3))
                    if (nth + turn) % 5 == 0:
                        raise RuntimeError("given back")
                    taken.extend(numbers)
            except RuntimeError:
                pass
        connection.close()

    threads = [Thread(target=work, args=[nth]) for nth in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == list(range(1, len(taken) + 1))
    assert NumberSeries.objects.get().last == len(taken) > 200


def test_the_day_of_a_paper_is_the_day_it_was_made(kept):
    assert paper(kept().token).made_on == TODAY == date(2026, 11, 20)
