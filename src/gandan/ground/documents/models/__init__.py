"""What is kept of documents: files that people gave."""

from gandan.ground.documents.models.attachments import Attachment

__all__ = ["Attachment"]
