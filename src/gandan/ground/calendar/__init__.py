"""Working days, holidays, exchanged days, terms, reporting periods."""
