"""Procedures as dated data: loaded from a file with source and validity, never edited under an open dossier."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files

import yaml
from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import Dossier, Procedure
from gandan.work.dossiers.rules.procedures import BadProcedure, ProcedureData, read_procedures

FIELDS = (
    "name", "name_en", "field_code", "term_amount", "term_unit", "term_roll", "post_amount", "fee", "fee_note", "legal_basis",
    "handled_by", "during", "source", "verified", "verify_days", "papers", "decided_by", "forms", "delivery_allowed",
    "online_allowed",
)  # fmt: skip
OF_THE_PROMISE = ("term_amount", "term_unit", "term_roll", "verify_days")


class RuleInUse(Refused):
    """Dossiers were received under this rule: its term is what they were promised. Another term is another rule."""


class RulesOverlap(Refused):
    """A procedure has one rule at a time."""


@dataclass(frozen=True)
class Loaded:
    """How much of a file was new, and how much it changed."""

    added: int
    changed: int


@operation
def load_procedures(*, unit: Unit, by: Person, on: date, rows: Sequence[ProcedureData] | None = None) -> Loaded:
    """Load procedures: the product's own file, or the rows given. What is there already and the same stays as it is.

    :param unit: the body whose procedures these are
    :raises NotAllowed: if `by` may not manage procedures there
    :raises RuleInUse: if the file changes the term of a rule under which dossiers were received
    """
    require(Right.MANAGE_PROCEDURES, by=by, unit=unit, on=on)
    if rows is None:
        rows = read_procedures(yaml.safe_load(files("gandan.work.dossiers").joinpath("data/procedures.yaml").read_text("utf-8")))
    added = changed = 0
    known = {(rule.code, rule.during.lower): rule for rule in Procedure.objects.select_for_update()}
    # A rule that ends earlier than it did makes room for the next: ends first, then beginnings.
    for row in sorted(rows, key=lambda row: (row.code, row.start)):
        rule = known.get((row.code, row.start))
        if rule is None:
            rule = Procedure(code=row.code, **_values(row))
            rule.full_clean(validate_constraints=False)
            rule.save()
            added += 1
        elif _changes(rule, row):
            changed += 1
        else:
            continue
        record(Kind.PROCEDURE_CHANGED, unit=unit, day=on, by=by, about=rule, procedure=rule.code)
    if not added and not changed:
        unchanged()
    return Loaded(added, changed)


@operation
def set_procedure(*, row: ProcedureData, unit: Unit, by: Person, on: date) -> Procedure:
    """Add a rule, or correct one that begins on the same day. The rule before it ends where it begins; dossiers keep theirs.

    :param unit: the body whose procedure it is
    :raises NotAllowed: if `by` may not manage procedures there
    :raises RuleInUse: if it changes the term of a rule under which dossiers were received
    :raises RulesOverlap: if it runs into a later rule
    :raises BadProcedure: if it ends before it begins
    """
    require(Right.MANAGE_PROCEDURES, by=by, unit=unit, on=on)
    if row.end is not None and row.end <= row.start:
        raise BadProcedure(gettext_noop("Quy định phải kết thúc sau ngày bắt đầu."))
    rules = list(Procedure.objects.select_for_update().filter(code=row.code).order_by("during"))
    later = next((rule for rule in rules if rule.during.lower > row.start), None)
    if later is not None and row.end is None:
        row = replace(row, end=later.during.lower)
    if later is not None and row.end is not None and row.end > later.during.lower:
        raise RulesOverlap(
            gettext_noop("Quy định này chồng lên quy định từ {start}. Xin kết thúc trước ngày đó."),
            start=f"{later.during.lower:%d/%m/%Y}",
        )
    rule = next((rule for rule in rules if rule.during.lower == row.start), None)
    if rule is not None:
        if not _changes(rule, row):
            unchanged()
            return rule
    else:
        for before in rules:
            if before.during.lower < row.start and (before.during.upper is None or before.during.upper > row.start):
                before.during = DateRange(before.during.lower, row.start)
                before.save(update_fields=["during"])
                record(Kind.PROCEDURE_CHANGED, unit=unit, day=on, by=by, about=before, procedure=before.code)
        rule = Procedure(code=row.code, **_values(row))
        rule.full_clean(validate_constraints=False)
        rule.save()
    record(Kind.PROCEDURE_CHANGED, unit=unit, day=on, by=by, about=rule, procedure=rule.code)
    return rule


def _values(row: ProcedureData) -> dict[str, object]:
    return {
        "name": row.name,
        "name_en": row.name_en,
        "field_code": row.field_code,
        "term_amount": row.term.amount,
        "term_unit": row.term.unit.value,
        "term_roll": row.term.roll,
        "post_amount": row.post_days,
        "fee": row.fee,
        "fee_note": row.fee_note,
        "legal_basis": row.legal_basis,
        "handled_by": list(row.handled_by),
        "during": DateRange(row.start, row.end),
        "source": row.source,
        "verified": row.verified,
        "verify_days": row.verify_days,
        "papers": [dict(paper) for paper in row.papers],
        "decided_by": row.decided_by,
        "forms": list(row.forms),
        "delivery_allowed": row.delivery,
        "online_allowed": row.online,
    }


def _changes(rule: Procedure, row: ProcedureData) -> bool:
    """Bring a rule up to date and tell whether anything was different."""
    values = _values(row)
    different = [name for name in FIELDS if getattr(rule, name) != values[name]]
    if not different:
        return False
    if set(different) & set(OF_THE_PROMISE) and Dossier.objects.filter(procedure=rule).exists():
        raise RuleInUse(
            gettext_noop(
                "Đã có hồ sơ nhận theo quy định của thủ tục {procedure} từ ngày {start}; thời hạn mới phải là quy định mới."
            ),
            procedure=rule.code,
            start=f"{row.start:%d/%m/%Y}",
        )
    for name in different:
        setattr(rule, name, values[name])
    rule.full_clean(validate_constraints=False)
    rule.save()
    return True
