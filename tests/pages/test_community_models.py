"""The pages of community models: from registration to certificate, copies and the public story."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gandan.ground.organisations.operations import appoint
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.community.models import CommunityModel, Partner, Round
from gandan.work.community.operations import register
from gandan.work.community.rules import Field
from tests.cast import TODAY
from tests.community.test_community_models import GOOD
from tests.community.test_community_models import city as city
from tests.community.test_community_models import model as model

SCORES = {f"score-{code}": str(points) for code, points in GOOD.items()}


def done(client, page, what, **more):
    answer = client.post(page, {"do": what, **more})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer.url


def test_a_model_goes_from_registration_to_certificate_copy_and_story(city, desk):
    binh, giang, hoa, khanh, chi = map(desk, (city.binh, city.giang, city.hoa, city.khanh, city.chi))
    form = {"field": "self_managed", "name": "Khu phố bình yên", "summary": "Cùng trực đêm", "partner": "BXDD-W1"}
    page = binh.post("/models/new/", form).url
    assert "Chưa có ai" in binh.get(page).content.decode()

    done(binh, page, "self", remark="Làm tốt", **SCORES)
    done(giang, page, "assess", side="police", **SCORES)
    waiting = khanh.post(page, {"do": "recognise"})
    assert "Cần cả hai bên" in waiting.content.decode()
    done(hoa, page, "assess", side="civil", **SCORES)
    assert "Công nhận và cấp giấy" in khanh.get(page).content.decode()
    done(khanh, page, "recognise")

    shown = binh.get(page).content.decode()
    token = Round.objects.get().certificate.token
    assert f"/models/certificates/{token}/" in shown
    assert binh.get(f"/models/certificates/{token}/").content.startswith(b"%PDF")
    assert desk(city.chi).get(f"/models/certificates/{token}/").status_code == 403
    assert "01/GCN-MH-CAP-W1" in giang.get("/models/certificates/").content.decode()

    origin = CommunityModel.objects.get()
    appoint(person=city.chi, unit=city.unit("CAP-W1"), role=Role.UNIT_HEAD, line=Line.POLICE, by=city.importer, on=TODAY)
    chi.post("/my-unit/", {"unit": "CAP-W2"})
    copy = done(chi, page, "copy", name="Khu phố bình yên 2")
    assert "Học từ" in chi.get(copy).content.decode()
    named = chi.post(page, {"do": "tell", "story": "Ông Tám trực đêm"})
    assert "có thể chỉ ra một người" in named.content.decode()
    done(chi, page, "tell", story="Bà con cùng trực đêm")
    public = Client().get("/public/models/").content.decode()
    assert "Khu phố bình yên" in public
    for asked in ("mô hình", "MO HINH", "khu pho binh yen", "mo hinh tu quan", "mo hinh sai gon"):
        assert f'href="/public/models/{origin.pk}/"' in Client().get("/public/search/", {"q": asked}).content.decode(), asked
    told = Client().get(f"/public/models/{origin.pk}/").content.decode()
    assert "Bà con cùng trực đêm" in told
    assert "Công an phường Sài Gòn" in told


def test_what_is_missing_is_said_and_what_was_typed_stays(city, desk, model):
    binh, page = desk(city.binh), f"/models/{model.pk}/"
    short = binh.post(page, {"do": "self", "remark": "Làm tốt", **SCORES, "score-care": "rất tốt"})
    assert (short.status_code, "ghi điểm từ 0 đến 100" in short.content.decode()) == (422, True)
    assert "Làm tốt" in short.content.decode()
    assert 'value="rất tốt"' in short.content.decode()
    assert 'role="alert"' in short.content.decode().partition('value="self"')[2][:60]  # beside the form, which is open
    named = binh.post("/models/new/", {"field": "society", "name": "Bếp bà Hai", "summary": "Nấu cơm"})
    assert "có thể chỉ ra một người" in named.content.decode().partition('id="wrong_name"')[2][:200]
    assert "Nấu cơm" in named.content.decode()


def test_a_partner_is_entered_by_their_word_leaves_and_is_forgotten(city, desk, model):
    binh, page = desk(city.binh), f"/models/{model.pk}/"
    refused = binh.post(page, {"do": "join", "name": "Bà Hai", "as": "person"})
    assert "tự mình nói muốn tham gia" in refused.content.decode()
    done(binh, page, "join", name="Bà Hai", own_word="on", **{"as": "person"})
    assert "Bà Hai" in binh.get(page).content.decode()
    assert "Bà Hai" not in desk(city.oanh).get(page).content.decode()
    done(binh, page, "forget", partner=str(Partner.objects.get().pk))
    assert "đã xoá tên" in binh.get(page).content.decode()


def test_the_list_is_narrowed_and_mapped(city, desk, model):
    giang = desk(city.giang)
    assert "Khu phố không rác" in giang.get("/models/?field=self_managed&state=registered").content.decode()
    assert "Khu phố không rác" not in giang.get("/models/?state=recognised").content.decode()
    assert "area=W1" in giang.get("/models/?view=map").content.decode()
    assert giang.get(f"/models/{model.pk + 1}/").status_code == 404


def test_a_list_of_many_costs_as_much_as_a_list_of_one(city, desk, model):
    giang = desk(city.giang)
    giang.get("/models/")
    with CaptureQueriesContext(connection) as one:
        giang.get("/models/")
    for nth in range(20):
        register(unit=city.unit("CAP-W1"), field=Field.SOCIETY, name=f"Bếp ấm {nth}", summary="", by=city.binh, on=TODAY)
    with CaptureQueriesContext(connection) as many:
        giang.get("/models/")

    assert len(many) <= len(one)


@pytest.mark.parametrize("number", ["1", "999999"])
def test_what_is_not_published_is_not_there(db, client, number):
    assert client.get(f"/public/models/{number}/").status_code == 404
