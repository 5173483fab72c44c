"""What can be done with dossiers: one at a time at the counter, or many from a file."""

from gandan.work.dossiers.operations.counter import (
    BeforeReceipt,
    NoApplicant,
    NotHandledHere,
    WrongStep,
    finish,
    receive,
    withdraw,
)
from gandan.work.dossiers.operations.deliveries import NoResultYet, WrongParcelStep, deliver, fail, hand_to_post, return_to_office
from gandan.work.dossiers.operations.handing import NobodyNamed, StillStanding, follow_succession, hand_over
from gandan.work.dossiers.operations.importing import BadSource, NotOneAfterTheOther, close_import, open_import, set_aside, take
from gandan.work.dossiers.operations.letters import AlreadyApologised, NoNewAppointment, owe_apology, send_apology
from gandan.work.dossiers.operations.procedures import Loaded, RuleInUse, load_procedures
from gandan.work.dossiers.operations.run import Progress, Request, Run

__all__ = [
    "AlreadyApologised",
    "BadSource",
    "BeforeReceipt",
    "Loaded",
    "NoApplicant",
    "NoNewAppointment",
    "NoResultYet",
    "NobodyNamed",
    "NotHandledHere",
    "NotOneAfterTheOther",
    "Progress",
    "Request",
    "RuleInUse",
    "Run",
    "StillStanding",
    "WrongParcelStep",
    "WrongStep",
    "close_import",
    "deliver",
    "fail",
    "finish",
    "follow_succession",
    "hand_over",
    "hand_to_post",
    "load_procedures",
    "open_import",
    "owe_apology",
    "receive",
    "return_to_office",
    "send_apology",
    "set_aside",
    "take",
    "withdraw",
]
