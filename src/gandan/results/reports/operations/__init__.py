"""What is done with reports: begun, written together, approved at a posting, sent back, signed, published, restated."""

from gandan.results.reports.operations.approving import NoReason, PeriodNotOver, freeze, give_back, send_back, submit
from gandan.results.reports.operations.drafting import OutsideProgramme, discard_draft, draft, redraft
from gandan.results.reports.operations.restating import NothingDiffers, restate
from gandan.results.reports.operations.signing import (
    MissingSigner,
    name_other_signer,
    publish,
    put_restatement_to_sign,
    put_to_sign,
    sign_report,
    sign_restatement,
)
from gandan.results.reports.operations.taking import AlreadyFrozen, AlreadySubmitted, WrongStep
from gandan.results.reports.operations.writing import (
    NothingSaid,
    Saved,
    UnknownSection,
    autosave_section,
    comment,
    explain_change,
    restore_version,
    settle_comment,
    write_section,
)

__all__ = [
    "AlreadyFrozen",
    "AlreadySubmitted",
    "MissingSigner",
    "NoReason",
    "NothingDiffers",
    "NothingSaid",
    "OutsideProgramme",
    "PeriodNotOver",
    "Saved",
    "UnknownSection",
    "WrongStep",
    "autosave_section",
    "comment",
    "discard_draft",
    "draft",
    "explain_change",
    "freeze",
    "give_back",
    "name_other_signer",
    "publish",
    "put_restatement_to_sign",
    "put_to_sign",
    "redraft",
    "restate",
    "restore_version",
    "send_back",
    "settle_comment",
    "sign_report",
    "sign_restatement",
    "submit",
    "write_section",
]
