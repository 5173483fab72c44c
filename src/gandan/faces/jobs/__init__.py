"""What follows by itself and what the clock starts."""
