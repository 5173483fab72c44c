"""Event logs in XES (IEEE 1849): read as a stream, looked over, and understood as far as that goes."""

from gandan.work.dossiers.rules.logs.census import Census, ColumnSeen, take_census
from gandan.work.dossiers.rules.logs.guessing import Guess, guess
from gandan.work.dossiers.rules.logs.parsing import happenings
from gandan.work.dossiers.rules.logs.usage import Usage, usage

__all__ = ["Census", "ColumnSeen", "Guess", "Usage", "guess", "happenings", "take_census", "usage"]
