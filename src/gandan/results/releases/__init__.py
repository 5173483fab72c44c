"""Open results: the figures of each closed half-month as everyone may have them, made once and never again."""
