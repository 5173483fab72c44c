"""Legal steps beside the answer: crime reports told to investigators by the hour, complaints accepted, refused or referred."""
