"""Assessing a model: by its own unit, then by both sides; recognised with a certificate, renewed each year, or not."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from gandan.ground.calendar.rules.terms import months_after
from gandan.ground.documents.forms import Form
from gandan.ground.documents.models import Stored
from gandan.ground.documents.operations import Paper, Register, store
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import OWN_HANDS, Right
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import keep, owe
from gandan.work.community.models import Assessment, CommunityModel, CriteriaSet, Round
from gandan.work.community.operations.registering import RENEW, WrongState, renewal_of, taken
from gandan.work.community.queries.certifying import certificate_pdf
from gandan.work.community.queries.places import sides_of
from gandan.work.community.rules import BOTH, Criterion, Side, State, check_scores, total

MONTHS = 12
EARLY = 3  # months before its end in which a renewal counts from that end
SIGN = "GCN-MH"
CERTIFICATE = Form(
    kind="certificate", valid_from=date(2016, 1, 1), circular="chương trình phối hợp của hai bên", number="",
    title="Giấy chứng nhận mô hình", layout="certificate", sign=SIGN, verified=False,
)  # fmt: skip


class NoCriteria(Refused):
    """No criteria of this field are in force."""


class AlreadyAssessed(Refused):
    """This side has assessed the model in this round."""


class NotBothSides(Refused):
    """Both sides assess a model before it is recognised."""


class NotPassed(Refused):
    """A side has given less than the mark."""


class OwnWork(Refused):
    """Nobody assesses what they have assessed for the model's own unit."""


@operation
def assess_self(*, model: CommunityModel | int, scores: Mapping[str, int], by: Person, on: date, remark: str = "") -> Round:
    """Begin a round: the model's own unit assesses it, by the criteria in force today. They hold until the round is decided.

    :raises NotAllowed: if `by` may not write the work with people at its unit
    :raises WrongState: if it has lapsed
    :raises AlreadyAssessed: if a round is open
    :raises NoCriteria: if there are none for its field
    :raises BadScores: if points are missing
    """
    fresh = taken(model)
    require(Right.WRITE_COMMUNITY, by=by, unit=fresh.unit, on=on)
    if fresh.state == State.LAPSED:
        raise WrongState(gettext_noop("Mô hình này đã thôi hoạt động."))
    if Round.objects.filter(model=fresh, decided_on=None).exists():
        raise AlreadyAssessed(gettext_noop("Mô hình đang được đánh giá; xin chờ hai bên xong."))
    criteria = CriteriaSet.objects.filter(field=fresh.field, valid_from__lte=on).order_by("-valid_from").first()
    if criteria is None or (criteria.valid_to is not None and criteria.valid_to <= on):
        raise NoCriteria(gettext_noop("Chưa có tiêu chí của lĩnh vực này vào ngày {day}."), day=f"{on:%d/%m/%Y}")
    made = Round.objects.create(model=fresh, criteria=criteria, begun_on=on)
    _assessed(made, Side.SELF, scores, remark, by, on)
    record(Kind.MODEL_ASSESSED, unit=fresh.unit, day=on, by=by, about=fresh, field=fresh.field, side=Side.SELF.value)
    return made


@operation
def assess(
    *, model: CommunityModel | int, side: Side, scores: Mapping[str, int], by: Person, on: date, remark: str = ""
) -> Assessment:
    """Assess a model for one of the two sides, by the criteria with which its round began.

    :raises NotAllowed: if `by` may not assess models for this side
    :raises WrongState: if no round is open
    :raises AlreadyAssessed: if this side has assessed it
    :raises OwnWork: if they have assessed it for its own unit
    :raises BadScores: if points are missing
    """
    fresh = taken(model)
    require(Right.ASSESS_MODELS, by=by, unit=fresh.unit, on=on)
    if by.username not in OWN_HANDS and side not in sides_of(by, fresh.unit, on):
        raise NotAllowed(gettext_noop("{person} không đánh giá thay cho bên kia."), person=by.name)
    made = open_round(fresh)
    assessed = list(Assessment.objects.filter(round=made))
    if any(one.side == side for one in assessed):
        raise AlreadyAssessed(gettext_noop("Bên này đã đánh giá xong."))
    if by.username not in OWN_HANDS and any(one.by_id == by.pk for one in assessed):
        raise OwnWork(gettext_noop("Người đã tự đánh giá cho đơn vị thì không đánh giá thay cho một bên."))
    done = _assessed(made, side, scores, remark, by, on)
    record(Kind.MODEL_ASSESSED, unit=fresh.unit, day=on, by=by, about=fresh, field=fresh.field, side=side.value)
    return done


