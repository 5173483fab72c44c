"""Who issues a programme or a plan, in which layout, and what its paper says of number, day and those who sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.documents.forms import Form
from gandan.ground.documents.profiles import Profile, profile
from gandan.ground.documents.rules import SignatureBlock
from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.queries import UnitRow, row, tree
from gandan.ground.organisations.rules import ONE_DAY, Line
from gandan.results.programmes.models import Programme
from gandan.results.programmes.rules import Frame, Part, PartKind, read_parties

PROFILES = {Line.POLICE: "police", Line.CIVIL: "party", Line.FRONT: "state", Line.POST: "state", Line.ADMINISTRATION: "state"}
RULED = (date(2020, 3, 5), "Nghị định 30/2020/NĐ-CP", "")
PROGRAMME = Form("programme", *RULED, "Chương trình", "report", "CTr", verified=True)
JOINT = Form("programme", *RULED, "Chương trình phối hợp", "report", "CTPH", verified=True)
PLAN = Form("programme", *RULED, "Kế hoạch", "report", "KH", verified=True)


@dataclass(frozen=True)
class Issue:
    """The number of a paper as it is printed, the day on it, and who signs for each party."""

    number: str
    on: date
    names: tuple[str, ...]


def frame_of(programme: Programme) -> Frame:
    """Return the days and parties that hold."""
    parties = tuple((party.unit.code, party.signs_as) for party in programme.parties.select_related("unit"))
    return Frame(programme.during.lower, programme.during.upper - ONE_DAY, parties)


def issuers(programme: Programme, on: date, parts: Sequence[Part] = ()) -> list[tuple[UnitRow, str]]:
    """Return the parties, or those who have taken over from them, and as what their heads sign.

    :param parts: a text that is to be in force: the parties that it names, and after them those whom it lets go: they sign it too
    """
    named = dict(next((read_parties(part.text) for part in parts if part.kind is PartKind.PARTIES), ()))
    units = dict(Unit.objects.filter(code__in=named).values_list("code", "pk"))
    signing = [(units[code], signs_as) for code, signs_as in named.items() if code in units]
    known, heirs = tree(), dict[int, str]()
    for unit, signs_as in [*signing, *((party.unit_id, party.signs_as) for party in programme.parties.all())]:
        heirs.setdefault(known.main_heir(unit, on), signs_as)
    return [(row(heir, on), signs_as) for heir, signs_as in heirs.items()]


def form_of(programme: Programme, parts: Sequence[Part] = ()) -> Form:
    if programme.upper_id is not None:
        return PLAN
    named = next((len(read_parties(part.text)) for part in parts if part.kind is PartKind.PARTIES), 0)
    return JOINT if (named or programme.parties.count()) > 1 else PROGRAMME


def layout_of(programme: Programme, on: date, parts: Sequence[Part] = ()) -> Profile:
    """Return the layout: of both lines, where two bodies issue it; a plan's by the line of its unit."""
    if len(issuers(programme, on, parts)) > 1:
        return profile("joint", on)
    lines = [line for line in PROFILES if line is not Line.ADMINISTRATION and tree().path(programme.unit_id, line, on)]
    return profile(PROFILES[lines[0] if lines else Line(programme.line)], on)


def place_of(unit: int, on: date) -> str:
    """Return the territory at the top, by its name: Thành phố Hồ Chí Minh."""
    path = tree().path(unit, Line.ADMINISTRATION, on) or (unit,)
    return row(path[0], on).name


def blocks(issuing: Sequence[tuple[UnitRow, str]], issue: Issue | None) -> list[SignatureBlock]:
    """Return who signs: without an issue yet, with room for their names."""
    names = issue.names if issue else ("",) * len(issuing)
    return [
        SignatureBlock(position=signs_as, name=name, authority=unit.name if len(issuing) > 1 else "")
        for (unit, signs_as), name in zip(issuing, names, strict=True)
    ]
