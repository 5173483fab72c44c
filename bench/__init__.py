"""What the project promises, measured beside a baseline in the same run."""
