"""The demonstration: ten years of simulated dossiers in the real city. Whatever comes of them says so."""
