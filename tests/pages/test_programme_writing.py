"""A programme is written on a page like the document, signed by both parties, amended; units derive their plans from it."""

import re

import pytest

from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.models import Promise
from gandan.results.programmes.models import Draft, Programme, Turn
from gandan.results.programmes.operations import sign_draft
from tests.cast import TODAY
from tests.pages.test_tasks import text
from tests.programmes.conftest import programme as programme
from tests.programmes.signatories import AT
from tests.programmes.signatories import both as both

BEGUN = {
    "code": "2027-2031", "title": "Chương trình phối hợp 2027–2031", "first": "2027-01-01", "last": "2031-12-31",
    "party": ["BTGDVTU", "Công an Thành phố Mẫu (CATP)"], "signs_as": ["Trưởng ban", "Giám đốc"], "follows": "",
}  # fmt: skip


def begun(client):
    return client.post("/programmes/new/", BEGUN).url


def key_of(page, words):
    return re.search(rf'id="p-(\w+)">(?:(?!</section>).)*{words}', page, flags=re.DOTALL)[1]


def add(client, page, kind, words="", parent="", **more):
    answer = client.post(page, {"do": "add", "kind": kind, "parent": parent, "text": words, **more})
    assert answer.status_code == 302, text(answer, answer.status_code)
    return answer.url.rpartition("#p-")[2]


def test_a_programme_goes_from_the_first_word_to_both_signatures(cast, desk, both):
    giang, khanh = desk(cast.giang), desk(cast.khanh)
    wrong = text(giang.post("/programmes/new/", BEGUN | {"party": ["KHONG", "CATP"]}), 422)
    assert "Không có đơn vị nào tên hoặc mã là KHONG" in wrong
    page = begun(giang)
    content = add(giang, page, "content", "Gần dân")
    goal = add(giang, page, "goal", "Mọi hồ sơ đúng hẹn", content)
    task = add(giang, page, "task", "Rà soát hằng quý", goal)
    indicator = add(giang, page, "indicator", parent=task, measure="dossiers-on-time-share")
    shown = text(giang.get(page))
    assert "1.1.1." in shown
    assert "Nhiệm vụ 1.1.1 chưa có đơn vị thực hiện." in shown

    sent = {"base": "1", "text": "Rà soát hằng quý", "units": "CATP, BTGDVTU", "every": "quarter", "due_on": "", "answers": ""}
    refused = text(giang.post(f"{page}parts/{task}/", sent | {"units": "CATP, Không đâu", "text": "Viết dở"}), 422)
    assert "Không có đơn vị nào tên hoặc mã là Không đâu" in refused
    assert "Viết dở" in refused, "what was typed stays"
    assert giang.post(f"{page}parts/{task}/", sent).status_code == 302
    aims = {"base": "1", "text": "", "measure": "dossiers-on-time-share", "targets": "2027: 96\n2028: 96,5"}
    assert "năm và số" in text(giang.post(f"{page}parts/{indicator}/", aims | {"targets": "nhiều"}), 422)
    assert giang.post(f"{page}parts/{indicator}/", aims).status_code == 302
    assert "2028: 96,5" in text(giang.get(page))
    assert giang.get(f"{page}pdf/").content.startswith(b"%PDF")

    assert giang.post(page, {"do": "approve"}).status_code == 403
    assert khanh.post(page, {"do": "approve"}).status_code == 302
    assert "Chương trình này cần 2 người ký" in text(giang.post(page, {"do": "number", "signer": ["thuan"]}), 422)
    giang.post(page, {"do": "number", "signer": ["thuan", "dung"]})
    draft = Draft.objects.get()
    assert f"/drafts/{draft.pk}/" in text(desk(both[0]).get("/programmes/"))
    for who in (giang, desk(cast.alice)):  # not even who wrote it
        assert who.post(f"{page}sign/").status_code == 403
    for person in both:
        sign_draft(draft=draft, by=person, on=TODAY, at=AT)
    read = text(giang.get("/programmes/2027-2031/"))
    assert "Rà soát hằng quý" in read
    assert "Số: 01-CTPH/BTGDVTU-CATP" in read
    assert "Gần dân" in text(giang.get("/programmes/2027-2031/texts/1/"))


