"""Ratings: one ticket, one use; recorded shuffled, a day at a time; nothing says whose, and few are not shown."""

from datetime import date, timedelta

import pytest
from django.db import connection

from gandan.ground.calendar.rules import stretch
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.operations import post
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import appoint, enrol
from gandan.ground.organisations.queries import clock, public
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.results.measures.queries import by_facet, events, figures
from gandan.results.measures.rules import Status
from gandan.work.dossiers.models import Rating, RatingTicket, RatingWords
from gandan.work.dossiers.operations import Answers, BadRating, NoTicket, erase_rating_words, rate, record_ratings
from gandan.work.dossiers.queries import said
from gandan.work.dossiers.rules.holders import digest_of

FRIDAY = date(2026, 11, 20)
GOOD, BAD = Answers(5, 4, 5, "Cảm ơn."), Answers(1, 3, 2, "Bị quát.")
QUARTER = stretch(date(2026, 10, 1), date(2026, 12, 31))


def ticket(unit="PA08", token="aaaabbbbccccdddd"):
    RatingTicket.objects.create(digest=digest_of(token), unit_code=unit, procedure="passport", issued_on=FRIDAY)
    return token


def given(number, answers=GOOD, unit="PA08", on=FRIDAY):
    for nth in range(number):
        token = ticket(unit, f"{RatingTicket.objects.count():04d}{nth:012d}")
        rate(token=token, answers=answers, by=public(), on=on)


def test_a_ticket_is_used_once_however_it_was_copied_down(office):
    ticket()
    rate(token="AAAA BBBB-cccc dddd", answers=GOOD, by=public(), on=FRIDAY)

    for token in ("aaaabbbbccccdddd", "never-drawn", ""):
        with pytest.raises(NoTicket):
            rate(token=token, answers=GOOD, by=public(), on=FRIDAY)
    assert (Rating.objects.count(), RatingWords.objects.get().words) == (1, "Cảm ơn.")


def test_a_ticket_ends(office):
    with pytest.raises(NoTicket):
        rate(token=ticket(), answers=GOOD, by=public(), on=FRIDAY + timedelta(200))


def test_each_question_has_an_answer():
    for scores in ((0, 3, 3), (3, 6, 3)):
        with pytest.raises(BadRating):
            Answers(*scores)
    with pytest.raises(BadRating):
        Answers(3, 3, 3, "x" * 501)


def test_nothing_is_recorded_until_the_day_is_over_and_then_without_order_or_name(office):
    given(3), given(2, BAD)
    assert not Event.objects.filter(facet_set__kind__startswith="rating.").exists()
    assert record_ratings(by=clock(), on=FRIDAY) == 0

    assert record_ratings(by=clock(), on=FRIDAY + timedelta(1)) == 5

    told = list(Event.objects.filter(facet_set__kind__startswith="rating.").order_by("id"))
    assert len(told) == 5 * 4
    assert {(one.about_id, one.about_type, one.by_id, one.day) for one in told} == {(None, "", clock().pk, FRIDAY)}
    assert not Rating.objects.exists()
    assert record_ratings(by=clock(), on=FRIDAY + timedelta(1)) == 0
    with pytest.raises(NotAllowed):
        record_ratings(by=office.alice, on=FRIDAY)


def test_events_of_many_do_not_stand_in_the_order_in_which_they_came(office):
    given(20), given(20, BAD)
    record_ratings(by=clock(), on=FRIDAY + timedelta(1))

    kinds = list(
        Event.objects.filter(facet_set__kind="rating.given").order_by("id").values_list("facet_set__facets__satisfied", flat=True)
    )
    assert kinds != ["yes"] * 20 + ["no"] * 20
    assert kinds != ["no"] * 20 + ["yes"] * 20


def test_fewer_than_five_are_hidden_and_none_is_ever_listed(office):
    given(4)
    record_ratings(by=clock(), on=FRIDAY + timedelta(1))
    unit = office.unit("PA08").pk
    while post():
        pass
    codes = ("ratings-given", "satisfaction-share", "courtesy-share")

    hidden = figures(codes, [unit], [QUARTER])
    assert {hidden.cell(code, unit, QUARTER).status for code in codes} == {Status.HIDDEN}
    assert by_facet("ratings-given", "satisfied", unit, QUARTER) == ()

    given(1, BAD)
    record_ratings(by=clock(), on=FRIDAY + timedelta(1))
    shown = figures(codes, [unit], [QUARTER])
    assert shown.cell("ratings-given", unit, QUARTER).value == 5
    assert shown.cell("satisfaction-share", unit, QUARTER).value == 80
    assert events("ratings-given", unit, QUARTER) == ()
    assert by_facet("ratings-given", "satisfied", unit, QUARTER) == ()


def test_lines_are_read_from_five_on_and_those_of_conduct_by_the_inspectorate_alone(office):
    unit, quarter = office.unit("PA08"), date(2026, 10, 1)
    given(4), given(1, BAD)
    assert said(unit, quarter, office.dung, FRIDAY).few

    given(1)
    record_ratings(by=clock(), on=FRIDAY + timedelta(1))

    head, inspector = said(unit, quarter, office.dung, FRIDAY), said(unit, quarter, office.minh, FRIDAY)
    assert (head.lines, head.of_conduct) == (("Cảm ơn.",) * 5, None)
    assert inspector.of_conduct == ("Bị quát.",)
    for person in (office.alice, office.lan, office.oanh):
        with pytest.raises(NotAllowed):
            said(unit, quarter, person, FRIDAY)


def test_a_new_line_waits_for_four_others_or_for_the_end_of_the_quarter(office):
    unit, quarter = office.unit("PA08"), date(2026, 10, 1)
    given(5)
    record_ratings(by=clock(), on=FRIDAY + timedelta(1))
    given(1)
    record_ratings(by=clock(), on=FRIDAY + timedelta(2))
    assert len(said(unit, quarter, office.dung, FRIDAY).lines) == 5
    record_ratings(by=clock(), on=date(2027, 1, 1))
    assert len(said(unit, quarter, office.dung, FRIDAY).lines) == 6


def test_who_inspects_elsewhere_reads_no_line_of_conduct_of_the_unit_they_head(office):
    unit = office.unit("PA08")
    hai = enrol(username="hai", name="Hải", unit=unit, role=Role.UNIT_HEAD, line=Line.POLICE, by=office.importer, on=FRIDAY)
    appoint(person=hai, unit=office.unit("PC08"), role=Role.INSPECTORATE, line=Line.POLICE, by=office.importer, on=FRIDAY)
    given(5), given(1, BAD)

    assert said(unit, date(2026, 10, 1), hai, FRIDAY).of_conduct is None


def test_lines_are_sealed_and_end(office):
    given(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM dossiers_ratingwords")
        assert "Cảm ơn".encode() not in bytes(cursor.fetchone()[0])

    assert erase_rating_words(by=clock(), on=FRIDAY + timedelta(300)) == []
    assert len(erase_rating_words(by=clock(), on=FRIDAY + timedelta(366))) == 1
    assert not RatingTicket.objects.exists()