def open_round(model: CommunityModel) -> Round:
    """:raises WrongState: if no round is open"""
    found = Round.objects.select_related("criteria").filter(model=model, decided_on=None).first()
    if found is None:
        raise WrongState(gettext_noop("Đơn vị chưa tự đánh giá mô hình này."))
    return found


def items_of(criteria: CriteriaSet) -> list[Criterion]:
    return [Criterion(**item) for item in criteria.items]


def _assessed(made: Round, side: Side, scores: Mapping[str, int], remark: str, by: Person, on: date) -> Assessment:
    items = items_of(made.criteria)
    check_scores(scores, items)
    return Assessment.objects.create(
        round=made, side=side.value, scores=dict(scores), total=total(scores, items), remark=remark.strip(), by=by, on=on
    )


def _by_both(made: Round) -> Sequence[Assessment]:
    """:raises NotBothSides: if one of the two sides is still missing"""
    found = [one for one in Assessment.objects.filter(round=made) if one.side in BOTH]
    if len(found) < len(BOTH):
        raise NotBothSides(gettext_noop("Cần cả hai bên đánh giá trước khi quyết định."))
    return found


@operation
def recognise(*, model: CommunityModel | int, by: Person, on: date, at: datetime) -> Round:
    """Recognise a model for a year, with a certificate from the register; of one that is recognised this is its renewal.

    :raises NotAllowed: if `by` may not recognise models at its unit
    :raises WrongState: if no round is open
    :raises NotBothSides: if one of the two sides is still missing
    :raises NotPassed: if a side gave less than the mark
    """
    fresh = taken(model)
    require(Right.RECOGNISE_MODELS, by=by, unit=fresh.unit, on=on)
    made = open_round(fresh)
    short = [one for one in _by_both(made) if one.total < made.criteria.pass_mark]
    if short:
        raise NotPassed(
            gettext_noop("Chưa đạt: {points} điểm, cần {mark} điểm ở cả hai bên."),
            points=f"{min(one.total for one in short)}".replace(".", ","), mark=made.criteria.pass_mark,
        )  # fmt: skip
    renewed = fresh.state == State.RECOGNISED
    until = _until(fresh.recognised_until if renewed else None, on)
    fresh.state, fresh.recognised_on, fresh.recognised_until = State.RECOGNISED.value, on, until
    fresh.version += 1
    fresh.save()
    made.decided_on, made.passed = on, True
    made.certificate = _certified(fresh, by, on, at)
    made.save()
    _promise_renewal(fresh, by, on)
    kind = Kind.MODEL_RENEWED if renewed else Kind.MODEL_RECOGNISED
    record(kind, unit=fresh.unit, day=on, by=by, about=fresh, field=fresh.field)
    return made


def _until(before: date | None, on: date) -> date:
    """A year from the day; renewed shortly before its end a model loses nothing, renewed long before it gains no second year."""
    if before is not None and on < before <= months_after(on, EARLY):
        return months_after(before, MONTHS)
    return max(months_after(on, MONTHS), before or on)


def _certified(fresh: CommunityModel, by: Person, on: date, at: datetime) -> Stored:
    (number,) = Register(fresh.unit, SIGN, on.year).take()
    line = f"Số: {number:02d}/{SIGN}-{fresh.unit.code}"
    pdf = certificate_pdf(fresh, line, on, at)
    return store(paper=Paper(pdf, CERTIFICATE, fresh.unit, fresh, CERTIFICATE.layout, number, line, on.year), by=by, on=on)


def _promise_renewal(fresh: CommunityModel, by: Person, on: date) -> None:
    before = renewal_of(fresh)
    if before is not None:
        keep(promise=before, by=by, on=on)
    assert fresh.recognised_until is not None
    owe(
        kind=RENEW, about=fresh, label=fresh.name[:200], owed_to=Receiver.PUBLIC, unit=fresh.unit, due_on=fresh.recognised_until,
        by=by, on=on,
    )  # fmt: skip


@operation
def decline(*, model: CommunityModel | int, by: Person, on: date) -> Round:
    """Decide that a model is not recognised in this round. It may be assessed anew.

    :raises NotAllowed: if `by` may not recognise models at its unit
    :raises WrongState: if no round is open
    :raises NotBothSides: if one of the two sides is still missing
    """
    fresh = taken(model)
    require(Right.RECOGNISE_MODELS, by=by, unit=fresh.unit, on=on)
    made = open_round(fresh)
    _by_both(made)
    made.decided_on, made.passed = on, False
    made.save()
    record(Kind.MODEL_DECLINED, unit=fresh.unit, day=on, by=by, about=fresh, field=fresh.field)
    return made
