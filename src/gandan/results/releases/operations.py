"""Releasing figures: once for each closed half-month, and never again. What is known of earlier ones is told beside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import freezing, operation, record, unchanged
from gandan.ground.ledger.queries import came_and_went, last_told
from gandan.ground.ledger.rules import ONE_DAY, Refused, Span, gettext_noop, half_of, next_half
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import tops
from gandan.ground.promises.operations import sweep
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import Figures, figures, reach
from gandan.results.measures.rules import Counted, Flow, Share, percent
from gandan.results.releases.models import Release, ReleasedFigure, RevisedFigure
from gandan.results.releases.queries import Others, wards_of
from gandan.results.releases.rules import (
    ACROSS,
    BEFORE,
    OPEN,
    SUMS,
    Form,
    Numbers,
    Open,
    Read,
    Told,
    hold_back,
    last_closed,
    secrets,
    tell,
)

ELSEWHERE = ""  # the place of what no ward has: departments of the city
REVISED = 24  # so many half-months back what has become known since is told
Counts = Mapping[str, int]


class NotClosed(Refused):
    """A half-month is released once it is over and what came late is in."""


@operation
def release(*, half: date, beside: Sequence[Read], by: Person, on: date) -> Release:
    """Make the figures of a half-month open to everyone; what was released before stays as it is.

    :param beside: what everybody has read elsewhere, in reports: nothing small may follow from both
    :raises NotClosed: if the half-month is not closed yet
    """
    if half > last_closed(on):
        raise NotClosed(gettext_noop("Nửa tháng này chưa chốt số liệu."))
    known = Release.objects.filter(half=half).first()
    if known is not None:
        unchanged()
        return known
    sweep(by=by, on=on, wait=True)
    period, before = _period(half), _period(half_of(half - ONE_DAY))
    (city,) = tops(period.last)[:1]
    wards = wards_of(city.pk, period.last)
    with freezing() as position:
        made = Release.objects.create(half=half, made_on=on, posting=position.number, digest=position.digest.hex())
        others = Others(beside, half, city.pk, wards)
        read = figures(_bases(), [city.pk, *wards], [period], as_of=position.number)
        counts = _counts(read, city.pk, period)
        counts |= _counts(figures(_bases(), [city.pk], [before], as_of=position.number), city.pk, before, mark=BEFORE)
        by_place = {one.code: _by_place(read, one.code, city.pk, wards, period) for one in OPEN.values() if one.by_place}
        places = {code: tell(found, others.held_places(code, found)) for code, found in by_place.items()}
        held = _held(counts, places, half)
        held |= others.held({code: _numbers(code, counts) for code in OPEN}, shown=OPEN.keys() - held)
        ReleasedFigure.objects.bulk_create(_figure(made, one, counts, places.get(one.code), held) for one in OPEN.values())
        _revise(made, city.pk, others)
        record(Kind.FIGURES_RELEASED, about=made, unit=city, day=on, by=by)
    return made


def _period(half: date) -> Period:
    return Period(half, next_half(half))


def _bases() -> list[str]:
    codes = dict.fromkeys(code for one in OPEN for form in _forms(one) for code in form)
    return list(codes | dict.fromkeys(code for one in SUMS for code in one))


def _forms(code: str) -> tuple[Form, ...]:
    """Return the sums that a figure tells: itself, or a share's part and whole."""
    measure = CATALOGUE[code]
    return tuple(dict.fromkeys(side, 1) for side in (measure.part, measure.whole)) if isinstance(measure, Share) else ({code: 1},)


def _shares(mark: str = "") -> Iterator[tuple[Form, Form]]:
    for code in OPEN:
        if isinstance(CATALOGUE[code], Share):
            part, whole = _marked(_forms(code), mark)
            yield part, whole


def _marked(forms: Iterable[Form], mark: str) -> list[Form]:
    return [{f"{code}{mark}": times for code, times in form.items()} for form in forms]


def _counts(read: Figures, unit: int, period: Period, mark: str = "") -> dict[str, int]:
    return {f"{code}{mark}": int(read.cell(code, unit, period).value or 0) for code in _bases()}


def _by_place(read: Figures, code: str, city: int, wards: dict[int, str], period: Period) -> dict[str, int]:
    found = {place: int(read.cell(code, ward, period).value or 0) for ward, place in wards.items()}
    return {**found, ELSEWHERE: int(read.cell(code, city, period).value or 0) - sum(found.values())}


def _held(counts: Counts, places: Mapping[str, Told], half: date) -> frozenset[str]:
    """Return whose sum of the whole city is held back: with what was told of the half-month before, nothing small follows."""
    untold = [code for code, told in places.items() if told.total is None]
    hidden = secrets(counts, [*_shares(), *_shares(BEFORE)]) + [{code: 1} for code in untold]
    earlier = ReleasedFigure.objects.filter(release__half=half_of(half - ONE_DAY), total__isnull=False)
    given = [*SUMS, *_marked(SUMS, BEFORE), *ACROSS]
    given += [form for code in earlier.values_list("code", flat=True) if code in OPEN for form in _marked(_forms(code), BEFORE)]
    told = {code: _forms(code) for code in OPEN if code not in untold}
    return hold_back(told, hidden, given=given, size=_sizes(counts)) | set(untold)


def _numbers(code: str, counts: Counts) -> Numbers:
    return tuple(_sum(counts, form) for form in _forms(code))


