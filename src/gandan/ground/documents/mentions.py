"""Where a PDF's objects are mentioned in a revision of it: found by reading its bytes once, not by walking all of its objects.

A tagged report of twenty pages has 7,600 objects, nearly all of them tags. What a later revision replaced is mentioned by a
handful of them. So the bytes are read for who mentions whom, and only those are looked into.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, RawPdfPath

# What an object is made of, as far as it matters: a comment, a string, where its stream begins, its end, a mention.
SPACE = rb"(?:[\0\t\n\f\r ]|%[^\r\n]*[\r\n])"
HEADER = re.compile(rb"(\d+)" + SPACE + rb"+\d+" + SPACE + rb"+obj")
WORTH = re.compile(
    rb"(?<!\d)(\d+)" + SPACE + rb"+\d+" + SPACE + rb"+R"
    rb"|%[^\r\n]*|(\()|>>" + SPACE + rb"*stream(?=[\r\n])|(?<=[\0\t\n\f\r )>\]}])endobj(?=[\0\t\n\f\r %(<\[/]|$)"
)  # fmt: skip
IN_STRING = re.compile(rb"\\.|([()])", re.DOTALL)
TWICE = 2
FEW = 400  # steps from an object up to the page, the catalogue or the trailer; more is not a file of ours

Path = tuple[str | int, ...]


class Unclear(Exception):
    """The file is written in a way that this does not read. It has to be walked."""


def usages(old: HistoricalResolver, of: Iterable[generic.Reference]) -> dict[generic.Reference, set[RawPdfPath]]:
    """Return each way in which a revision comes from its trailer to these objects, as pyHanko itself would find them.

    :raises Unclear: if it has encrypted or packed objects, or one of these is mentioned in too many places
    """
    reader = old.reader
    if reader.encrypted or reader.xrefs.hybrid_xrefs_present:
        raise Unclear("encrypted, or with two tables of objects")
    search = _Search(old, _mentioned(old))
    return {one: {RawPdfPath(*path) for path in search.paths(one)} for one in of}


class _Search:
    """From an object up to the trailer, by who mentions it."""

    def __init__(self, old: HistoricalResolver, mentioned: dict[int, set[generic.Reference]]) -> None:
        self.old, self.mentioned, self.steps = old, mentioned, 0
        self.pages = dict(_pages(old))

    def paths(self, of: generic.Reference, above: frozenset[generic.Reference] = frozenset()) -> Iterator[Path]:
        if of in self.pages:
            raise Unclear("a page was replaced, and tags mention pages everywhere")
        self.steps += 1
        if self.steps > FEW:
            raise Unclear("mentioned in too many places")
        yield from _within(self.old.trailer_view, of)
        for one in self.mentioned.get(of.idnum, ()):
            if one == of or one in above:
                continue
            inner = list(_within(self.old(one), of))
            if inner:
                outer = [self.pages[one]] if one in self.pages else self.paths(one, above | {of})
                yield from (before + after for before in outer for after in inner)


def _within(item: object, of: generic.Reference) -> Iterator[Path]:
    """Yield where a reference stands inside one object; its parent is no place in which it is used."""
    if isinstance(item, generic.IndirectObject):
        if item.reference == of:
            yield ()
    elif isinstance(item, generic.DictionaryObject):
        for key in item:
            if key != "/Parent":
                yield from ((str(key), *rest) for rest in _within(item.raw_get(key), of))
    elif isinstance(item, generic.ArrayObject):
        for nth in range(len(item)):
            yield from ((nth, *rest) for rest in _within(item.raw_get(nth), of))


def _pages(old: HistoricalResolver) -> Iterator[tuple[generic.Reference, Path]]:
    """Yield the nodes of the tree of pages, each with its one proper way."""
    waiting: list[tuple[object, Path]] = [(old.root.raw_get("/Pages"), ("/Root", "/Pages"))]
    seen: set[generic.Reference] = set()
    while waiting:
        node, path = waiting.pop()
        if not isinstance(node, generic.IndirectObject) or node.reference in seen:
            raise Unclear("no tree of pages")
        seen.add(node.reference)
        yield node.reference, path
        page = old(node.reference)
        kids = page.get("/Kids") if isinstance(page, generic.DictionaryObject) else None
        if isinstance(kids, generic.ArrayObject):
            waiting += [(kids.raw_get(nth), (*path, "/Kids", nth)) for nth in range(len(kids))]


def _mentioned(old: HistoricalResolver) -> dict[int, set[generic.Reference]]:
    """Return by whom each object is mentioned in this revision."""
    stream = old.reader.stream
    stream.seek(0)
    data, read, found = stream.read(), 0, defaultdict(set)
    for one, at in _places(old):
        header = HEADER.match(data, at)
        if header is None or int(header[1]) != one.idnum:
            raise Unclear(f"object {one.idnum} is not where the table says")
        others, end = mentions(data, header.end())
        read += end - at
        if read > TWICE * len(data):
            raise Unclear("objects lie in one another")
        for other in others:
            found[other].add(one)
    return found


def _places(old: HistoricalResolver) -> Iterator[tuple[generic.Reference, int]]:
    table, seen = old.reader.xrefs, set()
    for revision in range(old.revision + 1):
        for one in table.explicit_refs_in_revision(revision):
            if one in seen:
                continue
            seen.add(one)
            place = table.get_historical_ref(one, old.revision)
            if isinstance(place, int):
                yield one, place
            elif place is not None:
                raise Unclear("packed objects")


def mentions(data: bytes, at: int) -> tuple[set[int], int]:
    """Return whom an object mentions, and where it or its dictionary ends. To read too far is harmless: more is looked into."""
    found: set[int] = set()
    while (one := WORTH.search(data, at)) is not None:
        at = one.end()
        if one[1]:
            found.add(int(one[1]))
        elif one[2]:
            at = _after_string(data, at)
        elif one[0][:1] != b"%":
            return found, at
    return found, len(data)


def _after_string(data: bytes, at: int) -> int:
    depth = 1
    while (found := IN_STRING.search(data, at)) is not None:
        at = found.end()
        if found[1]:
            depth += 1 if found[1] == b"(" else -1
            if not depth:
                return at
    raise Unclear("a string without an end")
