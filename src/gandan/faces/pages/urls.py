"""Every address of the site. Those in `PUBLIC` need no sign-in."""

from django.urls import path

from gandan.faces.pages import (
    account,
    calendar,
    components,
    dashboard,
    dossiers,
    events,
    history,
    ledger,
    measures,
    programmes,
    promises,
    reports,
    units,
)

PUBLIC = frozenset({"sign-in", "sign-out", "theme", "components"})

urlpatterns = [
    path("", promises.today, name="today"),
    path("sign-in/", account.sign_in, name="sign-in"),
    path("sign-out/", account.sign_out, name="sign-out"),
    path("theme/", account.set_theme, name="theme"),
    path("my-unit/", account.set_unit, name="my-unit"),
    path("components/", components.components, name="components"),
    path("unit/", units.mine, name="mine"),
    path("units/", units.walk, name="units"),
    path("units/find/", units.find, name="unit-find"),
    path("units/<str:code>/", dashboard.unit, name="unit"),
    path("units/<str:code>/history/", history.history, name="unit-history"),
    path("measures/", measures.catalogue, name="measures"),
    path("measures/<slug:code>/", measures.one, name="measure"),
    path("measures/<slug:code>/events/", events.events, name="measure-events"),
    path("measures/<slug:code>/events/csv/", events.events_csv, name="measure-events-csv"),
    path("programmes/", programmes.programme_list, name="programmes"),
    path("programmes/<str:code>/", programmes.programme, name="programme"),
    path("reports/", reports.report_list, name="reports"),
    path("reports/new/", reports.new, name="report-new"),
    path("reports/<str:code>/", reports.one, name="report"),
    path("reports/<str:code>/pdf/", reports.pdf, name="report-pdf"),
    path("reports/<str:code>/xlsx/", reports.xlsx, name="report-xlsx"),
    path("reports/<str:code>/freeze/", reports.freeze, name="report-freeze"),
    path("reports/<str:code>/discard/", reports.discard, name="report-discard"),
    path("dossiers/", dossiers.dossier_list, name="dossiers"),
    path("dossiers/<path:number>/", dossiers.one, name="dossier"),
    path("calendar/", calendar.year, name="calendar"),
    path("ledger/", ledger.overview, name="ledger"),
]