def _sizes(counts: Counts) -> dict[str, int]:
    return {code: max(_sum(counts, form) for form in _forms(code)) for code in OPEN}


def _sum(counts: Counts, form: Form) -> int:
    return sum(times * counts[code] for code, times in form.items())


def _figure(made: Release, one: Open, counts: Counts, places: Told | None, held: frozenset[str]) -> ReleasedFigure:
    measure, untold = CATALOGUE[one.code], one.code in held
    figure = ReleasedFigure(release=made, code=one.code, formula=measure.formula(), held_back=untold)
    if places is not None:
        figure.places, figure.held = dict(places.places), sorted(places.held)
    if not untold:
        figure.total, figure.part, figure.whole = _told(one.code, counts)
    return figure


def _told(code: str, counts: Counts) -> tuple[Decimal | None, int | None, int | None]:
    measure = CATALOGUE[code]
    if isinstance(measure, Share):
        part, whole = (_sum(counts, form) for form in _forms(code))
        return (percent(part, whole) if whole else None), part, whole
    assert isinstance(measure, Counted)
    return Decimal(counts[code]), None, None


def _revise(made: Release, city: int, others: Others) -> None:
    """Tell what is known by now of the half-months before: as much more or less as is not small, and nothing small follows.

    Whatever was told of a half-month may be taken from what is told now, so each difference is looked at.
    """
    earlier = list(
        Release.objects.filter(half__lt=made.half).order_by("-half").prefetch_related("figures__revisions__release")[:REVISED]
    )
    if not earlier:
        return
    periods = [_period(one.half) for one in earlier]
    now = figures(_bases(), [city], periods, as_of=made.posting)
    since: dict[int, list[Release]] = defaultdict(list)
    for one in earlier:
        for posting in {one.posting, *(told.release.posting for figure in one.figures.all() for told in figure.revisions.all())}:
            since[posting].append(one)
    before: dict[int, dict[int, dict[str, int]]] = defaultdict(dict)
    behind = reach(_bases(), [city], periods).facet_sets
    latest = last_told(min(since), made.posting, behind, max(period.end for period in periods))
    for posting, those in since.items():
        same = posting >= latest  # nothing has come since
        read = now if same else figures(_bases(), [city], [_period(one.half) for one in those], as_of=posting)
        for one in those:
            before[one.pk][posting] = _counts(read, city, _period(one.half))
    for one in earlier:
        counts = _counts(now, city, _period(one.half))
        if any(counts != was for was in before[one.pk].values()):
            RevisedFigure.objects.bulk_create(_revised(made, one, counts, before[one.pk], city, others))


def _revised(
    made: Release, one: Release, counts: Counts, before: Mapping[int, Counts], city: int, others: Others
) -> Iterator[RevisedFigure]:
    differences = [{code: counts[code] - was[code] for code in counts} for was in before.values()]
    known = {figure.code: figure for figure in one.figures.all() if figure.code in OPEN}
    hidden = [form for found in (counts, *differences) for form in secrets(found, _shares())]
    hidden += [{code: 1} for code, figure in known.items() if figure.held_back and code in counts]
    across = {code for form in ACROSS for code in form}
    told = {
        code: _forms(code) for code, figure in known.items()
        if figure.total is not None and not any(across & form.keys() for form in _forms(code))
    }  # fmt: skip
    held = hold_back(told, hidden, given=SUMS, size=_sizes(counts))
    held |= others.held({code: _numbers(code, counts) for code in told}, shown=told.keys() - held, half=one.half)
    came = _came(one, [code for code in told if code not in held], before, made.posting, city)
    for code in told:
        figure = known[code]
        last = max(figure.revisions.all(), key=lambda each: each.release.half, default=figure)
        total, part, whole = _told(code, counts)
        if code in held or total is None or (total, part, whole) == (last.total, last.part, last.whole):
            continue
        added, taken_back = came.get(code, (None, None))
        yield RevisedFigure(
            release=made, figure=figure, formula=CATALOGUE[code].formula(), total=total, part=part, whole=whole, added=added,
            taken_back=taken_back,
        )  # fmt: skip


def _came(one: Release, codes: Sequence[str], before: Mapping[int, Counts], until: int, city: int) -> dict[str, tuple[int, int]]:
    """Return how much came to each flow and was taken back since it was first told, where neither is small."""
    flows = [code for code in _bases() if isinstance(CATALOGUE[code], Flow)]
    reached = reach(flows, [city], [_period(one.half)])
    spans = [Span(0, unit, start, end) for unit, stretches in reached.flows.items() for start, end in stretches]
    hidden, first = list[Form](), dict[str, tuple[int, int]]()
    for posting in sorted(before, reverse=True):
        sides: tuple[dict[str, int], dict[str, int]] = (dict.fromkeys(flows, 0), dict.fromkeys(flows, 0))
        for number, found in came_and_went(posting, until, reached.facet_sets, spans).items():
            for measure in reached.behind[number]:
                for side, many in zip(sides, found, strict=True):
                    side[measure.code] += many
        hidden += [form for side in sides for form in secrets(side, ())]
        first = {code: (sides[0][code], sides[1][code]) for code in flows}
    told = {code: _forms(code) for code in codes if code in first}
    held = hold_back(told, hidden, given=SUMS, size={code: sum(first[code]) for code in told})
    return {code: first[code] for code in told if code not in held}
