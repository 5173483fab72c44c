"""The rules of messages: who can be written to, what a template makes of its parameters, when a try is made."""

from gandan.ground.messages.rules.addresses import BadAddress, Channel, masked, reachable
from gandan.ground.messages.rules.templates import BadParameters, Content, Template, TooLong, UnknownTemplate, template, templates
from gandan.ground.messages.rules.timing import QuietHours, State, Trouble, next_try, read_quiet_hours

__all__ = [
    "BadAddress",
    "BadParameters",
    "Channel",
    "Content",
    "QuietHours",
    "State",
    "Template",
    "TooLong",
    "Trouble",
    "UnknownTemplate",
    "masked",
    "next_try",
    "reachable",
    "read_quiet_hours",
    "template",
    "templates",
]
