"""The desk at which a batch is signed: opens the key once, and goes on some letters at a time, each some in a transaction."""

from collections.abc import Callable
from datetime import date, datetime

from gandan.ground.documents.signing import signatory
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations.models import Person
from gandan.work.dossiers.operations.letters.batches import leave_unsigned, sign_some


class SigningDesk:
    """Signs one batch with the key of who asked for it."""

    def __init__(self, batch: int, by: Person) -> None:
        self.batch, self.by = batch, by

    def sign(self, on: date, clock: Callable[[], datetime], *, at_most: int | None = None) -> int:
        """Sign until nothing is left, or some letters only; return how many were looked at.

        A key that can't be used leaves the letters unsigned, with the reason on each.
        """
        done = 0
        try:
            with signatory(self.by.username, clock()) as key:
                while at_most is None or done < at_most:
                    now = sign_some(batch=self.batch, signatory=key, by=self.by, on=on, at=clock().replace(microsecond=0))
                    done += now
                    if not now:
                        break
        except Refused as refusal:
            leave_unsigned(batch=self.batch, refusal=refusal, by=self.by, on=on)
        return done
