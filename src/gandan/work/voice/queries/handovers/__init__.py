"""What was handed over: in the hands of the desk, of its giver, and of who holds it now."""
