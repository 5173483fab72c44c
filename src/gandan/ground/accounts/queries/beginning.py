"""The very beginning: nobody can sign in yet, and a stranger must not be the first."""

import base64
import hmac

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.rules import Nature


def nobody_yet() -> bool:
    """Say whether there is no person with a password."""
    people = Person.objects.filter(nature=Nature.PERSON.value).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return not people.exclude(password="").exists()  # an empty one is none


def beginning_code() -> str:
    """Return the code by which the first account is made. Whoever can read our secrets can tell it; it ends with that account."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"the first account", "sha256")
    letters = base64.b32encode(digest).decode().lower()[:16]
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))
