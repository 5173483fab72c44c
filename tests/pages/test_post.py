"""The office packs, both sign, the post's clerk scans; and sees its own lists alone."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import importer
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Delivery, Manifest, Scan
from gandan.work.dossiers.operations import choose_post, finish, load_procedures, receive
from tests.cast import TODAY
from tests.documents.files import bomb

DONE = TODAY - timedelta(2)
NUMBER = "EV123456785VN"


@pytest.fixture
def post(cast):
    load_procedures(unit=cast.police, by=importer(), on=date(2015, 12, 1))
    cast.clerk = enrol(
        username="thu", name="Phan Thị Thu", unit=cast.unit("BDTP"), role=Role.POST_PARTNER, line=Line.POST,
        by=cast.importer, on=DONE,
    )  # fmt: skip
    for name in ("Lê Thị An", "=cmd()"):
        new = receive(procedure="passport", unit=cast.unit("PA08"), applicant=name, by=cast.alice, on=DONE, by_post=True)
        choose_post(dossier=new, recipient=name, address="12 Lê Lợi", phone="0903123456", by=cast.alice, on=DONE)
        finish(dossier=new, by=cast.alice, on=DONE)
    return cast


@pytest.fixture
def listed(post, desk):
    first, second = Delivery.objects.order_by("pk")
    form = {"parcel": [first.pk, second.pk], f"tracking-{first.pk}": NUMBER, "partner": "BDTP"}
    return desk(post.alice).post("/post/", form).url


@pytest.fixture
def handed(post, desk, listed):
    desk(post.alice).post(listed, {"what": "sign"})
    desk(post.clerk).post(listed, {"what": "sign"})
    return listed


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_office_packs_and_both_sign(post, desk, handed):
    assert Manifest.objects.get().handed_on == TODAY
    assert set(Delivery.objects.values_list("state", flat=True)) == {"handed"}
    page = text(desk(post.alice).get(handed))
    assert "hai bên đã ký" in page
    assert "Phan Thị Thu, 09:00 20/11/2026" in page


def test_what_was_typed_stays_when_it_is_refused(post, desk):
    first = Delivery.objects.order_by("pk")[0]
    answer = desk(post.alice).post("/post/", {"parcel": [first.pk], f"tracking-{first.pk}": "?", "partner": "BDTP"})

    assert answer.status_code == 422
    assert "không giống một mã bưu gửi" in text(answer)
    assert Delivery.objects.filter(state="wanted").count() == 2


def test_the_post_sees_names_and_addresses_and_nothing_of_the_procedure(post, desk, handed):
    for address in ("/post/", handed, "/post/scan/"):
        page = text(desk(post.clerk).get(address))
        assert "chiếu" not in page.split("<main")[1]  # hộ chiếu
        assert post.alice.username not in page
        assert not re.search(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-\d{6}-\d{4}", page)  # no dossier's number
    assert "12 Lê Lợi" in text(desk(post.clerk).get(handed))
    assert desk(post.clerk).get("/").url == "/post/"
    assert text(desk(post.clerk).get("/dossiers/")).count("Lê Thị An") == 0


@pytest.mark.parametrize("who", ["binh", "minh", "hoa", "lan"])
def test_other_people_see_no_list(post, desk, handed, who):
    assert desk(getattr(post, who)).get(handed).status_code == 404
    assert desk(getattr(post, who)).get(f"{handed}pdf/").status_code == 404


@pytest.mark.parametrize(("form", "begins"), [("csv", b"\xef\xbb\xbfTT"), ("xlsx", b"PK"), ("pdf", b"%PDF-")])
def test_a_list_as_a_file(post, desk, handed, form, begins):
    answer = desk(post.clerk).get(f"{handed}{form}/")

    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    if form == "csv":
        assert "'=cmd()" in answer.content.decode()
    assert desk(post.clerk).get(f"{handed}exe/").status_code == 404


def scanned(client, what, number=NUMBER, **more):
    return client.post("/post/scan/", {"what": what, "tracking": number} | more)


def test_the_clerk_scans_one_after_the_other(post, desk, handed):
    clerk = desk(post.clerk)

    assert "Đã nhận, đang chuyển: đã ghi" in text(scanned(clerk, "in_transit", " ev 12345678 5 vn "))
    page = text(scanned(clerk, "delivered"))
    assert "Đã phát: đã ghi" in page
    assert re.search(r'class="btn main" name="what" value="delivered"', page)  # what was chosen stays
    assert Delivery.objects.get(tracking=NUMBER).state == "delivered"
    assert "không có trong bảng kê" in text(scanned(clerk, "delivered", "PC-0000001"))
    wrong = scanned(clerk, "delivered", "???")
    assert wrong.status_code == 422
    assert 'value="???"' in text(wrong)


def test_a_double_click_counts_once(post, desk, handed):
    for _ in range(2):
        answer = scanned(desk(post.clerk), "failed", reference="page:1")

    assert "đã ghi từ trước" in text(answer)
    assert Scan.objects.count() == 1


def test_nobody_else_scans(post, desk, handed):
    assert scanned(desk(post.alice), "delivered").status_code == 403
    assert desk(post.alice).post("/post/file/").status_code == 403


ROWS = (
    ("Mã bưu gửi", "Tình trạng", "Thời điểm", "Lý do"),
    (NUMBER, "Đang chuyển", "20/11/2026 08:00", ""),
    (NUMBER, "PHÁT KHÔNG THÀNH CÔNG", "20/11/2026 08:30", "vắng nhà"),
    ("PC-0000001", "đã phát", "20/11/2026 08:30", ""),
    (NUMBER, "bị mất", "20/11/2026 08:30", ""),
    (NUMBER, "đã phát", "hôm qua", ""),
)


def as_csv():
    return ("\ufeff" + "\n".join(";".join(row) for row in ROWS)).encode()


def as_xlsx():
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("made", [as_csv, as_xlsx])
def test_a_file_is_answered_row_by_row_and_counts_once(post, desk, handed, made):
    def send():
        return text(desk(post.clerk).post("/post/file/", {"file": SimpleUploadedFile("tin.csv", made())}))

    page = send()
    assert "Đã ghi 2 dòng" in page
    for said in ("không có trong bảng kê", "Không hiểu tình trạng “bị mất”", "Không đọc được thời điểm “hôm qua”"):
        assert said in page
    assert Delivery.objects.get(tracking=NUMBER).state == "failed"
    send()
    assert Scan.objects.count() == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2", "cần các cột"),
        (b"\xff\xfe", "UTF-8"),
        (bomb(250), "quá lớn"),
        (b"PK\x03\x04", "không trọn vẹn"),
        (b"", "chọn một tệp"),
    ],
)
def test_a_bad_file_is_refused_in_plain_words(post, desk, content, said):
    answer = desk(post.clerk).post("/post/file/", {"file": SimpleUploadedFile("tin.csv", content)})

    assert answer.status_code == 422
    assert said in text(answer)


def test_many_rows_cost_no_more_queries_than_one(post, desk, django_assert_num_queries):
    client = desk(post.alice)
    with CaptureQueriesContext(connection) as few:
        client.get("/post/")
    for nth in range(5):
        new = receive(procedure="passport", unit=post.unit("PA08"), applicant=f"B {nth}", by=post.alice, on=DONE, by_post=True)
        finish(dossier=new, by=post.alice, on=DONE)
    with django_assert_num_queries(len(few)):
        assert text(client.get("/post/")).count('name="parcel"') == 7
