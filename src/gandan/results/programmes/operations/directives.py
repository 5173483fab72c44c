"""Directives: noted with their points; each point answered by tasks, or set aside for a reason, or visibly open."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import yaml

from gandan.ground.documents.attachments.examining import Readable
from gandan.ground.documents.operations import attach
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.results.programmes.models import Directive, DirectivePoint, Programme, Task
from gandan.results.programmes.operations.answering import answer, tell_answered, tell_complete
from gandan.results.programmes.operations.enacting import in_force
from gandan.results.programmes.operations.taking import said, standing
from gandan.results.programmes.rules import DirectiveKind

DIRECTIVES = Path(__file__).parent.parent / "data" / "directives" / "given.yaml"
CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,38}\Z")
FOR_GOOD = timedelta(days=70 * 365)


class BadDirective(Refused):
    """Something of a directive is missing or can't be read."""


class AlreadyNoted(Refused):
    """A directive of this code has been noted."""


@operation
def note_directive(
    *, code: str, unit: Unit, kind: DirectiveKind, body: str, title: str, points: Sequence[str], by: Person, on: date,
    number: str = "", dated: date | None = None, text: str = "", source: str = "", simulated: bool = False,
    file: Readable | None = None, name: str = "",
) -> Directive:  # fmt: skip
    """Note a directive with its points. Tasks of programmes that were said to answer it are tied to it.

    :raises NotAllowed: if `by` may not manage programmes over the unit
    :raises BadDirective: if its code is none, it doesn't say where it is from, or it has no point
    :raises AlreadyNoted: if there is one of this code
    :raises NothingWritten: if it has no body or no title
    :raises Refused: if the file can't be kept, with what to do instead
    """
    require(Right.MANAGE_PROGRAMMES, by=by, unit=unit, on=on)
    if not CODE.match(code):
        raise BadDirective(gettext_noop("Mã “{code}” chỉ gồm chữ thường, số và gạch nối."), code=code)
    if not source.strip() and not simulated:
        raise BadDirective(gettext_noop("Xin ghi nguồn của văn bản, hoặc đánh dấu là mô phỏng."))
    if dated is not None and dated > on:
        raise BadDirective(gettext_noop("Văn bản không thể mang ngày chưa đến."))
    words = [point.strip() for point in points if point.strip()]
    if not words:
        raise BadDirective(gettext_noop("Xin ghi ít nhất một điểm của văn bản, mỗi dòng một điểm."))
    if Directive.objects.filter(code=code).exists():
        raise AlreadyNoted(gettext_noop("Đã có văn bản chỉ đạo mang mã {code}."), code=code)
    made = Directive.objects.create(
        code=code, unit=unit, kind=kind.value, number=number.strip()[:60], body=said(body)[:200], dated=dated,
        title=said(title)[:500], text=text.strip(), source=source.strip()[:300], simulated=simulated, noted_on=on,
    )  # fmt: skip
    DirectivePoint.objects.bulk_create(
        DirectivePoint(directive=made, position=nth, text=word) for nth, word in enumerate(words, start=1)
    )
    if file is not None:
        made.file = attach(about=made, unit=unit, source=file, name=name, keep_until=on + FOR_GOOD, by=by, on=on)
        made.save(update_fields=["file"])
    record(Kind.DIRECTIVE_NOTED, about=made, unit=unit, day=on, by=by)
    tell_answered(_tie(made), by=by, on=on)
    return made


@operation
def load_directives(*, text: str, by: Person, on: date) -> list[Directive]:
    """Note the directives of a YAML file that have not been noted yet.

    :raises BadDirective: if the file can't be read, or one of them lacks something
    :raises NotAllowed: if `by` may not manage programmes over one's unit
    """
    try:
        read = yaml.safe_load(text)
        rows = [dict(row) for row in read]
    except (yaml.YAMLError, TypeError, ValueError):
        raise BadDirective(gettext_noop("Không đọc được tệp văn bản chỉ đạo.")) from None
    unchanged()
    made = []
    for row in rows:
        try:
            if Directive.objects.filter(code=row["code"]).exists():
                continue
            made.append(note_directive(**{**row, "unit": Unit.objects.get(code=row["unit"]), "kind": DirectiveKind(row["kind"])},
                                       by=by, on=on))  # fmt: skip
        except (KeyError, TypeError, ValueError, Unit.DoesNotExist) as wrong:
            raise BadDirective(
                gettext_noop("Văn bản {code}: thiếu hoặc sai mục {name}."), code=str(row.get("code", "?")), name=str(wrong)[:80]
            ) from None
    return made


@operation
def set_aside(*, point: DirectivePoint, why: str, by: Person, on: date) -> DirectivePoint:
    """Say why a point needs no task; without a reason, that it needs one after all.

    :raises NotAllowed: if `by` may not manage programmes over the unit
    """
    fresh = DirectivePoint.objects.select_for_update(of=("self",)).select_related("directive__unit").get(pk=point.pk)
    unit = standing(fresh.directive.unit, on)
    require(Right.MANAGE_PROGRAMMES, by=by, unit=unit, on=on)
    if fresh.aside == why.strip()[:300]:
        unchanged()
        return fresh
    fresh.aside = why.strip()[:300]
    fresh.save(update_fields=["aside"])
    record(Kind.DIRECTIVE_ANSWERED, about=fresh.directive, unit=unit, day=on, by=by, how="aside" if fresh.aside else "none")
    tell_complete(fresh.directive, by, on)
    return fresh


@operation
def answer_point(*, point: DirectivePoint, task: Task, by: Person, on: date) -> DirectivePoint:
    """Say that a task answers a point.

    :raises NotAllowed: if `by` may not manage programmes over the unit
    """
    fresh = DirectivePoint.objects.select_for_update(of=("self",)).select_related("directive__unit").get(pk=point.pk)
    require(Right.MANAGE_PROGRAMMES, by=by, unit=standing(fresh.directive.unit, on), on=on)
    if task.points.filter(pk=fresh.pk).exists():
        unchanged()
        return fresh
    task.points.add(fresh)
    tell_answered([fresh], by=by, on=on)
    return fresh


def _tie(directive: Directive) -> list[DirectivePoint]:
    """Tie to a new directive the tasks of programmes that said they answer it before it was noted."""
    tied: list[DirectivePoint] = []
    for programme in Programme.objects.filter(editions__isnull=False).distinct():
        told = {part.key: part.facts["answers"] for part in in_force(programme) if part.facts.get("answers")}
        mine = {key: [one for one in answers if one[0] == directive.code] for key, answers in told.items()}
        for task in programme.tasks.filter(key__in=[key for key, answers in mine.items() if answers]):
            tied += answer(task, mine[task.key])
    return tied
