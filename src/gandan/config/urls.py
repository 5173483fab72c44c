from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gandan.faces.api.urls")),
    path("", include("gandan.faces.pages.urls")),
]
handler400 = "gandan.faces.pages.errors.not_found"
handler403 = "gandan.faces.pages.errors.forbidden"
handler404 = "gandan.faces.pages.errors.not_found"
handler500 = "gandan.faces.pages.errors.failed"
