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
from gandan.work.dossiers.operations.deliveries import collect, deliver, fail, hand_to_post, return_to_office
from gandan.work.dossiers.operations.handing import NobodyNamed, StillStanding, follow_succession, hand_over
from gandan.work.dossiers.operations.importing import BadSource, NotOneAfterTheOther, close_import, open_import, set_aside, take
from gandan.work.dossiers.operations.letters import AlreadyApologised, NoNewAppointment, owe_apology, send_apology
from gandan.work.dossiers.operations.manifests import (
    AlreadySigned,
    NobodySigned,
    NothingToPack,
    NotThePost,
    pack,
    pack_back,
    sign_for_office,
    sign_for_post,
    unpack,
)
from gandan.work.dossiers.operations.parcels import NoResultYet, WrongParcelStep
from gandan.work.dossiers.operations.procedures import Loaded, RuleInUse, load_procedures
from gandan.work.dossiers.operations.run import Progress, Request, Run
from gandan.work.dossiers.operations.scans import (
    Answer,
    TooManyAtOnce,
    Word,
    WrongMoment,
    give_secret,
    take_message,
    take_scans,
)

__all__ = [
    "AlreadyApologised",
    "AlreadySigned",
    "Answer",
    "BadSource",
    "BeforeReceipt",
    "Loaded",
    "NoApplicant",
    "NoNewAppointment",
    "NoResultYet",
    "NobodyNamed",
    "NobodySigned",
    "NotHandledHere",
    "NotOneAfterTheOther",
    "NotThePost",
    "NothingToPack",
    "Progress",
    "Request",
    "RuleInUse",
    "Run",
    "StillStanding",
    "TooManyAtOnce",
    "Word",
    "WrongMoment",
    "WrongParcelStep",
    "WrongStep",
    "close_import",
    "collect",
    "deliver",
    "fail",
    "finish",
    "follow_succession",
    "give_secret",
    "hand_over",
    "hand_to_post",
    "load_procedures",
    "open_import",
    "owe_apology",
    "pack",
    "pack_back",
    "receive",
    "return_to_office",
    "send_apology",
    "set_aside",
    "sign_for_office",
    "sign_for_post",
    "take",
    "take_message",
    "take_scans",
    "unpack",
    "withdraw",
]
