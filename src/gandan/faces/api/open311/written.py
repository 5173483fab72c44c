"""Answers of the standard in both its forms: JSON, and XML with an element for each name."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpResponse

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML can hold these
TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}


class Problem(Exception):
    """What the standard answers with, instead of what was asked for."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code, self.words = code, words


def written(form: str, root: str, each: str, answer: Any, *, status: int = 200) -> HttpResponse:
    """Write a list of things, or one thing.

    :param root: the outermost element, in XML
    :param each: the element of one thing of a list, in XML
    """
    if form == "json":
        content = json.dumps(answer, ensure_ascii=False, default=_plain)
    else:
        inner = _elements(answer) if isinstance(answer, Mapping) else "".join(_element(each, one) for one in answer)
        content = f'<?xml version="1.0" encoding="utf-8"?>\n<{root}>{inner}</{root}>'
    response = HttpResponse(content, content_type=TYPES[form], status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def problem(form: str, found: Problem) -> HttpResponse:
    """Write why not, in the standard's own form."""
    return written(form, "errors", "error", [{"code": found.code, "description": found.words}], status=found.code)


def _elements(values: Mapping[str, Any]) -> str:
    return "".join([_element(name, value) for name, value in values.items()])


def _element(name: str, value: Any) -> str:
    if value is None:
        return f"<{name} />"
    if isinstance(value, str):
        inner = escape(NOT_XML.sub("", value))
    elif isinstance(value, Mapping):
        inner = _elements(value)
    elif isinstance(value, bool):
        inner = str(value).lower()
    elif isinstance(value, Sequence):
        inner = "".join([_element(SINGULAR.get(name, "value"), one) for one in value])
    else:
        inner = escape(_plain(value))
    return f"<{name}>{inner}</{name}>"


SINGULAR = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
