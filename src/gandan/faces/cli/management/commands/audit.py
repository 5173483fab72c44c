"""Look at the log of who looked at what, and verify its chain."""

from typing import Any

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand
from gandan.ground.audit import operations, queries
from gandan.ground.organisations.queries import clock


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "verify": "walk along the chain and recompute every digest",
        "drop": "drop the months whose time is up (GANDAN_AUDIT_MONTHS)",
    }

    def run_verify(self, options: dict[str, Any]) -> dict[str, Any]:
        with self.progress("Verifying") as moved:
            found = queries.verify(progress=moved)
        return {
            "holds": found.holds,
            "seals": found.seals,
            "traces": found.traces,
            "months": [
                {"month": f"{one.month:%Y-%m}", "traces": one.traces, "digest": one.digest.hex(), "dropped": one.dropped}
                for one in found.months
            ],
            "faults": found.faults,
        }

    def fault_verify(self, answer: dict[str, Any]) -> str:
        if answer["holds"]:
            return ""
        faults = ", ".join(f"{f.what} · {f.seal}" if f.seal else f"{f.what} ({f.count})" for f in answer["faults"][:20])
        return _("Chuỗi nhật ký không khớp: {faults}.").format(faults=faults)

    def show_verify(self, answer: dict[str, Any]) -> None:
        self.stdout.write(_("Chuỗi nhật ký khớp: {seals} lần ghi, {traces} dòng.").format(**answer))
        self.table(
            (_("Tháng"), _("Số dòng"), _("Mã đối chiếu cuối tháng"), _("Đã huỷ")),
            [(one["month"], one["traces"], one["digest"], "×" if one["dropped"] else "") for one in answer["months"]],
        )

    def run_drop(self, options: dict[str, Any]) -> dict[str, Any]:
        dropped = operations.drop_ended(months=settings.AUDIT_MONTHS, by=clock(), on=localdate())
        return {"dropped": [f"{month:%Y-%m}" for month in dropped]}
