"""Signing one paper by several, in order: numbered once, each signature on top of the one before.

Who may have it signed, the package of the record has looked at; whether somebody may sign for a body, this looks at when they do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model

from gandan.ground.documents.countersigning import Field, countersign, with_fields
from gandan.ground.documents.forms import Form
from gandan.ground.documents.models import Signing, SigningPart
from gandan.ground.documents.operations.registering import Register
from gandan.ground.documents.operations.storing import Paper, store
from gandan.ground.documents.queries.stored import pdf_of
from gandan.ground.documents.signing import Box, Signatory, certificate_name, fingerprint, signatory
from gandan.ground.documents.typesetting import typeset_seal
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import may, standing_heir
from gandan.ground.organisations.rights import Right
from gandan.ground.vietnam.numbers import date_vi
from gandan.ground.vietnam.text import fold

FOR_GOOD = timedelta(days=70 * 365)  # what two bodies sign is kept for good
LEGIBLE = 46  # letters of a line in the seal

Typeset = Callable[[str], tuple[bytes, list[Box]]]


class AlreadySigning(Refused):
    """The paper has its number and is being signed."""


class NotYourTurn(Refused):
    """Somebody else signs first, or this person has signed."""


class NoLongerSignatory(Refused):
    """Who was to sign does not sign for the body any more."""


class WrongCertificate(Refused):
    """The certificate names somebody else."""


@dataclass(frozen=True)
class Signer:
    """Who is to sign, for which body, as what."""

    unit: Unit
    signs_as: str
    person: Person


@operation
def open_signing(
    *,
    about: Model,
    title: str,
    form: Form,
    unit: Unit,
    signers: Sequence[Signer],
    line: Callable[[int], str],
    typeset: Typeset,
    place: str,
    by: Person,
    on: date,
) -> Signing:
    """Give a paper its number and lay it before those who sign it.

    :param line: writes the number as it is printed
    :param typeset: sets the paper with that line, and says where each has their field
    :raises AlreadySigning: if it has its number already
    :raises NoLongerSignatory: if one of them does not sign for the body on that day
    """
    about_type = about._meta.label_lower
    if Signing.objects.filter(about_type=about_type, about_id=about.pk).exists():
        raise AlreadySigning(gettext_noop("Văn bản này đã lấy số và đang được ký."))
    for one in signers:
        _check_stands(one.person, one.unit, one.signs_as, on)
    unchanged()
    (number,) = Register(unit, form.sign, on.year).take()
    pdf, boxes = typeset(line(number))
    fields = [Field(_field(nth), box) for nth, box in enumerate(boxes[: len(signers)], start=1)]
    paper = store(paper=Paper(with_fields(pdf, fields), form, unit, about, form.layout, kept_for=FOR_GOOD), by=by, on=on)
    signing = Signing.objects.create(
        about_type=about_type, about_id=about.pk, title=title, unit=unit, paper=paper, number_line=line(number), year=on.year,
        number=number, place=place, opened_on=on, opened_by=by,
    )  # fmt: skip
    SigningPart.objects.bulk_create(
        SigningPart(signing=signing, position=nth, unit=one.unit, signs_as=one.signs_as, person=one.person)
        for nth, one in enumerate(signers, start=1)
    )
    return signing


@operation
def sign_next(*, about: Model, reason: str, form: Form, by: Person, on: date, at: datetime) -> Signing:
    """Sign a paper as the next in order. The last signature finishes it.

    :raises NotAllowed: if `by` is not among those who sign
    :raises NotYourTurn: if it has no number yet, another signs first, or `by` has signed
    :raises NoLongerSignatory: if `by` does not sign for the body any more
    :raises WrongCertificate: if the key's certificate names somebody else
    :raises NoKey: if `by` has no key
    :raises KeyUnusable: if the key can't be opened, or its certificate has ended
    """
    found = _signing(about)
    parts = list(found.parts.select_related("unit", "person"))
    part = _turn(parts, by, on)
    unchanged()
    with signatory(by.username, at) as held:
        _check_certificate(held, by)
        seal = typeset_seal(_seal(held, part, at), at)
        pdf = countersign(
            held, pdf_of(found.paper_id), _field(part.position), first=part.position == 1, seal=seal, reason=reason,
            place=found.place,
        )  # fmt: skip
        part.certificate, part.fingerprint = held.name[:200], fingerprint(held.signer.signing_cert)
    part.signed_on, part.signed_at = on, at
    part.save()
    last = part.position == len(parts)
    # Only the finished paper stands in the register: what it was before is kept beside it, without its number.
    numbered: dict[str, Any] = {"number": found.number, "number_line": found.number_line, "year": found.year} if last else {}
    names = "; ".join(one.certificate for one in parts if one.certificate)
    paper = Paper(pdf, form, found.unit, about, form.layout, signed_by=names, kept_for=FOR_GOOD)
    found.paper = store(paper=replace(paper, **numbered), by=by, on=on)
    found.finished_on = on if last else None
    found.save(update_fields=["paper", "finished_on"])
    return found


@operation
def replace_signer(*, about: Model, position: int, person: Person, by: Person, on: date) -> SigningPart:
    """Name another who is to sign for a body, as long as nobody has signed there.

    :raises NotYourTurn: if it was signed there already
    :raises NoLongerSignatory: if they do not sign for the body
    """
    parts = SigningPart.objects.select_for_update(of=("self",)).select_related("unit")
    part = parts.filter(signing=_signing(about), position=position).first()
    if part is None or part.signed_on:
        raise NotYourTurn(gettext_noop("Chỗ này đã ký, không thay người ký được nữa."))
    _check_stands(person, part.unit, part.signs_as, on)
    unchanged()
    part.person = person
    part.save(update_fields=["person"])
    return part


def _signing(about: Model) -> Signing:
    """:raises NotYourTurn: if the record has no paper to sign"""
    found = Signing.objects.select_for_update(of=("self",)).select_related("unit")
    one = found.filter(about_type=about._meta.label_lower, about_id=about.pk).first()
    if one is None:
        raise NotYourTurn(gettext_noop("Văn bản này chưa lấy số nên chưa ký được."))
    return one


def _turn(parts: Sequence[SigningPart], by: Person, on: date) -> SigningPart:
    if all(one.person_id != by.pk for one in parts):
        raise NotAllowed(gettext_noop("{person} không phải người ký văn bản này."), person=by.name)
    waiting = next((one for one in parts if one.signed_on is None), None)
    mine = next((one for one in parts if one.person_id == by.pk and one.signed_on is None), None)
    if waiting is None or mine is None:
        raise NotYourTurn(gettext_noop("{person} không có chỗ ký nào đang chờ trên văn bản này."), person=by.name)
    if waiting.pk != mine.pk:
        raise NotYourTurn(gettext_noop("{first} ký trước; sau đó mới đến {person}."), first=waiting.person.name, person=by.name)
    _check_stands(by, mine.unit, mine.signs_as, on)
    return mine


def _check_stands(person: Person, unit: Unit, signs_as: str, on: date) -> None:
    """Look whether somebody signs for a body on a day; for one that has ended, its main heir's signatory does."""
    body = standing_heir(unit, on)
    if not may(Right.SIGN_DOCUMENTS, by=person, unit=body, on=on):
        raise NoLongerSignatory(
            gettext_noop("Ngày {day}, {person} không còn ký với tư cách {position} của {unit}. Xin cử người ký khác."),
            day=date_vi(on), person=person.name, position=signs_as, unit=body.name,
        )  # fmt: skip


def _check_certificate(held: Signatory, by: Person) -> None:
    if fold(certificate_name(held.signer.signing_cert)) != fold(by.name):
        raise WrongCertificate(
            gettext_noop("Chứng thư mang tên {name}, không phải {person}. Xin dùng đúng khoá ký của mình."),
            name=held.name, person=by.name,
        )  # fmt: skip


def _seal(held: Signatory, part: SigningPart, at: datetime) -> list[str]:
    lines = (f"Ký bởi: {held.name}", f"{part.signs_as}, {part.unit.name}", f"Ngày ký: {at:%d/%m/%Y %H:%M:%S %z}")
    return [line if len(line) <= LEGIBLE * 2 else f"{line[: LEGIBLE * 2 - 1]}…" for line in lines]


def _field(position: int) -> str:
    return f"ChuKy{position}"
