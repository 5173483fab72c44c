"""GeoReport v2, asked by clients of others as they are: `georeport` and `three`, over a real connection."""

import itertools
import json
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from gandan.ground.accounts.operations import make_key
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.operations import appoint
from gandan.ground.organisations.queries import importer
from gandan.ground.organisations.rights import Right, Role
from gandan.ground.organisations.rules import Line, Nature
from gandan.work.voice.flow import Outcome
from gandan.work.voice.models import Case
from gandan.work.voice.operations import answer, load_services, show
from tests.cast import Cast, assemble

V2 = "/open311/v2"
HERE = {"lat": "10.781", "long": "106.701", "description": "Loa kéo ồn", "service_code": "noise", "attribute[when]": "night"}


def key_of(cast: Cast) -> str:
    """Give a program of the city's a key that sends reports and opens nothing else."""
    program = Person.objects.create_user("app", name="Ứng dụng", nature=Nature.PROGRAM.value)
    today = now().date()
    appoint(person=program, unit=cast.police, role=Role.DESK_OFFICER, line=Line.POLICE, by=importer(), on=today - timedelta(1))
    given = {"label": "app", "rights": [Right.READ_FIGURES], "units": [cast.police], "operations": ["georeport_create"]}
    return make_key(program=program, by=importer(), on=today, at=now(), **given).secret


@pytest.fixture
def city(db: None) -> tuple[Cast, str]:
    cast = assemble()
    load_services(unit=cast.police, by=importer(), on=date(2016, 1, 4))
    return cast, key_of(cast)


def shown(cast: Cast, number: str, words: str = "Loa kéo ồn") -> Case:
    return show(case=int(number), words=words, by=cast.hoa, on=now().date(), at=now())


@pytest.mark.filterwarnings("ignore")
def test_the_clients_of_others_read_and_send(committed: Any, live_server: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(itertools, "ifilter", filter, raising=False)  # `three` speaks an older Python; nothing of it is changed
    from georeport import GeoReport
    from three.core import Three

    cast = assemble()
    load_services(unit=cast.police, by=importer(), on=date(2016, 1, 4))
    key, base = key_of(cast), live_server.url + V2
    three = Three(base, api_key=key, jurisdiction="79")
    assert three.discovery()["endpoints"][0]["formats"] == ["text/xml", "application/json"]
    assert {one["service_code"] for one in three.services()} >= {"noise", "other"}
    assert three.services("noise")["attributes"][0]["code"] == "when"
    (sent,) = three.post("noise", description="Loa kéo ồn", lat="10.781", long="106.701", **{"attribute[when]": "night"})
    number = sent["service_request_id"]
    assert three.requests() == []  # nobody has looked at it yet
    shown(cast, number)
    assert [one["service_request_id"] for one in three.requests("noise", status="open")] == [number]
    assert three.request(number)[0]["address_id"] == "W1"
    code = sent["service_notice"][-16:]
    assert three.token(code)[0]["service_request_id"] == number

    for form in ("json", "xml"):
        geo = GeoReport(base, jurisdiction="79", api_key=key, output_format=form)
        assert len(geo.get_service_list()) >= 8
        assert geo.get_service_definition("noise")["service_code"] == "noise"
        found = geo.get_service_requests(service_code="noise")
        assert (found[0] if isinstance(found, list) else found)["service_request_id"] == number
        one = geo.get_service_request(number)
        assert (one[0] if isinstance(one, list) else one)["status"] == "open"


def test_every_filter_narrows_and_pages_follow(city: tuple[Cast, str]) -> None:
    cast, key = city
    client, numbers = Client(), []
    for nth in range(3):
        sent = client.post(f"{V2}/requests.json", {**HERE, "description": f"Ồn lần {nth}", "api_key": key})
        assert sent.status_code == 201
        numbers.append(sent.json()[0]["service_request_id"])
        shown(cast, numbers[-1])
    answer(case=int(numbers[0]), words="Đã nhắc.", outcome=Outcome.DONE, by=cast.binh, on=localdate(), at=now())

    def found(**query: str) -> list[str]:
        return [one["service_request_id"] for one in client.get(f"{V2}/requests.json", query).json()]

    assert found() == numbers[::-1]
    assert found(status="closed") == numbers[:1]
    assert found(status="open,closed", page="2", page_size="2") == numbers[:1]
    assert found(service_request_id=",".join(numbers[:2])) == numbers[1::-1]
    assert found(service_code="other") == []
    assert found(end_date="2020-01-01T00:00:00Z") == []
    assert found(start_date="2020-01-01T00:00:00Z", updated_after="2099-01-01T00:00:00Z") == []
    (closed,) = client.get(f"{V2}/requests/{numbers[0]}.json").json()
    assert (closed["status"], closed["status_notes"]) == ("closed", "Đã nhắc.")
    whole = client.get(f"{V2}/requests.xml").content.decode()
    assert [one.findtext("service_request_id") for one in fromstring(whole)] == numbers[::-1]


def test_the_same_request_sent_five_times_is_one_and_tells_its_receipt_once(city: tuple[Cast, str]) -> None:
    _cast, key = city
    sent = [Client().post(f"{V2}/requests.json", {**HERE, "api_key": key}).json()[0] for _ in range(5)]

    assert len({one["service_request_id"] for one in sent}) == Case.objects.count() == 1
    assert [bool(one["service_notice"]) for one in sent] == [True, False, False, False, False]


@pytest.mark.parametrize(("address", "code"), [
    ("services/none.json", 404),
    ("requests/999999.json", 404),
    ("requests/x.json", 404),
    ("tokens/1.json", 404),
    ("services.json?jurisdiction_id=hanoi", 404),
    ("requests.json?status=lost", 400),
    ("requests.json?start_date=yesterday", 400),
    ("requests.json?page=0", 400),
])  # fmt: skip
def test_what_is_wrong_is_said_in_the_standards_form(city: tuple[Cast, str], address: str, code: int) -> None:
    answered = Client().get(f"{V2}/{address}")
    assert (answered.status_code, answered.json()[0]["code"]) == (code, code)
    in_xml = Client().get(f"{V2}/{address.replace('.json', '.xml')}")
    assert fromstring(in_xml.content.decode()).findtext("error/code") == str(code)


@pytest.mark.parametrize(("changed", "code"), [
    ({"api_key": ""}, 403),
    ({"api_key": "gd_" + "a" * 8 + "_" + "b" * 43}, 403),
    ({"service_code": ""}, 400),
    ({"service_code": "none"}, 404),
    ({"lat": "", "long": ""}, 400),
    ({"lat": "8.5", "long": "112.0"}, 400),
    ({"attribute[when]": "never"}, 400),
])  # fmt: skip
def test_what_can_not_be_taken_is_refused_and_nothing_is_kept(city: tuple[Cast, str], changed: dict[str, str], code: int) -> None:
    answered = Client().post(f"{V2}/requests.json", {**HERE, "api_key": city[1], **changed})

    assert (answered.status_code, json.loads(answered.content)[0]["code"]) == (code, code)
    assert not Case.objects.exists()
