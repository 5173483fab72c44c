"""What is done at the door: tries are counted, so that nobody guesses for long."""

from gandan.ground.accounts.operations.limits import Limit, forget_tries, try_once

__all__ = ["Limit", "forget_tries", "try_once"]
