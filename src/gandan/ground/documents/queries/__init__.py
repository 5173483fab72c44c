"""What can be asked about documents: the files of a record, papers as they were sent, bodies' own templates."""

from gandan.ground.documents.queries.attachments import (
    AttachmentRow,
    UnknownAttachment,
    attachment,
    attachments,
    content_of,
    first_pictures,
)
from gandan.ground.documents.queries.exports import ExportRow, NoLongerYours, NotReady, UnknownExport, export, exports, fetch
from gandan.ground.documents.queries.layouts import LaidOver, Set, own_layout, own_layouts, set_sheets
from gandan.ground.documents.queries.signings import PartRow, SigningRow, signing_of, signings_of, waiting_for
from gandan.ground.documents.queries.stored import (
    StoredRow,
    UnknownPaper,
    paper,
    papers,
    papers_about,
    papers_of_digest,
    pdf_of,
    pdfs_of,
)

__all__ = [
    "AttachmentRow",
    "ExportRow",
    "LaidOver",
    "NoLongerYours",
    "NotReady",
    "PartRow",
    "Set",
    "SigningRow",
    "StoredRow",
    "UnknownAttachment",
    "UnknownExport",
    "UnknownPaper",
    "attachment",
    "attachments",
    "content_of",
    "export",
    "exports",
    "fetch",
    "first_pictures",
    "own_layout",
    "own_layouts",
    "paper",
    "papers",
    "papers_about",
    "papers_of_digest",
    "pdf_of",
    "pdfs_of",
    "set_sheets",
    "signing_of",
    "signings_of",
    "waiting_for",
]
