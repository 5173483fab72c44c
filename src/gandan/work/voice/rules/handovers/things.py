"""What is written down of things that are handed over, and what is wrong with it, beside each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.work.voice.rules.brought import NotSaid, tidy
from gandan.work.voice.rules.handovers.arms import UnknownArms, arms_of
from gandan.work.voice.rules.handovers.chain import Condition

MOST = 60  # rows of one record
MOST_PIECES = 100_000


@dataclass(frozen=True)
class Thing:
    """One row: a thing, or a lot of the same."""

    kind: str
    name: str = ""
    mark: str = ""
    quantity: str = "1"
    condition: str = Condition.UNKNOWN.value
    seal: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.kind or self.name.strip() or self.mark.strip())

    @property
    def count(self) -> int:
        return int(self.quantity) if self.quantity.strip().isdigit() else 0


def tidied(things: Sequence[Thing]) -> list[Thing]:
    """Return the rows that say something, in no more words than are kept."""
    return [
        Thing(
            one.kind, tidy(one.name, 200), tidy(one.mark, 120), one.quantity.strip()[:9], one.condition, tidy(one.seal, 60)
        )
        for one in things
        if not one.is_empty
    ]  # fmt: skip


def thing_faults(things: Sequence[Thing], on: date) -> dict[str, Refused]:
    """Return what is wrong, by `things` or `thing-<row>`, counted from 1."""
    if not things or len(things) > MOST:
        return {"things": NotSaid(gettext_noop("Xin ghi từ 1 đến {most} dòng vật giao nộp."), most=MOST)}
    found: dict[str, Refused] = {}
    for nth, one in enumerate(things, start=1):
        try:
            arms_of(one.kind, on)
        except UnknownArms as unknown:
            found[f"thing-{nth}"] = unknown if one.kind else NotSaid(gettext_noop("Dòng này chưa chọn loại."))
            continue
        if not 1 <= one.count <= MOST_PIECES:
            found[f"thing-{nth}"] = NotSaid(
                gettext_noop("Số lượng “{quantity}” chưa đúng; ghi số nguyên, từ 1."), quantity=one.quantity[:20]
            )
        elif one.condition not in set(Condition):
            found[f"thing-{nth}"] = NotSaid(gettext_noop("Dòng này chưa chọn tình trạng."))
    return found
