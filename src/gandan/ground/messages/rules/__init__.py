"""The rules of messages: who can be written to, what a template makes of its parameters, when a try is made."""

from gandan.ground.messages.rules.addresses import BadAddress, Channel, masked, reachable
from gandan.ground.messages.rules.own import (
    LANGUAGES,
    QUIET,
    STOPPED,
    WORDS,
    BadRule,
    Said,
    WayOut,
    checked,
    laid_over,
    of_house,
    stopped_name,
    words_name,
)
from gandan.ground.messages.rules.templates import BadParameters, Content, Template, TooLong, UnknownTemplate, template, templates
from gandan.ground.messages.rules.timing import QuietHours, State, Trouble, next_try, read_quiet_hours

__all__ = [
    "LANGUAGES",
    "QUIET",
    "STOPPED",
    "WORDS",
    "BadAddress",
    "BadParameters",
    "BadRule",
    "Channel",
    "Content",
    "QuietHours",
    "Said",
    "State",
    "Template",
    "TooLong",
    "Trouble",
    "UnknownTemplate",
    "WayOut",
    "checked",
    "laid_over",
    "masked",
    "next_try",
    "of_house",
    "reachable",
    "read_quiet_hours",
    "stopped_name",
    "template",
    "templates",
    "words_name",
]
