"""Answers of the standard in both its forms: JSON, and XML with an element for each name."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpResponse

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
        outer = Element(root)
        if isinstance(answer, Mapping):
            _fill(outer, answer)
        else:
            for one in answer:
                _fill(SubElement(outer, each), one)
        content = '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(outer, encoding="unicode")
    response = HttpResponse(content, content_type=TYPES[form], status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def problem(form: str, found: Problem) -> HttpResponse:
    """Write why not, in the standard's own form."""
    return written(form, "errors", "error", [{"code": found.code, "description": found.words}], status=found.code)


def _fill(element: Element, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        inner = SubElement(element, name)
        if isinstance(value, Mapping):
            _fill(inner, value)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            for one in value:
                _fill(SubElement(inner, SINGULAR.get(name, "value")), one)
        elif value is not None:
            inner.text = value if isinstance(value, str) else _plain(value) if not isinstance(value, bool) else str(value).lower()


SINGULAR = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
