"""How a row of `expected.py` is written: what an address takes, and how it is tried."""

from dataclasses import dataclass, field
from typing import Any, Literal

from gandan.ground.organisations.rights import Right, Role

SIGNED_IN = None
NO_SESSION = "no session"  # opened by something else than a sign-in: a receipt, a signature
NOBODYS = "nobody's"
OPEN = "everybody"  # strangers too


@dataclass(frozen=True)
class Row:
    right: Right | Literal["no session", "nobody's", "everybody"] | None
    address: str
    method: str = "get"
    body: dict[str, Any] = field(default_factory=dict)
    shows: str = ""
    missing: bool = False
    besides: frozenset[Role] = frozenset()
    also: Right | None = None
    whole: bool = True
    along: bool = False
    says: str = ""
    citywide: bool = False

    @property
    def of_a_unit(self) -> bool:
        return not self.citywide and any(
            "{" in text for text in (self.address, self.shows, *(str(value) for value in self.body.values()))
        )
