"""What the post says of its parcels, by a page, a file or its program: each word counts once, in whatever order they come."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require, tree
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Delivery, ParcelState, PostPartner, Scan
from gandan.work.dossiers.operations.manifests import NotThePost
from gandan.work.dossiers.operations.parcels import AWAY, attribute_anew, day_of, follow, locked, note_attempt
from gandan.work.dossiers.rules.parcels import (
    BadTracking,
    Outcome,
    Scanned,
    Sighting,
    Way,
    check_signature,
    standing,
    tracking_of,
)

ONE_WORD_AT_A_TIME = 7_310_103
OVERLAP = timedelta(days=7)  # in which a former secret still holds
AHEAD = timedelta(minutes=5)
AT_ONCE = 500
SHOWS = {
    Scanned.IN_TRANSIT: ParcelState.IN_TRANSIT,
    Scanned.DELIVERED: ParcelState.DELIVERED,
    Scanned.FAILED: ParcelState.FAILED,
    Scanned.RETURNED: ParcelState.RETURNED,
}


class WrongMoment(Refused):
    """A parcel was not seen in the future, nor before the post had it."""


class TooManyAtOnce(Refused):
    """More rows than are taken at once."""


@dataclass(frozen=True)
class Word:
    """What the post says of one parcel. `reference` is its own number of saying it."""

    reference: str
    tracking: str
    what: Scanned
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Answer:
    """What became of one row: an outcome, `again` if it had come before, or the refusal."""

    word: Word
    outcome: str
    refusal: Refused | None = None


@operation
def take_scans(*, partner: Unit, words: Sequence[Word], way: Way, by: Person, on: date, at: datetime) -> list[Answer]:
    """Take what the post's people scanned, on their page or in a file; each row by itself, with its own answer.

    :raises NotAllowed: if `by` may not scan the partner's parcels
    :raises TooManyAtOnce: if there are more rows than are taken at once
    """
    require(Right.SCAN_PARCELS, by=by, unit=partner, on=on)
    return _take_all(partner, words, way, by, on, at)


@operation
def take_message(
    *, partner: PostPartner, header: str, body: bytes, words: Sequence[Word], by: Person, on: date, at: datetime
) -> list[Answer]:
    """Take what the post's program says. Its right is its signature over the very body that came.

    :raises BadSignature: if no secret of the partner gives the signature, or it is too old
    :raises TooManyAtOnce: if there are more rows than are taken at once
    """
    check_signature(header, body, _secrets(partner, on), at)
    return _take_all(partner.unit, words, Way.WEBHOOK, by, on, at)


@operation
def give_secret(*, partner: Unit, by: Person, on: date) -> str:
    """Give a body of the post a new secret for its program, and return it this once. The former one holds for a week more.

    :raises NotAllowed: if `by` may not manage units there
    :raises NotThePost: if the unit is no body of the post
    """
    require(Right.MANAGE_UNITS, by=by, unit=partner, on=on)
    if Line.POST not in tree().lines(partner.pk):
        raise NotThePost(gettext_noop("{unit} không phải đơn vị bưu điện."), unit=partner.name)
    secret = secrets.token_urlsafe(32)
    known = PostPartner.objects.select_for_update().filter(unit=partner).first()
    if known is None:
        PostPartner.objects.create(unit=partner, secret=secret)
    else:
        known.former_secret, known.former_until, known.secret = known.secret, on + OVERLAP, secret
        known.save()
    record(Kind.PARTNER_KEYED, unit=partner, day=on, by=by)
    return secret


def _secrets(partner: PostPartner, on: date) -> list[str]:
    former = partner.former_secret if partner.former_until is not None and on <= partner.former_until else ""
    return [secret for secret in (partner.secret, former) if secret]


def _take_all(partner: Unit, words: Sequence[Word], way: Way, by: Person, on: date, at: datetime) -> list[Answer]:
    if len(words) > AT_ONCE:
        raise TooManyAtOnce(gettext_noop("Mỗi lần nhận không quá {most} dòng."), most=AT_ONCE)
    unchanged()  # all of it may have come before
    answers = []
    for word in words:
        try:
            answers.append(_take(partner, word, way, by, on, at))
        except Refused as refusal:
            answers.append(Answer(word, "refused", refusal))
    return answers


def _take(partner: Unit, word: Word, way: Way, by: Person, on: date, now: datetime) -> Answer:
    tracking = tracking_of(word.tracking)
    if not word.reference:
        raise BadTracking(gettext_noop("Thiếu số hiệu của tin báo."))
    with connection.cursor() as cursor:  # two messages of the same parcel wait for each other, and so does the same one twice
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [ONE_WORD_AT_A_TIME, tracking])
    if Scan.objects.filter(partner=partner, reference=word.reference).exists():
        return Answer(word, "again")
    parcel = _parcel(partner, tracking)
    _check_moment(parcel, word, now)
    outcome = _outcome(parcel, word)
    Scan.objects.create(
        partner=partner, reference=word.reference, delivery=parcel, tracking=tracking, what=word.what.value, at=word.at,
        reason=word.reason, way=way.value, outcome=outcome.value,
    )  # fmt: skip
    record(Kind.DELIVERY_SCANNED, unit=partner, day=on, by=by, way=way.value)
    if parcel is not None:
        _apply(parcel, word, outcome, by)
    return Answer(word, outcome.value)


def _parcel(partner: Unit, tracking: str) -> Delivery | None:
    """Return the parcel with this number on a list of the partner; of several with the same number, the last."""
    found = Delivery.objects.filter(tracking=tracking, items__manifest__partner=partner).order_by("-pk").first()
    return None if found is None else locked(found)


def _check_moment(parcel: Delivery | None, word: Word, now: datetime) -> None:
    if word.at > now + AHEAD or (parcel is not None and parcel.handed_on is not None and day_of(word.at) < parcel.handed_on):
        raise WrongMoment(
            gettext_noop("Bưu gửi {number}: thời điểm {moment} không hợp lý."),
            number=word.tracking,
            moment=word.at.isoformat(timespec="minutes"),
        )


def _outcome(parcel: Delivery | None, word: Word) -> Outcome:
    if parcel is None:
        return Outcome.UNKNOWN
    new = Sighting(word.what, word.at)
    before = [Sighting(Scanned(scan.what), scan.at) for scan in parcel.scans.exclude(outcome=Outcome.UNKNOWN.value)]
    return Outcome.APPLIED if parcel.state in AWAY and standing([*before, new]) == new else Outcome.NOTED


def _apply(parcel: Delivery, word: Word, outcome: Outcome, by: Person) -> None:
    day = day_of(word.at)
    if outcome is Outcome.APPLIED:
        if word.what is Scanned.FAILED or parcel.state != SHOWS[word.what].value:
            follow(parcel, word.what, day, by)
    elif word.what is Scanned.FAILED and parcel.handed_on is not None:
        note_attempt(parcel, day, by)
        attribute_anew(parcel, by)
