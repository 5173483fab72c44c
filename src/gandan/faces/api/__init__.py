"""The same queries in JSON, at /api/v1/. `openapi.json` is its description, kept as a snapshot."""
