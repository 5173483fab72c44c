"""The rules of the voice. No Django, no clock, no database."""
