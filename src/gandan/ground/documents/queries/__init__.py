"""What can be asked about documents: the files of a record, and the content of one."""

from gandan.ground.documents.queries.attachments import AttachmentRow, UnknownAttachment, attachment, attachments, content_of

__all__ = ["AttachmentRow", "UnknownAttachment", "attachment", "attachments", "content_of"]
