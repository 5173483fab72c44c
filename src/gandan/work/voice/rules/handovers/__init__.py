"""Hand-overs: what can be handed over, by law and day; what may be carried; how a chain of hands is proved."""
