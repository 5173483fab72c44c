"""An online dossier, from the first word to the hand-in: kept without an account, and nothing lost on the way."""

import json
from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings

from gandan.ground.documents.attachments.examining import Readable
from gandan.ground.documents.models import Attachment
from gandan.ground.documents.operations import attach, erase_attachment, hand_on
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.messages.operations import send
from gandan.ground.messages.rules import Channel as MessageChannel
from gandan.ground.organisations.models import Person, Unit
from gandan.work.dossiers.models import Contact, Dossier, Draft
from gandan.work.dossiers.operations.counter import NotHandledHere, register
from gandan.work.dossiers.operations.receipts import key_given
from gandan.work.dossiers.queries.procedures import procedure_on
from gandan.work.dossiers.rules import handles
from gandan.work.dossiers.rules.drafts import BY_POST, NotReady, faults, kept
from gandan.work.dossiers.rules.holders import FILES_KEPT, Language, digest_of, phone_of

ABOUT = Draft._meta.label_lower
DRAFT_KEPT = timedelta(days=30)
AT_ONCE = 200


class HandedIn(Refused):
    """What was handed in is no draft any more."""


@operation
def begin_draft(*, procedure: str, unit: Unit, code: str, by: Person, on: date) -> Draft:
    """Begin an online dossier at an office. Nobody is owed anything by it yet.

    :param code: drawn at random; its digest alone is kept
    :raises UnknownProcedure: if the procedure has no rule on the day
    :raises NotHandledHere: if the unit doesn't handle it
    """
    rule = procedure_on(procedure, on)
    if not handles(rule.handled_by, unit.code) or not unit.stands_on(on):
        raise NotHandledHere(gettext_noop("{unit} không giải quyết thủ tục “{procedure}”."), unit=unit.name, procedure=rule.name)
    unchanged()  # a draft is nobody's work yet
    return Draft.objects.create(digest=digest_of(code), procedure=procedure, unit=unit, begun_on=on, keep_until=on + DRAFT_KEPT)


@operation
def write_draft(*, draft: Draft, said: Mapping[str, str], by: Person, on: date) -> Draft:
    """Keep what was filled in, right or wrong.

    :raises HandedIn: if it was handed in
    """
    fresh = _open(draft)
    fresh.written, fresh.keep_until = json.dumps(kept(said), ensure_ascii=False), on + DRAFT_KEPT
    fresh.save(update_fields=["written", "keep_until"])
    Attachment.objects.filter(about_type=ABOUT, about_id=fresh.pk, erased_on=None).update(keep_until=fresh.keep_until)
    unchanged()  # a draft is nobody's work yet
    return fresh


@operation
def add_to_draft(*, draft: Draft, source: Readable, name: str, purpose: str, by: Person, on: date) -> Attachment:
    """Add a file to a draft.

    :raises HandedIn: if it was handed in
    :raises Refused: if the file can't be kept as it is, with what to do instead
    """
    fresh = _open(draft)
    return attach(
        about=fresh, unit=fresh.unit, source=source, name=name, purpose=purpose, keep_until=fresh.keep_until, by=by, on=on
    )


@operation
def drop_from_draft(*, draft: Draft, token: str, by: Person, on: date) -> None:
    """Take a file out of a draft.

    :raises HandedIn: if it was handed in
    """
    fresh = _open(draft)
    unchanged()  # it may be gone already
    for one in Attachment.objects.filter(about_type=ABOUT, about_id=fresh.pk, token=token, erased_on=None):
        erase_attachment(attachment=one, by=by, on=on)


@operation
def hand_in(*, draft: Draft, by: Person, on: date, language: Language = Language.VIETNAMESE) -> Dossier:
    """Hand a draft in: it becomes a dossier that waits to be taken in. Twice is once.

    :param language: in which its applicant is written to
    :raises NotReady: if something is missing; it says what, by field
    :raises Refused: as `register` does
    """
    fresh = Draft.objects.select_for_update(of=("self",)).select_related("unit").get(pk=draft.pk)
    if fresh.dossier_id is not None:
        unchanged()
        return Dossier.objects.get(pk=fresh.dossier_id)
    said = json.loads(fresh.written or "{}")
    if found := faults(said):
        raise NotReady(found)
    by_post = BY_POST in said
    papers = [{"name": one.shown_name, "copy": 1} for one in _files(fresh)]
    dossier = register(
        procedure=fresh.procedure, unit=fresh.unit, applicant=said["applicant"], by_post=by_post, papers=papers, by=by, on=on
    )
    Contact.objects.create(
        dossier=dossier,
        phone=phone_of(said["phone"]),
        email=said.get("email", ""),
        address=said.get("address", ""),
        language=language.value,
    )
    if by_post:
        where = said.get("post_address") or said["address"]
        dossier.deliveries.update(recipient=dossier.applicant, address=where, phone=phone_of(said["phone"]))
    hand_on(giver=fresh, taker=dossier, keep_until=on + FILES_KEPT, by=by, on=on)
    fresh.dossier, fresh.keep_until = dossier, on + FILES_KEPT
    fresh.save(update_fields=["dossier", "keep_until"])
    _write_to(dossier, said.get("email", ""), key_given(dossier, by, on), language, by, on)
    return dossier


@operation
def erase_drafts(*, by: Person, on: date) -> list[int]:
    """Erase drafts when their time is up, and with those that nobody handed in their files; return their numbers."""
    ended = list(Draft.objects.filter(keep_until__lt=on).order_by("keep_until")[:AT_ONCE])
    numbers = [draft.pk for draft in ended]
    for draft in ended:
        for one in _files(draft):
            erase_attachment(attachment=one, by=by, on=on)
        draft.delete()
    unchanged()  # the files tell of themselves
    return numbers


def _write_to(dossier: Dossier, email: str, token: str, language: Language, by: Person, on: date) -> None:
    if not email:
        return
    send(
        key=f"registered:{dossier.pk}:email",
        channel=MessageChannel.EMAIL,
        to=email,
        template="dossier-registered",
        parameters={
            "name": dossier.applicant,
            "procedure": dossier.procedure.name,
            "number": dossier.number,
            "unit": dossier.unit.name,
            "link": f"{settings.BASE_URL}/r/{token}/",
        },
        about=dossier,
        unit=dossier.unit,
        language=language.value,
        by=by,
        on=on,
    )


def _files(draft: Draft) -> list[Attachment]:
    return list(Attachment.objects.filter(about_type=ABOUT, about_id=draft.pk, erased_on=None).order_by("pk"))


def _open(draft: Draft) -> Draft:
    fresh = Draft.objects.select_for_update(of=("self",)).select_related("unit").get(pk=draft.pk)
    if fresh.dossier_id is not None:
        raise HandedIn(gettext_noop("Hồ sơ này đã gửi. Xin xem bằng số hồ sơ."))
    return fresh
