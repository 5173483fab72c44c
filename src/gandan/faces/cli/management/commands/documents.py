"""Check signed papers, make keys for demonstrations, try templates of one's own."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand, day
from gandan.ground.documents import queries
from gandan.ground.documents.demonstration import make_key
from gandan.ground.documents.forms import kinds
from gandan.ground.documents.own import typeset_own
from gandan.ground.documents.samples import sample_sheet
from gandan.ground.documents.typesetting import typeset_sheet
from gandan.ground.documents.verifying import Verified, verify_pdf
from gandan.ground.organisations.queries import appointments, person, row


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "verify": "say who signed a PDF, when, and whether anything was changed since",
        "key": "make a key for somebody who signs, worth nothing: for demonstrations",
        "form": "set a form with made-up people, by our layout or by a template of one's own",
    }

    def arguments_verify(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def arguments_key(self, parser: CommandParser) -> None:
        parser.add_argument("user", metavar="USER")

    def arguments_form(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=kinds())
        parser.add_argument("--on", type=day, metavar="DAY", help="the form of that day (today)")
        parser.add_argument("--template", type=Path, metavar="FILE", help="a template of one's own, in typst")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the PDF goes")

    def run_verify(self, options: dict[str, Any]) -> dict[str, Any]:
        try:
            pdf = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(str(error)) from None
        found = verify_pdf(pdf)
        return {
            "digest": found.digest,
            "intact": found.intact,
            "sound": found.sound,
            "signatures": list(found.signatures),
            "kept": kept(found),
        }

    def show_verify(self, answer: dict[str, Any]) -> None:
        for one in answer["signatures"]:
            holds = _("chữ ký đúng") if one.holds else _("CHỮ KÝ SAI")
            whole = _("sau đó chỉ có thêm chữ ký khác, hoặc không có gì") if one.whole else _("ĐÃ BỊ THÊM HOẶC SỬA SAU KHI KÝ")
            who = _("chứng thư do nơi được tin cấp") if one.trusted else _("chưa tin được nơi cấp chứng thư ({issuer})")
            self.stdout.write(f"{one.name}, {one.signed_at:%d/%m/%Y %H:%M}: {holds}; {whole}; {who.format(issuer=one.issuer)}")
            if one.revoked_on:
                self.stdout.write(_("Chứng thư đã bị thu hồi từ ngày {day}.").format(day=f"{one.revoked_on:%d/%m/%Y}"))
            elif not one.valid_then:
                self.stdout.write(_("Lúc ký, chứng thư đã hết hạn hoặc chưa có hiệu lực."))
            if one.demonstration:
                self.stdout.write(_("Chứng thư trình diễn, không có giá trị pháp lý."))
        if answer["kept"]:
            self.stdout.write(_("Đúng từng byte với giấy đã lưu: {number}").format(number=", ".join(answer["kept"])))
        else:
            self.stdout.write(_("Không trùng với giấy nào đã lưu ở đây."))

    def fault_verify(self, answer: dict[str, Any]) -> str:
        if not answer["signatures"]:
            return _("Tệp này không có chữ ký số.")
        if not answer["intact"]:
            return _("Tệp này đã bị thay đổi, hoặc chữ ký không đúng.")
        return "" if answer["sound"] else _("Có chứng thư không dùng được lúc ký.")

    def run_key(self, options: dict[str, Any]) -> dict[str, str]:
        signatory = person(options["user"])
        held = appointments(signatory, localdate())
        body = row(held[0].unit).name if held else ""
        return {"file": str(make_key(signatory.username, signatory.name, body or signatory.name, now()))}

    def run_form(self, options: dict[str, Any]) -> dict[str, Any]:
        sheet = sample_sheet(options["kind"], options["on"] or localdate())
        if options["template"]:
            ((pdf, _box),) = typeset_own(options["template"].read_text(encoding="utf-8"), [sheet])
        else:
            pdf = typeset_sheet(sheet)
        options["out"].write_bytes(pdf)
        return {"file": str(options["out"]), "bytes": len(pdf), "form": sheet.form.reference}


def kept(found: Verified) -> list[str]:
    """Return the numbers of the papers kept here that have exactly these bytes."""
    return [one.number_line or one.token for one in queries.papers_of_digest(found.digest)]
