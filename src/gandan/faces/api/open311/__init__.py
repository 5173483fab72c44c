"""Open311 GeoReport v2: discovery, services and their definition, requests read and sent, tokens; XML and JSON."""
