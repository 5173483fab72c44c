"""What is kept about people, why, for how long; and how it ends."""
