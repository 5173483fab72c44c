"""What a programme's file says, and what it may not say. Pure."""

from gandan.results.programmes.rules.file import (
    BadProgramme,
    ContentSpec,
    IndicatorSpec,
    PartySpec,
    ProgrammeSpec,
    TargetSpec,
    TaskSpec,
    read_programme,
)
from gandan.results.programmes.rules.standing import Standing, standing

__all__ = [
    "BadProgramme",
    "ContentSpec",
    "IndicatorSpec",
    "PartySpec",
    "ProgrammeSpec",
    "Standing",
    "TargetSpec",
    "TaskSpec",
    "read_programme",
    "standing",
]
