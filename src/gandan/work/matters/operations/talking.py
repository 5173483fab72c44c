"""Dialogues with the people of a matter, and what they were promised there: kept, put off, or broken with the reason."""

from datetime import date
from typing import TypeVar

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, may
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.rules import check_nameless
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import drop, keep, move, owe
from gandan.ground.promises.queries import owed_about
from gandan.work.matters.flow import State
from gandan.work.matters.models import Ask, Dialogue, Matter, Pledge
from gandan.work.matters.operations.opening import PLEDGE, acting_for, next_position, saved, taken
from gandan.work.matters.operations.settling import WrongState
from gandan.work.matters.rules import BadDay, Pledged, said

Part = TypeVar("Part", Ask, Dialogue)


@operation
def hold_dialogue(
    *, matter: Matter | int, host: Unit, held_on: date, place: str, heads: int, minutes: str, by: Person, on: date
) -> Dialogue:
    """Note a dialogue that was held: where, how many came, its minutes. Nobody who came is named.

    :raises NotAllowed: if `by` may not work on the matter for either side
    :raises WrongState: if the matter is settled
    :raises BadDay: if it was before the matter was taken up, or is yet to come
    :raises NothingSaid: if it has no place or no minutes
    :raises NamesSomebody: if something seems to name somebody
    """
    fresh = worked_on(matter, by, on)
    if not fresh.opened_on <= held_on <= on:
        raise BadDay(gettext_noop("Đối thoại được ghi sau khi diễn ra, và sau ngày mở vụ việc ({day})."),
                     day=f"{fresh.opened_on:%d/%m/%Y}")  # fmt: skip
    where = said(place, gettext_noop("Ghi nơi đối thoại."))
    words = said(minutes, gettext_noop("Chưa ghi biên bản đối thoại."))
    check_nameless(where)
    check_nameless(words)
    check_standing(host, held_on)
    made = Dialogue.objects.create(matter=fresh, host=host, held_on=held_on, place=where[:200], heads=heads, minutes=words, by=by)
    record(Kind.MATTER_DISCUSSED, unit=fresh.unit, day=held_on, by=by, about=fresh, amount=heads, issue=fresh.issue)
    return made


@operation
def pledge(
    *, matter: Matter | int, words: str, owner: Unit, due_on: date, by: Person, on: date,
    ask: Ask | int | None = None, dialogue: Dialogue | int | None = None,
) -> Pledge:  # fmt: skip
    """Promise the people of a matter something by a day. Its owner owes it from now.

    :raises NotAllowed: if `by` may not work on the matter for either side
    :raises WrongState: if the matter is settled
    :raises NothingSaid: if it has no words
    :raises NamesSomebody: if it seems to name somebody
    :raises NotStanding: if the owner does not exist on the day
    :raises DueBefore: if it would be due before today
    """
    fresh = worked_on(matter, by, on)
    text = said(words, gettext_noop("Chưa ghi điều cam kết."))
    check_nameless(text)
    check_standing(owner, on)
    made = Pledge.objects.create(
        matter=fresh, ask=_of(Ask, ask, fresh), dialogue=_of(Dialogue, dialogue, fresh), position=next_position(Pledge, fresh),
        words=text[:500], owner=owner, made_on=on, due_on=due_on,
    )  # fmt: skip
    record(Kind.MATTER_PLEDGED, unit=owner, day=on, by=by, about=fresh, issue=fresh.issue)
    owe(
        kind=PLEDGE, about=made, label=made.words[:200], owed_to=Receiver.CITIZEN, unit=owner, due_on=due_on, by=by, on=on,
        subject=fresh.issue,
    )  # fmt: skip
    return made


def _of(kind: type[Part], part: Part | int | None, matter: Matter) -> Part | None:
    """Return a part of the matter; nothing where it is another's."""
    pk = part if part is None or isinstance(part, int) else part.pk
    return kind._default_manager.filter(pk=pk, matter=matter).first() if pk is not None else None


@operation
def keep_pledge(*, pledge: Pledge | int, result: str, by: Person, on: date) -> Pledge:
    """Say what was done, by which the promise is kept.

    :raises NotAllowed: if `by` may not work for the matter's sides, nor for the unit that owes it
    :raises NothingOwed: if it is no longer owed
    :raises NothingSaid: if there are no words
    :raises NamesSomebody: if they seem to name somebody
    """
    fresh = _ended(pledge, Pledged.KEPT, result, by, on)
    keep(promise=owed_about(fresh, PLEDGE), by=by, on=on)
    return fresh


@operation
def break_pledge(*, pledge: Pledge | int, why: str, by: Person, on: date) -> Pledge:
    """Say that a promise can't be kept, and why: it is counted as broken, and the matter no longer as settled in time.

    :raises NotAllowed: if `by` may not work for the matter's sides, nor for the unit that owes it
    :raises NothingOwed: if it is no longer owed
    :raises NothingSaid: if there is no reason
    :raises NamesSomebody: if it seems to name somebody
    """
    fresh = _ended(pledge, Pledged.BROKEN, why, by, on)
    drop(promise=owed_about(fresh, PLEDGE), by=by, on=on)
    record(Kind.MATTER_PLEDGE_BROKEN, unit=fresh.owner, day=on, by=by, about=fresh.matter, issue=fresh.matter.issue)
    return fresh


def _ended(pledge: Pledge | int, state: Pledged, result: str, by: Person, on: date) -> Pledge:
    fresh = _taken(pledge, by, on)
    owed_about(fresh, PLEDGE)
    text = said(result, gettext_noop("Xin ghi kết quả, hoặc vì sao không giữ được."))
    check_nameless(text)
    fresh.state, fresh.result, fresh.ended_on = state.value, text[:500], on
    fresh.save()
    return fresh


@operation
def postpone(*, pledge: Pledge | int, due_on: date, by: Person, on: date) -> Pledge:
    """Name another day. The first one stays: kept after it, the promise counts as kept late for the matter.

    :raises NotAllowed: if `by` may not work for the matter's sides, nor for the unit that owes it
    :raises NothingOwed: if it is no longer owed
    :raises DueBefore: if the new day is past
    """
    fresh = _taken(pledge, by, on)
    move(promise=owed_about(fresh, PLEDGE), due_on=due_on, by=by, on=on)
    fresh.due_on = due_on
    fresh.save(update_fields=["due_on"])
    return fresh


def _taken(pledge: Pledge | int, by: Person, on: date) -> Pledge:
    pk = pledge if isinstance(pledge, int) else pledge.pk
    related = ("owner", "matter__unit", "matter__partner")
    fresh = Pledge.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)
    if not may(Right.WRITE_MATTERS, by=by, unit=fresh.owner, on=on):
        acting_for(fresh.matter, by, on)
    return fresh


def worked_on(matter: Matter | int, by: Person, on: date) -> Matter:
    """Return an open matter that somebody may work on. What is done after one side called it settled opens it again.

    :raises NotAllowed: if they may not
    :raises WrongState: if it is settled
    """
    fresh = taken(matter)
    acting_for(fresh, by, on)
    if fresh.state == State.SETTLED:
        raise WrongState(gettext_noop("Vụ việc đã giải quyết xong. Nếu chưa xong, xin mở lại trước."))
    if fresh.state == State.PROPOSED:
        fresh.state, fresh.proposed_on, fresh.proposed_by, fresh.proposed_for = State.OPEN.value, None, None, None
        saved(fresh)
    return fresh
