"""What is kept of those who come in: how often something was tried."""

from gandan.ground.accounts.models.limits import Tried

__all__ = ["Tried"]
