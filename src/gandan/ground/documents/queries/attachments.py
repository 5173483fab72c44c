"""The files of records. Who may see them, the package of the record says: nothing here looks at rights."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.core.files.storage import default_storage
from django.db import connection

from gandan.ground.documents.attachments import Form, spec_of
from gandan.ground.documents.models import Attachment
from gandan.ground.ledger.rules import Refused, gettext_noop

PICTURES = [form.value for form in Form if spec_of(form).media_type.startswith("image/")]


class UnknownAttachment(Refused):
    """There is no such file, or it was erased, or it belongs to another record."""


@dataclass(frozen=True)
class AttachmentRow:
    """A file as a page shows it."""

    token: str
    about_type: str
    about_id: int
    unit_id: int
    purpose: str
    name: str
    media_type: str
    words: str  # its form, as people call it
    size: int
    digest: str
    given_on: date
    shelf: str


def attachments(about_type: str, about_ids: Collection[int]) -> dict[int, list[AttachmentRow]]:
    """Return the files of several records of one type, by record, in the order in which they were given."""
    found: dict[int, list[AttachmentRow]] = {pk: [] for pk in about_ids}
    for one in Attachment.objects.filter(about_type=about_type, about_id__in=list(about_ids), erased_on=None).order_by("pk"):
        found[one.about_id].append(_row(one))
    return found


def first_pictures(about_type: str, about_ids: Sequence[int]) -> dict[int, str]:
    """Return the token of the first picture of each record that has one."""
    if not about_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (about_id) about_id, token FROM documents_attachment"
            " WHERE about_type = %s AND about_id = ANY(%s) AND erased_on IS NULL AND form = ANY(%s) ORDER BY about_id, id",
            [about_type, list(about_ids), PICTURES],
        )
        return dict(cursor.fetchall())


def attachment(token: str) -> AttachmentRow:
    """:raises UnknownAttachment: if no file that is still kept has this token"""
    found = Attachment.objects.filter(token=token, erased_on=None).first()
    if found is None:
        raise UnknownAttachment(gettext_noop("Không có tệp này, hoặc tệp đã được xoá theo thời hạn lưu."))
    return _row(found)


def content_of(row: AttachmentRow) -> IO[bytes]:
    """Return the content, to be sent piece by piece."""
    content: IO[bytes] = default_storage.open(row.shelf)
    return content


def _row(one: Attachment) -> AttachmentRow:
    spec = spec_of(one.form)
    return AttachmentRow(
        token=one.token,
        about_type=one.about_type,
        about_id=one.about_id,
        unit_id=one.unit_id,
        purpose=one.purpose,
        name=one.shown_name,
        media_type=spec.media_type,
        words=spec.words,
        size=one.size,
        digest=one.digest,
        given_on=one.given_on,
        shelf=one.shelf,
    )
