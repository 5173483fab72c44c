"""How documents, sections, points and dates are numbered. Pure rules; the decree is Decree 30/2020/NĐ-CP, Appendix I."""

from collections.abc import Sequence
from datetime import date

from gandan.ground.documents.profiles import Profile
from gandan.ground.vietnam.numbers import long_date_vi

# Points are lettered by the Vietnamese alphabet, as the decree letters its own: no ă, â, ê, ô, ơ, ư, nor f, j, w, z.
LETTERS = "abcdđeghiklmnopqrstuvxy"
BLANK = " " * 6  # room for a pen, where a draft has no number yet
BLANK_DAY = " " * 4
ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def number_line(profile: Profile, number: int | None, kind: str, bodies: Sequence[str]) -> str:
    """Return the number and sign of a document, blank where the clerk has not numbered it yet.

    Below ten a nought goes before (II.3.c). The sign names the kind and the body; a joint one names each body.
    """
    if number is not None and number < 1:
        raise ValueError(f"Documents are numbered from 1, not {number}.")
    if not kind or not bodies or not all(bodies):
        raise ValueError("The sign of a document names its kind and the bodies that issue it.")
    written = BLANK if number is None else f"{number:02d}"
    return profile.number.format(number=written, kind=kind, body="-".join(bodies))


def date_line(place: str, day: date | None, year: int) -> str:
    """Return place and date, as they stand below the motto (II.4)."""
    return f"{place}, {date_words(day, year)}"


def date_words(day: date | None, year: int) -> str:
    """Return a day; a draft without one leaves room for it in its year."""
    return long_date_vi(day) if day else f"ngày{BLANK_DAY}tháng{BLANK_DAY}năm {year}"


def roman(number: int) -> str:
    """Return a number below 400 in Roman numerals: sections and appendices (II.6.đ, III.1.a)."""
    if not 1 <= number < 400:
        raise ValueError(f"Sections are numbered from 1 to 399, not {number}.")
    written = ""
    for value, numeral in ROMAN:
        count, number = divmod(number, value)
        written += numeral * count
    return written


def letter(nth: int) -> str:
    """Return the letter of the nth point of a clause: a, b, c, d, đ, e, g … (II.6.đ)."""
    if not 1 <= nth <= len(LETTERS):
        raise ValueError(f"A clause has at most {len(LETTERS)} points, so there is no point {nth}: divide the clause.")
    return LETTERS[nth - 1]


def grouped(digest: str, shown: int | None = None) -> str:
    """Return a digest in groups of four, so that two people can compare it aloud."""
    digest = digest[:shown]
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
