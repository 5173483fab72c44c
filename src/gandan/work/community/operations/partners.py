"""Who takes part in a model: by their own word alone, free to leave, and forgotten when they wish."""

from collections.abc import Collection
from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require, require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.community.models import Partner
from gandan.work.community.operations.registering import NothingSaid, WrongState, taken
from gandan.work.community.rules import State

AT_ONCE = 500


class NotTheirWord(Refused):
    """Nobody is entered as a partner by others."""


@operation
def join(*, model: int, name: str, as_organisation: bool, own_word: bool, by: Person, on: date) -> Partner:
    """Enter somebody who takes part, as themselves or for an organisation. Nothing else is noted of them.

    :param own_word: they have said so themselves
    :raises NotAllowed: if `by` may not write the work with people at the model's unit
    :raises NotTheirWord: if they haven't said so themselves
    :raises NothingSaid: if there is no name
    :raises WrongState: if the model has lapsed
    """
    fresh = taken(model)
    require(Right.WRITE_COMMUNITY, by=by, unit=fresh.unit, on=on)
    if not own_word:
        raise NotTheirWord(gettext_noop("Chỉ ghi người, tổ chức tự mình nói muốn tham gia. Không ai ghi tên thay họ."))
    if not name.strip():
        raise NothingSaid(gettext_noop("Chưa ghi tên."))
    if fresh.state == State.LAPSED:
        raise WrongState(gettext_noop("Mô hình này đã thôi hoạt động."))
    partner = Partner.objects.create(model=fresh, as_organisation=as_organisation, name=name.strip(), joined_on=on)
    record(Kind.PARTNER_JOINED, unit=fresh.unit, day=on, by=by, about=fresh, partner=_kind(partner))
    return partner


@operation
def leave(*, partner: int, by: Person, on: date, forget: bool = False) -> Partner:
    """Note that a partner leaves; with `forget` the name is erased at once, and that somebody took part stays a number.

    :raises NotAllowed: if `by` may not write the work with people at the model's unit
    """
    fresh = Partner.objects.select_for_update(of=("self",)).select_related("model__unit").get(pk=partner)
    require(Right.WRITE_COMMUNITY, by=by, unit=fresh.model.unit, on=on)
    if fresh.left_on is not None and (not forget or fresh.forgotten_on is not None):
        unchanged()
        return fresh
    if fresh.left_on is None:
        fresh.left_on = on
        record(Kind.PARTNER_LEFT, unit=fresh.model.unit, day=on, by=by, about=fresh.model, partner=_kind(fresh))
    if forget:
        fresh.name, fresh.forgotten_on = "", on
        record(Kind.PARTNER_FORGOTTEN, unit=fresh.model.unit, day=on, by=by, about=fresh.model, partner=_kind(fresh))
    fresh.save()
    return fresh


def _kind(partner: Partner) -> str:
    return "organisation" if partner.as_organisation else "person"


@operation
def erase_partners(*, before: date, but: Collection[int], by: Person, on: date) -> list[int]:
    """Forget partners who left before a day, or whose model lapsed before it; return their numbers, a batch at a time.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    left = Partner.objects.filter(left_on__lt=before, forgotten_on=None)
    ended = left | Partner.objects.filter(model__lapsed_on__lt=before, forgotten_on=None)
    numbers = list(ended.exclude(pk__in=but).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    Partner.objects.filter(pk__in=numbers, left_on=None).update(left_on=on)
    Partner.objects.filter(pk__in=numbers).update(name="", forgotten_on=on)
    return numbers
