"""Saying in which words, at which hours and by which ways people are written to. What was said before is kept beside it."""

from datetime import date
from typing import Any

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.messages.models import SendingRule
from gandan.ground.messages.rules import checked
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_for_all, tops
from gandan.ground.organisations.rights import Right

LONGEST_SOURCE = 300


class UnknownRule(Refused):
    """There is no such rule to go back to."""


class NoSource(Refused):
    """A change says why."""


@operation
def rule(*, name: str, value: Any, source: str, by: Person, on: date) -> SendingRule:
    """Say something of the city's messages, from now on: see rules/own.py for what can be said.

    :param source: why, or the decision that says so
    :raises NotAllowed: if `by` may not look after the messages
    :raises BadRule: if it can't hold
    :raises NoSource: if it doesn't say why
    """
    require_for_all(Right.MANAGE_MESSAGES, by=by, on=on)
    return _note(name, checked(name, value), source, by, on)


@operation
def put_back(*, name: str, to: int | None, source: str, by: Person, on: date) -> SendingRule:
    """Let hold again what was said before.

    :param to: the number of the earlier rule; None: what the house says by itself
    :raises NotAllowed: if `by` may not look after the messages
    :raises UnknownRule: if there is none, or nothing was ever said under the name
    :raises BadRule: if it can't hold any more
    :raises NoSource: if it doesn't say why
    """
    require_for_all(Right.MANAGE_MESSAGES, by=by, on=on)
    before = SendingRule.objects.filter(name=name, **({} if to is None else {"pk": to})).order_by("-pk").first()
    if before is None:
        raise UnknownRule(gettext_noop("Không có bản nào trước đó để trở lại."))
    value = None if to is None or before.value is None else checked(name, before.value)
    return _note(name, value, source, by, on)


def _note(name: str, value: Any, source: str, by: Person, on: date) -> SendingRule:
    why = " ".join(source.split())
    if not why or len(why) > LONGEST_SOURCE:
        raise NoSource(gettext_noop("Ghi vì sao, hoặc theo văn bản nào, không quá {most} chữ."), most=LONGEST_SOURCE)
    noted = SendingRule.objects.create(name=name, value=value, source=why, by=by, noted_on=on)
    for unit in tops(on)[:1]:
        record(Kind.MESSAGE_RULED, unit=unit, day=on, by=by, about=noted, rule=name.partition(".")[0])
    return noted
