"""Who issues a report, in which layout, and what its paper says of number, day and those who sign."""

from dataclasses import dataclass
from datetime import date

from gandan.ground.documents.forms import Form
from gandan.ground.documents.profiles import Profile, profile
from gandan.ground.documents.queries import signing_of, waiting_for
from gandan.ground.organisations.queries import Person, UnitRow, row, tree
from gandan.ground.organisations.rules import Line
from gandan.results.programmes.queries.issuing import PROFILES, Issue, blocks
from gandan.results.programmes.queries.issuing import place_of as place_at
from gandan.results.reports.models import Report

__all__ = ["FORM", "Issue", "ToSign", "blocks", "issued", "issuers", "layout_of", "lists_to_sign", "place_of", "to_sign"]

FORM = Form("report", date(2020, 3, 5), "Nghị định 30/2020/NĐ-CP", "", "Báo cáo", "report", "BC", verified=True)


def issued(report: Report) -> Issue | None:
    """Return what the paper of a report says of its number, day and signatories, once it has them."""
    signing = signing_of("reports.report", report.pk) if report.number_line else None
    return Issue(signing.number_line, signing.opened_on, tuple(one.person_name for one in signing.parts)) if signing else None


def issuers(report: Report, on: date) -> list[tuple[UnitRow, str]]:
    """Return who issues a report: the programme's parties, or those who have taken over from them; else the unit itself.

    Only the report of the unit that a programme covers is issued by its parties; a unit below reports to it alone.
    """
    programme = report.programme
    if programme is None or programme.unit_id != report.unit_id:
        return [(row(report.unit_id, on), "Thủ trưởng đơn vị")]
    known = tree()
    return [(row(known.main_heir(party.unit_id, on), on), party.signs_as) for party in programme.parties.all()]


def layout_of(report: Report, on: date) -> Profile:
    """Return the layout: of both lines, where two bodies issue it."""
    if report.layout:
        return profile(report.layout, on)
    return profile("joint" if len(issuers(report, on)) > 1 else PROFILES[Line(report.line)], on)


def place_of(report: Report, on: date) -> str:
    """Return the territory at the top, by its name: Thành phố Hồ Chí Minh."""
    return place_at(report.unit_id, on)


@dataclass(frozen=True)
class ToSign:
    """A paper that waits for somebody's signature: a report, or a list of differences of one."""

    code: str
    title: str
    number_line: str
    restatement: bool


def lists_to_sign(report: Report, person: Person) -> frozenset[int]:
    """Return the lists of differences of a report that wait for somebody to sign them now."""
    waiting = {one.about_id for one in waiting_for(person) if one.about_type == "reports.restatement"}
    return frozenset(report.restatements.filter(pk__in=waiting).values_list("pk", flat=True)) if waiting else frozenset()


def to_sign(person: Person) -> list[ToSign]:
    """Return what waits for somebody to sign it now, the oldest first."""
    found = []
    for one in waiting_for(person):
        of = Report.objects.filter(pk=one.about_id) if one.about_type == "reports.report" else None
        if one.about_type == "reports.restatement":
            of = Report.objects.filter(restatements=one.about_id)
        code = of.values_list("code", flat=True).first() if of is not None else None
        if code:
            found.append(ToSign(code, one.title, one.number_line, one.about_type == "reports.restatement"))
    return found
