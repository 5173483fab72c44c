"""The work with people that no counter sees: activities, community models, initiatives, commendations."""
