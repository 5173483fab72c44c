"""A programme, an amendment or a plan as a document of state or Party, ready to be typeset."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from gandan.ground.documents.numbering import LETTERS, number_line
from gandan.ground.documents.queries import pdf_of, signing_of
from gandan.ground.documents.rules import (
    Annex,
    Block,
    Cell,
    Clause,
    Column,
    Letterhead,
    Level,
    Paragraph,
    Point,
    ReportDocument,
    Row,
    Run,
    Section,
    Table,
)
from gandan.ground.documents.typesetting import typeset_report
from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.queries import UnitRow, rows, unit_id
from gandan.ground.vietnam.numbers import date_vi
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.programmes.models import Draft, Programme
from gandan.results.programmes.queries.issuing import Issue, blocks, form_of, issuers, layout_of, place_of
from gandan.results.programmes.rules import Part, PartKind, in_order, named_units, read_period

EVERY = {"month": "hằng tháng", "quarter": "hằng quý", "half": "mỗi nửa năm", "year": "hằng năm"}


def draft_pdf(draft: Draft, parts: Sequence[Part], *, made_at: datetime) -> bytes:
    """Return a text as PDF. One that has its number is the paper that is being signed, or was, byte by byte."""
    signing = signing_of("programmes.draft", draft.pk) if draft.number_line else None
    if signing is not None:
        return pdf_of(signing.paper_id)
    return typeset_report(document(draft.programme, parts, made_at=made_at, number=draft.number, draft=draft.signed_on is None))


def document(
    programme: Programme, parts: Sequence[Part], *, made_at: datetime, number: int = 0, issue: Issue | None = None,
    draft: bool = False,
) -> ReportDocument:  # fmt: skip
    """Return a text in the layout of who issues it.

    :param number: of the amendment; 0 is the programme itself
    :param issue: its number, day and signatories, once it has them
    """
    day = issue.on if issue else made_at.date()
    issuing, form, layout = issuers(programme, day, parts), form_of(programme, parts), layout_of(programme, day, parts)
    once = {part.kind: part.text.strip() for part in parts if part.text.strip()}
    title, basis = once.get(PartKind.TITLE, programme.title), once.get(PartKind.BASIS, "")
    abstract = f"Sửa đổi lần {number}: {title}" if number else _without_its_kind(title, form.title, issuing[0][0].name)
    period = read_period(once.get(PartKind.PERIOD, ""))
    running = f", thời gian từ {date_vi(period[0])} đến hết {date_vi(period[1])}" if period else ""
    bodies = " và ".join(unit.name for unit, _ in issuing)
    return ReportDocument(
        profile=layout,
        letterheads=[Letterhead(body=unit.name) for unit, _ in issuing],
        number=issue.number if issue else number_line(layout, None, form.sign, [unit.code for unit, _ in issuing]),
        place=place_of(programme.unit_id, day),
        signed_on=issue.on if issue else None,
        kind=form.title,
        abstract=abstract,
        sections=list(_sections(parts, once, issuing[0][0].code if len(issuing) == 1 else "")),
        signatures=blocks(issuing, issue),
        recipients=_recipients(programme, issuing, day),
        made_at=made_at.replace(microsecond=0),
        grounds=[_ground(line.strip()) for line in basis.splitlines() if line.strip()],
        opening=[Paragraph(f"{bodies} {'thống nhất' if len(issuing) > 1 else 'ban hành'} {_small(title)}{running}, như sau:")],
        annexes=list(_annexes(parts)),
        simulated=any(target.get("simulated") for part in parts for target in part.facts.get("targets", ())),
        draft=draft,
        signable=issue is not None,
    )


def _ground(line: str) -> str:
    """A ground begins so by Decree 30/2020/NĐ-CP, Appendix I, II.6.a, however it was typed."""
    return line if line.casefold().startswith("căn cứ") else f"Căn cứ {_small(line)}"


def _small(title: str) -> str:
    return f"{title[0].lower()}{title[1:]}" if title else title


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


def _without_its_kind(title: str, kind: str, body: str) -> str:
    """What stands below KẾ HOẠCH doesn't say once more that it is a plan, nor whose: its head has."""
    for said in (f"{kind} của {body} ", f"{kind} "):
        if title.casefold().startswith(said.casefold()):
            return f"{title[len(said)].upper()}{title[len(said) + 1 :]}"
    return title


