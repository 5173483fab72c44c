"""Put sealed data under another key, and show what the register of processing says."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand
from gandan.ground.accounts import operations as accounts
from gandan.ground.accounts.rules import SEALED_AT
from gandan.ground.organisations.queries import importer
from gandan.ground.privacy import operations, queries
from gandan.ground.privacy.fields import keyring
from gandan.ground.privacy.rules import made_key


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "keys": "list the keys by number, and how many values stand under an older one",
        "add_key": "put a new key first in the file of keys; from now on it seals",
        "rotate": "put everything sealed under the newest key; can be stopped and run again",
        "register": "list the kinds of records about people, and when each ends",
        "proofs": "list what was erased, the newest first",
    }

    def run_keys(self, options: dict[str, Any]) -> dict[str, Any]:
        return {
            "keys": keyring().ids,
            "columns": [{"column": one.name, "old": queries.left_to_reseal(one)} for one in queries.sealed_columns()],
        }

    def show_keys(self, answer: dict[str, Any]) -> None:
        for nth, key in enumerate(answer["keys"]):
            self.stdout.write(f"{key}  {_('niêm và mở') if nth == 0 else _('chỉ mở')}")
        self.table((_("Cột"), _("Còn dưới khoá cũ")), [(one["column"], one["old"]) for one in answer["columns"]])

    def run_add_key(self, options: dict[str, Any]) -> dict[str, Any]:
        if settings.FIELD_KEYS:
            raise CommandError(_("Khoá nằm trong GANDAN_FIELD_KEYS: hãy thêm khoá mới vào đầu biến đó."))
        add_key(settings.FIELD_KEYS_FILE)
        keyring.cache_clear()
        return {"keys": keyring().ids}

    def show_add_key(self, answer: dict[str, Any]) -> None:
        said = _("Khoá mới {key} đã đứng đầu. Hãy sao tệp khoá ra nơi khác bản sao lưu, rồi chạy: gandan privacy rotate")
        self.stdout.write(said.format(key=answer["keys"][0]))

    def run_rotate(self, options: dict[str, Any]) -> dict[str, int]:
        done: dict[str, int] = {}
        by, on = importer(), localdate()
        for column in queries.sealed_columns():
            done[column.name], of, last = 0, queries.left_to_reseal(column), None
            with self.progress(column.name) as moved:
                while (batch := operations.reseal(column=column, after=last, by=by, on=on)).values:
                    last, done[column.name] = batch.last, done[column.name] + batch.values
                    moved(done[column.name], of)
        done[SEALED_AT], after = 0, 0
        while True:
            changed, after = accounts.reseal_factors(after=after, by=by, on=on)
            done[SEALED_AT] += changed
            if not after:
                break
        operations.finish_resealing(by=by, on=on)
        return done

    def show_rotate(self, answer: dict[str, int]) -> None:
        self.table((_("Cột"), _("Đã niêm lại")), list(answer.items()))

    def run_register(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"kind": one.code, "name": one.name, "after": one.keep.after, "months": one.keep.months, "how": one.keep.how.value}
            for one in queries.register().kinds.values()
        ]

    def show_register(self, answer: list[dict[str, Any]]) -> None:
        columns = (_("Loại"), _("Tên"), _("Kể từ khi"), _("Số tháng"), _("Rồi thì"))
        self.table(columns, [tuple(one.values()) for one in answer])

    def run_proofs(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"on": one.on, "kind": one.kind, "before": one.before, "records": one.records, "digest": one.digest}
            for one in queries.erasures(limit=100)
        ]

    def show_proofs(self, answer: list[dict[str, Any]]) -> None:
        columns = (_("Ngày"), _("Loại"), _("Kết thúc trước"), _("Số bản ghi"), _("Mã đối chiếu"))
        self.table(columns, [tuple(one.values()) for one in answer])


def add_key(file: Path) -> None:
    """Write a new key above those that are there, by a file that is whole or absent."""
    beside = file.with_name(f".{file.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as written:
        written.write(f"{made_key()}\n{file.read_text()}")
        written.flush()
        os.fsync(written.fileno())
    beside.replace(file)
