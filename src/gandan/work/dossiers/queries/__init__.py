"""Reading dossiers: one, many, what an import needs to know, and how imports went."""

from gandan.work.dossiers.models import Status
from gandan.work.dossiers.queries.importing import (
    Case,
    ImportRow,
    RefusedRowShown,
    UnknownImport,
    gazetteer,
    header_of,
    import_of,
    imports,
    next_cases,
    reasons_refused,
    refused_rows,
    rulebook,
    simulated,
)
from gandan.work.dossiers.queries.lists import DossierRow, Filters, Page, count_open, dossiers, numbers, visible
from gandan.work.dossiers.queries.one import DossierShown, NotYours, Step, UnknownDossier, dossier
from gandan.work.dossiers.queries.procedures import UnknownProcedure, procedure_on, procedures, procedures_at

__all__ = [
    "Case",
    "DossierRow",
    "DossierShown",
    "Filters",
    "ImportRow",
    "NotYours",
    "Page",
    "RefusedRowShown",
    "Status",
    "Step",
    "UnknownDossier",
    "UnknownImport",
    "UnknownProcedure",
    "count_open",
    "dossier",
    "dossiers",
    "gazetteer",
    "header_of",
    "import_of",
    "imports",
    "next_cases",
    "numbers",
    "procedure_on",
    "procedures",
    "procedures_at",
    "reasons_refused",
    "refused_rows",
    "rulebook",
    "simulated",
    "visible",
]
