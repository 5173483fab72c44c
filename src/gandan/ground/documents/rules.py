"""What a document consists of, before anything is typeset.

The parts and their names follow Decree 30/2020/NĐ-CP, Article 8 and Appendix I (cited by its own paragraphs, "II.7.b"),
and for Party bodies the corresponding parts of Guideline 36-HD/VPTW and its successor 05-HD/VPTW.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from gandan.ground.documents.profiles import Profile

TITLES_OF_LEARNING = re.compile(r"^(GS|PGS|TS|ThS|BS|KS|CN|Giáo sư|Tiến sĩ|Thạc sĩ)\b\.?", re.IGNORECASE)


def _refuse_strange_link(link: str) -> None:
    if link and not link.startswith(("https://", "http://")):
        raise ValueError(f"A document links to pages only, by their whole address, not to {link!r}.")


class Status(StrEnum):
    """How far a figure can be trusted."""

    COUNTED = "counted"  # from the ledger
    STATED = "stated"  # taken from a paper that was signed before the ledger began
    PARTIAL = "partial"  # without a part of a predecessor that was divided
    CHECKING = "checking"  # a recount differed; being looked into
    NO_DATA = "no_data"  # nothing records it yet


@dataclass(frozen=True)
class Run:
    """A stretch of text of one style; `link` leads to the page of a figure or a source."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""

    def __post_init__(self) -> None:
        _refuse_strange_link(self.link)


Text = str | Sequence[Run]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body: justified, first line indented (II.6.e)."""

    text: Text


@dataclass(frozen=True)
class Cell:
    """A figure or a text of a table: what stands there, how far it can be trusted, and the page that opens it."""

    value: int | float | Decimal | str | None = None
    status: Status = Status.COUNTED
    decimals: int = 0
    suffix: str = ""
    link: str = ""

    def __post_init__(self) -> None:
        _refuse_strange_link(self.link)


@dataclass(frozen=True)
class Column:
    """A column of a table. Neighbours of one `group` share a heading above theirs.

    Figures stand right, text left, numbers of rows (TT) in the middle. Columns that have a `width` share what room the
    others leave, by weight.
    """

    title: str
    group: str = ""
    figures: bool = True
    centred: bool = False
    width: float = 0  # 0: as wide as its contents


class Level(StrEnum):
    """What a row of a table is."""

    ROW = "row"
    GROUP = "group"  # names the rows below it
    TOTAL = "total"


@dataclass(frozen=True)
class Row:
    """A row of a table, with a remark that is printed below it (PDF) or beside it (XLSX)."""

    cells: Sequence[Cell | str]
    level: Level = Level.ROW
    note: str = ""


@dataclass(frozen=True)
class Table:
    """A table of figures. Its heading is repeated on each page; rows are never torn apart."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    unit: str = ""  # "Đơn vị tính: hồ sơ"
    notes: Sequence[str] = ()
    small: bool = False


@dataclass(frozen=True)
class Chart:
    """A picture of figures that stand in a table too. `alt` says in words what it shows."""

    svg: str
    caption: str
    alt: str


@dataclass(frozen=True)
class Point:
    """A point of a clause, lettered a), b), c), d), đ), e), g) … (II.6.đ)."""

    text: Text


@dataclass(frozen=True)
class Clause:
    """A clause (khoản) with a title, numbered 1., 2., 3. within its section (II.6.đ)."""

    title: str
    blocks: Sequence["Block"]


Block = Paragraph | Point | Table | Chart | Clause


@dataclass(frozen=True)
class Section:
    """A section (mục), numbered I., II., III., its title in capitals (II.6.đ)."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Annex:
    """An appendix: its own Roman number, its own page numbers (III.1). `landscape` for wide tables (I.2)."""

    title: str
    blocks: Sequence[Block]
    landscape: bool = False


@dataclass(frozen=True)
class Letterhead:
    """Who issues the document, and the body directly above it (II.2)."""

    body: str
    superior: str = ""


@dataclass(frozen=True)
class SignatureBlock:
    """Who signs, and by what authority (II.7): "KT. GIÁM ĐỐC" above "PHÓ GIÁM ĐỐC" above the name.

    No title of learning goes before the name; the armed forces may add the rank (II.7.c).
    """

    position: str
    name: str
    authority: str = ""
    rank: str = ""

    def __post_init__(self) -> None:
        if TITLES_OF_LEARNING.match(self.name):
            raise ValueError(f"No title of learning goes before the name of who signs: {self.name!r}.")


@dataclass(frozen=True)
class LedgerStamp:
    """The point of the ledger that every figure of the document was read at, so that paper and ledger can be compared."""

    posting: int
    digest: str
    through: date  # the last day that is counted
    verify_url: str = ""


@dataclass(frozen=True)
class ReportDocument:
    """A report, ready to be typeset.

    `number` is the whole line ("Số: 05/BC-CATP"), made by `numbering.number_line`. `closing` is the last sentence of the
    body; the mark that ends the text ("./." or ".") is the profile's. `made_at` is written into the file, so that the same
    document always gives the same bytes.
    """

    profile: Profile
    letterheads: Sequence[Letterhead]
    number: str
    place: str
    signed_on: date | None
    kind: str  # BÁO CÁO
    abstract: str
    sections: Sequence[Section]
    signatures: Sequence[SignatureBlock]
    recipients: Sequence[str]
    made_at: datetime
    addressed_to: Sequence[str] = ()  # Kính gửi, for a report upwards (II.9.b)
    grounds: Sequence[str] = ()  # Căn cứ, one to a line (II.6.a)
    opening: Sequence[Paragraph] = ()
    closing: str = ""
    annexes: Sequence[Annex] = ()
    ledger: LedgerStamp | None = None
    simulated: bool = False
    draft: bool = False
    signable: bool = False  # leaves a field for each electronic signature

    def __post_init__(self) -> None:
        if not self.letterheads or not self.signatures:
            raise ValueError("A document names who issues it and who signs it.")
        if self.made_at.tzinfo is None:
            raise ValueError("made_at needs a time zone, or the same document would differ between machines.")
        if not self.profile.ranks and any(block.rank for block in self.signatures):
            raise ValueError(f"Only the armed forces put a rank before the name, not the profile {self.profile.code!r}.")
