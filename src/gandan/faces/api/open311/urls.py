"""The addresses of GeoReport v2; all are public: what sends needs a key in the request itself."""

from django.urls import re_path

from gandan.faces.api.open311 import views

PUBLIC = frozenset(
    {"open311-discovery", "open311-services", "open311-service", "open311-requests", "open311-request", "open311-token"}
)
FORM = r"\.(?P<form>json|xml)$"
urlpatterns = [
    re_path(r"^open311/(?:v2/)?discovery" + FORM, views.discovery, name="open311-discovery"),
    re_path(r"^open311/v2/services" + FORM, views.services, name="open311-services"),
    re_path(r"^open311/v2/services/(?P<code>[a-z0-9._-]+?)" + FORM, views.definition, name="open311-service"),
    re_path(r"^open311/v2/requests" + FORM, views.requests, name="open311-requests"),
    re_path(r"^open311/v2/requests/(?P<number>[^/]+?)" + FORM, views.one, name="open311-request"),
    re_path(r"^open311/v2/tokens/(?P<code>[^/]+?)" + FORM, views.token, name="open311-token"),
]
