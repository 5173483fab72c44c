"""The same queries in JSON."""
