"""Signing in, sessions, keys of programs."""
