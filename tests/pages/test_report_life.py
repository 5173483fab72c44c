"""A report in the browser from its text to its signatures, as officers and signatories of both sides."""

import json
import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.test import Client

from gandan.ground.calendar.rules import Period
from gandan.ground.documents.demonstration import make_key
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.results.programmes.operations import load_programme
from gandan.results.programmes.queries import shipped
from gandan.results.reports import operations
from gandan.results.reports.models import Report
from tests.cast import TODAY
from tests.measures.happening import receive
from tests.reports.writing import written

NEW = {"unit": "79", "programme": "2016-2021", "first": "2016-01-01", "last": "2021-12-31"}
BEFORE = datetime(2026, 11, 10, tzinfo=UTC)


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def town(worked, settings, tmp_path):
    settings.SIGNING_DIR = str(tmp_path)
    for path in shipped():
        load_programme(text=path.read_text(encoding="utf-8"), by=worked.giang, on=TODAY)
    thuan = enrol(
        username="thuan", name="Lê Thị Thuận", unit=worked.unit("BTGDVTU"), role=Role.SIGNATORY, line=Line.CIVIL,
        by=worked.importer, on=date(2026, 1, 5),
    )  # fmt: skip
    for person in (thuan, worked.dung):
        make_key(person.username, person.name, "Cơ quan", BEFORE)
    worked.thuan = thuan
    return worked


@pytest.fixture
def draft(town, desk):
    assert desk(town.giang).post("/reports/new/", NEW).status_code == 302
    return Report.objects.get()


def test_two_write_at_once_in_the_browser(town, desk, draft):
    save = f"/reports/{draft.code}/save/"
    base, owed = {"position": "5", "base": "1"}, draft.sections.get(position=5).text
    first = desk(town.giang).post(save, base | {"text": "Kiến nghị của bên công an."})
    second = desk(town.hoa).post(save, base | {"text": f"{owed} Kiến nghị của bên dân vận."})

    assert json.loads(first.content)["merged"] is False
    said = json.loads(second.content)
    assert (said["merged"], said["sent"], said["version"]) == (True, 3, 4)
    for words in ("Kiến nghị của bên công an.", "Kiến nghị của bên dân vận."):
        assert words in said["text"]
    page = text_of(desk(town.hoa).get(f"/reports/{draft.code}/sections/5/"))
    assert "ghép với phần người khác viết" in page


def test_who_only_reads_saves_nothing(town, desk, draft):
    answer = desk(town.oanh).post(f"/reports/{draft.code}/save/", {"position": "5", "base": "1", "text": "x"})

    assert answer.status_code == 403


