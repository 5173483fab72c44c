"""What a measure means, for pages and programs."""

from dataclasses import dataclass

from gandan.ground.ledger.kinds import KINDS
from gandan.results.measures.catalogue import CATALOGUE, GROUPS
from gandan.results.measures.queries.figures import measure
from gandan.results.measures.rules import Counted, Measure, NotAdditive, Share, Worded


@dataclass(frozen=True)
class Explained:
    """A measure with all that may be said of it; `counted` are the sentences of the events it counts."""

    measure: Measure
    group: Worded
    sort: str  # flow | stock | share | notadditive
    recorded: bool
    counted: tuple[Worded, ...] = ()
    uncounted: tuple[Worded, ...] = ()
    part: tuple[Measure, ...] = ()
    whole: tuple[Measure, ...] = ()
    reason: Worded | None = None
    facets: tuple[str, ...] = ()
    """By which the figure can be taken apart."""


def explain(code: str) -> Explained:
    """Say what a measure counts, and how.

    :raises UnknownMeasure: if the catalogue has none of this code
    """
    wanted = measure(code)
    group = GROUPS[wanted.group]
    match wanted:
        case Share():
            part, whole = (tuple(CATALOGUE[code] for code in codes) for codes in (wanted.part, wanted.whole))
            return Explained(wanted, group, wanted.sort, recorded(wanted), part=part, whole=whole)
        case NotAdditive():
            return Explained(wanted, group, wanted.sort, recorded=False, reason=wanted.reason)
        case Counted():
            kinds = [KINDS[kind] for kind in dict.fromkeys(p.kind for p in wanted.plus)]
            less = [KINDS[kind] for kind in dict.fromkeys(p.kind for p in wanted.minus)]
            return Explained(
                wanted, group, wanted.sort, recorded(wanted),
                counted=tuple(Worded(spec.sentence_vi, spec.sentence_en) for spec in kinds),
                uncounted=tuple(Worded(spec.sentence_vi, spec.sentence_en) for spec in less),
                facets=tuple(sorted({name for spec in kinds for name in spec.facets})),
            )  # fmt: skip
    raise TypeError(f"{wanted.code} is of no known sort.")


def recorded(wanted: Measure) -> bool:
    """Whether any package records what the measure counts."""
    if isinstance(wanted, Share):
        return all(recorded(CATALOGUE[code]) for code in wanted.part + wanted.whole)
    return isinstance(wanted, Counted) and bool(wanted.picks)
