"""Reading the log, and whether its chain holds; what had to be told."""

from gandan.ground.audit.queries.alerts import AlertRow, alerts, opened, unseen_alerts
from gandan.ground.audit.queries.chain import Fault, Month, Verification, months, verify
from gandan.ground.audit.queries.log import Asking, Seen, TraceRow, seen, traces
from gandan.ground.audit.rules import What

__all__ = [
    "AlertRow",
    "Asking",
    "Fault",
    "Month",
    "Seen",
    "TraceRow",
    "Verification",
    "What",
    "alerts",
    "months",
    "opened",
    "seen",
    "traces",
    "unseen_alerts",
    "verify",
]
