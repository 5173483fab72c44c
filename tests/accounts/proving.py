"""Clients of people who have just proved who they are, as `confirmed_recently` asks for."""

import time

from django.test import Client


def signed_in(person, *, ago: float = 0.0) -> Client:
    """Return a client whose person gave a password so many seconds ago."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - ago}]
    session.save()
    return client
