"""From an approved report to one that all its parties have signed, and published: numbered once, signed in order."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from gandan.ground.documents.numbering import number_line
from gandan.ground.documents.operations import Signer, open_signing, replace_signer, sign_next
from gandan.ground.documents.rules import ReportDocument
from gandan.ground.documents.typesetting import typeset_signable
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import standing_heir
from gandan.ground.organisations.rights import Right
from gandan.results.reports.models import Report, Restatement, WithheldFigure
from gandan.results.reports.operations.taking import WrongStep, stepped, taken
from gandan.results.reports.queries import FORM, Issue, document, issuers, layout_of, place_of, restatement_document
from gandan.results.reports.queries.known import columns_of, withheld_of
from gandan.results.reports.rules import ReportStatus, WayStep


class MissingSigner(Refused):
    """Each party of a report has one who signs for it."""


@operation
def put_to_sign(*, report: Report, people: Sequence[Person], base_url: str, at: datetime, by: Person, on: date) -> Report:
    """Give an approved report its number and lay it before those who sign it, in the order of the parties.

    :param people: who signs for each party, in that order
    :raises NotAllowed: if `by` may not write reports at the unit
    :raises WrongStep: if it is not approved, or has its number already
    :raises MissingSigner: if a party has nobody
    :raises NoLongerSignatory: if one of them does not sign for their body
    """
    report = taken(report, Right.WRITE_REPORTS, by, on)
    if report.status != ReportStatus.FROZEN or report.number_line:
        raise WrongStep(gettext_noop("Báo cáo {code} chưa duyệt, hoặc đã lấy số."), code=report.code)
    signers = _signers(report, people, on)

    def made(line: str) -> ReportDocument:
        return document(report, base_url=base_url, made_at=at, issue=Issue(line, on, tuple(one.person.name for one in signers)))

    report.number_line = _open(report, report, report.title, signers, made, by, on)
    report.save(update_fields=["number_line"])
    stepped(report, WayStep.NUMBERED, Kind.REPORT_NUMBERED, by=by, on=on)
    return report


@operation
def put_restatement_to_sign(
    *, restatement: Restatement, people: Sequence[Person], base_url: str, at: datetime, by: Person, on: date
) -> Restatement:
    """Give a list of differences its number and lay it before those who sign it.

    :raises NotAllowed: if `by` may not write reports at the unit
    :raises WrongStep: if it has its number already
    :raises MissingSigner: if a party has nobody
    :raises NoLongerSignatory: if one of them does not sign for their body
    """
    report = taken(restatement.report, Right.WRITE_REPORTS, by, on)
    found = Restatement.objects.select_for_update().get(pk=restatement.pk)
    if found.number_line:
        raise WrongStep(gettext_noop("Văn bản này đã lấy số và đang được ký."))
    signers = _signers(report, people, on)

    def made(line: str) -> ReportDocument:
        issue = Issue(line, on, tuple(one.person.name for one in signers))
        return restatement_document(found, base_url=base_url, made_at=at, issue=issue)

    found.number_line = _open(report, found, f"Điều chỉnh số liệu: {report.title}", signers, made, by, on)
    found.save(update_fields=["number_line"])
    stepped(report, WayStep.NUMBERED, Kind.REPORT_NUMBERED, by=by, on=on)
    return found


@operation
def sign_report(*, report: Report, by: Person, on: date, at: datetime) -> Report:
    """Sign a report as the next of its parties. The last signature makes it signed.

    :raises NotAllowed: if `by` is not among those who sign
    :raises NotYourTurn: if it has no number, another signs first, or `by` has signed
    :raises NoLongerSignatory: if `by` does not sign for the body any more
    :raises WrongCertificate: if the key's certificate names somebody else
    :raises NoKey: if `by` has no key
    :raises KeyUnusable: if the key can't be opened, or its certificate has ended
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("unit", "programme").get(pk=report.pk)
    signing = sign_next(about=report, reason=report.title, form=FORM, by=by, on=on, at=at)
    if signing.finished_on:
        report.signed_on = on
        report.save(update_fields=["signed_on"])
    stepped(report, WayStep.SIGNED, Kind.REPORT_SIGNED, by=by, on=on)
    return report


