"""The page on which files are asked for and fetched."""

import pytest

from gandan.faces.jobs.jobs import make_exports
from gandan.ground.documents.models import Export
from gandan.ground.organisations.queries import importer
from gandan.work.dossiers.operations import load_procedures, receive
from tests.cast import TODAY


@pytest.fixture
def counter(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load_procedures(unit=cast.police, by=importer(), on=TODAY)
    receive(procedure="passport", unit=cast.unit("PA08"), applicant="Trần Thị Hoa", by=cast.alice, on=TODAY)
    return cast


def test_a_file_is_asked_for_made_and_fetched(counter, desk):
    client = desk(counter.alice)
    assert "Chưa yêu cầu tệp nào" in client.get("/exports/").text

    assert client.post("/exports/", {"kind": "dossiers.csv", "since": "2026-11-01", "until": "2026-11-30"}).status_code == 302
    shown = client.get("/exports/").text
    assert "chờ làm" in shown
    assert 'hx-trigger="every 2s"' in shown
    make_exports()
    shown = client.get("/exports/").text
    token = Export.objects.get().token
    assert f"/exports/{token}/" in shown
    assert "every 2s" not in shown
    answer = client.get(f"/exports/{token}/")
    assert "attachment" in answer["Content-Disposition"]
    assert "Trần Thị Hoa".encode() in b"".join(answer.streaming_content)
    assert desk(counter.dung).get(f"/exports/{token}/").status_code == 404


@pytest.mark.parametrize("typed", [{"kind": "register.xlsx"}, {"kind": "x"}, {"kind": "dossiers.csv", "since": "31/02/2026"}])
def test_a_wish_that_can_not_be_is_said_and_stays_typed(counter, desk, typed):
    answer = desk(counter.alice).post("/exports/", typed | {"procedure": "passport"})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert '<option value="passport" selected' in answer.text


def test_the_list_costs_the_same_for_many(counter, desk, django_assert_max_num_queries):
    client = desk(counter.alice)
    client.post("/exports/", {"kind": "dossiers.csv"})
    make_exports()
    client.get("/exports/")
    one = Export.objects.get()
    for nth in range(30):
        one.pk, one.token = None, f"t{nth}"
        one.save()
    with django_assert_max_num_queries(12):
        client.get("/exports/")
