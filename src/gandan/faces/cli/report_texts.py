"""The texts of a report's sections: as files bring them, and which are still owed."""

from pathlib import Path

import yaml
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from gandan.results.reports.queries import report, still_to_write


def read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(_("Không đọc được tệp %(file)s: %(error)s.") % {"file": file, "error": error}) from None


def texts(file: Path | None) -> list[tuple[int, str]]:
    """Read the texts of sections by their numbers."""
    if file is None:
        return []
    try:
        found = yaml.safe_load(read(file))
        return [(int(position), str(text)) for position, text in found.items()]
    except (yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        said = _("Tệp %(file)s: mỗi dòng là số của mục và lời văn. %(error)s") % {"file": file, "error": error}
        raise CommandError(said) from None


def owed(code: str) -> list[str]:
    """Return the number and the title of each section of a report in which something is still to be written."""
    return [f"{one.position}. {one.title}" for one in still_to_write(report(code))]
