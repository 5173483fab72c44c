"""Conferences and meetings: agenda, papers, minutes, votes, conclusions that are promises at once."""
