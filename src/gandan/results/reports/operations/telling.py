"""Telling everybody what has become known of a published report since it was signed, where that is not too little to be told."""

from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import freezing, operation, record, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import standing_heir
from gandan.results.reports.models import KnownFigure, KnownSince, Report
from gandan.results.reports.queries import as_signed, compiled
from gandan.results.reports.queries.known import columns_of, followed, frame_of, held_elsewhere, numbers_of, shown_of, tellings
from gandan.results.reports.rules import told_now


@operation
def tell_known(*, report: Report, by: Person, on: date) -> int:
    """Read a published report again at a posting, and return how many of its figures are told anew.

    What the half-months of open results follow already is told there, not here: two readings of the same days could be taken
    from each other.
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("unit", "programme").get(pk=report.pk)
    signed, before, apart = as_signed(report), tellings(report), followed(report)
    columns = columns_of(report)
    with freezing() as position:
        if KnownSince.objects.filter(report=report, posting=position.number).exists():
            unchanged()
            return 0
        read = numbers_of(report, compiled(report, as_of=position.number, strict=False))
        now = {spot: numbers for spot, numbers in read.items() if spot[1] not in apart}
        was = numbers_of(report, signed)
        if all(now[spot] == (before[-1].figures if before else was).get(spot) for spot in now):
            unchanged()
            return 0
        told = told_now(
            now, was, frame_of(report, signed), shown=shown_of(report, signed), earlier=before,
            also_hidden=held_elsewhere(report, was),
        )  # fmt: skip
        made = KnownSince.objects.create(report=report, posting=position.number, digest=position.digest.hex(), on=on)
        KnownFigure.objects.bulk_create(
            KnownFigure(
                reading=made, code=code, during=(columns[name].start, columns[name].end), value=numbers[0],
                whole=numbers[1] if len(numbers) == 2 else None, told=(code, name) in told,
            )
            for (code, name), numbers in now.items()
        )  # fmt: skip
        record(Kind.REPORT_READ_AGAIN, about=report, unit=standing_heir(report.unit, on), day=on, by=by)
    return len(told)
