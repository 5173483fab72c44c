"""Letters of apology: whose rule holds, what a letter says, which wait for whom, what got stuck."""

from gandan.work.dossiers.queries.letters.facts import Known, Office, facts_of, known_of, office_of, paper_of
from gandan.work.dossiers.queries.letters.laws import letter_law, letter_laws
from gandan.work.dossiers.queries.letters.lists import (
    BatchShown,
    LetterFilter,
    LetterRow,
    LetterShown,
    Stuck,
    UnknownLetter,
    batch,
    batches_waiting,
    letter,
    letters,
    letters_waiting,
    stuck,
    stuck_letters,
)
from gandan.work.dossiers.queries.letters.paper import letter_pdf, preview, print_file

__all__ = [
    "BatchShown",
    "Known",
    "LetterFilter",
    "LetterRow",
    "LetterShown",
    "Office",
    "Stuck",
    "UnknownLetter",
    "batch",
    "batches_waiting",
    "facts_of",
    "known_of",
    "letter",
    "letter_law",
    "letter_laws",
    "letter_pdf",
    "letters",
    "letters_waiting",
    "office_of",
    "paper_of",
    "preview",
    "print_file",
    "stuck",
    "stuck_letters",
]
