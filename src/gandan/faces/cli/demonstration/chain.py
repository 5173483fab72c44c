"""What becomes of reports in the demonstration: owed, approved upwards, signed by both parties, published, restated once."""

import csv
import gzip
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import make_aware

from gandan.faces.cli.demonstration.written import write_out
from gandan.ground.ledger.operations import post_all
from gandan.ground.organisations import queries as people
from gandan.results.reports import operations, queries

WARDS = ("CAP-W26743", "CAP-W26740", "CAP-W26737", "CAP-W26734", "CAP-W26728", "CAP-W26746")  # some, if they stand
LATER = 40  # dossiers that a paper book gives up after the report was signed
WHY = "Nhập bổ sung hồ sơ từ sổ giấy của một điểm tiếp nhận, tìm thấy sau khi ký."


def approve(report: Any, *, on: date) -> Any:
    """Write out, submit and approve a report, as the officer of the civil side and the signatory of the city."""
    officer = people.person("phoihop")
    write_out(report, by=officer, on=on)
    operations.submit(report=report, by=officer, on=on)
    return operations.freeze(report=report, by=people.person("kyten"), on=on)


def sign_and_publish(code: str, *, on: date) -> None:
    """Have both parties sign a report and publish it, as far as it has not come yet."""
    report, at = queries.report(code), _at(on)
    both = [people.person("truongban"), people.person("congan")]
    if not report.number_line:
        operations.put_to_sign(report=report, people=both, base_url=settings.BASE_URL, at=at, by=people.person("phoihop"), on=on)
    for person in both:
        if any(one.code == code and not one.restatement for one in queries.to_sign(person)):
            operations.sign_report(report=report, by=person, on=on, at=at)
    if queries.report(code).published_on is None:
        operations.publish(report=report, by=people.person("kyten"), on=on)


def restate_once(code: str, simulated: Path, bring_in: Callable[[Path, str], None], *, on: date) -> None:
    """Let a paper book turn up after the report was signed, and have the differences listed and signed."""
    report = queries.report(code)
    if not queries.restatements(report):
        bring_in(_found_later(simulated), "paper-book")
        post_all()
        operations.restate(report=report, reason=WHY, reasons={}, by=people.person("kyten"), on=on)
    found, both = queries.restatement(report, 1), [people.person("truongban"), people.person("congan")]
    if not found.number_line:
        operations.put_restatement_to_sign(
            restatement=found, people=both, base_url=settings.BASE_URL, at=_at(on), by=people.person("phoihop"), on=on
        )
    for person in both:
        if any(one.restatement for one in queries.to_sign(person)):
            operations.sign_restatement(restatement=found, by=person, on=on, at=_at(on))
    operations.tell_known(report=report, by=people.clock(), on=on)


def _found_later(simulated: Path) -> Path:
    """Write some dossiers of 2021 anew, under numbers of their own, as a paper book would have them."""
    file = simulated.with_name(f"later-{simulated.name}")
    with (
        gzip.open(simulated, "rt", encoding="utf-8", newline="") as read,
        gzip.open(file, "wt", encoding="utf-8", newline="") as made,
    ):
        rows = csv.DictReader(read)
        written = csv.DictWriter(made, rows.fieldnames or ())
        written.writeheader()
        left = LATER
        for row in rows:
            if row["Ngày có kết quả"].endswith("2021") and row["Ngày tiếp nhận"].endswith("2021"):
                written.writerow({**row, "Số hồ sơ": f"SO-GIAY-{left}", "Số hiệu bưu gửi": "", "Ngày giao bưu điện": "",
                                  "Ngày phát": "", "Kết quả phát": ""})  # fmt: skip
                left -= 1
                if not left:
                    break
    return file


def owe_and_approve(*, on: date) -> None:
    """Raise the reports that are owed; those of some wards and of the city police are approved, each citing those below."""
    operations.set_templates(text=operations.TEMPLATES.read_text("utf-8"), by=people.importer(), on=on)
    operations.set_duties(text=operations.DUTIES.read_text("utf-8"), by=people.importer(), on=on)
    operations.raise_reports(by=people.importer(), on=on)
    head, labels = people.person("congan"), [one.label for one in queries.owed_counts(None, on) if one.duty == "police-quarterly"]
    if not labels:
        return
    known = {number for code in ("CATP", *WARDS) if (number := _number(code)) is not None}
    owed = [one for one in queries.owed_reports(known, label=max(labels)) if one.duty.endswith("quarterly")]
    for one in sorted(owed, key=lambda one: one.duty == "police-quarterly"):  # the city police last: it cites the others
        if not one.report:
            by = _head(one.unit_id, head, on)
            report = operations.begin_owed(owed=one.id, simulated=True, by=by, on=on)
            write_out(report, by=by, on=on)
            operations.submit(report=report, by=by, on=on)
            operations.freeze(report=report, by=by, on=on)


def _number(code: str) -> int | None:
    try:
        return people.unit_id(code)
    except people.UnknownUnit:
        return None


def _head(unit: int, otherwise: Any, on: date) -> Any:
    own = people.person("truongbenthanh")
    return own if unit in {one.unit for one in people.appointments(own, on)} else otherwise


def _at(on: date) -> datetime:
    return make_aware(datetime.combine(on, time(9)))
