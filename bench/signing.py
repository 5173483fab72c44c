"""A worker that signs letters, in a process of its own."""

import os

import django
from django.db import connections


def work(name: str, username: str, batches: list[int], sealed: bool, start) -> None:
    """Sign a head's batches in a database, once all workers are ready."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.config.settings")
    django.setup()
    connections.settings["default"]["NAME"] = name
    connections.settings["default"]["OPTIONS"].pop("pool", None)
    from datetime import UTC, date, datetime

    from gandan.ground.documents.samples import sample_sheet
    from gandan.ground.documents.signing import signatory
    from gandan.ground.documents.typesetting import Typesetter
    from gandan.ground.organisations.queries import person
    from gandan.work.dossiers.operations import sign_some

    day, at, by = date(2026, 11, 20), datetime(2026, 11, 20, 3, tzinfo=UTC), person(username)
    sheet = sample_sheet("apology", day)
    Typesetter(sheet.form).set(sheet)  # a worker that has just begun reads fonts first
    start.wait()

    def sign(key) -> None:
        for batch in batches:
            while sign_some(batch=batch, signatory=key, by=by, on=day, at=at):
                pass

    if sealed:
        with signatory(username, at) as key:
            sign(key)
    else:
        sign(None)
