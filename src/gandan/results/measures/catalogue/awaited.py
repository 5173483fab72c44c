"""How a measure is written in one breath. Without kinds no package records it yet: it has a name, a definition, no figure."""

from gandan.results.measures.catalogue.units import PERCENT, PROGRAMME
from gandan.results.measures.rules import Better, Flow, Pick, Share, Stock, Worded


def flow(
    code: str,
    group: str,
    name: Worded,
    definition: Worded,
    unit: Worded,
    *,
    source: str = PROGRAMME,
    better: Better = "",
    timely: bool = False,
    amount: bool = False,
    plus: tuple[Pick, ...] = (),
    minus: tuple[Pick, ...] = (),
) -> Flow:
    return Flow(
        code=code, name=name, definition=definition, unit=unit, source=source, group=group, better=better, timely=timely,
        amount=amount, plus=plus, minus=minus,
    )  # fmt: skip


def stock(
    code: str,
    group: str,
    name: Worded,
    definition: Worded,
    unit: Worded,
    *,
    source: str = PROGRAMME,
    better: Better = "",
    timely: bool = False,
    plus: tuple[Pick, ...] = (),
    minus: tuple[Pick, ...] = (),
) -> Stock:
    return Stock(
        code=code, name=name, definition=definition, unit=unit, source=source, group=group, better=better, timely=timely,
        plus=plus, minus=minus,
    )  # fmt: skip


def in_time(code: str, group: str, name: Worded, part: str, whole: str, *, source: str = PROGRAMME) -> Share:
    return Share(
        code=code, name=name, unit=PERCENT, source=source, group=group, better="up", timely=True, part=(part,), whole=(whole,),
        definition=Worded("Số việc làm đúng hạn chia cho tổng số việc.", "What was done in time ÷ all that was owed."),
    )  # fmt: skip
