"""Every address of the site. Those in `PUBLIC` need no sign-in."""

from django.urls import path

from gandan.faces.pages import account, components, units

PUBLIC = frozenset({"sign-in", "sign-out", "theme", "components"})

urlpatterns = [
    path("sign-in/", account.sign_in, name="sign-in"),
    path("sign-out/", account.sign_out, name="sign-out"),
    path("theme/", account.set_theme, name="theme"),
    path("my-unit/", account.set_unit, name="my-unit"),
    path("components/", components.components, name="components"),
    path("unit/", units.mine, name="mine"),
    path("units/", units.walk, name="units"),
    path("units/find/", units.find, name="unit-find"),
]
