"""How the API says no: one form for all, in the reader's language, with what to do about it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.ground.accounts.knocking import KeyRefused, OperationClosed
from gandan.ground.accounts.rules import TooOften
from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.calendar.rules import BadTerm, UnknownPeriod
from gandan.ground.documents.queries import UnknownExport, UnknownPaper
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.queries import UnknownPerson, UnknownUnit
from gandan.ground.privacy.queries import UnknownRequest
from gandan.results.measures.queries import UnknownMeasure
from gandan.results.measures.rules import BadView
from gandan.results.programmes.queries import UnknownDirective, UnknownDraft, UnknownProgramme, UnknownTurn
from gandan.results.reports.queries import UnknownOwed, UnknownReport
from gandan.results.requests.queries import UnknownAsked
from gandan.results.statements.queries import UnknownStatement
from gandan.work.community.queries import UnknownActivity, UnknownModel
from gandan.work.counsel.queries import UnknownCounsel
from gandan.work.democracy.queries import UnknownDuty
from gandan.work.dossiers.queries import NothingOpened, UnknownDossier, UnknownManifest, UnknownProcedure
from gandan.work.dossiers.queries.letters import UnknownLetter
from gandan.work.dossiers.rules.parcels import BadSignature
from gandan.work.matters.queries import UnknownMatter
from gandan.work.meetings.queries import UnknownMeeting
from gandan.work.notices.queries import UnknownPublication
from gandan.work.relief.queries import UnknownEmergency, UnknownNeed
from gandan.work.voice.queries import UnknownCase, UnknownService
from gandan.work.voice.queries.ideas import UnknownCall, UnknownIdea
from gandan.work.voice.rules.brought import NotReady
from gandan.work.voice.rules.receptions import NoReception


class Unreadable(BaseModel):
    """One thing in a request that can't be read."""

    at: str = Field(description="Where: `query.from`, `path.code`, `body.title`.")
    code: str = Field(description="The reason for programs, such as `missing` or `date_from_datetime_parsing`.")
    message: str = Field(description="The reason in English, for whoever writes the program.")


class Problem(BaseModel):
    """Every answer that is not what was asked for."""

    code: str = Field(description="The reason for programs, in snake case. It never changes.")
    message: str = Field(description="The reason for people, by `Accept-Language` (vi, en); Vietnamese by default.")
    remedy: str = Field(default="", description="What to do about it, where there is something to do.")
    problems: list[Unreadable] = Field(default=[], description="With 422 only: everything in the request that can't be read.")