def _recipients(programme: Programme, issuing: Sequence[tuple[UnitRow, str]], day: date) -> list[str]:
    """Each party has a programme; a plan goes to those whose programme it carries out."""
    if programme.upper is None:
        return [unit.name for unit, _ in issuing]
    return [unit.name for unit, _ in issuers(programme.upper, day)]


def _sections(parts: Sequence[Part], once: dict[PartKind, str], alone: str) -> Iterator[Section]:
    if PartKind.AIMS in once:
        yield Section("Mục đích, yêu cầu", _paragraphs(once[PartKind.AIMS]))
    yield Section("Nội dung", list(_contents(parts, alone)))
    if PartKind.DUTIES in once:
        yield Section("Trách nhiệm các bên", _paragraphs(once[PartKind.DUTIES]))
    if PartKind.HOLDING in once:
        yield Section("Tổ chức thực hiện", _paragraphs(once[PartKind.HOLDING]))


def _contents(parts: Sequence[Part], alone: str) -> Iterator[Clause]:
    """:param alone: who issues it and is not named at each task, where nobody else does it"""
    clause: list[Block] = []
    heading = ""
    points = 0
    for part in in_order(parts):
        match part.kind:
            case PartKind.CONTENT:
                if heading:
                    yield Clause(heading, clause)
                heading, clause, points = part.heading, _paragraphs(part.body), 0
            case PartKind.GOAL:
                clause.append(Paragraph([Run("Mục tiêu: ", italic=True), Run(part.text)]))
            case PartKind.TASK:
                points += 1
                who = _who_and_when(part, alone)
                told = [Run(part.text.rstrip(".")), Run(f" ({who})." if who else ".", italic=True)]
                clause.append(Point(told) if points <= len(LETTERS) else Paragraph(told))
    if heading:
        yield Clause(heading, clause)


def _who_and_when(part: Part, alone: str) -> str:
    codes = list(part.facts.get("units", ()))
    units = rows([unit_id(code) for code in codes]) if codes != [alone] else {}
    due = part.facts.get("due_on")
    when = EVERY[part.facts["every"]] if part.facts.get("every") else ""
    if due and not when:
        when = f"xong trước hết ngày {date_vi(date.fromisoformat(due))}"
    return "; ".join(filter(None, (", ".join(row.name for row in units.values()), when)))


def _annexes(parts: Sequence[Part]) -> Iterator[Annex]:
    followed = [part for part in in_order(parts) if part.kind in {PartKind.CONTENT, PartKind.INDICATOR}]
    if not any(part.kind is PartKind.INDICATOR for part in followed):
        return
    years = sorted({int(target["year"]) for part in followed for target in part.facts.get("targets", ())})
    names = dict(Unit.objects.filter(code__in=named_units(followed)).values_list("code", "name"))
    shown: list[Row] = []
    for part in followed:
        if part.kind is PartKind.CONTENT:
            shown.append(Row([part.heading, "", *("" for _ in years)], Level.GROUP))
            continue
        measure = CATALOGUE.get(str(part.facts.get("measure", "")))
        aims: dict[str, dict[int, str]] = {"": {}}
        for one in part.facts.get("targets", ()):
            aims.setdefault(one.get("unit") or "", {})[int(one["year"])] = str(one["value"]).replace(".", ",")
        name = measure.name.vi if measure else str(part.facts.get("measure", ""))
        unit = measure.unit.vi if measure else ""
        for code, by_year in aims.items():
            of = f"– {names.get(code, code)}" if code else name
            shown.append(Row([of, unit, *(Cell(by_year.get(year, "")) for year in years)]))
    columns = [Column("Chỉ tiêu", figures=False, width=4), Column("Đơn vị tính", figures=False, width=1)]
    columns += [Column(str(year)) for year in years]
    yield Annex("Chỉ tiêu và mục tiêu theo năm", [Table("Chỉ tiêu theo dõi", columns, shown, small=True)])
