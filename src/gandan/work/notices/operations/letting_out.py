"""Letting something out: never by who wrote it, never about oneself, always in a body's name."""

from datetime import date, datetime

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require, tree
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.work.notices.flow import Sort, State, may_step
from gandan.work.notices.models import ClaimCheck, Edition, Publication
from gandan.work.notices.operations.alerting import issue
from gandan.work.notices.operations.writing import PARTS, WrongStep, taken
from gandan.work.notices.rules.checking import FEWEST_SOURCES, stopped_by


class NotYourOwn(Refused):
    """Who wrote it doesn't let it out."""


class ClaimStopped(Refused):
    """The claim is not one that may be corrected."""


class OwnJudge(Refused):
    """A body doesn't check claims about itself."""


class Unfinished(Refused):
    """Something must be there before it goes out."""


@operation
def submit(*, publication: Publication, by: Person, on: date) -> Publication:
    """Put a draft before a second person. A claim passes the checklist first.

    :raises NotAllowed: if `by` may not write for the unit
    :raises WrongStep: if it is not a draft
    :raises ClaimStopped: if the claim can't be corrected: an opinion, the conduct of an authority, without two sources
    :raises OwnJudge: if the claim is about the unit itself, or one above or below it
    """
    found = _stepped(publication, State.SUBMITTED, Right.WRITE_NOTICES, by, on)
    if found.sort == Sort.CORRECTION.value:
        check_claim(found, on)
    found.sent_back = ""
    found.save(update_fields=["state", "sent_back"])
    record(Kind.PUBLICATION_SUBMITTED, about=found, unit=found.unit, day=on, by=by, sort=found.sort)
    return found


@operation
def send_back(*, publication: Publication, why: str, by: Person, on: date) -> Publication:
    """Send it back to be written anew, and say why.

    :raises NotAllowed: if `by` may not publish for the unit
    :raises WrongStep: if it is not submitted
    :raises Unfinished: if no reason is given
    """
    found = _stepped(publication, State.DRAFT, Right.PUBLISH_NOTICES, by, on)
    if not why.strip():
        raise Unfinished(gettext_noop("Xin ghi cần sửa gì."), field="why")
    found.sent_back = why.strip()[:400]
    found.save(update_fields=["state", "sent_back"])
    record(Kind.PUBLICATION_SENT_BACK, about=found, unit=found.unit, day=on, by=by, sort=found.sort)
    return found


@operation
def publish(*, publication: Publication, by: Person, on: date, at: datetime) -> Publication:
    """Let it out, in the name of the unit, by somebody else than who wrote it.

    :raises NotAllowed: if `by` may not publish for the unit
    :raises WrongStep: if it is not submitted
    :raises NotYourOwn: if `by` wrote it
    :raises ClaimStopped, OwnJudge: as `submit`
    """
    found = _stepped(publication, State.PUBLISHED, Right.PUBLISH_NOTICES, by, on)
    if found.written_by_id == by.pk:
        raise NotYourOwn(gettext_noop("Người viết không tự duyệt: xin một người khác xem và đăng."))
    if found.sort == Sort.CORRECTION.value:
        check_claim(found, on)
    found.let_out_by, found.published_at, found.edition = by, at, 1
    found.save(update_fields=["state", "let_out_by", "published_at", "edition"])
    keep_edition(found, by=by, at=at)
    if found.sort == Sort.ALERT.value:
        issue(found, "Alert", at)
    record(Kind.PUBLICATION_PUBLISHED, about=found, unit=found.unit, day=on, by=by, sort=found.sort)
    return found


def keep_edition(found: Publication, *, by: Person, at: datetime, why: str = "", words: str = "") -> None:
    """Keep what it says from now on beside all that it said before."""
    verdict = ClaimCheck.objects.filter(publication=found).values_list("verdict", flat=True).first() or ""
    Edition.objects.create(
        publication=found, number=found.edition, **{part: getattr(found, part) for part in PARTS},
        **{f"{part}_en": found.in_english(part) for part in PARTS}, why=why, words=words, verdict=verdict, by=by, at=at,
    )  # fmt: skip


def _stepped(publication: Publication, then: State, right: Right, by: Person, on: date) -> Publication:
    found = taken(publication)
    require(right, by=by, unit=found.unit, on=on)
    if not may_step(State(found.state), then):
        raise WrongStep(gettext_noop("Bài này đang ở bước khác, không làm việc này được."))
    found.state = then.value
    return found


STOPPED: dict[str, str] = {
    "an_opinion": gettext_noop("Đây là ý kiến, không kiểm tra đúng sai được. Ý kiến không bị “đính chính”."),
    "not_ours": gettext_noop("Việc này không thuộc dịch vụ công hay an toàn của người dân; không đính chính ở đây."),
    "a_complaint": gettext_noop("Đây là lời nói về cách làm của cơ quan hay cán bộ: đó là phản ánh, xin chuyển sang thanh tra."),
    "sources_missing": gettext_noop("Cần ít nhất hai nguồn độc lập, mỗi nguồn có bản lưu."),
    "own_judge": gettext_noop("Cần người ngoài cơ quan liên quan kiểm tra."),
}


def check_claim(found: Publication, on: date) -> None:
    """:raises ClaimStopped: if the checklist stops it; :raises OwnJudge: if the unit would judge itself"""
    check = ClaimCheck.objects.select_related("concerned").get(publication=found)
    stop = stopped_by(check.answers)
    if stop is not None:
        raise ClaimStopped(STOPPED[stop.otherwise], question=stop.code)
    if check.sources.exclude(archived="").count() < FEWEST_SOURCES:
        raise ClaimStopped(STOPPED["sources_missing"], question="two_sources")
    if check.concerned and akin(found.unit, check.concerned, on):
        raise OwnJudge(
            gettext_noop("{unit} không tự kiểm tra điều nói về chính mình hoặc cấp trên, cấp dưới của mình."),
            unit=found.unit.name,
        )


def akin(one: Unit, other: Unit, on: date) -> bool:
    """Whether two bodies are the same, or one is above the other, along a line of their own."""
    if one.pk == other.pk:
        return True
    known = tree()
    for line in (Line.POLICE, Line.CIVIL, Line.FRONT, Line.POST):
        if one.pk in known.path(other.pk, line, on) or other.pk in known.path(one.pk, line, on):
            return True
    return False
