"""Putting events in the ledger, as the packages of work would."""

from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, record_many
from tests.cast import Cast


def happen(cast: Cast, kind: Kind, at: str, day: date, *, times: int = 1, amount: int | None = None, **facets: str) -> list[int]:
    """Let something happen at a unit, so many times on that day."""
    one = NewEvent(kind, cast.unit(at).pk, day, cast.importer.pk, facets=facets, amount=amount)
    return record_many([one] * times)


def receive(cast: Cast, at: str, day: date, *, times: int = 1, procedure: str = "passport", channel: str = "counter") -> None:
    happen(cast, Kind.DOSSIER_RECEIVED, at, day, times=times, procedure=procedure, channel=channel)


def finish(cast: Cast, at: str, day: date, punctuality: str, *, times: int = 1, procedure: str = "passport") -> None:
    happen(cast, Kind.DOSSIER_FINISHED, at, day, times=times, procedure=procedure, punctuality=punctuality)


def overdue(cast: Cast, at: str, day: date, *, times: int = 1) -> None:
    happen(cast, Kind.PROMISE_OVERDUE, at, day, times=times, promise="dossier.result")
