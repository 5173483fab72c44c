"""Relief, on a Friday."""

from tests.clock import held_clock  # noqa: F401
