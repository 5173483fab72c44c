"""Hand-overs of weapons, explosives and support tools: appointed, taken in before two people, followed to the depot."""
