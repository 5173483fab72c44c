"""Signing in and proving it again; one's own account; the first account; keys of programs."""
