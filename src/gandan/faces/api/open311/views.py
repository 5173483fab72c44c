"""The addresses of GeoReport v2. Reading is open and shows what stands in public; sending needs the key of a program."""

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import get_current_timezone, localdate, make_aware, now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gandan.faces.api.open311.written import Problem, problem, written
from gandan.ground.accounts.knocking import KeyRefused, OperationClosed, visitor
from gandan.ground.accounts.limits import address_of
from gandan.ground.accounts.rules import TooOften
from gandan.ground.audit.noting import came_with_key
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations, queries
from gandan.work.voice.flow import Channel
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.queries.open311 import MOST, Asked, Reported, id_by_receipt, reported
from gandan.work.voice.rules.brought import Brought, NotReady
from gandan.work.voice.rules.receipts import DIGITS
from gandan.work.voice.rules.reports.questions import Asks, questions_of

View = Callable[..., HttpResponse]
OPERATION = "georeport_create"  # what a key must open
CLOSING = time(17)
LONGEST = timedelta(days=90)  # between the ends of a search without numbers
ATTRIBUTE = re.compile(r"attribute\[([A-Za-z0-9._-]{1,40})\](\[\])?\Z")


def standard(view: View) -> View:
    """Answer in the form asked for, also when the answer is no."""

    @wraps(view)
    def answer(request: HttpRequest, form: str, **more: Any) -> HttpResponse:
        given = request.POST if request.method == "POST" else request.GET
        try:
            asked_for = given.get("jurisdiction_id", "")
            if asked_for and asked_for not in jurisdictions():
                raise Problem(404, "jurisdiction_id provided was not found")
            return view(request, form=form, **more)
        except Problem as found:
            return problem(form, found)
        except Refused as refusal:
            return problem(form, Problem(400, str(refusal)))

    return answer


def jurisdictions() -> set[str]:
    return {one.code for one in organisations.tops(localdate())}


@require_safe
@standard
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    base = settings.BASE_URL
    answer = {
        "changeset": now().replace(microsecond=0),
        "contact": f"{base}/public/",
        "key_service": f"{base}/.well-known/security.txt",
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": f"{base}/open311/v2",
                "changeset": now().replace(microsecond=0),
                "type": "production" if not settings.SIMULATED else "test",
                "formats": ["text/xml", "application/json"] if form == "json" else "text/xml, application/json",
            }
        ],
    }
    return written(form, "discovery", "", answer)


@require_safe
@standard
def services(request: HttpRequest, form: str) -> HttpResponse:
    found = [
        {
            "service_code": one.code, "service_name": one.name, "description": one.about,
            "metadata": bool(one.questions) if form == "json" else str(bool(one.questions)).lower(),
            "type": "realtime", "keywords": ", ".join(one.words), "group": one.group,
        }
        for one in queries.services_on(localdate())
    ]  # fmt: skip
    return written(form, "services", "service", found)


@require_safe
@standard
def definition(request: HttpRequest, form: str, code: str) -> HttpResponse:
    try:
        service = queries.service_on(code, localdate())
    except queries.UnknownService as unknown:
        raise Problem(404, str(unknown)) from None
    attributes = [
        {
            "variable": True if form == "json" else "true",
            "code": one.code,
            "datatype": one.asks.value,
            "required": one.required if form == "json" else str(one.required).lower(),
            "datatype_description": one.hint or None,
            "order": one.order,
            "description": one.words,
        }
        | ({"values": [{"key": key, "name": words} for key, words, _en in one.values]} if one.values else {})
        for one in questions_of(service.questions)
    ]
    return written(form, "service_definition", "", {"service_code": service.code, "attributes": attributes})


@csrf_exempt
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """GET finds, POST sends."""
    if request.method == "POST":
        return create(request, form=form)
    return listed(request, form=form)


@require_safe
@standard
def listed(request: HttpRequest, form: str) -> HttpResponse:
    given = request.GET
    ids = [_number(one) for one in given.get("service_request_id", "").split(",") if one.strip()]
    status = {one.strip() for one in given.get("status", "").split(",") if one.strip()}
    if status - {"open", "closed"}:
        raise Problem(400, "status is open or closed")
    since, until = _moment(given, "start_date"), _moment(given, "end_date", end=True)
    if not ids:
        until = until or now()
        since = max(since, until - LONGEST) if since else until - LONGEST
    asked = Asked(
        ids=ids,
        services=[one.strip() for one in given.get("service_code", "").split(",") if one.strip()],
        is_open=None if len(status) != 1 else status == {"open"},
        since=since,
        until=until,
        updated_since=_moment(given, "updated_after"),
        updated_until=_moment(given, "updated_before", end=True),
    )
    size = min(_whole(given.get("page_size", ""), "page_size") or 50, MOST)
    found = reported(asked, page=_whole(given.get("page", ""), "page") or 1, size=size)
    return written(form, "service_requests", "request", [_said(one) for one in found])


@require_safe
@standard
def one(request: HttpRequest, form: str, number: str) -> HttpResponse:
    found = reported(Asked(ids=[_number(number)]))
    if not found:
        raise Problem(404, "service_request_id provided was not found")
    return written(form, "service_requests", "request", [_said(each) for each in found])


