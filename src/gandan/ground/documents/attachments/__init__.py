"""Files that people give: known by their content, refused in plain words, cleaned of what nobody meant to tell."""

from gandan.ground.documents.attachments.examining import Examined, examine
from gandan.ground.documents.attachments.forms import Form, FormSpec, Limits, clean_name, spec_of
from gandan.ground.documents.attachments.packages import check as check_package
from gandan.ground.documents.attachments.refusals import (
    ActiveContent,
    EmptyFile,
    LiesAboutItself,
    Locked,
    NotTaken,
    NotWhole,
    SwellsUp,
    TooLarge,
    TooManyPixels,
)

__all__ = [
    "ActiveContent",
    "EmptyFile",
    "Examined",
    "Form",
    "FormSpec",
    "LiesAboutItself",
    "Limits",
    "Locked",
    "NotTaken",
    "NotWhole",
    "SwellsUp",
    "TooLarge",
    "TooManyPixels",
    "check_package",
    "clean_name",
    "examine",
    "spec_of",
]