@operation
def sign_restatement(*, restatement: Restatement, by: Person, on: date, at: datetime) -> Restatement:
    """Sign a list of differences as the next of the parties.

    :raises NotAllowed: if `by` is not among those who sign
    :raises NotYourTurn: if it has no number, another signs first, or `by` has signed
    :raises NoLongerSignatory: if `by` does not sign for the body any more
    :raises WrongCertificate: if the key's certificate names somebody else
    :raises NoKey: if `by` has no key
    :raises KeyUnusable: if the key can't be opened, or its certificate has ended
    """
    found = Restatement.objects.select_for_update(of=("self",)).select_related("report__unit").get(pk=restatement.pk)
    signing = sign_next(about=found, reason=f"Điều chỉnh số liệu: {found.report.title}", form=FORM, by=by, on=on, at=at)
    if signing.finished_on:
        found.signed_on = on
        found.save(update_fields=["signed_on"])
    stepped(found.report, WayStep.SIGNED, Kind.REPORT_SIGNED, by=by, on=on)
    return found


@operation
def name_other_signer(*, report: Report, position: int, person: Person, by: Person, on: date) -> Report:
    """Have another sign for a party, as long as nobody has signed there: who was to sign has left, say.

    :raises NotAllowed: if `by` may not write reports at the unit
    :raises NotYourTurn: if it has no number, or was signed there already
    :raises NoLongerSignatory: if they do not sign for the party
    """
    report = taken(report, Right.WRITE_REPORTS, by, on)
    replace_signer(about=report, position=position, person=person, by=by, on=on)
    unchanged()
    return report


@operation
def publish(*, report: Report, by: Person, on: date) -> Report:
    """Have everybody read a signed report, in the name of those who signed it.

    Beside reports of the same days that everybody has read, some figures would give small ones away: they are withheld for good.

    :raises NotAllowed: if `by` may not publish reports of the unit
    :raises WrongStep: if not all have signed it, or it is published already
    """
    report = taken(report, Right.PUBLISH_REPORTS, by, on)
    if report.signed_on is None or report.published_on is not None:
        raise WrongStep(gettext_noop("Báo cáo {code} chưa ký đủ, hoặc đã công bố."), code=report.code)
    columns = columns_of(report)
    WithheldFigure.objects.bulk_create(
        WithheldFigure(report=report, code=code, during=(columns[name].start, columns[name].end))
        for code, name in sorted(withheld_of(report))
    )
    report.published_on = on
    report.save(update_fields=["published_on"])
    stepped(report, WayStep.PUBLISHED, Kind.REPORT_PUBLISHED, by=by, on=on)
    return report


def _signers(report: Report, people: Sequence[Person], on: date) -> list[Signer]:
    issuing = issuers(report, on)
    if len(people) != len(issuing):
        raise MissingSigner(
            gettext_noop("Báo cáo này cần {count} người ký: {bodies}."),
            count=len(issuing), bodies="; ".join(unit.name for unit, _ in issuing),
        )  # fmt: skip
    units = Unit.objects.in_bulk([unit.id for unit, _ in issuing])
    return [Signer(units[unit.id], signs_as, who) for (unit, signs_as), who in zip(issuing, people, strict=True)]


def _open(
    report: Report,
    about: Report | Restatement,
    title: str,
    signers: list[Signer],
    made: Callable[[str], ReportDocument],
    by: Person,
    on: date,
) -> str:
    form = layout_of(report, on)
    codes = [one.unit.code for one in signers]
    signing = open_signing(
        about=about, title=title[:300], form=FORM, unit=standing_heir(signers[0].unit, on), signers=signers,
        line=lambda number: number_line(form, number, FORM.sign, codes), typeset=lambda line: typeset_signable(made(line)),
        place=place_of(report, on), by=by, on=on,
    )  # fmt: skip
    return signing.number_line
