"""The addresses of the API. Those in `PUBLIC` need no sign-in."""

from django.urls import path, re_path

from gandan.faces.api import problems
from gandan.faces.api.door import api

PUBLIC = frozenset({"privacy-register-json", "openapi-json", "api-root", "api-nowhere"})

urlpatterns = [
    path("api/v1/", problems.nowhere, name="api-root"),
    path("api/v1/", api.urls),
    re_path(r"^api/", problems.nowhere, name="api-nowhere"),
]
