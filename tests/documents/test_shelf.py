"""Files on the shelf: with their record, under names nobody can guess, erased when their time is up."""

import hashlib
import io
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage

from gandan.ground.documents.attachments import TooLarge
from gandan.ground.documents.models import Attachment
from gandan.ground.documents.operations import TooMany, attach, erase_ended, hand_on
from gandan.ground.documents.queries import UnknownAttachment, attachment, attachments, content_of
from gandan.ground.ledger.models import Event
from tests.cast import TODAY
from tests.documents.files import pdf, photo

UNTIL = date(2027, 11, 20)


@pytest.fixture(autouse=True)
def shelf(tmp_path, settings):
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}}
    return tmp_path


@pytest.fixture
def give(cast):
    def give(content=None, name="đơn.pdf", about=None, keep_until=UNTIL, purpose=""):
        return attach(
            about=about or cast.unit("PA08"), unit=cast.unit("PA08"), source=io.BytesIO(content or pdf()), name=name,
            keep_until=keep_until, purpose=purpose, by=cast.alice, on=TODAY,
        )  # fmt: skip

    return give


def test_a_file_is_kept_with_its_record_and_told_to_the_ledger(cast, give, shelf):
    kept = give(name="../../đơn.pdf", purpose="form")

    row = attachment(kept.token)
    assert (row.name, row.purpose, row.words) == ("đơn.pdf", "form", "PDF")
    with content_of(row) as content:
        assert content.read() == pdf()
    assert row.digest == hashlib.sha256(pdf()).hexdigest()
    assert attachments("organisations.unit", [cast.unit("PA08").pk]) == {cast.unit("PA08").pk: [row]}
    event = Event.objects.get(about_type="documents.attachment", about_id=kept.pk)
    assert (event.kind, event.facets) == ("attachment.taken", {"form": "pdf"})
    files = [path for path in shelf.rglob("*") if path.is_file()]
    assert [path.relative_to(shelf).as_posix() for path in files] == [kept.shelf]
    assert "đơn" not in kept.shelf


def test_what_was_refused_leaves_nothing_behind(give, shelf):
    with pytest.raises(Exception, match="nhưng bên trong"):
        give(photo("PNG"), "đơn.pdf")

    assert not Attachment.objects.exists()
    assert not list(shelf.rglob("*.*"))


def test_a_record_has_no_more_than_its_share(give, settings):
    settings.UPLOAD_FILES = 2
    give()
    give()
    with pytest.raises(TooMany, match="2 tệp"):
        give()

    settings.UPLOAD_FILES, settings.UPLOAD_RECORD_MB = 20, 0
    with pytest.raises(TooLarge):
        give()


def test_files_end_on_their_day(cast, give, shelf, django_capture_on_commit_callbacks):
    ending, staying = give(keep_until=TODAY), give()

    assert erase_ended(by=cast.importer, on=TODAY) == []
    with django_capture_on_commit_callbacks(execute=True):
        assert len(erase_ended(by=cast.importer, on=TODAY + timedelta(1))) == 1

    with pytest.raises(UnknownAttachment):
        attachment(ending.token)
    assert not default_storage.exists(ending.shelf)
    assert default_storage.exists(staying.shelf)
    gone = Attachment.objects.get(pk=ending.pk)
    assert (gone.shown_name, gone.digest) == ("", ending.digest)
    assert Event.objects.filter(about_id=ending.pk, facet_set__kind="attachment.erased").count() == 1


def test_files_go_with_their_record(cast, give):
    given = give()

    assert hand_on(giver=cast.unit("PA08"), taker=cast.unit("PC08"), keep_until=TODAY, by=cast.alice, on=TODAY) == 1

    moved = Attachment.objects.get(pk=given.pk)
    assert (moved.about_id, moved.keep_until) == (cast.unit("PC08").pk, TODAY)
