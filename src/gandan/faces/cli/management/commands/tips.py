"""Keep the sealed channel: its root, its key of recovery, its store of secrets, its copies; try its door from outside."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.cli import tip_keys
from gandan.faces.cli.console import DeskCommand, day
from gandan.ground.organisations.queries import clock, person
from gandan.work.tips import copies, operations
from gandan.work.tips import queries as tips
from gandan.work.tips.canary import Canary, Silent
from gandan.work.tips.operations.members import place_of
from gandan.work.tips.queries.desk import vault
from gandan.work.tips.rules import Broken, Seat, public_of, readers_id, sealing

YEAR = timedelta(days=365)


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "root": "make the city's root, in three parts of which two sign; on a machine without a network",
        "sign": "sign the request of a member with two parts of the root",
        "recovery": "make the key of recovery, in three parts of which two open, signed with two parts of the root",
        "add": "bring a signed key, in the name of the one who holds it",
        "rehearse": "try that two parts of the key of recovery give it back, and that it opens; the ledger is told",
        "recover": "seal everything anew to a member's key, with two parts of the key of recovery; the ledger is told",
        "members": "list the keys in use, and how many messages aren't sealed to each",
        "level": "bring all copies of the secrets to the same state",
        "dump": "write the channel's database to a file, in an order that tells nothing",
        "restore": "fill the channel's empty database from a file; what was erased since stays erased",
        "canary": "send a tip from outside and find it again; ends with 1 if that fails",
    }

    def arguments_root(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")

    def run_root(self, options: dict[str, Any]) -> dict[str, Any]:
        return tip_keys.make_root(options["out"])

    def arguments_sign(self, parser: CommandParser) -> None:
        parser.add_argument("request", type=Path, metavar="REQUEST")
        self._parts(parser)
        self._term(parser)

    def run_sign(self, options: dict[str, Any]) -> dict[str, Any]:
        bare = tip_keys.requested(options["request"], *self._during(options))
        key = tip_keys.signed(bare, tip_keys.together(options["part"]))
        path = options["request"].with_name(options["request"].name.replace(".request.json", "") + ".signed.json")
        tip_keys.written(path, tip_keys.certificate(key))
        return {"holder": key.holder, "seat": key.seat, "side": key.side, "key": key.id, "certificate": str(path)}

    def arguments_recovery(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
        self._parts(parser)
        self._term(parser)

    def run_recovery(self, options: dict[str, Any]) -> dict[str, Any]:
        return tip_keys.make_recovery(options["out"], tip_keys.together(options["part"]), *self._during(options))

    def arguments_add(self, parser: CommandParser) -> None:
        parser.add_argument("certificate", type=Path, metavar="CERTIFICATE")
        parser.add_argument("--by", required=True, metavar="USERNAME")

    def run_add(self, options: dict[str, Any]) -> dict[str, Any]:
        key = tip_keys.read_certificate(options["certificate"])
        operations.add_key(key=key, by=person(options["by"]), on=localdate())
        return {"holder": key.holder, "seat": key.seat, "key": key.id}

    def arguments_rehearse(self, parser: CommandParser) -> None:
        self._parts(parser)
        parser.add_argument("--by", required=True, metavar="USERNAME", help="a custodian")

    def run_rehearse(self, options: dict[str, Any]) -> dict[str, Any]:
        secret, name = self._recovered(options["part"])
        probe = sealing.to_reader(b"k" * sealing.KEY, public_of(secret)[0], b"rehearsal")
        opens = sealing.from_reader(probe, public_of(secret)[0], secret[:32], b"rehearsal") == b"k" * sealing.KEY
        operations.note_rehearsal(by=person(options["by"]), on=localdate())
        return {"key": name, "opens": opens}

    def fault_rehearse(self, answer: dict[str, Any]) -> str:
        return "" if answer["opens"] else _("Khoá dự phòng không mở được.")

    def arguments_recover(self, parser: CommandParser) -> None:
        self._parts(parser)
        parser.add_argument("--to", required=True, metavar="USERNAME", help="whose new key it is")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="a custodian")

    def run_recover(self, options: dict[str, Any]) -> dict[str, Any]:
        secret, name = self._recovered(options["part"])
        box, by, on = public_of(secret)[0], person(options["by"]), localdate()
        target = [row for row in tips.members(by, on) if row.holder == options["to"] and row.seat in {Seat.DESK, Seat.CONDUCT}]
        if not target:
            raise CommandError(_("{name} chưa có khoá nào đang dùng.").format(name=options["to"]))
        new = max(target, key=lambda row: row.behind)
        reader = next(bytes(row.box) for row in tips.current_keys(on) if row.pk == new.id)

        def again(message: Any, seal: bytes) -> bytes | None:
            bound = place_of(message).bound
            try:
                return sealing.to_reader(sealing.from_reader(seal, box, secret[:32], bound), reader, bound)
            except Broken:
                return None

        return {"made": operations.reseal_all(to=new.id, again=again, source=name, by=by, on=on), "behind": new.behind}

    def run_members(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"holder": row.holder, "seat": row.seat, "side": row.side, "key": row.print, "until": row.until, "behind": row.behind}
            for row in tips.members(clock(), localdate())
        ]

    def show_members(self, answer: list[dict[str, Any]]) -> None:
        columns = (_("Người giữ"), _("Để làm gì"), _("Bên"), _("Khoá"), _("Đến trước"), _("Chưa khoá lại"))
        self.table(columns, [tuple(row.values()) for row in answer])

    def run_level(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"copies": len(vault().copies), "written": vault().level()}

    def arguments_dump(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    arguments_restore = arguments_dump

    def run_dump(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"file": str(options["file"]), "bytes": copies.dump(options["file"])}

    def run_restore(self, options: dict[str, Any]) -> dict[str, Any]:
        copies.restore(options["file"])
        return {"restored": str(options["file"]), "erased_again": operations.erase_ended(by=clock(), on=localdate())}

    def arguments_canary(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default="", metavar="URL", help="default: GANDAN_TIPS_URL")

    def run_canary(self, options: dict[str, Any]) -> dict[str, Any]:
        address = (options["url"] or settings.TIPS_URL).rstrip("/")
        if not address:
            raise CommandError(_("Chưa biết cửa ở đâu: ghi --url hoặc GANDAN_TIPS_URL."))
        try:
            Canary(address).sing()
        except Silent as silent:
            return {"address": address, "fault": str(silent)}
        return {"address": address, "fault": ""}

    def fault_canary(self, answer: dict[str, Any]) -> str:
        return _("Kênh kín không thông: {why}.").format(why=answer["fault"]) if answer["fault"] else ""

    @staticmethod
    def _parts(parser: CommandParser) -> None:
        parser.add_argument("--part", type=Path, action="append", required=True, metavar="FILE", help="twice")

    @staticmethod
    def _term(parser: CommandParser) -> None:
        parser.add_argument("--since", type=day, metavar="DAY", help="default: today")
        parser.add_argument("--until", type=day, metavar="DAY", help="default: a year from then")

    @staticmethod
    def _during(options: dict[str, Any]) -> tuple[date, date]:
        since = options["since"] or localdate()
        return since, options["until"] or since + YEAR

    @staticmethod
    def _recovered(parts: list[Path]) -> tuple[bytes, bytes]:
        """Return the key of recovery and its name, if it is the one to which tips are sealed now."""
        secret = tip_keys.together(parts)
        name = readers_id(public_of(secret)[0]) if len(secret) == 64 else b""
        if name not in tips.recovery_seals(localdate()):
            raise CommandError(_("Các phần này không phải của khoá dự phòng đang dùng."))
        return secret, name
