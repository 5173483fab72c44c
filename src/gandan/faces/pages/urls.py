"""Every address of the site. Those in `PUBLIC` need no sign-in; those that write say so themselves."""

from django.urls import path
from django.views.decorators.http import require_safe

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
    path("", require_safe(promises.today), name="today"),
    path("sign-in/", account.sign_in, name="sign-in"),
    path("sign-out/", account.sign_out, name="sign-out"),
    path("theme/", account.set_theme, name="theme"),
    path("my-unit/", account.set_unit, name="my-unit"),
    path("components/", require_safe(components.components), name="components"),
    path("unit/", require_safe(units.mine), name="mine"),
    path("units/", require_safe(units.walk), name="units"),
    path("units/find/", require_safe(units.find), name="unit-find"),
    path("units/<str:code>/", require_safe(dashboard.unit), name="unit"),
    path("units/<str:code>/history/", require_safe(history.history), name="unit-history"),
    path("measures/", require_safe(measures.catalogue), name="measures"),
    path("measures/<slug:code>/", require_safe(measures.one), name="measure"),
    path("measures/<slug:code>/events/", require_safe(events.events), name="measure-events"),
    path("measures/<slug:code>/events/csv/", require_safe(events.events_csv), name="measure-events-csv"),
    path("programmes/", require_safe(programmes.programme_list), name="programmes"),
    path("programmes/<str:code>/", require_safe(programmes.programme), name="programme"),
    path("reports/", require_safe(reports.report_list), name="reports"),
    path("reports/new/", reports.new, name="report-new"),
    path("reports/<str:code>/", reports.one, name="report"),
    path("reports/<str:code>/pdf/", require_safe(reports.pdf), name="report-pdf"),
    path("reports/<str:code>/xlsx/", require_safe(reports.xlsx), name="report-xlsx"),
    path("reports/<str:code>/freeze/", reports.freeze, name="report-freeze"),
    path("reports/<str:code>/discard/", reports.discard, name="report-discard"),
    path("dossiers/", require_safe(dossiers.dossier_list), name="dossiers"),
    path("dossiers/<path:number>/", require_safe(dossiers.one), name="dossier"),
    path("calendar/", require_safe(calendar.year), name="calendar"),
    path("ledger/", ledger.overview, name="ledger"),
]