def test_two_pages_save_one_part_and_no_word_is_lost(cast, desk, both):
    giang, hoa = desk(cast.giang), desk(cast.hoa)
    page = begun(giang)
    key = add(giang, page, "content", "Gần dân")
    scripted = {"Accept": "application/json"}
    giang.post(f"{page}parts/{key}/", {"base": "1", "text": "Gần dân, hiểu dân"}, headers=scripted)
    answer = hoa.post(f"{page}parts/{key}/", {"base": "1", "text": "Gần dân\nNghe dân nói."}, headers=scripted).json()

    assert "hiểu dân" in answer["text"]
    assert "Nghe dân nói." in answer["text"]
    alice = desk(cast.alice)
    for reader in (giang, alice):
        assert "hiểu dân" in text(reader.get(f"{page}parts/{key}/versions/"))
    assert alice.post(f"{page}parts/{key}/", {"base": "1", "text": "x"}, headers=scripted).status_code == 403
    assert alice.post(f"{page}parts/{key}/", {"base": "1", "text": "x"}).status_code == 403
    for act in ("up", "leave", "drop", "approve"):
        assert alice.post(page, {"do": act, "key": key}).status_code == 403
    assert alice.get("/programmes/new/").status_code == 403
    assert alice.get(page).status_code == 200


def test_parts_are_moved_taken_out_and_brought_back_without_a_script(cast, desk):
    giang = desk(cast.giang)
    page = begun(giang)
    first, second = add(giang, page, "content", "Một"), add(giang, page, "content", "Hai")
    giang.post(page, {"do": "up", "key": second})
    order = re.findall(r'id="p-(\w+)"', text(giang.get(page)))
    assert order.index(second) < order.index(first)
    giang.post(page, {"do": "leave", "key": first})
    assert "<del>Một</del>" in text(giang.get(page))
    giang.post(page, {"do": "back", "key": first})
    assert "<del>Một</del>" not in text(giang.get(page))
    assert giang.get("/drafts/999999/").status_code == 404
    assert giang.get("/drafts/999999/pdf/").status_code == 404


def test_an_amendment_shows_what_changed(cast, desk, programme, both):
    giang, khanh = desk(cast.giang), desk(cast.khanh)
    assert desk(cast.alice).post("/programmes/thu-2026/amend/", {"why": "x"}).status_code == 403
    page = giang.post("/programmes/thu-2026/amend/", {"why": "Sắp xếp đơn vị"}).url
    key = key_of(text(giang.get(page)), "Mọi hồ sơ đúng hẹn")
    giang.post(f"{page}parts/{key}/", {"base": "1", "text": "Mọi hồ sơ trước hẹn"})
    khanh.post(page, {"do": "approve"})
    giang.post(page, {"do": "number", "signer": ["thuan", "dung"]})
    for person in both:
        sign_draft(draft=Draft.objects.get(), by=person, on=TODAY, at=AT)
    changed = text(giang.get("/programmes/thu-2026/texts/2/?changes=1"))
    assert "<del>đúng</del>" in changed
    assert "<ins>trước</ins>" in changed
    assert "Mọi hồ sơ đúng hẹn" in text(giang.get("/programmes/thu-2026/texts/1/"))
    assert giang.get("/programmes/thu-2026/texts/9/").status_code == 404


def test_a_ward_derives_its_plan_and_the_city_sees_it(cast, desk, programme):
    head = enrol(
        username="head",
        name="Trưởng",
        unit=cast.unit("CAP-W1"),
        role=Role.UNIT_HEAD,
        line=Line.POLICE,
        by=cast.importer,
        on=TODAY,
    )
    client, giang = desk(head), desk(cast.giang)
    assert "2 trên 2 đơn vị chưa có kế hoạch" in text(giang.get("/programmes/thu-2026/plans/"))
    assert client.post("/programmes/thu-2026/plans/", {"unit": "CAP-W2"}).status_code == 403
    page = client.post("/programmes/thu-2026/plans/", {"unit": "CAP-W1"}).url
    assert client.post(page, {"do": "approve"}).status_code == 302

    owed = Promise.objects.get(kind="plan.make", unit=cast.unit("CAP-W2"))
    assert giang.get(f"/programmes/plans/owed/{owed.about_id}/").url == "/programmes/thu-2026/plans/"
    assert giang.get("/programmes/plans/owed/0/").status_code == 404
    assert Programme.objects.get(upper=programme).signed_on == TODAY
    assert Turn.objects.filter(unit=cast.unit("CAP-W1")).count() == 3
    assert "1 trên 2 đơn vị chưa có kế hoạch" in text(giang.get("/programmes/thu-2026/plans/"))
    assert "Chương trình của Thành phố" in text(client.get("/programmes/thu-2026-cap-w1/"))


@pytest.mark.parametrize("address", ["/drafts/1/sign/", "/programmes/khong-co/amend/"])
def test_what_is_not_there_is_not_signed_nor_amended(cast, desk, address):
    assert desk(cast.giang).post(address, {"why": "x"}).status_code in {302, 404, 409}
