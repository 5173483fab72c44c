"""A household vote, from the question to the count. Run by the neighbourhood and the Front; the police line has no part in it."""

import secrets
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import appointments, check_standing, require
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.ground.privacy.fields import keyring
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import drop, keep, owe
from gandan.ground.promises.queries import open_about
from gandan.work.democracy.flow import Step, Voted
from gandan.work.democracy.models import Ballot, Household, PaperEntry, Poll
from gandan.work.democracy.rules.counting import FEWEST, Choice, Marked, count, digest_of, outcome
from gandan.work.democracy.rules.dated import poll_rules, rule_of
from gandan.work.democracy.rules.writing import DIGITS, BadText, addresses, tidied

PROMISE, ABOUT, CODE = "poll.result", "democracy.poll", b"democracy.household.code"


class WrongStep(Refused):
    """The poll is not where this can be done."""


class FewHouseholds(Refused):
    """With so few households a count would tell who voted what."""


class PapersOpen(Refused):
    """Paper ballots have been read by one, or differently by two."""


def keeper(by: Person, unit: Unit, on: date) -> None:
    """:raises NotAllowed: if somebody may not keep the polls of a unit, or serves with the police besides"""
    require(Right.KEEP_POLLS, by=by, unit=unit, on=on)
    if any(one.line is Line.POLICE for one in appointments(by, on)):
        raise NotAllowed(gettext_noop("Người thuộc lực lượng công an không giữ danh sách và phiếu của hộ dân."))


def taken(poll: Poll | int, step: Step) -> Poll:
    """Return a poll as it is now, kept from others until our transaction ends.

    :raises WrongStep: if it is elsewhere
    """
    pk = poll if isinstance(poll, int) else poll.pk
    found = Poll.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    if found.step != step.value:
        raise WrongStep(gettext_noop("Lần bỏ phiếu này đang ở bước khác, không làm việc này được."))
    return found


@operation
def prepare_poll(
    *, unit: Unit, area: Unit, neighbourhood: str, rule: str, title: str, question: str, closes_on: date, by: Person, on: date
) -> Poll:
    """Prepare a question for the households of a neighbourhood. Secret or not, and what carries it, the rule of the day says.

    :raises NotAllowed: if `by` may not keep the unit's polls
    :raises NoRule: if no rule of this code holds
    :raises BadText: if something is missing or too long, or it would close at once
    """
    keeper(by, unit, on)
    check_standing(unit, on)
    follows = rule_of(poll_rules(), rule, on)
    if closes_on <= on:
        raise BadText(gettext_noop("Ngày đóng phải sau hôm nay."), field="closes_on")
    poll = Poll.objects.create(
        unit=unit, area=area, neighbourhood=tidied(neighbourhood, "neighbourhood", 100), rule=follows.code,
        title=tidied(title, "title", 200), question=tidied(question, "question", 4000), secret=follows.secret,
        numerator=follows.share.numerator, denominator=follows.share.denominator, over=follows.over, source=follows.source,
        closes_on=closes_on, by=by,
    )  # fmt: skip
    record(Kind.POLL_PREPARED, about=poll, unit=unit, day=on, by=by, rule=poll.rule)
    return poll


@operation
def set_roll(*, poll: Poll | int, roll: str, by: Person, on: date) -> Poll:
    """Write the roll: one household a line, by its address. It can be written anew until the poll is opened, and then no more.

    :raises NotAllowed: if `by` may not keep the unit's polls
    :raises WrongStep: if the poll was opened: its roll is frozen
    :raises BadText: if a household stands twice
    """
    found = taken(poll, Step.PREPARED)
    keeper(by, found.unit, on)
    lines = addresses(roll)
    found.roll.all().delete()
    Household.objects.bulk_create(Household(poll=found, number=nth, address=line) for nth, line in enumerate(lines, start=1))
    record(Kind.POLL_ROLL_SET, about=found, unit=found.unit, day=on, by=by, amount=len(lines))
    return found


@operation
def open_poll(*, poll: Poll | int, by: Person, on: date) -> list[tuple[int, str]]:
    """Freeze the roll and open the poll; return a code for each household, by its number. They are never shown again.

    :raises NotAllowed: if `by` may not keep the unit's polls
    :raises WrongStep: if it is open already, or its last day is past
    :raises FewHouseholds: if fewer than five households stand on the roll
    """
    found = taken(poll, Step.PREPARED)
    keeper(by, found.unit, on)
    roll = list(found.roll.order_by("number"))
    if len(roll) < FEWEST:
        raise FewHouseholds(gettext_noop("Cần ít nhất {least} hộ, để đếm phiếu mà không lộ hộ nào chọn gì."), least=FEWEST)
    if found.closes_on < on:
        raise WrongStep(gettext_noop("Ngày đóng đã qua. Xin lập lần bỏ phiếu khác."))
    codes = [(one.number, _give_code(one)) for one in roll]
    Household.objects.bulk_update(roll, ["code"], batch_size=500)
    found.step, found.opened_on, found.households = Step.OPEN.value, on, len(roll)
    found.save(update_fields=["step", "opened_on", "households"])
    record(Kind.POLL_OPENED, about=found, unit=found.unit, day=on, by=by, rule=found.rule, amount=len(roll))
    due = due_date(found.closes_on, rule_of(poll_rules(), found.rule, on).result, working_calendar(found.unit))
    owe(
        kind=PROMISE, about=found, label=found.title, owed_to=Receiver.PUBLIC, unit=found.unit, due_on=due, by=by, on=on,
        subject=found.rule,
    )  # fmt: skip
    return codes


