"""Writing what a body will tell everyone. Nothing is out yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from gandan.ground.documents.attachments.examining import Readable
from gandan.ground.documents.operations import attach
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.ground.vietnam.text import fold, nfc
from gandan.work.notices.flow import Sort, State
from gandan.work.notices.models import AlertDetail, ClaimCheck, Publication, Source
from gandan.work.notices.rules.kinds import Audience, Channel

PICTURES = frozenset({"jpeg", "png", "webp"})
PICTURE_KEPT = timedelta(days=3660)
PARTS = ("title", "summary", "text")


class BadText(Refused):
    """Something that a publication needs is missing or too long."""


class WrongStep(Refused):
    """The publication is not where this can be done."""


@dataclass(frozen=True)
class SourceText:
    title: str
    address: str
    archived: str
    seen_on: date


@dataclass(frozen=True)
class ClaimText:
    """What a correction has besides: the claim, never who made it."""

    claim: str
    met: str
    verdict: str
    concerned: Unit | None
    answers: dict[str, str]
    sources: Sequence[SourceText] = ()


@dataclass(frozen=True)
class AlertText:
    """What an alert has besides."""

    category: str
    urgency: str
    severity: str
    certainty: str
    expires: datetime
    instruction: str
    instruction_en: str = ""
    onset: datetime | None = None
    contact: str = ""
    exercise: bool = False
    places: Sequence[Unit] = ()


@dataclass(frozen=True)
class Text:
    """What is written: in Vietnamese, and where there is one, in English."""

    title: str
    summary: str
    text: str
    title_en: str = ""
    summary_en: str = ""
    text_en: str = ""
    audience: str = Audience.EVERYONE.value
    channels: Sequence[str] = field(default=(Channel.PAGE.value,))
    place: Unit | None = None
    planned_on: date | None = None
    until: date | None = None
    claim: ClaimText | None = None
    alert: AlertText | None = None


@operation
def draft(*, unit: Unit, sort: Sort, text: Text, by: Person, on: date) -> Publication:
    """Begin something that the unit will publish.

    :raises NotAllowed: if `by` may not write for the unit
    :raises BadText: if something is missing or too long
    """
    require(Right.WRITE_NOTICES, by=by, unit=unit, on=on)
    found = Publication(sort=sort.value, unit=unit, written_by=by)
    _fill(found, text, on)
    record(Kind.PUBLICATION_DRAFTED, about=found, unit=unit, day=on, by=by, sort=sort.value)
    return found


@operation
def edit(*, publication: Publication, text: Text, by: Person, on: date) -> Publication:
    """Write a draft anew. Whoever writes last is its writer, whom a second person must look over the shoulder of.

    :raises NotAllowed: if `by` may not write for the unit
    :raises WrongStep: if it is submitted or out
    :raises BadText: if something is missing or too long
    """
    found = taken(publication)
    require(Right.WRITE_NOTICES, by=by, unit=found.unit, on=on)
    if found.state != State.DRAFT.value:
        raise WrongStep(gettext_noop("Bài này đã trình hoặc đã đăng, không sửa ở đây được."))
    found.written_by = by
    _fill(found, text, on)
    record(Kind.PUBLICATION_EDITED, about=found, unit=found.unit, day=on, by=by, sort=found.sort)
    return found


@operation
def illustrate(*, publication: Publication, source: Readable, name: str, alt: str, by: Person, on: date) -> Publication:
    """Give a draft its picture, told in words for who doesn't see it.

    :raises NotAllowed: if `by` may not write for the unit
    :raises WrongStep: if it is submitted or out
    :raises BadText: if the picture is not told in words, or is none
    """
    found = taken(publication)
    require(Right.WRITE_NOTICES, by=by, unit=found.unit, on=on)
    if found.state != State.DRAFT.value:
        raise WrongStep(gettext_noop("Bài này đã trình hoặc đã đăng, không sửa ở đây được."))
    said = " ".join(nfc(alt).split())[:300]
    if not said:
        raise BadText(gettext_noop("Hình cần một câu tả bằng lời, cho người không thấy hình."), field="alt")
    kept = attach(about=found, unit=found.unit, source=source, name=name, keep_until=on + PICTURE_KEPT, by=by, on=on)
    if kept.form not in PICTURES:
        raise BadText(gettext_noop("Tệp này không phải hình. Xin chọn ảnh JPEG, PNG hoặc WebP."), field="picture")
    found.picture, found.picture_alt, found.written_by = kept.token, said, by
    found.save(update_fields=["picture", "picture_alt", "written_by"])
    record(Kind.PUBLICATION_EDITED, about=found, unit=found.unit, day=on, by=by, sort=found.sort)
    return found


def taken(publication: Publication) -> Publication:
    """Return the publication as it is now, kept from others until our transaction ends."""
    return Publication.objects.select_for_update(of=("self",)).select_related("unit").get(pk=publication.pk)


def _fill(found: Publication, text: Text, on: date) -> None:
    for name, most in (("title", 160), ("summary", 400), ("title_en", 160), ("summary_en", 400)):
        said = " ".join(nfc(getattr(text, name)).split())
        if len(said) > most:
            raise BadText(gettext_noop("Dài quá {most} chữ."), field=name, most=most)
        setattr(found, name, said)
    found.text, found.text_en = nfc(text.text).strip(), nfc(text.text_en).strip()
    for name in PARTS:
        if not getattr(found, name):
            raise BadText(gettext_noop("Phần này chưa viết."), field=name)
    if text.until and text.until < (text.planned_on or on):
        raise BadText(gettext_noop("Ngày hết phải sau ngày đăng."), field="until")
    found.search = searched(found, text.claim.claim if text.claim else "")
    found.audience, found.channels = Audience(text.audience).value, [Channel(one).value for one in text.channels]
    found.place, found.planned_on, found.until = text.place, text.planned_on or on, text.until
    found.save()
    if found.sort == Sort.CORRECTION.value:
        _fill_claim(found, text.claim)
    if found.sort == Sort.ALERT.value:
        _fill_alert(found, text.alert)


def searched(found: Publication, claim: str) -> str:
    """Return all that a publication is found by, without marks: its words in both languages, and the claim that it checks."""
    return fold(" ".join([*(said for part in PARTS for said in (getattr(found, part), found.in_english(part))), claim]))


def _fill_claim(found: Publication, claim: ClaimText | None) -> None:
    if claim is None or not claim.claim.strip():
        raise BadText(gettext_noop("Xin ghi điều được nói, đúng như người dân gặp."), field="claim")
    if len(claim.claim) > 400:
        raise BadText(gettext_noop("Dài quá {most} chữ."), field="claim", most=400)
    check, _ = ClaimCheck.objects.update_or_create(
        publication=found,
        defaults={
            "claim": nfc(claim.claim).strip(), "met": claim.met, "verdict": claim.verdict, "concerned": claim.concerned,
            "answers": claim.answers,
        },
    )  # fmt: skip
    check.sources.all().delete()
    Source.objects.bulk_create(
        Source(check_of=check, position=nth, title=one.title, address=one.address, archived=one.archived, seen_on=one.seen_on)
        for nth, one in enumerate(claim.sources, start=1)
    )


def _fill_alert(found: Publication, alert: AlertText | None) -> None:
    if alert is None or not alert.instruction.strip():
        raise BadText(gettext_noop("Xin ghi người dân cần làm gì."), field="instruction")
    if alert.onset and alert.expires <= alert.onset:
        raise BadText(gettext_noop("Lúc hết phải sau lúc bắt đầu."), field="expires")
    values: dict[str, Any] = {
        name: getattr(alert, name)
        for name in ("category", "urgency", "severity", "certainty", "onset", "expires", "contact", "exercise")
    }
    values |= {"instruction": nfc(alert.instruction).strip(), "instruction_en": nfc(alert.instruction_en).strip()}
    detail, _ = AlertDetail.objects.update_or_create(publication=found, defaults=values)
    detail.places.set(alert.places)
