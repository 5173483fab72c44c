"""The addresses of the API. Those in `PUBLIC` need no sign-in."""

from django.urls import path, re_path

from gandan.faces.api import problems
from gandan.faces.api.door import api
from gandan.faces.api.open311 import urls as open311

PUBLIC = frozenset({"privacy-register-json", "openapi-json", "api-root", "api-nowhere"})
# What anybody may send, with a token that asks for some work.
PUBLIC |= frozenset({"sending-token", "sending-idea", "sending-comment", "sending-booking"})
PUBLIC |= open311.PUBLIC

urlpatterns = [
    *open311.urlpatterns,
    path("api/v1/", problems.nowhere, name="api-root"),
    path("api/v1/", api.urls),
    re_path(r"^api/", problems.nowhere, name="api-nowhere"),
]
