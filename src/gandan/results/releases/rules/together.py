"""Figures of the whole city that hang together: none that is held back follows from those that are told.

What was finished is what was early, in time and late; a share with its whole gives its part. Each figure that is told is one or
two sums over counts, and so is each secret: a secret that is a combination of what is told can be reckoned back. Then the
smallest figure goes with it, until none can.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from gandan.results.releases.rules.holding import SMALLEST

Form = Mapping[str, int]
"""A sum over counts: each with the number of times it is in it."""


def is_small(value: int) -> bool:
    """Say whether so many, or so many more or fewer, are too few to be told. Nothing at all tells of nobody."""
    return 0 < abs(value) < SMALLEST


def secrets(values: Mapping[str, int], shares: Iterable[tuple[Form, Form]]) -> list[Form]:
    """Return what is too small among counts, and among the rests that shares leave of their wholes."""
    found: list[Form] = [{code: 1} for code, value in sorted(values.items()) if is_small(value)]
    for part, whole in shares:
        rest = minus(whole, part)
        if rest and is_small(sum(times * values[code] for code, times in rest.items())):
            found.append(rest)
    return found


def hold_back(
    told: Mapping[str, Sequence[Form]],
    hidden: Iterable[Form],
    *,
    given: Sequence[Form] = (),
    size: Mapping[str, int] | None = None,
) -> frozenset[str]:
    """Return which figures are held back, so that no secret follows from the others.

    :param told: for each figure what it tells
    :param given: what is known anyway: sums that are nothing, figures that were told before
    :param size: how large a figure is: the smallest goes first
    """
    sizes, secret, anyway = size or {}, list(hidden), _Known(given)
    alone_tell = {code: _Known(forms) for code, forms in told.items()}
    kept = {code: forms for code, forms in told.items() if not any(alone_tell[code].tells(one) for one in secret)}
    known = anyway.and_also(_all(kept))
    for one in (each for each in secret if not anyway.tells(each)):
        while known.tells(one):
            kin = _kin(one, [*given, *_all(kept)])
            near = sorted(
                (code for code, forms in kept.items() if any(kin & form.keys() for form in forms)),
                key=lambda code: (sizes.get(code, 0), code),
            )
            alone = (code for code in near if not anyway.and_also(_all(kept, but=code)).tells(one))
            kept.pop(next(alone, near[0]))
            known = anyway.and_also(_all(kept))
    return frozenset(told) - kept.keys()


def minus(whole: Form, part: Form) -> dict[str, int]:
    """Return what a sum leaves of another."""
    rest = {code: whole.get(code, 0) - part.get(code, 0) for code in {*whole, *part}}
    return {code: times for code, times in sorted(rest.items()) if times}


def _all(kept: Mapping[str, Sequence[Form]], *, but: str = "") -> list[Form]:
    return [form for code, forms in kept.items() if code != but for form in forms]


def _kin(one: Form, forms: Collection[Form]) -> set[str]:
    """Return the counts that have to do with these: they are in one sum with them, or with those that are."""
    found, before = set(one), 0
    while len(found) > before:
        before = len(found)
        found |= {code for form in forms if found & form.keys() for code in form}
    return found


class _Known:
    """What follows from sums that are known: their combinations."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.rows: dict[str, dict[str, Fraction]] = {}  # by the count in which each begins
        self._add(forms)

    def _add(self, forms: Iterable[Form]) -> None:
        for form in forms:
            if rest := self._rest(form):
                first = min(rest)
                self.rows[first] = {code: value / rest[first] for code, value in rest.items()}

    def and_also(self, forms: Iterable[Form]) -> "_Known":
        """Return what follows when these are known too."""
        more = _Known(())
        more.rows = dict(self.rows)
        more._add(forms)
        return more

    def tells(self, form: Form) -> bool:
        return not self._rest(form)

    def _rest(self, form: Form) -> dict[str, Fraction]:
        rest = {code: Fraction(times) for code, times in form.items() if times}
        while heads := rest.keys() & self.rows.keys():
            first = min(heads)
            times = rest[first]
            for code, value in self.rows[first].items():
                rest[code] = rest.get(code, Fraction(0)) - times * value
            rest = {code: value for code, value in rest.items() if value}
        return rest
