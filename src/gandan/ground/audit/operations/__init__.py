"""Keeping the log: its months end when their time is up."""

from gandan.ground.audit.operations.keeping import TooYoung, drop_ended

__all__ = ["TooYoung", "drop_ended"]
