"""Services that can be reported: loaded from a file with source and validity."""

from collections.abc import Sequence
from datetime import date
from importlib.resources import files

import yaml

from gandan.ground.calendar.rules import parse_term
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.work.voice.models import Service
from gandan.work.voice.rules.reports.catalogue import ServiceData, read_services
from gandan.work.voice.rules.reports.questions import questions_of

FIELDS = (
    "name", "name_en", "about", "about_en", "group", "group_en", "words", "questions", "department", "term", "since", "until",
    "source", "verified",
)  # fmt: skip


@operation
def load_services(*, unit: Unit, by: Person, on: date, rows: Sequence[ServiceData] | None = None) -> int:
    """Load services: the product's own file, or the rows given; return how many were new or other than before.

    :param unit: the body whose services these are
    :raises NotAllowed: if `by` may not manage services there
    :raises BadQuestion: if a question can't be asked
    :raises BadTerm: if a term can't be read
    """
    require(Right.MANAGE_VOICE, by=by, unit=unit, on=on)
    if rows is None:
        rows = read_services(yaml.safe_load(files("gandan.work.voice").joinpath("data/services.yaml").read_text("utf-8")))
    known, changed = {one.code: one for one in Service.objects.select_for_update()}, 0
    for row in rows:
        questions_of(row.questions)
        if row.term:
            parse_term(row.term)
        service = known.get(row.code) or Service(code=row.code)
        values = {name: getattr(row, name) for name in FIELDS} | {"words": list(row.words), "questions": list(row.questions)}
        if service.pk and all(getattr(service, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(service, name, value)
        service.full_clean(validate_unique=False)
        service.save()
        record(Kind.SERVICES_SET, unit=unit, day=on, by=by, about=service)
        changed += 1
    if not changed:
        unchanged()
    return changed
