"""Photos of an activity: only those on which no resident can be recognised, cleaned of where and with what they were taken."""

from datetime import date

from gandan.ground.documents.attachments import Form, LiesAboutItself
from gandan.ground.documents.attachments.examining import Readable
from gandan.ground.documents.models import Attachment
from gandan.ground.documents.operations import attach, erase_attachment
from gandan.ground.ledger.operations import operation
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.work.community.models import Activity
from gandan.work.community.operations.activities import KEPT, standing

PICTURES = {Form.JPEG.value, Form.PNG.value, Form.WEBP.value}


class SomebodySeen(Refused):
    """Nobody has said that no resident can be recognised on the photo."""


class NotAPhoto(Refused):
    """The file is no picture."""


@operation
def put_photo(*, activity: Activity | int, source: Readable, name: str, nobody_seen: bool, by: Person, on: date) -> Attachment:
    """Put a photo with an activity.

    :param nobody_seen: who puts it there has looked: no resident can be recognised
    :raises NotAllowed: if `by` may not note activities at its unit
    :raises SomebodySeen: if nobody says so
    :raises NotAPhoto: if it is no picture
    :raises Refused: if the file can't be kept, with what to do instead
    """
    fresh = standing(activity)
    require(Right.WRITE_COMMUNITY, by=by, unit=fresh.unit, on=on)
    if not nobody_seen:
        raise SomebodySeen(
            gettext_noop(
                "Chỉ gửi ảnh không nhận ra người dân nào: chụp từ phía sau, từ xa, hoặc chụp nơi. Xin xem lại và xác nhận."
            )
        )
    try:
        kept = attach(about=fresh, unit=fresh.unit, source=source, name=name, keep_until=on + KEPT, by=by, on=on, purpose="photo")
    except LiesAboutItself as lie:
        raise NotAPhoto(gettext_noop("Tệp này không phải ảnh. {why}"), why=lie) from lie
    if kept.form not in PICTURES:
        erase_attachment(attachment=kept, by=by, on=on)
        raise NotAPhoto(gettext_noop("Chỉ nhận ảnh JPEG, PNG hoặc WebP ở đây."))
    return kept


@operation
def drop_photo(*, activity: Activity | int, token: str, by: Person, on: date) -> None:
    """Take a photo away: it is erased.

    :raises NotAllowed: if `by` may not note activities at its unit
    :raises NotAPhoto: if the activity has no such photo
    """
    fresh = standing(activity)
    require(Right.WRITE_COMMUNITY, by=by, unit=fresh.unit, on=on)
    kept = Attachment.objects.filter(
        token=token, about_type=Activity._meta.label_lower, about_id=fresh.pk, erased_on=None
    ).first()
    if kept is None:
        raise NotAPhoto(gettext_noop("Buổi này không có ảnh đó."))
    erase_attachment(attachment=kept, by=by, on=on)
