"""Relief, on a Friday."""

from tests.clock import held_clock as held_clock
