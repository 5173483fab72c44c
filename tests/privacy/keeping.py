"""Keeping a record beyond its time as a person does it: on the page, by the record's number."""

from datetime import timedelta

from django.utils.timezone import localdate

from tests.accounts.proving import signed_in

PAGE = "/privacy/holds/"


def keep(person, number: str, *, step: str = "hold") -> int:
    """Return how a person who wants a record kept, or let go, is answered: 302 if it was done."""
    asked = {"step": step, "number": number, "reason": "complaint", "until": f"{localdate() + timedelta(100)}"}
    return signed_in(person).post(PAGE, asked).status_code


def kept(person) -> str:
    """Return the list of what is kept, as a person reads it."""
    return signed_in(person).get(PAGE).content.decode().split("<main", 1)[1].split("<h2", 1)[0]
