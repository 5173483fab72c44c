"""Plain words, claims that can be checked, alerts as other machines read them. Pure."""
