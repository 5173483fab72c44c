"""What is done with accounts of people: the first of all, sessions ended, second factors taken back."""

from collections.abc import Collection
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q

from gandan.ground.accounts.queries.beginning import beginning_code, nobody_yet
from gandan.ground.audit.noting import note
from gandan.ground.audit.operations import tell_of_reset
from gandan.ground.audit.rules import What
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import appointments, require
from gandan.ground.organisations.rights import Right, Role
from gandan.ground.organisations.rules import Line


class AlreadyBegun(Refused):
    """Somebody has an account already; administrators add the others."""


class WrongCode(Refused):
    """Not the code that the machine printed."""


@operation
def begin(*, code: str, username: str, name: str, password: str, unit: Unit, by: Person, on: date) -> Person:
    """Add the first account: an administrator, by whoever can read what the machine prints.

    :raises AlreadyBegun: if somebody can sign in already
    :raises WrongCode: if it is not the code of this installation
    :raises Unfit: if the user name is not of small letters, digits, dots and dashes
    """
    Person.objects.select_for_update().get(pk=by.pk)  # of two at once, one is the first
    if not nobody_yet():
        raise AlreadyBegun(gettext_noop("Đã có tài khoản. Người quản trị sẽ thêm những người khác."))
    if code.strip().lower().replace(" ", "") != beginning_code():
        raise WrongCode(gettext_noop("Mã không đúng. Xin chép lại mã mà máy chủ đã in ra."))
    return enrol(
        username=username,
        name=name,
        password=password,
        unit=unit,
        role=Role.ADMINISTRATOR,
        line=Line.ADMINISTRATION,
        by=by,
        on=on,
    )


@operation
def end_sessions(*, person: Person, sessions: Collection[int] | None, but: str = "", by: Person, on: date) -> int:
    """End the sessions of a person: these, or all of them but one; return how many. What was open there asks to sign in again.

    :raises NotAllowed: if they are somebody else's and `by` may not manage people where they work
    """
    unchanged()
    _check(person, by, on)
    found = UserSession.objects.filter(user_id=person.pk).exclude(session_key=but)
    ended = [one for one in found if sessions is None or one.pk in sessions]
    for one in ended:
        one.end()
    note(What.SIGNED_OUT, by=by, about_type="organisations.person", about_id=person.pk, detail=f"sessions {len(ended)}")
    return len(ended)


@operation
def set_password(*, person: Person, password: str, by: Person, on: date) -> None:
    """Set somebody's password, held against the rules for passwords before; what was open elsewhere asks to sign in again.

    :raises NotAllowed: if `by` may not manage people where they work, or it is their own account
    """
    unchanged()
    _check_other(person, by, on)
    person.set_password(password)
    person.save(update_fields=["password"])
    tell_of_reset(person=person, what="password_set", by=by, on=on)


@operation
def reset_factors(*, person: Person, by: Person, on: date) -> int:
    """Take the second factors from somebody who lost them, and end their sessions; they set up new ones at the next sign-in.

    :raises NotAllowed: if `by` may not manage people where they work, or it is their own account
    """
    unchanged()
    _check_other(person, by, on)
    gone: int = Authenticator.objects.filter(user_id=person.pk).delete()[0]
    for one in UserSession.objects.filter(user_id=person.pk):
        one.end()
    tell_of_reset(person=person, what="second_factor_reset", by=by, on=on)
    return gone


@operation
def forget_ended(*, by: Person, on: date) -> int:
    """Forget where people were signed in once that session is over, and second factors of accounts that are no longer used."""
    unchanged()
    over = ~Exists(Session.objects.filter(session_key=OuterRef("session_key")))
    gone: int = UserSession.objects.filter(over | Q(user__is_active=False)).delete()[0]
    factors: int = Authenticator.objects.filter(user__is_active=False).delete()[0]
    return gone + factors


def _check_other(person: Person, by: Person, on: date) -> None:
    if person.pk == by.pk:
        raise NotAllowed(gettext_noop("{person} không tự gỡ được; xin người quản trị khác làm."), person=by.name)
    _check(person, by, on)


def _check(person: Person, by: Person, on: date) -> None:
    if person.pk == by.pk:
        return
    for held in appointments(person, on):
        require(Right.MANAGE_PEOPLE, by=by, unit=Unit.objects.get(pk=held.unit), on=on)
