"""What is kept of documents: files that people gave, papers as they were sent, registers of numbers, bodies' own templates."""

from gandan.ground.documents.models.attachments import Attachment
from gandan.ground.documents.models.exports import Export, ExportState
from gandan.ground.documents.models.signings import Signing, SigningPart
from gandan.ground.documents.models.stored import NumberSeries, OwnLayout, Stored, StoredContent

__all__ = [
    "Attachment",
    "Export",
    "ExportState",
    "NumberSeries",
    "OwnLayout",
    "Signing",
    "SigningPart",
    "Stored",
    "StoredContent",
]
