"""Figures at a point of the ledger, frozen."""
