"""Ballots: one a household, by code or on paper. What the ledger hears of them it hears a day at a time, in no order."""

import secrets
from collections import Counter
from datetime import date
from uuid import uuid4

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record_many, unchanged
from gandan.ground.ledger.rules import ONE_DAY, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import keyring
from gandan.work.democracy.flow import Step, Voted
from gandan.work.democracy.models import Ballot, Household, PaperEntry, Poll
from gandan.work.democracy.operations.polls import CODE, WrongStep, keeper, taken
from gandan.work.democracy.rules.counting import Choice
from gandan.work.democracy.rules.writing import SIGNS, BadText, code_of, grouped, serial_of

AT_ONCE = 5000
MARK = 12


class NoBallot(Refused):
    """No unused ballot has this code: mistyped, used, or given anew; nobody is told which."""

    def __init__(self) -> None:
        super().__init__(gettext_noop("Mã này không mở được phiếu nào: gõ chưa đúng, đã dùng, hoặc đã được thay."), field="code")


class AlreadyRead(Refused):
    """This paper ballot was entered before."""


class TooManyPapers(Refused):
    """More paper ballots than were handed out."""


@operation
def vote(*, poll: Poll | int, code: str, choice: Choice, by: Person, on: date) -> str:
    """Use a household's one ballot, and return the mark by which it finds its ballot in the published list.

    :raises WrongStep: if the poll is not open
    :raises NoBallot: if the code opens no ballot
    """
    unchanged()  # the ledger is told when the day is over, of all together
    found = taken(poll, Step.OPEN)
    if on > found.closes_on:
        raise WrongStep(gettext_noop("Đã hết ngày bỏ phiếu. Kết quả sẽ đăng ở đây."))
    digits = code_of(code)
    known = [*keyring().indexes(digits, CODE)] if digits else []
    household = Household.objects.select_for_update().filter(poll=found, code__in=known, voted="").first()
    if household is None:
        raise NoBallot
    household.voted, household.code = Voted.CODE.value, b""
    household.save(update_fields=["voted", "code"])
    mark = "".join(secrets.choice(SIGNS) for _ in range(MARK))
    Ballot.objects.create(
        poll=found, mark=mark, choice=choice.value, how=Voted.CODE.value, secret=found.secret,
        household=None if found.secret else household, given_on=on,
    )  # fmt: skip
    return grouped(mark)


@operation
def read_paper(*, poll: Poll | int, serial: str, choice: Choice, by: Person, on: date) -> bool:
    """Enter what one person reads on a paper ballot. When two have read the same, it is a ballot; return whether it is.

    Where they differ, both look again: each may enter it anew until they agree.

    :raises NotAllowed: if `by` may not keep the unit's polls
    :raises WrongStep: if the poll is not open
    :raises BadText: if there is no number, or in an open ballot no household of that number got a paper
    :raises AlreadyRead: if `by` has entered it, or it is a ballot already
    :raises TooManyPapers: if it would be one more than were handed out
    """
    unchanged()
    found = taken(poll, Step.OPEN)
    keeper(by, found.unit, on)
    number = serial_of(serial)
    if not number:
        raise BadText(gettext_noop("Xin ghi số in trên phiếu."), field="serial")
    if Ballot.objects.filter(poll=found, mark=number).exists():
        raise AlreadyRead(gettext_noop("Phiếu số {serial} đã được hai người nhập xong."), serial=number, field="serial")
    entries = {one.by_id: one for one in PaperEntry.objects.filter(poll=found, serial=number)}
    _check_entry(found, number, entries, by)
    mine = entries.pop(by.pk, None) or PaperEntry(poll=found, serial=number, by=by)
    mine.choice = choice.value
    mine.save()
    other = next(iter(entries.values()), None)
    if other is None or other.choice != mine.choice:
        return False
    household = None if found.secret else Household.objects.get(poll=found, number=int(number))
    Ballot.objects.create(
        poll=found, mark=number, choice=choice.value, how=Voted.PAPER.value, secret=found.secret, household=household, given_on=on
    )
    return True


def _check_entry(poll: Poll, number: str, entries: dict[int, PaperEntry], by: Person) -> None:
    handed = Household.objects.filter(poll=poll, voted=Voted.PAPER.value)
    if not poll.secret and not (number.isdigit() and handed.filter(number=int(number)).exists()):
        raise BadText(gettext_noop("Không phát phiếu giấy cho hộ số {serial}."), serial=number, field="serial")
    if by.pk in entries and len(entries) == 1:
        raise AlreadyRead(
            gettext_noop("Ông/Bà đã nhập phiếu số {serial}; người thứ hai sẽ nhập lại."), serial=number, field="serial"
        )
    if by.pk not in entries and len(entries) == 2:
        raise AlreadyRead(gettext_noop("Phiếu số {serial} đã có hai người nhập khác nhau; hai người đó xem lại."),
                          serial=number, field="serial")  # fmt: skip
    if not entries and PaperEntry.objects.filter(poll=poll).values("serial").distinct().count() >= handed.count():
        raise TooManyPapers(gettext_noop("Số phiếu giấy nhập vào nhiều hơn số đã phát."), field="serial")


@operation
def count_ballots(*, by: Person, on: date) -> int:
    """Tell the ledger of the ballots of days that are over, all polls together and in no order; write them anew, mixed.

    Written anew, a ballot no longer stands in the database beside the household that was marked with it.

    :return: how many
    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    given = list(Ballot.objects.select_for_update(skip_locked=True).filter(given_on__lt=on)[:AT_ONCE])
    if not given:
        unchanged()
        return 0
    units = dict(Poll.objects.filter(pk__in={one.poll_id for one in given}).values_list("pk", "unit_id"))
    closed = {unit.pk: unit.closed_on for unit in Unit.objects.filter(pk__in=units.values())}
    told = []
    for one in given:
        unit, day = units[one.poll_id], one.given_on or on
        until = closed[unit]
        told.append(NewEvent(Kind.BALLOT_GIVEN, unit, min(day, until - ONE_DAY) if until else day, by.pk, {"how": one.how}))
    secrets.SystemRandom().shuffle(told)
    record_many(told)
    _mix(given, Counter(one.poll_id for one in given))
    return len(given)


def _mix(given: list[Ballot], polls: Counter[int]) -> None:
    """Write the ballots of these days anew, with those of their polls that were told before."""
    known = {one.pk for one in given}
    ballots = given + list(Ballot.objects.select_for_update().filter(poll__in=polls, given_on=None).exclude(pk__in=known))
    Ballot.objects.filter(pk__in=[one.pk for one in ballots]).delete()
    secrets.SystemRandom().shuffle(ballots)
    for one in ballots:
        one.pk, one.given_on = uuid4(), None
        one._state.adding = True
    Ballot.objects.bulk_create(ballots)


@operation
def erase_rolls(*, before: date, but: frozenset[int], by: Person, on: date) -> list[int]:
    """Forget the addresses on the rolls of polls that were closed before a day, and which household gave which open ballot.

    :param but: the polls that are held

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    ended = Household.objects.filter(poll__closes_on__lt=before).exclude(poll__step=Step.OPEN.value).exclude(address=b"")
    numbers = list(ended.exclude(poll__in=but).order_by("pk").values_list("pk", flat=True)[:500])
    Ballot.objects.filter(household__in=numbers).update(household=None)
    Household.objects.filter(pk__in=numbers).update(address="", code=b"")
    return numbers
