"""Reading the log, and whether its chain holds."""

from gandan.ground.audit.queries.chain import Fault, Month, Verification, months, verify

__all__ = ["Fault", "Month", "Verification", "months", "verify"]
