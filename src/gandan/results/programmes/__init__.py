"""Programmes, their tasks and indicators."""
