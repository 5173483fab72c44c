"""Advice to superiors and what became of it; inspections that both sides hold together, findings and remedies by a day."""
