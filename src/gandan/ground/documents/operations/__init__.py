"""What is done with documents: files that people give are taken and erased; papers are numbered, kept as sent, laid out anew."""

from gandan.ground.documents.operations.attachments import TooMany, attach, erase_attachment, erase_ended, hand_on
from gandan.ground.documents.operations.exports import (
    TooManyExports,
    ask_export,
    complete_export,
    erase_exports,
    fail_export,
    move_export,
    take_export,
)
from gandan.ground.documents.operations.layouts import TooLateToChange, lay_over
from gandan.ground.documents.operations.registering import Register
from gandan.ground.documents.operations.signings import (
    AlreadySigning,
    NoLongerSignatory,
    NotYourTurn,
    Signer,
    WrongCertificate,
    open_signing,
    replace_signer,
    sign_next,
)
from gandan.ground.documents.operations.storing import Paper, erase_papers, store, store_many
from gandan.ground.documents.operations.sweeping import sweep_shelf

__all__ = [
    "AlreadySigning",
    "NoLongerSignatory",
    "NotYourTurn",
    "Paper",
    "Register",
    "Signer",
    "TooLateToChange",
    "TooMany",
    "TooManyExports",
    "WrongCertificate",
    "ask_export",
    "attach",
    "complete_export",
    "erase_attachment",
    "erase_ended",
    "erase_exports",
    "erase_papers",
    "fail_export",
    "hand_on",
    "lay_over",
    "move_export",
    "open_signing",
    "replace_signer",
    "sign_next",
    "store",
    "store_many",
    "sweep_shelf",
    "take_export",
]
