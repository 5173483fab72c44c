"""Typesetting: a layout and its data in, a PDF out.

The fonts are those beside this file and no others, nothing is fetched, and the same data give the same bytes.
"""

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

import typst

from gandan.ground.documents.composition import compose
from gandan.ground.documents.forms import Form, Sheet, compose_sheet
from gandan.ground.documents.rules import ReportDocument
from gandan.ground.documents.signing import Box
from gandan.ground.vietnam.text import nfc

HERE = Path(__file__).parent
LAYOUTS = HERE / "layouts"
FONTS = HERE / "fonts"
GIVEN = "json(bytes(sys.inputs.data))"  # where a layout gets its data from
# PDF/A-2 with tags, for the archive; PDF/UA, for people who listen to it.
STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
# What gets fields for signatures keeps its tags, but the fields have none: it claims no more than PDF/A-2u.
FOR_SIGNING: "list[typst.PDFStandard]" = ["a-2u"]
PAGE_HEIGHT, MM = 841.89, 72 / 25.4
SEAL_WIDTH, SEAL_HEIGHT, SEAL_INSET = 66 * MM, 24 * MM, 5.0  # as layouts/forms.typ draws it
LONG = 200_000  # bytes of PDF
REMEMBERED = 10
INVISIBLE = {code: None for code in (*range(32), 127) if chr(code) not in "\n\t"}
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
PLACE = re.compile(r"┌─ (?P<file>[^:\n]+):(?P<line>\d+):")


class LayoutError(Exception):
    """A layout could not be set. Says which, at which line, and why."""

    def __init__(self, layout: str, problem: str, file: str = "", line: int | None = None) -> None:
        self.layout, self.file, self.line, self.problem = layout, file, line, problem
        place = f" ({file}, line {line})" if line else ""
        super().__init__(f"Layout {layout!r}{place}: {problem}")


def typeset_report(document: ReportDocument) -> bytes:
    """Return a report as PDF."""
    return typeset("report", compose(document))


def typeset_signable(document: ReportDocument) -> tuple[bytes, list[Box]]:
    """Return a report as PDF, and where each who signs it has their field."""
    pdf, found = _typeset("report", compose(document), asked="<sign>")
    return pdf, [box_of(one["value"]) for one in found]


def typeset_seal(lines: Sequence[str], made_at: datetime) -> bytes:
    """Return what is seen in a signature field."""
    return typeset("seal", {"title": "Chữ ký số", "lines": list(lines), "made_at": made_at.replace(microsecond=0).isoformat()})


def typeset_sheet(sheet: Sheet) -> bytes:
    """Return a form of the one-stop shop as PDF, by our own layout."""
    return typeset(sheet.form.layout, compose_sheet(sheet))


class Typesetter:
    """Sets many sheets of one form, one after the other: the layout is read once.

    Their data lie in a file beside a copy of the layouts. Typst remembers what it has set as long as nothing that it was set from
    has changed, and `sys.inputs` are a part of everything: with them, each head and each frame would be set anew. The file names
    people, so it is gone as soon as its sheet is set.
    """

    def __init__(self, form: Form) -> None:
        self.layout = form.layout
        here = Path(mkdtemp(prefix="gandan-"))
        finalize(self, shutil.rmtree, here)
        shutil.copytree(LAYOUTS, here, dirs_exist_ok=True)
        self._data, source = here / "data.json", here / f"{form.layout}.typ"
        source.write_text(source.read_text("utf-8").replace(GIVEN, f'json("{self._data.name}")'), "utf-8")
        self._compiler = typst.Compiler(source, root=here, font_paths=_fonts())

    def set(self, sheet: Sheet) -> tuple[bytes, Box | None]:
        """Return the PDF, and where its seal is if it has one.

        :raises LayoutError: if its data don't fit the layout
        """
        try:
            self._data.write_text(json.dumps(cleaned(compose_sheet(sheet)), ensure_ascii=False), "utf-8")
            standards = STANDARDS if sheet.seal is None else FOR_SIGNING
            made, warnings = self._compiler.compile_with_warnings(
                format="pdf", pdf_standards=standards, timestamp=sheet.made_at.astimezone(UTC)
            )
            found = json.loads(self._compiler.query("<seal>")) if sheet.seal is not None else []
        except typst.TypstError as error:
            raise _layout_error(self.layout, error) from error
        finally:
            self._data.unlink(missing_ok=True)
        if warnings:
            raise _layout_error(self.layout, warnings[0])
        assert isinstance(made, bytes)
        return made, box_of(found[0]["value"]) if found else None


