"""What goes wrong with a database, said so that the reader knows what to do."""


class DatabaseTrouble(Exception):
    """The database can't be had. The message says why and what helps."""
