"""Opening a record outside one's units for a reason, and telling those who must know."""

from datetime import date

from django.db.models import Model

from gandan.ground.audit.models import Alert, Opening
from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import outside, reaching, require, units_of
from gandan.ground.organisations.rights import Right, Role

SHORTEST, LONGEST = 15, 500
HEARS = {
    What.OPENED_OUTSIDE: Right.HEAR_OPENINGS,
    What.GAVE_ONESELF: Right.HEAR_GRANTS,
    What.KEY_TO_PEOPLE: Right.HEAR_GRANTS,
    What.ACCOUNT_RESET: Right.HEAR_GRANTS,
}


class NoReason(Refused):
    """A reason is a sentence that the other unit can understand."""


class YourOwn(Refused):
    """The record belongs to a unit whose records one may read anyway."""


@operation
def open_outside(*, about: Model, unit: Unit, reason: str, by: Person, on: date) -> Opening:
    """Open a record of another unit for today, with a reason in writing; the head of that unit is told.

    :raises NotAllowed: if no role of `by` may, or the record belongs to another line
    :raises YourOwn: if `by` may read the unit's records anyway
    :raises NoReason: if the reason is too short to be one, or too long
    """
    if reaching(Right.READ_DOSSIERS, by=by, unit=unit.pk, on=on):
        raise YourOwn(gettext_noop("Hồ sơ này thuộc phần việc của Ông/Bà; không cần nêu lý do."))
    held = outside(by=by, unit=unit.pk, on=on)
    if held is None:
        raise NotAllowed(gettext_noop("{person} không có quyền này tại {unit}."), person=by.name, unit=unit.name)
    reason = " ".join(reason.split())
    if not SHORTEST <= len(reason) <= LONGEST:
        raise NoReason(
            gettext_noop("Xin nêu lý do bằng một câu mà đơn vị kia hiểu được ({least}–{most} chữ)."), least=SHORTEST, most=LONGEST
        )
    key = {"person": by, "about_type": about._meta.label_lower, "about_id": about.pk, "on": on}
    opening, new = Opening.objects.get_or_create(**key, defaults={"unit": unit, "from_unit_id": held.unit, "reason": reason})
    if not new:
        unchanged()
        return opening
    Alert.objects.create(what=What.OPENED_OUTSIDE.value, unit=unit, person=by, opening=opening, on=on)
    record(Kind.RECORD_OPENED_OUTSIDE, unit=unit, day=on, by=by, about=opening)
    note(
        What.OPENED_OUTSIDE, by=by, about_type=opening.about_type, about_id=about.pk, unit=unit.pk, held=held, outside=True,
        detail=f"opening {opening.pk}",
    )  # fmt: skip
    return opening


@operation
def tell_of_grant(*, person: Person, unit: Unit, role: Role, by: Person, on: date) -> Alert:
    """Tell the inspectorate that someone tried to give a role to themselves. Called after it was refused.

    :raises ValueError: if it was somebody else's role
    """
    if person.pk != by.pk:
        raise ValueError("Nobody gave anything to themselves.")
    alert = Alert.objects.create(what=What.GAVE_ONESELF.value, unit=unit, person=person, detail=role.value, on=on)
    record(Kind.GRANT_REFUSED, unit=unit, day=on, by=by, about=alert)
    note(What.GAVE_ONESELF, by=by, unit=unit.pk, detail=role.value)
    return alert


@operation
def tell_of_key(*, unit: Unit, label: str, by: Person, on: date) -> Alert:
    """Tell the inspectorate of a key that opens records about people: who makes keys may read none, by no way round."""
    alert = Alert.objects.create(what=What.KEY_TO_PEOPLE.value, unit=unit, person=by, detail=label[:160], on=on)
    note(What.KEY_TO_PEOPLE, by=by, unit=unit.pk, detail=label)
    unchanged()  # the ledger is told of the key itself
    return alert


@operation
def tell_of_reset(*, person: Person, what: str, by: Person, on: date) -> list[Alert]:
    """Tell the inspectorate that an administrator opened somebody's account anew: with it one could act as that person.

    :param what: a code, such as `password_set`
    """
    unchanged()  # it changes no record of work
    told = [
        Alert.objects.create(what=What.ACCOUNT_RESET.value, unit_id=unit, person=by, detail=f"{what} {person.username}", on=on)
        for unit in sorted(units_of(person, on))
    ]
    note(What.ACCOUNT_RESET, by=by, about_type="organisations.person", about_id=person.pk, detail=what)
    return told


@operation
def see(*, alert: int, by: Person, on: date) -> Alert:
    """Note that one who had to be told has seen it.

    :raises NotAllowed: if it is not for `by`
    """
    found = Alert.objects.select_for_update(of=("self",)).select_related("unit").get(pk=alert)
    require(HEARS[What(found.what)], by=by, unit=found.unit, on=on)
    if found.seen_on is not None or found.person_id == by.pk:
        unchanged()
        return found
    found.seen_by, found.seen_on = by, on
    found.save(update_fields=["seen_by", "seen_on"])
    record(Kind.ALERT_SEEN, unit=found.unit, day=on, by=by, about=found)
    return found
