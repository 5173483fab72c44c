"""Reports of problems: the questions of their services."""
