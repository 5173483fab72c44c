"""Second factors of people, and who must have one."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import appointments
from gandan.ground.organisations.rights import SECOND_FACTOR_ROLES

PROOFS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Factor:
    """What somebody proves themselves with besides a password."""

    id: int
    kind: str  # totp, webauthn or recovery_codes
    name: str
    added_at: datetime
    last_used_at: datetime | None
    left: int = 0  # recovery codes that were not used yet


def factors(person: Person) -> tuple[Factor, ...]:
    """Return the second factors of a person, the oldest first; recovery codes last."""
    found = sorted(Authenticator.objects.filter(user_id=person.pk), key=lambda one: (one.type == "recovery_codes", one.pk))
    return tuple(
        Factor(
            one.pk,
            str(one.type),
            one.wrap().name if one.type == Authenticator.Type.WEBAUTHN else "",
            one.created_at,
            one.last_used_at,
            len(one.wrap().get_unused_codes()) if one.type == Authenticator.Type.RECOVERY_CODES else 0,
        )
        for one in found
    )


def has_second_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=PROOFS).exists())


def needs_second_factor(person: Person, on: date) -> bool:
    """Say whether a role that the person holds on this day asks for a second factor."""
    return any(held.role in SECOND_FACTOR_ROLES for held in appointments(person, on))
