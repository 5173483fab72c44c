"""What comes in with a request: no more than the limit, refused before it is read. What goes out of it: never run, only saved."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gandan.faces.pages import errors
from gandan.faces.pages.pieces import Crumb, State
from gandan.ground.documents.queries import AttachmentRow, content_of

Respond = Callable[..., HttpResponse]
SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"


def no_more_than(respond: Respond) -> Respond:
    """Refuse a request that says it is larger than the limit. One that says less is read no further than it said."""

    @wraps(respond)
    def answer(request: HttpRequest, **named: str) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdigit() and int(said) > settings.UPLOAD_REQUEST_MB * 2**20:
            return too_large(request)
        return respond(request, **named)

    return answer


def too_large(request: HttpRequest) -> HttpResponse:
    state = State(
        _("Tệp gửi lên quá lớn"),
        _(
            "Mỗi tệp không quá %(file)d MB, mỗi lần gửi không quá %(all)d MB. Bấm nút quay lại của trình duyệt thì những gì "
            "vừa ghi vẫn còn; xin chọn tệp nhỏ hơn rồi gửi lần nữa."
        )
        % {"file": settings.UPLOAD_FILE_MB, "all": settings.UPLOAD_REQUEST_MB},
        icon="file-text",
        kind="error",
        actions=(Crumb(_("Về trang trước"), request.path),),
    )
    response = errors.page(request, state, 413)
    response.headers["Connection"] = "close"
    return response


def as_saved(row: AttachmentRow) -> FileResponse:
    """Show a picture that everyone may see. Anything but a picture is only saved."""
    response = served(row)
    if row.media_type.startswith("image/"):
        response.headers["Content-Disposition"] = "inline"
        response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def served(row: AttachmentRow) -> FileResponse:
    """Hand out a file to be saved. The caller has looked at the viewer's right."""
    response = FileResponse(content_of(row), as_attachment=True, filename=row.name, content_type=row.media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-store"
    return response
