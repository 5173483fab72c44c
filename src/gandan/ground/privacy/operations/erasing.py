"""Erasing by due date: the rule and the proof are kept here, what is erased is its package's business."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Protocol

from django.contrib.sessions.models import Session

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_for_all, tops
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.models import Erasure, Request
from gandan.ground.privacy.queries import held, keeps, register

AT_ONCE = 500
NOTHING_YET = b"\0" * 32


class UnknownRule(Refused):
    """The register has no such kind of record."""


class Eraser(Protocol):
    """An operation of a package that ends some of its records and returns their numbers; none when nothing is left.

    :param before: the day before which a record must have ended for its time to be up
    :param but: the records that are held
    """

    def __call__(self, *, before: date, but: frozenset[int], by: Person, on: date) -> Sequence[object]: ...


@operation
def erase(*, kind: str, of: Eraser, about_type: str = "", by: Person, on: date) -> int:
    """End a batch of records of one kind by the register's rule, with its proof, and return how many; 0 when none is left.

    :param of: the operation of the package that has them
    :param about_type: the type of the records that may be held
    :raises NotAllowed: if `by` may not look after the ends of records
    :raises UnknownRule: if the register has no such kind
    """
    require_for_all(Right.MANAGE_PRIVACY, by=by, on=on)
    if kind not in register().kinds:
        raise UnknownRule(gettext_noop("Danh mục xử lý dữ liệu không có loại {kind}."), kind=kind)
    keep = keeps(on)[kind]
    before = keep.ended_before(on)
    ended = of(before=before, but=held(about_type, on) if about_type else frozenset(), by=by, on=on)
    unchanged()  # where nothing ended there is nothing to tell, and where there is no unit yet nowhere to tell it
    if not ended:
        Erasure.objects.filter(kind=kind, on=on, finished=False).update(finished=True)
        return 0
    proof, _new = Erasure.objects.select_for_update().get_or_create(
        kind=kind, on=on, defaults={"how": keep.how.value, "before": before, "digest": NOTHING_YET}
    )
    proof.records += len(ended)
    proof.digest = hashlib.sha256(bytes(proof.digest) + ",".join(map(str, ended)).encode()).digest()
    proof.finished = False
    proof.save(update_fields=["records", "digest", "finished"])
    for unit in tops(on)[:1]:
        record(Kind.PRIVACY_ERASED, unit=unit, day=on, by=by, amount=len(ended), records=kind)
    return len(ended)


@operation
def erase_requests(*, before: date, but: frozenset[int], by: Person, on: date) -> list[int]:
    """Take the words out of requests that were answered before a day. That there was one, and how it ended, stays.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_for_all(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    ended = Request.objects.filter(answered_on__lt=before, erased_on=None).exclude(pk__in=but).order_by("answered_on", "pk")
    numbers = list(ended.values_list("pk", flat=True)[:AT_ONCE])
    Request.objects.filter(pk__in=numbers).update(text="", reply_to="", answer="", erased_on=on)
    return numbers


@operation
def erase_sessions(*, before: date, but: frozenset[int], by: Person, on: date) -> list[str]:
    """Erase sessions that have run out. Their keys are secrets, so what is returned is a digest of each.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_for_all(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    ended = Session.objects.filter(expire_date__lt=datetime.combine(before, time.min, UTC)).order_by("expire_date")
    keys = list(ended.values_list("session_key", flat=True)[:AT_ONCE])
    Session.objects.filter(session_key__in=keys).delete()
    return [hashlib.sha256(key.encode()).hexdigest() for key in keys]