# Status and remedy of refusals; 409 for all that stand not here: the rules say no, as things are.
ANSWERS: dict[type[Refused], tuple[int, str]] = {
    NotAllowed: (403, gettext_noop("Hãy hỏi người quản trị của đơn vị nếu cần quyền này để làm việc.")),
    KeyRefused: (401, gettext_noop("Xin người quản trị của đơn vị cấp khoá mới.")),
    OperationClosed: (403, gettext_noop("Xin người quản trị của đơn vị cấp khoá mở thao tác này.")),
    TooOften: (429, gettext_noop("Chờ hết số giây trong tiêu đề Retry-After rồi gọi lại.")),
    UnknownUnit: (404, gettext_noop("Tìm mã đơn vị tại /api/v1/units?text=…")),
    UnknownPerson: (404, ""),
    UnknownRequest: (404, gettext_noop("Xem các yêu cầu tại /api/v1/privacy/requests.")),
    UnknownPeriod: (422, gettext_noop("Xem các kỳ tại /api/v1/calendar/periods.")),
    BadTerm: (422, ""),
    UnknownProgramme: (404, gettext_noop("Xem các chương trình tại /api/v1/programmes.")),
    UnknownDirective: (404, gettext_noop("Xem các văn bản tại /api/v1/directives.")),
    UnknownTurn: (404, gettext_noop("Xem các nhiệm vụ tại /api/v1/tasks.")),
    UnknownDraft: (404, gettext_noop("Xem các chương trình tại /api/v1/programmes.")),
    UnknownStatement: (404, gettext_noop("Xem các số nêu tại /api/v1/statements.")),
    UnknownAsked: (404, gettext_noop("Xem các yêu cầu tại /api/v1/requests.")),
    UnknownOwed: (404, gettext_noop("Xem các báo cáo phải nộp tại /api/v1/owed-reports.")),
    UnknownReport: (404, gettext_noop("Xem các báo cáo tại /api/v1/reports.")),
    UnknownDossier: (404, gettext_noop("Tìm hồ sơ bằng POST /api/v1/dossiers/search.")),
    UnknownLetter: (404, gettext_noop("Xem các thư tại /api/v1/letters.")),
    UnknownPaper: (404, ""),
    UnknownExport: (404, gettext_noop("Xem các tệp tại /api/v1/exports.")),
    UnknownManifest: (404, gettext_noop("Xem các bảng kê tại /api/v1/manifests.")),
    UnknownProcedure: (404, gettext_noop("Xem các thủ tục tại /api/v1/procedures.")),
    UnknownDuty: (404, gettext_noop("Xem các nội dung tại /api/v1/duties.")),
    UnknownActivity: (404, gettext_noop("Tìm buổi hoạt động tại /api/v1/activities.")),
    UnknownModel: (404, gettext_noop("Tìm mô hình tại /api/v1/models.")),
    UnknownMeeting: (404, gettext_noop("Tìm cuộc họp tại /api/v1/meetings.")),
    UnknownMatter: (404, gettext_noop("Tìm việc chung tại /api/v1/matters.")),
    UnknownCounsel: (404, gettext_noop("Xem tại /api/v1/advice và /api/v1/inspections.")),
    UnknownEmergency: (404, gettext_noop("Xem các đợt cứu trợ tại /api/v1/relief.")),
    UnknownNeed: (404, ""),
    UnknownMeasure: (404, gettext_noop("Xem danh mục tại /api/v1/measures.")),
    BadSignature: (401, gettext_noop("Ký HMAC-SHA256 trên “t.nội dung” bằng khoá của bưu điện, trong vòng năm phút.")),
    NothingOpened: (401, ""),
    UnknownCase: (404, gettext_noop("Tìm việc tại /api/v1/voice?text=…")),
    UnknownService: (404, ""),
    UnknownCall: (404, gettext_noop("Xem các lời kêu gọi tại /api/v1/calls.")),
    UnknownIdea: (404, ""),
    UnknownPublication: (404, ""),
    NoReception: (404, gettext_noop("Xem lịch tại /api/v1/receptions.")),
    NotReady: (422, ""),
    BadView: (422, ""),
    asked.BadCursor: (422, ""),
    asked.PeriodMissing: (422, ""),
    asked.LinesDiffer: (422, ""),
    asked.TooMany: (422, ""),
}
NOT_SIGNED_IN = gettext_noop("Cần đăng nhập.")
SIGN_IN = gettext_noop(
    "Gửi khoá của chương trình trong tiêu đề Authorization, hoặc đăng nhập tại /sign-in/ rồi gửi kèm cookie của phiên làm việc."
)
NO_TOKEN = gettext_noop("Thiếu hoặc sai mã chống giả mạo (CSRF).")
SEND_TOKEN = gettext_noop("Gửi giá trị của cookie csrftoken trong tiêu đề X-CSRFToken.")
UNREADABLE = gettext_noop("Yêu cầu có chỗ không đọc được.")
NOWHERE = gettext_noop("Không có địa chỉ này.")
SEE_DESCRIPTION = gettext_noop("Xem mô tả tại /api/v1/openapi.json.")


