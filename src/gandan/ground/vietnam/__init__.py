"""Vietnamese text, identity numbers, plates, postal numbers: pure functions."""
