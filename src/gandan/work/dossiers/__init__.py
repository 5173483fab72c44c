"""Procedures, dossiers, letters of apology, deliveries."""
