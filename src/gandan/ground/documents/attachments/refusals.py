"""Why a file is not taken. Each says what to do instead."""

from gandan.ground.ledger.rules import Refused


class EmptyFile(Refused):
    """There is nothing in it."""


class TooLarge(Refused):
    """It is larger than the limit of a file."""


class NotTaken(Refused):
    """Files of this form are not taken."""


class LiesAboutItself(Refused):
    """The name says one form, the content is another."""


class NotWhole(Refused):
    """It breaks off, or can't be read."""


class TooManyPixels(Refused):
    """A picture so large that opening it is a danger."""


class SwellsUp(Refused):
    """A small file that unpacks into a huge one."""


class Locked(Refused):
    """It needs a password."""


class ActiveContent(Refused):
    """It carries a program: a macro, a script, a file inside the file."""
