"""Community models for other programs."""

from tests.api.test_dossier_steps import signed_in
from tests.community.test_community_models import city as city
from tests.community.test_community_models import model as model
from tests.community.test_community_models import recognised


def test_models_are_read_and_name_no_partner(city, model):
    recognised(city, model)
    binh = signed_in(city.binh)

    (row,) = binh.get("/api/v1/models?state=recognised&field=self_managed").json()["items"]
    one = binh.get(f"/api/v1/models/{row['number']}").json()

    assert (one["state"], one["rounds"][0]["certificate"]) == ("recognised", "Số: 01/GCN-MH-CAP-W1")
    assert "partners" not in one
    assert signed_in(city.chi).get(f"/api/v1/models/{row['number']}").status_code == 403
    assert binh.get("/api/v1/models/0").status_code == 422
