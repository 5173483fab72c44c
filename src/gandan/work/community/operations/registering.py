"""Community models: criteria loaded, a model registered, told of, copied, moved with its ward, lapsed."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record, record_many, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import area_of, check_standing, of_another_side, require, require_anywhere, tree
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import drop, reassign
from gandan.ground.promises.queries import open_about
from gandan.work.community.models import CommunityModel, CriteriaSet
from gandan.work.community.operations.activities import OneSide
from gandan.work.community.rules import Criteria, Field, State, check_nameless

RENEW = "model.renew"
TYPE = "community.communitymodel"
AT_ONCE = 200


class WrongState(Refused):
    """The model does not stand where this can be done."""


class NothingSaid(Refused):
    """A model has a name, a story has words."""


class CriteriaFixed(Refused):
    """Criteria that are in force are not changed, only followed."""


@operation
def load_criteria(*, rows: Sequence[Criteria], unit: Unit, by: Person, on: date) -> list[CriteriaSet]:
    """Load criteria. A set that is known stays as it is, but for the day on which the next one follows it.

    :raises NotAllowed: if `by` may not manage programmes at the unit
    :raises CriteriaFixed: if a set that is known is given otherwise
    """
    require(Right.MANAGE_PROGRAMMES, by=by, unit=unit, on=on)
    made = []
    for row in rows:
        items = [asdict(item) for item in row.items]
        facts = {"pass_mark": row.pass_mark, "items": items}
        known, new = CriteriaSet.objects.get_or_create(
            field=row.field.value, valid_from=row.valid_from,
            defaults={**facts, "valid_to": row.valid_to, "source": row.source, "verified": row.verified},
        )  # fmt: skip
        if not new and (known.pass_mark, known.items) != (row.pass_mark, items):
            raise CriteriaFixed(
                gettext_noop("Tiêu chí từ ngày {day} đã dùng, không sửa. Hãy ban hành bộ mới từ một ngày khác."),
                day=f"{row.valid_from:%d/%m/%Y}",
            )
        if not new and known.valid_to != row.valid_to:
            known.valid_to = row.valid_to
            known.save(update_fields=["valid_to"])
        if new:
            record(Kind.CRITERIA_SET, unit=unit, day=on, by=by, about=known, field=row.field.value)
        made.append(known)
    unchanged()  # where everything was known
    return made


@operation
def register(
    *, unit: Unit, field: Field, name: str, summary: str, by: Person, on: date, partner: Unit | None = None
) -> CommunityModel:
    """Register a model at the unit that looks after it.

    :raises NotAllowed: if `by` may not write the work with people at this unit
    :raises NothingSaid: if it has no name
    :raises NamesSomebody: if name or summary seem to name somebody
    :raises OneSide: if the partner is of the same side
    """
    return _registered(unit, field, name, summary, partner, None, by, on)


def _registered(
    unit: Unit, field: Field, name: str, summary: str, partner: Unit | None, origin: CommunityModel | None, by: Person, on: date
) -> CommunityModel:
    require(Right.WRITE_COMMUNITY, by=by, unit=unit, on=on)
    if not name.strip():
        raise NothingSaid(gettext_noop("Mô hình cần một tên gọi."))
    check_nameless(name)
    check_nameless(summary)
    check_standing(unit, on)
    if partner is not None and not of_another_side(partner, unit, on):
        raise OneSide(gettext_noop("{partner} cùng một bên với {unit}. Chọn cơ quan của bên kia, hoặc để trống."),
                      partner=partner.name, unit=unit.name)  # fmt: skip
    model = CommunityModel.objects.create(
        unit=unit, area=area_of(unit, on), partner=partner, field=field.value, name=name.strip(), summary=summary.strip(),
        registered_on=on, copied_from=origin,
    )  # fmt: skip
    record(Kind.MODEL_REGISTERED, unit=unit, day=on, by=by, about=model, field=model.field)
    return model


@operation
def replicate(*, origin: CommunityModel | int, unit: Unit, name: str, by: Person, on: date) -> CommunityModel:
    """Take a recognised model up at another unit: a model of its own, that says whence it comes.

    :raises NotAllowed: if `by` may not write the work with people at the new unit
    :raises WrongState: if the origin is not recognised, or stands at this very unit
    """
    before = taken(origin)
    if before.state != State.RECOGNISED or before.unit_id == unit.pk:
        raise WrongState(gettext_noop("Chỉ nhân rộng mô hình đã được công nhận, sang đơn vị khác."))
    model = _registered(unit, Field(before.field), name or before.name, before.summary, None, before, by, on)
    record(Kind.MODEL_REPLICATED, unit=unit, day=on, by=by, about=model, field=model.field)
    return model


@operation
def tell(*, model: CommunityModel | int, story: str, publisher: Unit, by: Person, on: date) -> CommunityModel:
    """Publish the story of a recognised model, in the name of a body; an empty one takes it back.

    :raises NotAllowed: if `by` may not recognise models at the publishing body
    :raises WrongState: if the model is not recognised
    :raises NamesSomebody: if it seems to name somebody
    """
    fresh = taken(model)
    require(Right.RECOGNISE_MODELS, by=by, unit=publisher, on=on)
    check_nameless(story)
    if story.strip() and fresh.state != State.RECOGNISED:
        raise WrongState(gettext_noop("Chỉ công khai câu chuyện của mô hình đã được công nhận."))
    fresh.story = story.strip()
    fresh.published_on, fresh.published_by = (on, publisher) if fresh.story else (None, None)
    _saved(fresh)
    record(Kind.MODEL_PUBLISHED, unit=publisher, day=on, by=by, about=fresh, story="told" if fresh.story else "taken_back")
    return fresh


@operation
def lapse(*, model: CommunityModel | int, why: str, by: Person, on: date) -> CommunityModel:
    """End a model: nobody keeps it up any more, or it was not renewed.

    :param why: `closed` or `not_renewed`
    :raises NotAllowed: if `by` may not write the work with people at its unit
    :raises WrongState: if it has lapsed already
    """
    fresh = taken(model)
    require(Right.WRITE_COMMUNITY, by=by, unit=fresh.unit, on=on)
    if fresh.state == State.LAPSED:
        raise WrongState(gettext_noop("Mô hình này đã thôi hoạt động."))
    _end(fresh, why, by, on)
    return fresh


def _end(fresh: CommunityModel, why: str, by: Person, on: date) -> None:
    was = fresh.state
    fresh.state, fresh.lapsed_on = State.LAPSED.value, on
    fresh.published_on = fresh.published_by = None
    _saved(fresh)
    promise = open_about(TYPE, [fresh.pk], RENEW).get(fresh.pk)
    if promise is not None:
        drop(promise=promise, by=by, on=max(on, promise.changed_on))
    record(Kind.MODEL_LAPSED, unit=fresh.unit, day=on, by=by, about=fresh, field=fresh.field, was=was, why=why)


@operation
def lapse_due(*, by: Person, on: date) -> list[int]:
    """Let models lapse whose year is over and who were not renewed, each on the day after; return their numbers.

    :raises NotAllowed: if `by` may write the work with people nowhere
    """
    require_anywhere(Right.WRITE_COMMUNITY, by=by, on=on)
    unchanged()
    due = CommunityModel.objects.filter(state=State.RECOGNISED.value, recognised_until__lt=on).order_by("recognised_until", "pk")
    numbers = list(due.values_list("pk", flat=True)[:AT_ONCE])
    for pk in numbers:
        fresh = taken(pk)
        assert fresh.recognised_until is not None
        _end(fresh, "not_renewed", by, fresh.recognised_until + timedelta(1))
    return numbers


@operation
def hand_over(*, model: CommunityModel | int, unit: Unit, by: Person, on: date) -> CommunityModel:
    """Give a model to another unit, as when its ward was divided: the stock moves, what was counted before stays.

    :raises NotAllowed: if `by` may not write the work with people at both units
    :raises NotStanding: if the other unit does not exist on the day
    """
    fresh = taken(model)
    require(Right.WRITE_COMMUNITY, by=by, unit=fresh.unit, on=on)
    require(Right.WRITE_COMMUNITY, by=by, unit=unit, on=on)
    check_standing(unit, on)
    fresh.divided = False
    _move(fresh, unit, by, on)
    return fresh


def _move(fresh: CommunityModel, unit: Unit, by: Person, on: date) -> None:
    if fresh.unit_id != unit.pk:
        facets = {"field": fresh.field, "was": fresh.state}
        moves = ((Kind.MODEL_HANDED_OVER, fresh.unit_id), (Kind.MODEL_TAKEN_OVER, unit.pk))
        record_many(NewEvent(kind, at, on, by.pk, facets, about_type=TYPE, about_id=fresh.pk) for kind, at in moves)
        promise = open_about(TYPE, [fresh.pk], RENEW).get(fresh.pk)
        if promise is not None and promise.unit_id != unit.pk:
            reassign(promise=promise, unit=unit, by=by, on=max(on, promise.changed_on))
    else:
        unchanged()
    fresh.unit, fresh.area = unit, area_of(unit, on)
    _saved(fresh)


@operation
def follow_succession(*, by: Person, on: date) -> list[int]:
    """Move models of units that have ended to the main heir, and mark those whose ward was divided: somebody chooses then.

    :raises NotAllowed: if `by` may write the work with people nowhere
    """
    require_anywhere(Right.WRITE_COMMUNITY, by=by, on=on)
    unchanged()
    left = CommunityModel.objects.filter(unit__closed_on__lte=on).exclude(state=State.LAPSED.value).order_by("pk")
    moved = []
    for pk in left.values_list("pk", flat=True)[:AT_ONCE]:
        fresh = taken(pk)
        standing = tree()
        heir = standing.main_heir(fresh.unit_id, on)
        if heir == fresh.unit_id:
            continue
        fresh.divided = len(standing.heirs(fresh.unit_id, on) - {fresh.unit_id}) > 1
        _move(fresh, Unit.objects.get(pk=heir), by, on)
        moved.append(pk)
    return moved


def taken(model: CommunityModel | int) -> CommunityModel:
    """Return a model as it is now, and keep others from it until our transaction ends."""
    pk = model if isinstance(model, int) else model.pk
    return CommunityModel.objects.select_for_update(of=("self",)).select_related("unit", "area").get(pk=pk)


def _saved(fresh: CommunityModel) -> None:
    fresh.version += 1
    fresh.save()


def renewal_of(model: CommunityModel) -> Promise | None:
    return open_about(TYPE, [model.pk], RENEW).get(model.pk)
