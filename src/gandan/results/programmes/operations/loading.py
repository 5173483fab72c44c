"""Taking up programmes from their files, and closing them."""

import hashlib
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import may, require
from gandan.ground.organisations.rights import Right
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.programmes.models import Party, Programme
from gandan.results.programmes.operations.enacting import enact, in_force
from gandan.results.programmes.operations.planning import let_plans_go
from gandan.results.programmes.operations.taking import ProgrammeClosed
from gandan.results.programmes.rules import BadProgramme, ProgrammeSpec, parts_of, read_programme


@operation
def load_programme(*, text: str, by: Person, on: date) -> Programme:
    """Take up a programme from its file, or take over what its file says anew. The same file twice changes nothing.

    :raises BadProgramme: if the file can't be read, naming the line
    :raises NotAllowed: if `by` may not manage programmes over its unit
    :raises ProgrammeClosed: if the programme was closed and its file has changed
    """
    spec = read_programme(text, CATALOGUE)
    units = _units(spec)
    require(Right.MANAGE_PROGRAMMES, by=by, unit=units[spec.unit], on=on)
    digest = hashlib.sha256(text.encode()).hexdigest()
    before = Programme.objects.select_for_update().filter(code=spec.code).first()
    if before and before.digest == digest and before.editions.exists():
        unchanged()
        return before
    if before and before.closed_on:
        raise ProgrammeClosed(gettext_noop("Chương trình {code} đã tổng kết, không sửa được nữa."), code=spec.code)
    programme = _save(spec, units, digest)
    parts = parts_of(spec, in_force(programme))
    enact(programme, parts, by=by, on=on, day=on if before else spec.signed_on or spec.start)
    record(
        Kind.PROGRAMME_AMENDED if before else Kind.PROGRAMME_OPENED,
        about=programme, unit=units[spec.unit], day=on if before else spec.signed_on or spec.start, by=by,
    )  # fmt: skip
    return programme


@operation
def close_programme(*, programme: Programme, by: Person, on: date) -> Programme:
    """Close a programme whose closing report has been frozen.

    :raises NotAllowed: if `by` may neither manage programmes over its unit nor freeze its reports
    :raises ProgrammeClosed: if it is closed already
    """
    programme = Programme.objects.select_for_update(of=("self",)).select_related("unit").get(pk=programme.pk)
    if not may(Right.FREEZE_REPORTS, by=by, unit=programme.unit, on=on):  # who signs its closing report closes it
        require(Right.MANAGE_PROGRAMMES, by=by, unit=programme.unit, on=on)
    if programme.closed_on:
        raise ProgrammeClosed(gettext_noop("Chương trình {code} đã tổng kết, không sửa được nữa."), code=programme.code)
    programme.closed_on = on
    programme.save(update_fields=["closed_on"])
    let_plans_go(programme=programme, by=by, on=on)
    record(Kind.PROGRAMME_CLOSED, about=programme, unit=programme.unit, day=on, by=by)
    return programme


def _units(spec: ProgrammeSpec) -> dict[str, Unit]:
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=spec.lines)}
    for code, line in spec.lines.items():
        if code not in units:
            raise BadProgramme(gettext_noop("Dòng {line}: không có đơn vị nào mang mã {code}."), line=line, code=code)
    return units


def _save(spec: ProgrammeSpec, units: dict[str, Unit], digest: str) -> Programme:
    follows = Programme.objects.filter(code=spec.follows).first() if spec.follows else None
    if spec.follows and follows is None:
        raise BadProgramme(gettext_noop("Chưa có chương trình {code} mà chương trình này nối tiếp."), code=spec.follows)
    programme, _ = Programme.objects.update_or_create(
        code=spec.code,
        defaults={
            "title": spec.title, "title_en": spec.title_en, "unit": units[spec.unit], "line": spec.line.value,
            "during": DateRange(spec.start, spec.end), "signed_on": spec.signed_on, "follows": follows, "basis": list(spec.basis),
            "source": spec.source, "verified": spec.verified, "digest": digest, "planned_by": spec.planned_by,
            "plans_due_on": spec.plans_due_on, "plans_due_source": spec.plans_due_source,
        },
    )  # fmt: skip
    programme.parties.all().delete()
    Party.objects.bulk_create(
        Party(programme=programme, position=nth, unit=units[party.unit], signs_as=party.signs_as)
        for nth, party in enumerate(spec.parties, start=1)
    )
    return programme
