"""Requests that carry a key are done once: sent again (a double click, a lost answer), they are answered as before."""

import hashlib
import json
import re
from collections.abc import Mapping

from django.db import connection

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.work.dossiers.models import Dossier, Once

KEY = re.compile(r"[A-Za-z0-9_.:-]{8,80}\Z")
_CLAIM = """
    INSERT INTO dossiers_once (by_id, key, digest) VALUES (%s, %s, %s)
    ON CONFLICT (by_id, key) DO NOTHING
"""


class BadKey(Refused):
    """The key of a request that is to be done once can't be used."""


class KeyUsedBefore(Refused):
    """Another request was sent under this key."""


def answered(key: str, by: Person, asked: Mapping[str, object]) -> Dossier | None:
    """Return what this request led to before, or None if it is new: then it is ours until the transaction ends.

    :raises BadKey: if the key can't be one
    :raises KeyUsedBefore: if something else was asked under it
    """
    if not key:
        return None
    if not KEY.match(key):
        raise BadKey(gettext_noop("Khoá chống gửi hai lần phải có 8 đến 80 chữ cái, chữ số hoặc dấu . _ : -"))
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()
    with connection.cursor() as cursor:  # waits for whoever is at the same key
        cursor.execute(_CLAIM, [by.pk, key, digest])
        if cursor.rowcount:
            return None
    before = Once.objects.select_related("dossier__procedure", "dossier__unit").get(by=by, key=key)
    if before.digest != digest:
        raise KeyUsedBefore(gettext_noop("Khoá này đã dùng cho một yêu cầu khác. Xin gửi lại với khoá mới."))
    return before.dossier


def keep_answer(key: str, by: Person, dossier: Dossier) -> None:
    if key:
        Once.objects.filter(by=by, key=key).update(dossier=dossier)