@require_safe
@standard
def token(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Lead from a receipt to the number of its case."""
    try:
        number = id_by_receipt(code)
    except Refused:
        raise Problem(404, "token provided was not found") from None
    return written(form, "service_requests", "request", [{"service_request_id": str(number), "token": code}])


@standard
def create(request: HttpRequest, form: str) -> HttpResponse:
    """Take in a report from a program. The sixteen digits in `service_notice` are for whoever reports."""
    given = request.POST
    try:
        knocking = visitor(given.get("api_key", ""), address=address_of(request.META), at=now())
        knocking.check(OPERATION)
    except (KeyRefused, OperationClosed) as refused:
        raise Problem(403, f"api_key: {refused}") from None
    except TooOften as refused:
        raise Problem(429, str(refused)) from None
    came_with_key(knocking.key)
    if not given.get("service_code"):
        raise Problem(400, "service_code was not provided")
    try:
        service = queries.service_on(given["service_code"], localdate())
    except queries.UnknownService as unknown:
        raise Problem(404, str(unknown)) from None
    if not ((given.get("lat") and given.get("long")) or given.get("address_string") or given.get("address_id")):
        raise Problem(400, "lat and long, address_string or address_id must be provided")
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    same = hashlib.sha256("\0".join(f"{name}={value}" for name, value in sorted(given.items())).encode()).hexdigest()
    try:
        case = operations.receive(
            brought=_brought(given, service),
            channel=Channel.PROGRAM,
            code=code,
            once=f"open311 {localdate()} {same}",
            by=knocking.person,
            on=localdate(),
            at=now(),
        )
    except NotReady as unready:
        raise Problem(400, "; ".join(f"{field}: {why}" for field, why in unready.faults.items())) from None
    notice = f"Mã biên nhận (giữ kín): {code}" if queries.is_receipt(case, code) else None
    answer = [{"service_request_id": str(case.pk), "service_notice": notice, "account_id": None}]
    return written(form, "service_requests", "request", answer, status=201)


def _brought(given: Any, service: Any) -> Brought:
    several = {one.code for one in questions_of(service.questions) if one.asks is Asks.MANY}
    answers: dict[str, Any] = {}
    for name in given:
        if match := ATTRIBUTE.match(name):
            answers[match[1]] = given.getlist(name) if match[1] in several else given.get(name)
    text = given.get("description", "") or service.name
    if given.get("media_url"):
        text += f"\n{given['media_url'][:500]}"
    return Brought(
        kind=CaseKind.REPORT,
        text=text,
        service=service.code,
        answers=answers,
        place=given.get("address_string", ""),
        latitude=_degrees(given.get("lat", ""), "lat"),
        longitude=_degrees(given.get("long", ""), "long"),
        ward=given.get("address_id", ""),
        name=f"{given.get('first_name', '')} {given.get('last_name', '')}".strip(),
        phone=given.get("phone", ""),
        email=given.get("email", ""),
        public=True,
    )


def _said(found: Reported) -> dict[str, Any]:
    here = get_current_timezone()
    return {
        "service_request_id": str(found.id),
        "status": "open" if found.is_open else "closed",
        "status_notes": found.answer or None,
        "service_name": found.service_name,
        "service_code": found.service,
        "description": found.words,
        "agency_responsible": found.unit,
        "service_notice": None,
        "requested_datetime": found.received_at.astimezone(here),
        "updated_datetime": found.changed_at.astimezone(here),
        "expected_datetime": datetime.combine(found.due_on, CLOSING, here),
        "address": ", ".join(part for part in (found.place, found.ward_name) if part) or None,
        "address_id": found.ward or None,
        "zipcode": None,
        "lat": found.latitude,
        "long": found.longitude,
        "media_url": f"{settings.BASE_URL}/public/voice/photos/{found.photo}/" if found.photo else None,
    }


def _moment(given: Any, name: str, *, end: bool = False) -> datetime | None:
    typed = given.get(name, "").strip()
    if not typed:
        return None
    try:
        read = datetime.fromisoformat(typed.replace("Z", "+00:00").replace(" ", "+"))
    except ValueError:
        raise Problem(400, f"{name} must be a W3C date and time, such as 2026-11-20T00:00:00+07:00") from None
    if end and len(typed) == len("2026-11-20"):
        read = datetime.combine(read, time.max)
    return read if read.tzinfo else make_aware(read)


def _whole(typed: str, name: str) -> int:
    if typed and not (typed.isascii() and typed.isdigit() and 0 < int(typed) < 10**6):
        raise Problem(400, f"{name} must be a number from 1")
    return int(typed or 0)


def _number(typed: str) -> int:
    clean = typed.strip()
    if not (clean.isascii() and clean.isdigit() and len(clean) < 18):
        raise Problem(404, "service_request_id provided was not found")
    return int(clean)


def _degrees(typed: str, name: str) -> float | None:
    if not typed:
        return None
    try:
        return float(typed)
    except ValueError:
        raise Problem(400, f"{name} must be degrees (WGS 84)") from None
