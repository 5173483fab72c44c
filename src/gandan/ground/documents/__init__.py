"""Templates, typesetting, numbering."""
