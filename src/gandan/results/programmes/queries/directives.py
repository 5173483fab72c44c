"""Directives, and by what each point is answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q

from gandan.ground.documents.queries import AttachmentRow, attachments
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.results.programmes.models import Directive, DirectivePoint, Task
from gandan.results.programmes.rules import DirectiveKind

ABOUT = "programmes.directive"


class UnknownDirective(Refused):
    """No directive has this code, or it has no such point."""


@dataclass(frozen=True)
class AnsweringTask:
    """A task that answers a point."""

    id: int
    programme: str
    number: str
    text: str
    text_en: str
    left: bool


@dataclass(frozen=True)
class PointRow:
    """A point: its tasks, or why it needs none; with neither it is open."""

    position: int
    text: str
    aside: str
    tasks: tuple[AnsweringTask, ...]

    @property
    def open(self) -> bool:
        return not self.aside and not any(not task.left for task in self.tasks)


@dataclass(frozen=True)
class DirectiveRow:
    code: str
    unit: int
    kind: DirectiveKind
    number: str
    body: str
    dated: date | None
    title: str
    text: str
    source: str
    simulated: bool
    noted_on: date
    points: int
    unanswered: int
    rows: tuple[PointRow, ...] = ()
    file: AttachmentRow | None = None


def directives(*, text: str = "", kind: DirectiveKind | None = None, open_only: bool = False) -> list[DirectiveRow]:
    """Return the directives that have been noted, the newest first."""
    found = Directive.objects.annotate(
        count=Count("points", distinct=True),
        unanswered=Count("points", filter=Q(points__aside="") & ~Q(points__in=_answered()), distinct=True),
    )
    if kind is not None:
        found = found.filter(kind=kind.value)
    if text:
        found = found.filter(
            Q(title__icontains=text) | Q(number__icontains=text) | Q(body__icontains=text) | Q(points__text__icontains=text)
        )
    if open_only:
        found = found.filter(unanswered__gt=0)
    return [_row(one, one.count, one.unanswered) for one in found.order_by("-dated", "-pk").distinct()]


def _answered() -> "Iterable[DirectivePoint]":
    return DirectivePoint.objects.filter(tasks__left_on=None, tasks__isnull=False)


def directive(code: str) -> DirectiveRow:
    """Return a directive with its points.

    :raises UnknownDirective: if there is none of this code
    """
    tasks = Prefetch("tasks", Task.objects.select_related("programme").order_by("programme_id", "position"))
    found = Directive.objects.filter(code=code).prefetch_related(
        Prefetch("points", DirectivePoint.objects.prefetch_related(tasks))
    )
    one = found.first()
    if one is None:
        raise UnknownDirective(gettext_noop("Không có văn bản chỉ đạo mang mã {code}."), code=code)
    rows = tuple(
        PointRow(
            point.position, point.text, point.aside,
            tuple(
                AnsweringTask(task.pk, task.programme.code, task.number, task.text, task.text_en, task.left_on is not None)
                for task in point.tasks.all()
            ),
        )
        for point in one.points.all()
    )  # fmt: skip
    files = attachments(ABOUT, [one.pk])[one.pk]
    return _row(one, len(rows), sum(row.open for row in rows), rows, files[0] if files else None)


def point_of(code: str, position: int) -> DirectivePoint:
    """Return a point.

    :raises UnknownDirective: if there is none
    """
    found = DirectivePoint.objects.select_related("directive__unit").filter(directive__code=code, position=position).first()
    if found is None:
        raise UnknownDirective(gettext_noop("Văn bản {code} không có điểm {position}."), code=code, position=position)
    return found


def directives_without_answer() -> int:
    """Return how many directives have a point that nothing answers."""
    return len(directives(open_only=True))


def _row(
    one: Directive, points: int, unanswered: int, rows: tuple[PointRow, ...] = (), file: AttachmentRow | None = None
) -> DirectiveRow:
    return DirectiveRow(
        one.code, one.unit_id, DirectiveKind(one.kind), one.number, one.body, one.dated, one.title, one.text, one.source,
        one.simulated, one.noted_on, points, unanswered, rows, file,
    )  # fmt: skip
