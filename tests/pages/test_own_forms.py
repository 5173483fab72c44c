"""A body's own templates and its rule for letters; the secret of the post."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gandan.ground.documents.models import OwnLayout
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import importer
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import LetterRule, PostPartner
from tests.cast import TODAY
from tests.dossiers.conftest import office as office

APOLOGY = "/letters/forms/apology/"


@pytest.fixture
def head(office, desk):
    person = enrol(
        username="thao", name="Nguyễn Phương Thảo", unit=office.unit("PA08"), role=Role.UNIT_HEAD, line=Line.POLICE,
        by=importer(), on=TODAY - timedelta(days=30),
    )  # fmt: skip
    return desk(person)


def typed(source, do="try"):
    return {"source": source, "valid_from": TODAY.isoformat(), "do": do}


def test_only_heads_look_after_forms(office, desk, head):
    for address in ("/letters/forms/", APOLOGY):
        assert head.get(address).status_code == 200
        for person in (office.alice, office.lan, office.oanh):
            assert desk(person).get(address).status_code == 403
    assert head.get("/letters/forms/nothing/").status_code == 404


def test_a_template_is_tried_put_in_force_and_taken_back(head):
    ours = head.get(APOLOGY).context["source"]
    assert "typ" not in ours[:1]
    tried = head.post(APOLOGY, typed(ours))
    assert (tried["Content-Type"], tried.content[:5]) == ("application/pdf", b"%PDF-")
    assert not OwnLayout.objects.exists()

    assert head.post(APOLOGY, typed(ours, "lay")).status_code == 302
    assert "Đang dùng mẫu riêng từ 20/11/2026" in head.get(APOLOGY).content.decode()
    assert head.post(APOLOGY, typed("", "back")).status_code == 302
    assert "Đang dùng mẫu chung" in head.get(APOLOGY).content.decode()


def test_what_is_wrong_is_said_by_line_and_what_was_typed_stays(head):
    ours = head.get(APOLOGY).context["source"]
    broken = ours + "\n#let x = nowhere_defined\n"

    answer = head.post(APOLOGY, typed(broken, "lay"))

    page = answer.content.decode()
    assert answer.status_code == 400
    line = broken.rstrip("\n").count("\n") + 1
    assert f"Dòng {line}, cột" in page
    assert f'<li value="{line}" class="here"' in page
    assert "nowhere_defined" in page
    assert not OwnLayout.objects.exists()
    uploaded = head.post(APOLOGY, {**typed("", "lay"), "upload": SimpleUploadedFile("a.typ", b"\xff\xfe")})
    assert "UTF-8" in uploaded.content.decode()


def test_the_rule_for_letters_is_set(head):
    rule = {"valid_from": "2026-11-20", "days_before": "2", "amount": "4", "unit": "working_days", "max_reappointments": "1"}

    lacking = head.post("/letters/forms/", {**rule, "source": ""})
    assert lacking.status_code == 400
    assert head.post("/letters/forms/", {**rule, "source": "Quyết định 12"}).status_code == 302
    assert LetterRule.objects.get().again == "4 working_days"
    assert "Quyết định 12" in head.get("/letters/forms/").content.decode()


def test_the_secret_of_the_post_is_shown_once_and_changed_without_a_gap(office, desk):
    lan = desk(office.lan)
    assert desk(office.dung).get("/settings/partners/").status_code == 403

    first = lan.post("/settings/partners/", {"partner": "BDTP"})
    secret = PostPartner.objects.get().secret
    assert secret in first.content.decode()
    assert "no-store" in first["Cache-Control"]
    assert secret not in lan.get("/settings/partners/").content.decode()
    lan.post("/settings/partners/", {"partner": "BDTP"})
    assert PostPartner.objects.get().former_secret == secret
    assert "khoá cũ dùng được đến hết 27/11/2026" in lan.get("/settings/partners/").content.decode()
    assert lan.post("/settings/partners/", {"partner": "PA08"}).status_code == 400
