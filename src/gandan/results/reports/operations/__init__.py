"""What is done with reports: begun, written together, approved at a posting, sent back, signed, published, restated."""

from gandan.results.reports.operations.approving import NoReason, PeriodNotOver, freeze, give_back, send_back, submit
from gandan.results.reports.operations.drafting import OutsideProgramme, discard_draft, draft, redraft
from gandan.results.reports.operations.owing import (
    DUTIES,
    AlreadyBegun,
    BadDuty,
    Begun,
    ask_many,
    begin_many,
    begin_owed,
    excuse_report,
    raise_reports,
    set_duties,
)
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
from gandan.results.reports.operations.telling import tell_known
from gandan.results.reports.operations.templates import TEMPLATES, begin_several, set_templates, submit_several
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
    "DUTIES",
    "TEMPLATES",
    "AlreadyBegun",
    "AlreadyFrozen",
    "AlreadySubmitted",
    "BadDuty",
    "Begun",
    "MissingSigner",
    "NoReason",
    "NothingDiffers",
    "NothingSaid",
    "OutsideProgramme",
    "PeriodNotOver",
    "Saved",
    "UnknownSection",
    "WrongStep",
    "ask_many",
    "autosave_section",
    "begin_many",
    "begin_owed",
    "begin_several",
    "comment",
    "discard_draft",
    "draft",
    "excuse_report",
    "explain_change",
    "freeze",
    "give_back",
    "name_other_signer",
    "publish",
    "put_restatement_to_sign",
    "put_to_sign",
    "raise_reports",
    "redraft",
    "restate",
    "restore_version",
    "send_back",
    "set_duties",
    "set_templates",
    "settle_comment",
    "sign_report",
    "sign_restatement",
    "submit",
    "submit_several",
    "tell_known",
    "write_section",
]
