"""Ratings after a service: a ticket is used once; what was answered is told to the ledger a day at a time, shuffled."""

import secrets
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record_many, unchanged
from gandan.ground.ledger.rules import ONE_DAY, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import Rating, RatingTicket, RatingWords
from gandan.work.dossiers.rules.holders import digest_of
from gandan.work.dossiers.rules.ratings import FEWEST, SATISFIED, Answers, Question, end_of, quarter_of, token_of

TICKET_LASTS = timedelta(days=180)
AT_ONCE = 5000


class NoTicket(Refused):
    """There is no such ticket, or it was used; nobody is told which."""


@operation
def rate(*, token: str, answers: Answers, by: Person, on: date) -> None:
    """Use a ticket for one rating. Nothing is recorded yet: that would tell when, and beside what else, it was given.

    :raises NoTicket: if no unused ticket has this code
    """
    unchanged()
    ticket = RatingTicket.objects.select_for_update().filter(digest=digest_of(token_of(token)), used_on=None).first()
    if ticket is None or ticket.issued_on + TICKET_LASTS < on:
        raise NoTicket(gettext_noop("Mã này không dùng được: gõ chưa đúng, đã dùng, hoặc đã quá hạn."))
    ticket.used_on = on
    ticket.save(update_fields=["used_on"])
    Rating.objects.create(
        unit_code=ticket.unit_code,
        procedure=ticket.procedure,
        given_on=on,
        courtesy=answers.courtesy,
        clarity=answers.clarity,
        overall=answers.overall,
    )
    if words := " ".join(answers.words.split()):
        RatingWords.objects.create(
            unit_code=ticket.unit_code,
            quarter=quarter_of(on),
            words=words,
            of_conduct=answers.of_conduct,
            ends_on=end_of(on),
        )


@operation
def record_ratings(*, by: Person, on: date) -> int:
    """Tell the ledger of the ratings of days that are over, all units together and shuffled, and forget the answers.

    What was written is shown to a unit as soon as there are enough new lines: one alone would tell who was there that day.

    :return: how many
    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    _tell_words(on)
    given = list(Rating.objects.select_for_update(skip_locked=True).filter(given_on__lt=on)[:AT_ONCE])
    if not given:
        unchanged()
        return 0
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={one.unit_code for one in given})}
    said = [event for one in given for event in _said(one, units[one.unit_code], by)]
    secrets.SystemRandom().shuffle(said)
    record_many(said)
    Rating.objects.filter(pk__in=[one.pk for one in given]).delete()
    return len(given)


def _tell_words(on: date) -> None:
    new = RatingWords.objects.filter(told=False, of_conduct=False)
    for code, quarter, lines in new.values_list("unit_code", "quarter").annotate(lines=Count("pk")):
        if lines >= FEWEST or quarter < quarter_of(on):
            new.filter(unit_code=code, quarter=quarter).update(told=True)


def _said(one: Rating, unit: Unit, by: Person) -> Iterator[NewEvent]:
    day = one.given_on if unit.closed_on is None else min(one.given_on, unit.closed_on - ONE_DAY)
    satisfied = "yes" if one.overall >= SATISFIED else "no"
    yield NewEvent(Kind.RATING_GIVEN, unit.pk, day, by.pk, {"procedure": one.procedure, "satisfied": satisfied})
    for question in Question:
        score = str(getattr(one, question.value))
        yield NewEvent(Kind.RATING_ANSWERED, unit.pk, day, by.pk, {"question": question.value, "score": score})


@operation
def erase_rating_words(*, by: Person, on: date) -> list[str]:
    """Erase the lines of text whose time is up, and tickets that nobody used in half a year.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    RatingTicket.objects.filter(issued_on__lt=on - TICKET_LASTS).delete()
    ended = list(RatingWords.objects.filter(ends_on__lte=on).values_list("pk", flat=True)[:500])
    RatingWords.objects.filter(pk__in=ended).delete()
    return [str(pk) for pk in ended]