def box_of(place: dict[str, float]) -> Box:
    """Return the frame of the seal, whose inner corner the layout tells from the upper left."""
    left, top = place["x"] - SEAL_INSET, PAGE_HEIGHT - place["y"] + SEAL_INSET
    return Box(int(place["page"]) - 1, left, top - SEAL_HEIGHT, left + SEAL_WIDTH, top)


def typeset(layout: str, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a layout with its data. `data["made_at"]` is the moment written into the file.

    :raises LayoutError: if there is no such layout, or its data don't fit it
    """
    return _typeset(layout, data)[0]


def _typeset(layout: str, data: Mapping[str, Any], asked: str = "") -> tuple[bytes, list[dict[str, Any]]]:
    """Return the PDF, and what the layout says of a label."""
    source = LAYOUTS / f"{layout}.typ"
    if not re.fullmatch(r"[a-z_]+", layout) or not source.exists():
        raise LayoutError(layout, f"there is no such layout in {LAYOUTS.name}/")
    try:
        made_at = datetime.fromisoformat(data["made_at"]).replace(microsecond=0)  # a PDF knows no less than a second
    except (KeyError, TypeError, ValueError) as error:
        raise LayoutError(layout, 'its data need "made_at", a moment in ISO form') from error
    try:
        inputs = {"data": json.dumps(cleaned(data), ensure_ascii=False)}
        standards = FOR_SIGNING if asked else STANDARDS
        compiler = typst.Compiler(source, root=LAYOUTS, font_paths=_fonts(), sys_inputs=inputs)
        made, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=standards, timestamp=made_at)
        found: list[dict[str, Any]] = json.loads(compiler.query(asked)) if asked else []
    except typst.TypstError as error:
        raise _layout_error(layout, error) from error
    if warnings:  # a font or a letter is missing: paper would show it, so we don't print it
        raise _layout_error(layout, warnings[0])
    assert isinstance(made, bytes)
    if len(made) > LONG:
        _forget()
    return made, found


def _forget() -> None:
    """Typst keeps what the last ten documents were made of: half a gigabyte after ten long reports, for no gain."""
    blank = typst.Compiler(LAYOUTS / "blank.typ", root=LAYOUTS, font_paths=_fonts())
    for _ in range(REMEMBERED + 1):
        blank.compile(format="pdf")


def cleaned(value: Any) -> Any:
    """Return data with composed letters ("ệ", not an e with two marks after it) and without letters that can't be seen."""
    match value:
        case str():
            return nfc(value).translate(INVISIBLE)
        case Mapping():
            return {key: cleaned(below) for key, below in value.items()}
        case list() | tuple():
            return [cleaned(below) for below in value]
        case _:
            return value


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _layout_error(layout: str, error: typst.TypstError | typst.TypstWarning) -> LayoutError:
    missing = MISSING.search(error.message)
    if missing:
        return LayoutError(layout, f"the letter {missing[1]} is not in the fonts of documents: write it in words")
    place = PLACE.search(error.diagnostic or "")
    problem = ". ".join([error.message, *error.hints])
    if place is None:
        return LayoutError(layout, problem)
    return LayoutError(layout, problem, Path(place["file"]).name, int(place["line"]))
