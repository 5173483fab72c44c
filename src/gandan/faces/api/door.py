"""The API itself: what it is called, who comes in, and which packages answer."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.security import SessionAuth

from gandan.faces.api import (
    activities,
    audit,
    calendar,
    community_models,
    counsel,
    democracy,
    dossier_steps,
    dossiers,
    exports,
    handovers,
    ideas,
    initiatives,
    keys,
    ledger,
    letters,
    manifests,
    matters,
    measures,
    meetings,
    post,
    privacy,
    problems,
    procedures,
    programmes,
    promises,
    receptions,
    relief,
    report_duties,
    report_requests,
    report_steps,
    reports,
    sending,
    statements,
    tasks,
    units,
    voice,
    voice_bursts,
    voice_extracts,
    voice_steps,
)

DESCRIPTION = """\
The shared desk and the shared ledger of a city police force and its civil partner bodies: the same queries as the pages.

**Coming in.** Programs send the key they were given: `Authorization: Bearer gd_…`. It opens the operations, rights and units
that it was made for, until it expires, as often as agreed; past that the answer is 429 and `Retry-After` says the seconds.
People come by the session of the site (`sessionid`); what changes something then also needs the header `X-CSRFToken`.
What anyone may see is what their appointments say; each operation names the right.
**Days** are `YYYY-MM-DD`, by the clock of Ho Chi Minh City. Stretches of days include both ends.
**Periods** are `2026`, `2026-H1`, `2026-Q3`, `2026-07`, cut as the body cuts them, or `from` and `to`.
**Lists** come in pages: pass `next` of one page as `cursor` of the following one until `next` is null.
**Refusals** all have one form (`Problem`): 401 not signed in, 403 no right, 404 no such thing, 409 the rules say no, 422 the
request can't be read, 429 too often. Unknown parameters are refused, so that a slip never gives another figure than was meant.
**Language.** Names come in both languages; sentences follow `Accept-Language` (`vi` by default, `en`).
"""


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name an operation for generated clients: `units_history`."""
        return problems.operation_id(operation)

    def description_text(self) -> str:
        """Return openapi.json as it is kept beside the code."""
        return json.dumps(self.get_openapi_schema(path_prefix="/api/v1/"), indent=1, ensure_ascii=False) + "\n"


class Bodies(Parser):
    """Reads bodies; one with a NUL can't be read, as no text of the database can hold it."""

    def parse_body(self, request: HttpRequest) -> Any:
        read = super().parse_body(request)
        if "\\u0000" in json.dumps(read):
            raise ValueError("a NUL")
        return read


class TokenCheck(CsrfViewMiddleware):
    """The site's check against forged requests, without the site's page for it."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseForbidden:
        return HttpResponseForbidden(reason)


class Session(SessionAuth):
    """The session of the site; requests that change something carry the token against forgery."""

    def _get_key(self, request: HttpRequest) -> str | None:
        request.csrf_processing_done = False  # type: ignore[attr-defined]  # the addresses of the API are exempt until here
        check = TokenCheck(lambda request: HttpResponseForbidden())
        check.process_request(request)
        if check.process_view(request, nothing, (), {}):
            raise HttpError(403, "no token")
        return request.COOKIES.get(self.param_name)


def nothing(request: HttpRequest) -> HttpResponse:
    """Stand for the view in the check: one that is not exempt."""
    return HttpResponse()


api = Api(
    parser=Bodies(),
    title="Gần Dân",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    auth=[keys.Key(), Session()],
)
problems.install(api)
for package in (
    dossier_steps,  # first, since addresses are gone through in this order, and theirs are asked for most
    dossiers,
    units,
    calendar,
    matters,
    measures,
    promises,
    programmes,
    tasks,
    reports,
    report_duties,
    report_requests,
    report_steps,
    procedures,
    relief,
    letters,
    exports,
    manifests,
    post,
    privacy,
    audit,
    ledger,
    activities,
    initiatives,
    ideas,
    sending,
    receptions,
    voice_bursts,
    voice_extracts,
    voice,
    voice_steps,
    handovers,
    community_models,
    counsel,
    democracy,
    meetings,
    statements,
):
    api.add_router("", package.router)
