"""What a unit owes, to whom, by when."""
