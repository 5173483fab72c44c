"""What is done in counsel."""

from gandan.work.counsel.operations.advising import advise, answer, name_directive
from gandan.work.counsel.operations.inspecting import StillOwed, cancel, close, find, hold, plan, remedy

__all__ = [
    "StillOwed",
    "advise",
    "answer",
    "cancel",
    "close",
    "find",
    "hold",
    "name_directive",
    "plan",
    "remedy",
]
