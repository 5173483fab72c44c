"""The catalogue of agreed numbers and its queries."""
