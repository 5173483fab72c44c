"""Community models: a page of them, one with its rounds and partners, the register of certificates, what everyone may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from gandan.ground.documents.queries import StoredRow, paper, papers
from gandan.ground.ledger.folding import Folded, having, said_by
from gandan.ground.ledger.prepared import planned
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, may, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.vietnam.text import words_of
from gandan.work.community.models import Assessment, CommunityModel, CriteriaSet, Partner, Round
from gandan.work.community.queries.activities import AtPlace, Key
from gandan.work.community.rules import Criterion, Field, Side, State

TYPE = "community.communitymodel"


class UnknownModel(Refused):
    """There is no model of this number."""


@dataclass(frozen=True)
class ModelRow:
    """A model as lists show it."""

    id: int
    unit: UnitRow
    area: UnitRow
    partner: UnitRow | None
    field: Field
    name: str
    summary: str
    state: State
    registered_on: date
    recognised_on: date | None
    recognised_until: date | None
    lapsed_on: date | None
    copied_from: int | None
    divided: bool
    published_on: date | None
    version: int


@dataclass(frozen=True)
class ModelFilters:
    field: Field | None = None
    state: State | None = None
    unit: int | None = None
    area: int | None = None


@dataclass(frozen=True)
class ModelPage:
    rows: Sequence[ModelRow]
    next: Key | None


@dataclass(frozen=True)
class AssessmentShown:
    side: Side
    total: Decimal
    scores: dict[str, int]
    remark: str
    by: str
    on: date


@dataclass(frozen=True)
class RoundShown:
    """A round with the criteria it began with."""

    id: int
    begun_on: date
    decided_on: date | None
    passed: bool | None
    criteria_from: date
    pass_mark: int
    items: tuple[Criterion, ...]
    assessments: dict[Side, AssessmentShown]
    certificate: StoredRow | None


@dataclass(frozen=True)
class PartnerShown:
    id: int
    name: str
    as_organisation: bool
    joined_on: date
    left_on: date | None
    forgotten: bool


@dataclass(frozen=True)
class ModelShown:
    row: ModelRow
    story: str
    publisher: UnitRow | None
    rounds: list[RoundShown]
    criteria: tuple[Criterion, ...]  # in force today, for a new round
    partners: list[PartnerShown]  # with names only for those who write here
    copies: list[ModelRow]
    origin: ModelRow | None


def _visible(viewer: Person, on: date) -> QuerySet[CommunityModel]:
    return CommunityModel.objects.filter(unit__among=visible_units(Right.READ_COMMUNITY, viewer, on))


def _narrowed(found: QuerySet[CommunityModel], filters: ModelFilters) -> QuerySet[CommunityModel]:
    wanted = {
        "field": filters.field.value if filters.field else None,
        "state": filters.state.value if filters.state else None,
        "unit": filters.unit,
        "area": filters.area,
    }
    return found.filter(**{name: value for name, value in wanted.items() if value is not None})


def models(
    viewer: Person, on: date, filters: ModelFilters = ModelFilters(), *, after: Key | None = None, limit: int = 50
) -> ModelPage:
    """Return a page of the models that the viewer may see, the last registered first."""
    found = _narrowed(_visible(viewer, on), filters)
    if after is not None:
        found = found.filter(Q(registered_on__lt=after[0]) | Q(registered_on=after[0], pk__lt=after[1]))
    page = list(found.order_by("-registered_on", "-id")[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    return ModelPage(_rows(page), (page[-1].registered_on, page[-1].pk) if more else None)


@dataclass(frozen=True)
class OwnModel:
    """A model for which a unit may note what it holds."""

    id: int
    name: str


def own_models(unit: int, limit: int = 100) -> list[OwnModel]:
    """Return the models that a unit looks after or takes part in, but for those that have lapsed."""
    found = CommunityModel.objects.filter(Q(unit=unit) | Q(partner=unit)).exclude(state=State.LAPSED.value)
    return [OwnModel(pk, name) for pk, name in found.order_by("name", "id").values_list("pk", "name")[:limit]]


def models_by_area(viewer: Person, on: date, filters: ModelFilters = ModelFilters()) -> list[AtPlace]:
    """Return how many models stand in each ward, of those that the viewer may see."""
    found = _narrowed(_visible(viewer, on), filters)
    found = found if filters.state else found.exclude(state=State.LAPSED.value)
    return _at_places(found)


def _at_places(found: QuerySet[CommunityModel]) -> list[AtPlace]:
    counted = list(found.values_list("area_id").annotate(held=Count("pk")).order_by())
    areas = rows({area for area, _held in counted})
    return [AtPlace(areas[area], held, 0) for area, held in counted]


def _rows(page: Sequence[CommunityModel]) -> list[ModelRow]:
    units = rows({u for one in page for u in (one.unit_id, one.area_id, one.partner_id) if u})
    return [
        ModelRow(
            id=one.pk, unit=units[one.unit_id], area=units[one.area_id], field=Field(one.field), name=one.name,
            partner=units[one.partner_id] if one.partner_id else None, summary=one.summary, state=State(one.state),
            registered_on=one.registered_on, recognised_on=one.recognised_on, recognised_until=one.recognised_until,
            lapsed_on=one.lapsed_on, copied_from=one.copied_from_id, divided=one.divided, published_on=one.published_on,
            version=one.version,
        )
        for one in page
    ]  # fmt: skip


def _seen(number: int, viewer: Person, on: date) -> CommunityModel:
    found = CommunityModel.objects.select_related("unit", "published_by").filter(pk=number).first()
    if found is None:
        raise UnknownModel(gettext_noop("Không có mô hình số {number}."), number=number)
    units = visible_units(Right.READ_COMMUNITY, viewer, on)
    if found.unit_id not in units and found.partner_id not in units:
        raise NotAllowed(gettext_noop("Mô hình này do {unit} phụ trách."), unit=found.unit.name)
    return found


def model(number: int, viewer: Person, on: date) -> ModelShown:
    """Return one model.

    :raises UnknownModel: if there is none of this number
    :raises NotAllowed: if the viewer may not see it
    """
    found = _seen(number, viewer, on)
    near = list(CommunityModel.objects.filter(copied_from=found).order_by("pk")[:100])
    origin = CommunityModel.objects.filter(pk=found.copied_from_id).first() if found.copied_from_id else None
    shown = _rows([found, *near, *([origin] if origin else [])])
    names = may(Right.WRITE_COMMUNITY, by=viewer, unit=found.unit, on=on)
    return ModelShown(
        row=shown[0],
        story=found.story,
        publisher=rows([found.published_by_id])[found.published_by_id] if found.published_by_id else None,
        rounds=_rounds(found),
        criteria=criteria_on(Field(found.field), on),
        partners=_partners(found, names=names),
        copies=shown[1 : 1 + len(near)],
        origin=shown[-1] if origin else None,
    )


def _rounds(found: CommunityModel) -> list[RoundShown]:
    rounds = list(Round.objects.filter(model=found).select_related("criteria").order_by("-pk"))
    given: dict[int, dict[Side, AssessmentShown]] = {one.pk: {} for one in rounds}
    for each in Assessment.objects.filter(round__in=rounds).select_related("by").order_by("pk"):
        side = Side(each.side)
        given[each.round_id][side] = AssessmentShown(side, each.total, each.scores, each.remark, each.by.name, each.on)
    certificates = papers([one.certificate_id for one in rounds if one.certificate_id])
    return [
        RoundShown(
            one.pk, one.begun_on, one.decided_on, one.passed, one.criteria.valid_from, one.criteria.pass_mark,
            _items(one.criteria), given[one.pk], certificates.get(one.certificate_id or 0),
        )
        for one in rounds
    ]  # fmt: skip


def _items(criteria: CriteriaSet) -> tuple[Criterion, ...]:
    return tuple(Criterion(**item) for item in criteria.items)


def criteria_on(field: Field, on: date) -> tuple[Criterion, ...]:
    """Return the criteria of a field on a day; none if there are none."""
    found = CriteriaSet.objects.filter(field=field.value, valid_from__lte=on).order_by("-valid_from").first()
    return _items(found) if found and (found.valid_to is None or found.valid_to > on) else ()


def _partners(found: CommunityModel, *, names: bool) -> list[PartnerShown]:
    return [
        PartnerShown(
            one.pk, one.name if names else "", one.as_organisation, one.joined_on, one.left_on, one.forgotten_on is not None
        )
        for one in Partner.objects.filter(model=found).order_by("pk")
    ]


def certificate(token: str, viewer: Person, on: date) -> StoredRow:
    """Return a certificate of a model that the viewer may see.

    :raises Refused: if there is none, or they may not
    """
    found = paper(token)
    if found.about_type != TYPE:
        raise UnknownModel(gettext_noop("Không có giấy này."))
    _seen(found.about_id, viewer, on)
    return found


@dataclass(frozen=True)
class Certified:
    """A line of the register of certificates."""

    number: str
    on: date
    unit: UnitRow
    model: int
    name: str
    field: Field
    token: str


def certificates(viewer: Person, on: date, *, before: int | None = None, limit: int = 50) -> list[tuple[int, Certified]]:
    """Return the register of certificates, the last first, each with the key by which the list goes on."""
    given = Round.objects.filter(certificate__isnull=False, model__in=_visible(viewer, on)).select_related("model", "certificate")
    if before is not None:
        given = given.filter(pk__lt=before)
    page = list(given.order_by("-pk")[:limit])
    units = rows({one.certificate.unit_id for one in page if one.certificate})
    return [
        (
            one.pk,
            Certified(
                one.certificate.number_line, one.certificate.made_on, units[one.certificate.unit_id], one.model_id,
                one.model.name, Field(one.model.field), one.certificate.token,
            ),
        )
        for one in page
        if one.certificate
    ]  # fmt: skip


@dataclass(frozen=True)
class Story:
    """A recognised model as everyone may read of it, in the name of the body that publishes it."""

    id: int
    name: str
    field: Field
    area: UnitRow
    story: str
    publisher: UnitRow
    since: date


def _published(field: Field | None, area: int | None) -> QuerySet[CommunityModel]:
    found = CommunityModel.objects.filter(published_on__isnull=False, state=State.RECOGNISED.value)
    return _narrowed(found, ModelFilters(field=field, area=area))


def stories(field: Field | None = None, *, area: int | None = None, before: int | None = None, limit: int = 50) -> list[Story]:
    """Return what is published, the last first."""
    return _stories(_last_published(field, area, before, limit))


def stories_saying(text: str, *, called: str, fields: Mapping[Field, str], limit: int = 12) -> list[Story]:
    """Return what is published and has all these words in its name, its place, its field or what such things are called.

    The last comes first.
    """
    held = _published(None, None).annotate(folded=Folded("name"))
    areas = rows(held.order_by().values_list("area", flat=True).distinct())
    places = [(one.id, f"{one.name} {one.name_en}") for one in areas.values()]
    for word in words_of(text):
        if not said_by(word, [("", called)]):
            held = held.filter(having(word) | Q(field__in=said_by(word, fields.items())) | Q(area__in=said_by(word, places)))
    return _stories(list(held.order_by("-pk")[:limit]))


@planned
def _last_published(field: Field | None, area: int | None, before: int | None, limit: int) -> QuerySet[CommunityModel]:
    found = _published(field, area)
    if before is not None:
        found = found.filter(pk__lt=before)
    return found.order_by("-pk")[:limit]


def stories_by_area(field: Field | None = None) -> list[AtPlace]:
    """Return how many models are published in each ward, for everyone."""
    return _at_places(_published(field, None))


def story(number: int) -> Story:
    """:raises UnknownModel: if nothing is published under this number"""
    found = CommunityModel.objects.filter(pk=number, published_on__isnull=False, state=State.RECOGNISED.value)
    told = _stories(list(found))
    if not told:
        raise UnknownModel(gettext_noop("Không có mô hình số {number}."), number=number)
    return told[0]


def _stories(found: Sequence[CommunityModel]) -> list[Story]:
    units = rows({u for one in found for u in (one.area_id, one.published_by_id) if u})
    return [
        Story(one.pk, one.name, Field(one.field), units[one.area_id], one.story, units[one.published_by_id], one.recognised_on)
        for one in found
        if one.published_by_id and one.recognised_on
    ]
