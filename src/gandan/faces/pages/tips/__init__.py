"""The pages of the sealed channel: those of its door, which a process of its own serves, and those of its desk."""
