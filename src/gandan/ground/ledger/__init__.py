"""What happened, and the sums of it."""
