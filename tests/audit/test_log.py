"""Asking the log: who, what, which dossier, which unit; and that asking leaves a line."""

import pytest

from gandan.ground.audit.models import Trace
from gandan.ground.audit.noting import note
from gandan.ground.audit.queries import Asking, What, traces
from gandan.ground.ledger.operations import post
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import appoint
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.operations import load_procedures, receive
from gandan.work.dossiers.queries import dossier, dossiers
from tests.cast import TODAY, Cast
from tests.pages.conftest import desk as desk
from tests.pages.conftest import held_clock as held_clock


@pytest.fixture
def read(cast: Cast):
    """Dung and Alice looked at a dossier of PA08, Dung at the list as well."""
    load_procedures(unit=cast.police, by=cast.importer, on=TODAY)
    found = receive(procedure="passport", unit=cast.unit("PA08"), applicant="Nguyễn Thị Hoà", by=cast.alice, on=TODAY)
    for who in (cast.alice, cast.dung):
        dossier(found.number, who, TODAY)
    dossiers(cast.dung, TODAY)
    while post():
        pass
    return found


def test_who_saw_it(cast, read):
    asked = traces(cast.minh, TODAY, Asking(about_type="dossiers.dossier", about_id=read.pk))
    assert [(one.username, one.what, one.unit.code, one.from_unit.code) for one in asked] == [
        ("dung", What.READ, "PA08", "CATP"), ("alice", What.READ, "PA08", "PA08"),
    ]  # fmt: skip


def test_what_somebody_did(cast, read):
    assert [one.what for one in traces(cast.minh, TODAY, Asking(username="dung"))] == [What.LISTED, What.READ]
    assert traces(cast.minh, TODAY, Asking(username="dung", what=What.SIGNED_IN)) == []


def test_pages_follow_each_other(cast, read):
    first = traces(cast.minh, TODAY, limit=2)
    then = traces(cast.minh, TODAY, before=first[-1].after, limit=2)
    assert [one.what for one in (*first, *then)] == [What.LISTED, What.READ, What.READ]


def test_reading_the_log_is_a_line_of_it(cast, read):
    traces(cast.minh, TODAY, Asking(username="dung"))
    line = Trace.objects.order_by("-id").first()
    assert (line.what, line.by_id, line.detail) == ("log_read", cast.minh.pk, "by=dung")


def test_an_inspector_sees_no_further_than_their_line(cast, read):
    appoint(person=cast.quyen, unit=cast.unit("BXDD-W1"), role=Role.AUDITOR, line=Line.CIVIL, by=cast.importer, on=TODAY)
    assert traces(cast.quyen, TODAY) == []
    with pytest.raises(NotAllowed):
        traces(cast.dung, TODAY)


def test_fifty_lines_cost_as_many_statements_as_one(cast, read, django_assert_num_queries):
    traces(cast.minh, TODAY)
    with django_assert_num_queries(7) as one:
        traces(cast.minh, TODAY)
    for _ in range(50):
        dossier(read.number, cast.dung, TODAY)
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(traces(cast.minh, TODAY)) == 50


def test_the_page(cast, read, desk):
    client = desk(cast.minh)
    text = client.get(f"/log/?dossier={read.number}").content.decode()
    assert "Phạm Anh Dũng" in text
    assert "Phiếu cho người dân" in text
    who = client.get("/log/?who=alice").content.decode()
    assert "Tiếp nhận hồ sơ" in who or "Không ghi việc nào" in who

    wrong = client.get("/log/?who=nobody&dossier=none&unit=none")
    assert wrong.status_code == 400
    assert "Không có người dùng nobody." in wrong.content.decode()
    assert "Không có hồ sơ số none." in wrong.content.decode()


def test_the_sheet_for_the_person_names_units_alone(cast, read, desk):
    text = desk(cast.minh).get(f"/log/sheet/?dossier={read.number}").content.decode()
    main = text[text.index("<main") : text.index("</main")]
    assert "Công an Thành phố Mẫu" in main
    assert "Phạm Anh Dũng" not in main
    assert "Hoà" not in main


def test_a_file_of_it_runs_nothing_in_a_spreadsheet(cast, read, desk):
    note(What.EXPORTED, by=cast.dung, detail="=HYPERLINK(1)")
    answer = desk(cast.minh).get("/log/csv/?who=dung")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[1].endswith(",'=HYPERLINK(1)")
    assert lines[1].split(",")[1] == "dung"
    assert Trace.objects.filter(what="exported", by_id=cast.minh.pk).count() == 1
