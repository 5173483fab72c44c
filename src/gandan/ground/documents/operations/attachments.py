"""Files that people give: taken, handed on with the record they belong to, erased."""

import secrets
from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model, Sum

from gandan.ground.documents.attachments import Limits, TooLarge, examine, spec_of
from gandan.ground.documents.attachments.examining import Readable
from gandan.ground.documents.models import Attachment
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import if_undone, operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.privacy.queries import belongs_to_held

AT_ONCE = 500


class TooMany(Refused):
    """A record has as many files as it may."""


def _limits() -> Limits:
    return Limits(file=settings.UPLOAD_FILE_MB * 2**20, pixels=settings.UPLOAD_MEGAPIXELS * 1_000_000)


@operation
def attach(
    *, about: Model, unit: Unit, source: Readable, name: str, keep_until: date, by: Person, on: date, purpose: str = ""
) -> Attachment:
    """Take a file that belongs to a record. Whose record it is, and who may give it, its package has looked at.

    :param keep_until: the last day on which it is kept
    :param purpose: the code of what it is for
    :raises Refused: if the file can't be kept as it is, with what to do instead
    :raises TooMany: if the record has as many files as it may
    :raises TooLarge: if the file, or all of the record together, would be too large
    """
    _check_room(about)
    with examine(source, name, _limits()) as examined:
        attachment = Attachment(
            token=secrets.token_urlsafe(32),
            about_type=about._meta.label_lower,
            about_id=about.pk,
            unit=unit,
            purpose=purpose,
            shown_name=examined.shown_name,
            form=examined.form.value,
            size=examined.size,
            digest=examined.digest,
            given_on=on,
            keep_until=keep_until,
        )
        if_undone(lambda: default_storage.delete(attachment.shelf))
        default_storage.save(attachment.shelf, File(examined.content))
    attachment.save()
    record(Kind.ATTACHMENT_TAKEN, unit=unit, day=on, by=by, about=attachment, form=spec_of(examined.form).family)
    return attachment


def _check_room(about: Model) -> None:
    there = Attachment.objects.filter(about_type=about._meta.label_lower, about_id=about.pk, erased_on=None)
    if there.count() >= settings.UPLOAD_FILES:
        raise TooMany(gettext_noop("Đã có {most} tệp. Xin bỏ bớt tệp không cần trước khi thêm."), most=settings.UPLOAD_FILES)
    if (there.aggregate(all=Sum("size"))["all"] or 0) >= settings.UPLOAD_RECORD_MB * 2**20:
        raise TooLarge(
            gettext_noop("Các tệp đã quá {most} MB. Xin bỏ bớt tệp không cần trước khi thêm."), most=settings.UPLOAD_RECORD_MB
        )


@operation
def hand_on(*, giver: Model, taker: Model, keep_until: date, by: Person, on: date) -> int:
    """Let the files of one record belong to another (a draft became a dossier), and return how many."""
    unchanged()  # the step of the record itself tells of it
    return Attachment.objects.filter(about_type=giver._meta.label_lower, about_id=giver.pk, erased_on=None).update(
        about_type=taker._meta.label_lower, about_id=taker.pk, keep_until=keep_until
    )


@operation
def erase_attachment(*, attachment: Attachment, by: Person, on: date) -> None:
    """Erase a file: the content goes, and its name; that there was one, and its digest, stays."""
    fresh = Attachment.objects.select_for_update().select_related("unit").get(pk=attachment.pk)
    if fresh.erased_on is not None:
        unchanged()
        return
    fresh.shown_name, fresh.erased_on = "", on
    fresh.save(update_fields=["shown_name", "erased_on"])
    record(Kind.ATTACHMENT_ERASED, unit=fresh.unit, day=on, by=by, about=fresh, form=spec_of(fresh.form).family)
    transaction.on_commit(lambda: default_storage.delete(fresh.shelf))


@operation
def erase_ended(*, by: Person, on: date, but: Collection[int] = ()) -> list[int]:
    """Erase the files whose time is up, and return their numbers; the rest comes at the next call.

    Those of a record that is held stay as long as it does.

    :param but: further files that stay
    """
    over = Attachment.objects.filter(~belongs_to_held(on), keep_until__lt=on, erased_on=None).exclude(pk__in=but)
    ended = list(over.order_by("keep_until", "pk")[:AT_ONCE])
    for one in ended:
        erase_attachment(attachment=one, by=by, on=on)
    if not ended:
        unchanged()
    return [one.pk for one in ended]
