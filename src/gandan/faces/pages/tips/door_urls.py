"""The addresses of the door. They say nothing of what they are for: they stand in the history of a browser."""

from django.urls import URLPattern, path

from gandan.faces.pages.tips import door, frame

urlpatterns: list[URLPattern] = [
    path("", door.home, name="door-home"),
    path("a/", door.send, name="door-send"),
    path("b/", door.follow, name="door-follow"),
    path("c/", door.protection, name="door-protection"),
    path("d/", door.leave, name="door-leave"),
]


def not_found(request, exception=None):  # type: ignore[no-untyped-def]
    return door.page(request, "tips/not_found.html", {}, status=404)


handler400 = handler403 = handler404 = "gandan.faces.pages.tips.door_urls.not_found"
handler500 = frame.__name__ + ".failed"
