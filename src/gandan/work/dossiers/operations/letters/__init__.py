"""The letter of apology: owed, given a reason, signed by the batch, sent, printed."""

from gandan.work.dossiers.operations.letters.batches import NothingToSign, TooManyLetters, ask_to_sign, leave_unsigned, sign_some
from gandan.work.dossiers.operations.letters.desk import SigningDesk
from gandan.work.dossiers.operations.letters.owing import AlreadyApologised, NoNewAppointment, owe_apology, send_apology
from gandan.work.dossiers.operations.letters.printing import note_printed
from gandan.work.dossiers.operations.letters.raising import raise_letters
from gandan.work.dossiers.operations.letters.reasons import BadRule, give_reason, set_letter_rule

__all__ = [
    "AlreadyApologised",
    "BadRule",
    "NoNewAppointment",
    "NothingToSign",
    "SigningDesk",
    "TooManyLetters",
    "ask_to_sign",
    "give_reason",
    "leave_unsigned",
    "note_printed",
    "owe_apology",
    "raise_letters",
    "send_apology",
    "set_letter_rule",
    "sign_some",
]
