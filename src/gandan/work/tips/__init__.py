"""The sealed tip channel: a door that can only take and look up, and a desk that opens with keys of its own."""