def answer(request: HttpRequest, status: int, problem: Problem) -> HttpResponse:
    response = JsonResponse(problem.model_dump(), status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Language"] = translation.get_language() or "vi"
    patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def in_their_language(handler: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """Let a handler speak the language of the request: its cookie's, or that of `Accept-Language`."""

    @wraps(handler)
    def handle(request: HttpRequest, *about: Any) -> HttpResponse:
        with translation.override(translation.get_language_from_request(request)):
            return handler(request, *about)

    return handle


@in_their_language
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    status, remedy = next(((ANSWERS[kind]) for kind in type(refusal).__mro__ if kind in ANSWERS), (409, ""))
    message = refusal.said(gettext)
    if status == 403 and request.user.is_authenticated:
        place = request.resolver_match.route if request.resolver_match else ""
        note(What.REFUSED, by=request.user, detail=f"{refusal.code} {place}")
    faults = refusal.faults.items() if isinstance(refusal, NotReady) else ()
    places = [Unreadable(at=f"body.{field}", code=why.code, message=why.said(gettext)) for field, why in faults]
    problem = Problem(code=refusal.code, message=message, remedy=gettext(remedy) if remedy else "", problems=places)
    said = answer(request, status, problem)
    if isinstance(refusal, TooOften):
        said.headers["Retry-After"] = str(refusal.seconds)
    return said


@in_their_language
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    places = [Unreadable(at=".".join(map(str, one["loc"])), code=one["type"], message=one["msg"]) for one in error.errors]
    return answer(request, 422, Problem(code="unreadable", message=gettext(UNREADABLE), problems=places))


@in_their_language
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return answer(request, 401, Problem(code="not_signed_in", message=gettext(NOT_SIGNED_IN), remedy=gettext(SIGN_IN)))


@in_their_language
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 403:  # the only one that the door itself raises
        return answer(request, 403, Problem(code="no_csrf_token", message=gettext(NO_TOKEN), remedy=gettext(SEND_TOKEN)))
    status = 422 if error.status_code == 400 else error.status_code  # a body that is no JSON can't be read either
    return answer(request, status, Problem(code="unreadable", message=gettext(UNREADABLE)))


@in_their_language
def not_read(request: HttpRequest) -> HttpResponse:
    return answer(request, 422, Problem(code="unreadable", message=gettext(UNREADABLE)))


@in_their_language
def nowhere(request: HttpRequest) -> HttpResponse:
    return answer(request, 404, Problem(code="no_such_address", message=gettext(NOWHERE), remedy=gettext(SEE_DESCRIPTION)))


def install(api: NinjaAPI) -> None:
    api.add_exception_handler(Refused, refused)
    api.add_exception_handler(ValidationError, unreadable)
    api.add_exception_handler(AuthenticationError, not_signed_in)
    api.add_exception_handler(HttpError, http_error)
    api.add_decorator(nothing_unknown, mode="view")


def operation_id(operation: Operation) -> str:
    """Name an operation for generated clients and for keys: `units_history`."""
    return f"{operation.view_func.__module__.rpartition('.')[2]}_{operation.view_func.__name__}"


def operation_of(request: HttpRequest) -> str:
    """Return the name of the operation that a request asks for."""
    name: str = request.api_operation  # type: ignore[attr-defined]  # noted before the operation runs
    return name


def nothing_unknown(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse parameters that the operation doesn't have, and single ones given twice: a slip must not pass in silence.

    `veiw=as-is` would otherwise give the figures as was.
    """
    operation: Operation = run.__self__  # type: ignore[attr-defined]  # it is the operation's bound method
    name = operation_id(operation)
    known: set[str] = set()
    several: set[str] = set()
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            known |= set(model.__ninja_flatten_map__)
            several |= set(getattr(model, "__ninja_collection_fields__", ()))

    @wraps(run)
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        request.api_operation = name  # type: ignore[attr-defined]  # read by `operation_of`
        wrong = [("unknown", given, "there is no such parameter") for given in request.GET if given not in known]
        wrong += [
            ("given_twice", given, "this parameter can be given once")
            for given in request.GET
            if given in known - several and len(request.GET.getlist(given)) > 1
        ]
        if wrong and ("Authorization" in request.headers or request.user.is_authenticated):
            errors = [{"loc": ("query", given), "type": code, "msg": why} for code, given, why in wrong]
            return unreadable(request, ValidationError(errors))  # type: ignore[no-any-return]
        return run(request, **kwargs)

    return checked


SAYS_NO = {
    401: Problem,
    403: Problem,
    404: Problem,
    409: Problem,
    422: Problem,
    429: Problem,
}


def answers(schema: Any) -> dict[int, Any]:
    """What an operation may answer: its own schema, or a problem."""
    return {200: schema, **SAYS_NO}
