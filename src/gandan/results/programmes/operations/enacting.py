"""A text comes into force: kept as an edition, and laid out as contents, goals, tasks, indicators and targets."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.rules import ONE_DAY
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.programmes.models import (
    Content,
    Draft,
    Edition,
    Goal,
    Indicator,
    Party,
    Programme,
    Target,
    Task,
)
from gandan.results.programmes.operations.answering import answer, tell_answered
from gandan.results.programmes.operations.planning import owe_plans, plan_made
from gandan.results.programmes.operations.turning import move_turns, turn_tasks
from gandan.results.programmes.queries.issuing import frame_of
from gandan.results.programmes.rules import Origin, Part, PartKind, content_of, framed, in_order, numbered


def in_force(programme: Programme) -> list[Part]:
    """Return the text in force, as it came into force."""
    edition = programme.editions.order_by("-number").first()
    return read_parts(edition.parts) if edition else []


def read_parts(kept: Sequence[Mapping[str, Any]]) -> list[Part]:
    return [Part(one["key"], PartKind(one["kind"]), one["text"], one["parent"], one["facts"]) for one in kept]


def written_parts(parts: Sequence[Part]) -> list[dict[str, Any]]:
    return [
        {"key": one.key, "kind": one.kind.value, "text": one.text, "parent": one.parent, "facts": dict(one.facts)}
        for one in parts
    ]


def enact(programme: Programme, parts: Sequence[Part], *, by: Person, on: date, day: date, draft: Draft | None = None) -> Edition:
    """Have a text be in force from a day: keep it as it is, and have contents, tasks and indicators be what it says."""
    ordered = [_defined(part) for part in in_order(parts)]
    _reframe(programme, ordered, by, on)
    _lay_out(programme, ordered, by, on)
    told = written_parts(ordered)
    last = programme.editions.aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        programme=programme, number=last + 1, on=day, draft=draft, why=draft.why if draft else "",
        number_line=draft.number_line if draft else "", parts=told,
        digest=hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest(),
    )  # fmt: skip
    turn_tasks(programme, by=by, on=on)
    owe_plans(programme, by=by, on=on)
    if programme.upper_id:
        plan_made(programme, by=by, on=on)
    return edition


def _defined(part: Part) -> Part:
    """An indicator is kept with what it means on the day: it may be defined anew later."""
    measure = CATALOGUE.get(str(part.facts.get("measure", ""))) if part.kind is PartKind.INDICATOR else None
    if measure is None:
        return part
    return replace(part, facts={**part.facts, "defined": {"name": measure.name.vi, "definition": measure.definition.vi}})


def _reframe(programme: Programme, parts: Sequence[Part], by: Person, on: date) -> None:
    """Have the programme, and the plans under it, run until the day that a text names; and be of the parties that it names."""
    now = frame_of(programme)
    frame = framed(parts, now)
    if frame.parties != now.parties:
        units = Unit.objects.in_bulk([code for code, _signs_as in frame.parties], field_name="code")
        programme.parties.all().delete()
        Party.objects.bulk_create(
            Party(programme=programme, position=nth, unit=units[code], signs_as=signs_as[:80])
            for nth, (code, signs_as) in enumerate(frame.parties, start=1)
        )
    if (frame.first, frame.last) != (now.first, now.last):
        programme.during = DateRange(frame.first, frame.last + ONE_DAY)
        programme.save(update_fields=["during"])
        move_turns(programme, by=by, on=on)
        for plan in Programme.objects.select_for_update(of=("self",)).filter(upper=programme, closed_on=None):
            plan.during = DateRange(plan.during.lower, frame.last + ONE_DAY)
            plan.save(update_fields=["during"])
            move_turns(plan, by=by, on=on)


def _lay_out(programme: Programme, parts: Sequence[Part], by: Person, on: date) -> None:
    once = {part.kind: part for part in parts}
    title = once[PartKind.TITLE]
    programme.title, programme.title_en = title.text.strip()[:300], str(title.facts.get("title_en", ""))[:300]
    basis = once.get(PartKind.BASIS)
    programme.basis = [line.strip() for line in basis.text.splitlines() if line.strip()] if basis else []
    programme.save(update_fields=["title", "title_en", "basis"])
    by_key, numbers = {part.key: part for part in parts}, numbered(parts)
    uppers = _uppers(programme)
    contents: dict[str, Content] = {}
    goals: dict[str, Goal] = {}
    tasks: dict[str, Task] = {}
    before = {task.key: task for task in Task.objects.filter(programme=programme, origin=Origin.TEXT.value)}
    for nth, part in enumerate(parts):
        above = content_of(part, by_key) if part.kind in {PartKind.GOAL, PartKind.TASK} else None
        content = contents[above.key] if above else None
        match part.kind:
            case PartKind.CONTENT:
                contents[part.key], _ = Content.objects.update_or_create(
                    programme=programme, key=part.key,
                    defaults={
                        "number": len(contents) + 1, "title": part.heading[:300], "text": part.body, "left_on": None,
                        "title_en": str(part.facts.get("title_en", ""))[:300],
                        "upper": uppers.get(("content", str(part.facts.get("upper", "")))),
                    },
                )  # fmt: skip
            case PartKind.GOAL:
                goals[part.key], _ = Goal.objects.update_or_create(
                    content=content, key=part.key, defaults={"position": nth, "text": part.text, "left_on": None}
                )
            case PartKind.TASK:
                task = before.pop(part.key, None) or Task(programme=programme, key=part.key)
                due = part.facts.get("due_on")
                task.content, task.goal, task.position = content, goals.get(part.parent), nth
                task.number, task.text, task.text_en = numbers[part.key], part.text, str(part.facts.get("text_en", ""))
                task.due_on, task.every = date.fromisoformat(due) if due else None, str(part.facts.get("every", ""))
                task.upper, task.left_on = uppers.get(("task", str(part.facts.get("upper", "")))), None
                task.save()
                task.units.set(Unit.objects.filter(code__in=part.facts.get("units", ())))
                tasks[part.key] = task
    programme.contents.filter(left_on=None).exclude(pk__in=[one.pk for one in contents.values()]).update(left_on=on)
    Goal.objects.filter(content__programme=programme, left_on=None).exclude(pk__in=[one.pk for one in goals.values()]).update(
        left_on=on
    )
    Task.objects.filter(pk__in=[task.pk for task in before.values()], left_on=None).update(left_on=on)
    _follow(programme, parts, contents, tasks)
    for part in parts:
        if part.kind is PartKind.TASK and part.facts.get("answers"):
            tell_answered(answer(tasks[part.key], part.facts["answers"]), by=by, on=on)


def _uppers(programme: Programme) -> dict[tuple[str, str], Any]:
    """What a plan's parts may be derived from, by kind and key."""
    if programme.upper is None:
        return {}
    return {
        **{("content", one.key): one for one in Content.objects.filter(programme=programme.upper)},
        **{("task", one.key): one for one in Task.objects.filter(programme=programme.upper)},
    }


def _follow(programme: Programme, parts: Sequence[Part], contents: dict[str, Content], tasks: dict[str, Task]) -> None:
    """Replace the indicators and targets: nothing else hangs on them."""
    by_key = {part.key: part for part in parts}
    Indicator.objects.filter(content__programme=programme).delete()
    told = [(part, content_of(part, by_key)) for part in parts if part.kind is PartKind.INDICATOR]
    kept = Indicator.objects.bulk_create(
        Indicator(content=contents[content.key], task=tasks.get(part.parent), position=nth, measure=part.facts["measure"])
        for nth, (part, content) in enumerate(told, start=1)
        if content
    )
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=_target_units(told))}
    Target.objects.bulk_create(
        Target(
            indicator=indicator, year=int(target["year"]), value=Decimal(str(target["value"])),
            unit=units.get(target.get("unit")), simulated=bool(target.get("simulated")), source=target.get("source", ""),
        )
        for indicator, (part, _content) in zip(kept, told, strict=True)
        for target in part.facts.get("targets", ())
    )  # fmt: skip


def _target_units(told: Sequence[tuple[Part, Part | None]]) -> set[str]:
    return {str(target["unit"]) for part, _ in told for target in part.facts.get("targets", ()) if target.get("unit")}
