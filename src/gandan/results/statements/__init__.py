"""Figures of work done outside: stated with evidence, approved by the other side, always shown as stated."""