def _give_code(household: Household) -> str:
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    household.code = keyring().index(code, CODE)
    return code


@operation
def give_code_anew(*, poll: Poll | int, number: int, by: Person, on: date) -> str:
    """Give a household another code, if it has lost its own and has not voted; the old one no longer opens anything.

    :raises NotAllowed: if `by` may not keep the unit's polls
    :raises WrongStep: if the poll is not open, or the household has used its ballot
    """
    found = taken(poll, Step.OPEN)
    keeper(by, found.unit, on)
    household = _unused(found, number)
    code = _give_code(household)
    household.save(update_fields=["code"])
    record(Kind.POLL_CODE_REPLACED, about=found, unit=found.unit, day=on, by=by)
    return code


@operation
def hand_paper(*, poll: Poll | int, number: int, by: Person, on: date) -> Household:
    """Hand a paper ballot to a household: its code no longer opens anything.

    :raises NotAllowed: if `by` may not keep the unit's polls
    :raises WrongStep: if the poll is not open, or the household has used its ballot
    """
    found = taken(poll, Step.OPEN)
    keeper(by, found.unit, on)
    household = _unused(found, number)
    household.voted, household.code = Voted.PAPER.value, b""
    household.save(update_fields=["voted", "code"])
    record(Kind.POLL_PAPER_HANDED, about=found, unit=found.unit, day=on, by=by)
    return household


def _unused(poll: Poll, number: int) -> Household:
    household = Household.objects.select_for_update().filter(poll=poll, number=number).first()
    if household is None:
        raise WrongStep(gettext_noop("Danh sách không có hộ số {number}."), number=number, field="number")
    if household.voted:
        raise WrongStep(gettext_noop("Hộ số {number} đã dùng phiếu của mình. Mỗi hộ một phiếu."), number=number, field="number")
    return household


@operation
def close_poll(*, poll: Poll | int, by: Person, on: date) -> Poll:
    """Close the poll when its last day is over or every household has voted, count, and publish the count with its check.

    :raises NotAllowed: if `by` may not keep the unit's polls
    :raises WrongStep: if it is not open, or households may still vote
    :raises PapersOpen: if a paper ballot was read by one alone, or differently by two
    """
    found = taken(poll, Step.OPEN)
    keeper(by, found.unit, on)
    unused = found.roll.filter(voted="").exists()
    if on <= found.closes_on and unused:
        raise WrongStep(gettext_noop("Còn hộ chưa bỏ phiếu và chưa hết ngày đóng."))
    waiting = _unsettled(found)
    if waiting:
        raise PapersOpen(
            gettext_noop("Phiếu giấy số {serials} chưa được hai người đọc như nhau."), serials=", ".join(waiting[:10])
        )
    ballots = [Marked(mark, Choice(choice)) for mark, choice in found.ballots.values_list("mark", "choice")]
    counted = count(found.households, ballots)
    found.in_favour, found.against, found.neither = counted.in_favour, counted.against, counted.neither
    found.papers_out = found.roll.exclude(voted="").count() - counted.ballots
    found.outcome = outcome(counted, Fraction(found.numerator, found.denominator), over=found.over).value
    found.digest, found.step, found.closed_on = digest_of(ballots), Step.DECIDED.value, on
    found.save()
    record(Kind.POLL_DECIDED, about=found, unit=found.unit, day=on, by=by, rule=found.rule, outcome=found.outcome)
    for promise in open_about(ABOUT, [found.pk], PROMISE).values():
        keep(promise=promise, by=by, on=on)
    return found


def _unsettled(poll: Poll) -> Sequence[str]:
    read = set(PaperEntry.objects.filter(poll=poll).values_list("serial", flat=True))
    return sorted(read - set(Ballot.objects.filter(poll=poll, how=Voted.PAPER.value).values_list("mark", flat=True)))


@operation
def annul_poll(*, poll: Poll | int, why: str, by: Person, on: date) -> Poll:
    """Call a poll off before it is counted, for a reason that everyone reads; its ballots are never counted.

    :raises NotAllowed: if `by` may not keep the unit's polls
    :raises WrongStep: if it is not open
    :raises BadText: if no reason is given
    """
    found = taken(poll, Step.OPEN)
    keeper(by, found.unit, on)
    found.step, found.annulled_why = Step.ANNULLED.value, tidied(why, "why", 300)
    found.save(update_fields=["step", "annulled_why"])
    record(Kind.POLL_ANNULLED, about=found, unit=found.unit, day=on, by=by, rule=found.rule)
    for promise in open_about(ABOUT, [found.pk], PROMISE).values():
        drop(promise=promise, by=by, on=on)
    return found
