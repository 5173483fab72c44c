"""What every way out has in common."""

from dataclasses import dataclass
from typing import Protocol

from gandan.ground.messages.operations import Held
from gandan.ground.messages.rules import Trouble


class NotSent(Exception):
    """A try did not succeed; says whose turn it is."""

    def __init__(self, trouble: Trouble, answer: str) -> None:
        super().__init__(answer)
        self.trouble, self.answer = trouble, answer


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with an e-mail."""

    name: str
    media_type: str
    content: bytes


class Way(Protocol):
    """A way out. It is opened once for many messages."""

    def send(self, held: Held, enclosure: Enclosure | None, timestamp: int) -> str:
        """Tell the server, and return what it answered.

        :raises NotSent: if it didn't take the message
        """

    def close(self) -> None: ...
