"""The rules of dossiers: numbers, punctuality, and how a row of somebody's file becomes a dossier or a refusal."""

from gandan.work.dossiers.rules.candidates import Candidate, LetterRow, ParcelRow, Refusal, StepsRow
from gandan.work.dossiers.rules.cases import join
from gandan.work.dossiers.rules.files import XES, count_records, kind_of, log_shape, narrowed, records, shape
from gandan.work.dossiers.rules.mapping import FIELDS, BadMapping, Bound, Mapping, MissingColumns, as_kept, bind, read_mapping
from gandan.work.dossiers.rules.numbers import NUMBER, NumbersUsedUp, agency_code, dossier_number
from gandan.work.dossiers.rules.places import (
    Gazetteer,
    Heir,
    Holding,
    Move,
    NobodyTookOver,
    Place,
    ProcedureRule,
    Rulebook,
    follow,
    handles,
)
from gandan.work.dossiers.rules.problems import REASONS, Problem, Reason
from gandan.work.dossiers.rules.punctuality import Punctuality, kept, overdue_on, punctuality, shifted
from gandan.work.dossiers.rules.reading import BrokenFile, NoSuchFile, Record, Shape, digest
from gandan.work.dossiers.rules.rows import Checker, values_of

__all__ = [
    "FIELDS",
    "NUMBER",
    "REASONS",
    "XES",
    "BadMapping",
    "Bound",
    "BrokenFile",
    "Candidate",
    "Checker",
    "Gazetteer",
    "Heir",
    "Holding",
    "LetterRow",
    "Mapping",
    "MissingColumns",
    "Move",
    "NoSuchFile",
    "NobodyTookOver",
    "NumbersUsedUp",
    "ParcelRow",
    "Place",
    "Problem",
    "ProcedureRule",
    "Punctuality",
    "Reason",
    "Record",
    "Refusal",
    "Rulebook",
    "Shape",
    "StepsRow",
    "agency_code",
    "as_kept",
    "bind",
    "count_records",
    "digest",
    "dossier_number",
    "follow",
    "handles",
    "join",
    "kept",
    "kind_of",
    "log_shape",
    "narrowed",
    "overdue_on",
    "punctuality",
    "read_mapping",
    "records",
    "shape",
    "shifted",
    "values_of",
]