def test_the_whole_way_by_officers_and_signatories_of_both_sides(town, desk, draft):
    at = f"/reports/{draft.code}/"
    officer, head = desk(town.giang), desk(town.khanh)
    officer.post(at + "comment/", {"position": "1", "text": "Nêu rõ số căn cước."})
    assert "Nêu rõ số căn cước." in text_of(officer.get(at))
    for refused in (officer.post(at + "submit/"), head.post(at + "freeze/")):
        assert refused.status_code == 409
        assert "còn mục phải viết: 3. Đánh giá; 4. Phương hướng; 5. Kiến nghị" in text_of(refused)
        assert f'href="{at}?edit=3#s3"' in text_of(refused)
    assert "Còn phải viết: Ưu điểm" in re.sub(r"<svg.*?</svg> ", "", text_of(officer.get(at)), flags=re.S)
    assert "Trình duyệt</button>" not in text_of(officer.get(at))
    written(draft)
    assert officer.post(at + "submit/").status_code == 302
    assert "đang chờ người duyệt" in text_of(officer.get(at))
    assert officer.post(at, {"position": "1", "text": "x"}).status_code in {302, 200}  # shown again, nothing written
    head.post(at + "give-back/", {"reason": "Thiếu kiến nghị."})
    assert "trả lại ngày 20/11/2026: Thiếu kiến nghị." in text_of(officer.get(at))
    officer.post(at + "submit/")
    assert head.post(at + "freeze/").status_code == 302
    page = text_of(officer.get(at))
    assert "Thiếu kiến nghị." in page
    assert "Lấy số và trình ký" in page
    offered = r'<option value="(\w+)"( selected)?'  # of each party its own signatory, and the city's above it
    assert re.findall(offered, page) == [("thuan", " selected"), ("khanh", ""), ("dung", " selected"), ("khanh", "")]

    assert officer.post(at + "number/", {"signer": ["thuan", "dung"]}).status_code == 302
    assert re.findall(offered, text_of(officer.get(at))) == [("khanh", "")] * 2, "who else may sign in their place"
    for seen in ("/reports/", "/"):
        assert "Chờ Ông/Bà ký" in text_of(desk(town.thuan).get(seen))
    assert desk(town.dung).post(at + "sign/").status_code == 409  # the other signs first
    for who in (town.alice, town.giang):  # not even who wrote it
        assert desk(who).post(at + "sign/").status_code == 403
    for who in (town.thuan, town.dung):
        assert "Ký báo cáo" in text_of(desk(who).get(at))
        assert desk(who).post(at + "sign/").status_code == 302
    assert head.post(at + "publish/").status_code == 302

    pdf = officer.get(at + "pdf/").content
    public = Client()
    checked = text_of(public.post("/public/verify/", {"file": named(pdf)}))
    assert "Tệp nguyên vẹn, chữ ký đúng" in checked
    assert "Đúng từng byte với" in checked
    assert "Lê Thị Thuận" in checked
    broken = pdf[:4000] + bytes([pdf[4000] ^ 1]) + pdf[4001:]
    assert "Tệp nguyên vẹn, chữ ký đúng" not in text_of(public.post("/public/verify/", {"file": named(broken)}))
    shown = text_of(public.get(f"/public/reports/{draft.code}/"))
    assert "Phạm Anh Dũng" in shown
    assert "Tổng kết chương trình phối hợp" in text_of(public.get("/public/reports/"))

    assert "Đến nay chưa biết gì khác với số đã ký" in shown

    receive(town, "PA08", date(2020, 3, 4), times=7)
    assert operations.tell_known(report=Report.objects.get(), by=town.importer, on=TODAY) > 0
    assert operations.tell_known(report=Report.objects.get(), by=town.importer, on=TODAY) == 0, "nothing came since"
    receive(town, "PA08", date(2020, 3, 5), times=2)
    assert operations.tell_known(report=Report.objects.get(), by=town.importer, on=TODAY) == 0, "too few to be told"
    known = text_of(public.get(f"/public/reports/{draft.code}/"))
    assert "số như biết đến ngày 20/11/2026" in known
    assert re.search(r"nay: \d", known)
    assert "Đến nay chưa biết gì khác với số đã ký" not in known
    assert "Điều chỉnh số liệu" in text_of(head.get(at + "?tab=now"))
    assert head.post(at + "restate/", {"reason": "Nhập bổ sung hồ sơ giấy."}).status_code == 302
    assert "Nhập bổ sung hồ sơ giấy." in text_of(head.get(at + "?tab=restated"))
    assert head.get(at + "restatements/1/pdf/").content[:4] == b"%PDF"
    assert head.get(at + "restatements/2/pdf/").status_code == 404
    assert desk(town.alice).get(at + "restatements/1/pdf/").status_code == 403


def named(pdf: bytes) -> BytesIO:
    file = BytesIO(pdf)
    file.name = "bao-cao.pdf"
    return file


def test_what_is_no_pdf_is_said(town, desk):
    client = desk(town.giang)

    assert "không đọc được như một tệp PDF" in text_of(client.post("/public/verify/", {"file": named(b"chu thuong")}))
    assert client.post("/public/verify/").status_code == 400
    assert client.get("/public/reports/nothing/").status_code == 404


def test_the_unit_above_sends_back_in_the_browser(town, desk):
    report = operations.draft(
        unit=town.unit("PA08"), period=Period(date(2026, 7, 1), date(2026, 10, 1)), line=Line.POLICE,
        by=town.dung, on=TODAY,
    )  # fmt: skip
    operations.freeze(report=written(report), by=town.dung, on=TODAY)
    at = f"/reports/{report.code}/"

    assert desk(town.hoa).post(at + "send-back/", {"reason": "x"}).status_code == 403
    assert desk(town.dung).post(at + "send-back/", {"reason": ""}).status_code == 409
    assert desk(town.dung).post(at + "send-back/", {"reason": "Thiếu giải trình."}).status_code == 302
    assert "Cấp trên đã trả lại báo cáo này" in text_of(desk(town.dung).get(at))
    answer = desk(town.dung).post(at + "redraft/")
    assert answer.url == "/reports/bc-pa08-2/"
    assert "trả lại ngày 20/11/2026: Thiếu giải trình." in text_of(desk(town.dung).get(answer.url))
