from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from gandan.faces.api import problems
from gandan.faces.pages import errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gandan.faces.api.urls")),
    path("", include("gandan.faces.pages.urls")),
]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What Django itself can't read (a thousand parameters, say), each face refuses in its own form."""
    return problems.not_read(request) if request.path_info.startswith("/api/") else errors.not_found(request)


handler400 = "gandan.config.urls.bad_request"
handler403 = "gandan.faces.pages.errors.forbidden"
handler404 = "gandan.faces.pages.errors.not_found"
handler500 = "gandan.faces.pages.errors.failed"
