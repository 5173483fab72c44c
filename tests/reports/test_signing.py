"""An approved report gets its number, both parties sign it, it is published, and later restated by a list of differences."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from gandan.ground.calendar.rules import Period
from gandan.ground.documents.demonstration import make_key
from gandan.ground.documents.models import Stored
from gandan.ground.documents.operations import NoLongerSignatory, NotYourTurn
from gandan.ground.documents.verifying import verify_pdf
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.models import Appointment
from gandan.ground.organisations.operations import end_appointment, enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.results.programmes.models import Programme
from gandan.results.reports import operations, queries
from gandan.results.reports.models import Report, WithheldFigure
from gandan.results.reports.rules import WayStep
from tests.cast import TODAY
from tests.measures.happening import receive
from tests.programmes.signatories import AT
from tests.programmes.signatories import both as both
from tests.reports.writing import written

SITE = "http://gandan.example"


@pytest.fixture
def approved(cast, drafted):
    return operations.freeze(report=written(drafted), by=cast.khanh, on=TODAY)


def number(cast, report, people):
    return operations.put_to_sign(report=report, people=people, base_url=SITE, at=AT, by=cast.giang, on=TODAY)


def draft_of(cast, until):
    """Another report on the same programme, from its first day."""
    programme = Programme.objects.get(code="2022-2026")
    return operations.draft(unit=cast.city, period=Period(date(2022, 1, 1), until), programme=programme, by=cast.giang, on=TODAY)


def sign(report, by):
    return operations.sign_report(report=report, by=by, on=TODAY, at=AT)


def test_both_parties_sign_one_file_with_its_number(cast, approved, both):
    report = number(cast, approved, both)
    assert report.number_line == "Số: 01-BC/BTGDVTU-CATP"
    assert [one.code for one in queries.to_sign(both[0])] == [report.code]
    with pytest.raises(NotYourTurn):
        sign(report, both[1])

    sign(report, both[0])
    signed = sign(report, both[1])
    pdf = queries.pdf(signed, base_url=SITE, made_at=AT)

    assert signed.signed_on == TODAY
    assert [(one.name, one.holds, one.whole) for one in verify_pdf(pdf).signatures] == [
        ("Lê Thị Thuận", True, True), ("Phạm Anh Dũng", True, True),
    ]  # fmt: skip
    assert Stored.objects.get(number=1).number_line == report.number_line
    assert [one.step for one in queries.steps(signed)] == [WayStep.SIGNED, WayStep.SIGNED, WayStep.NUMBERED, WayStep.APPROVED]
    assert queries.docx(signed, base_url=SITE, made_at=AT)[:2] == b"PK"


def test_a_number_needs_approval_and_one_for_each_party(cast, drafted, both):
    with pytest.raises(operations.WrongStep):
        number(cast, drafted, both)
    report = operations.freeze(report=written(drafted), by=cast.khanh, on=TODAY)
    with pytest.raises(operations.MissingSigner):
        number(cast, report, both[:1])
    with pytest.raises(NoLongerSignatory):
        number(cast, report, (both[0], cast.alice))
    number(cast, report, both)
    with pytest.raises(operations.WrongStep):
        number(cast, report, both)


def test_who_leaves_between_approval_and_signing_is_refused_and_another_named(cast, approved, both):
    report = number(cast, approved, both)
    end_appointment(appointment=Appointment.objects.get(person=both[0]), by=cast.importer, on=TODAY)
    with pytest.raises(NoLongerSignatory, match="không còn ký với tư cách Trưởng ban"):
        sign(report, both[0])

    other = enrol(
        username="vinh", name="Trần Vinh", unit=cast.unit("BTGDVTU"), role=Role.SIGNATORY, line=Line.CIVIL, by=cast.importer,
        on=TODAY,
    )  # fmt: skip
    make_key("vinh", "Trần Vinh", "Ban", AT - timedelta(days=1))
    operations.name_other_signer(report=report, position=1, person=other, by=cast.giang, on=TODAY)
    sign(report, other)
    assert sign(report, both[1]).signed_on == TODAY


@pytest.fixture
def signed(cast, approved, both):
    report = number(cast, approved, both)
    for one in both:
        report = sign(report, one)
    return report


def test_a_signed_report_is_published_once_and_nothing_else_of_it_changes(cast, signed):
    with pytest.raises(NotAllowed):
        operations.publish(report=signed, by=cast.giang, on=TODAY)
    published = operations.publish(report=signed, by=cast.khanh, on=TODAY)

    assert queries.published_one(published.code).published_on == TODAY
    with pytest.raises(operations.WrongStep):
        operations.publish(report=published, by=cast.khanh, on=TODAY)
    for field, value in (("title", "Khác"), ("number_line", "Số: 99"), ("published_on", date(2026, 1, 1)), ("status", "draft")):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            Report.objects.filter(pk=published.pk).update(**{field: value})


def test_a_report_is_restated_by_a_list_of_differences_with_reasons(cast, signed, both):
    with pytest.raises(operations.NothingDiffers):
        operations.restate(report=signed, reason="x", reasons={}, by=cast.khanh, on=TODAY)
    receive(cast, "PA08", date(2024, 3, 4), times=2)
    with pytest.raises(operations.NoReason):
        operations.restate(report=signed, reason=" ", reasons={}, by=cast.khanh, on=TODAY)

    reasons = {"dossiers-received-passport": "Sổ giấy của một điểm tiếp nhận."}
    operations.restate(report=signed, reason="Nhập bổ sung hồ sơ giấy.", reasons=reasons, by=cast.khanh, on=TODAY)
    (one,) = queries.restatements(signed)
    whole = {each.code: each for each in one.figures if each.unit_id == cast.city.pk and each.label.startswith("2022-01-01")}

    assert (one.nth, one.reason) == (1, "Nhập bổ sung hồ sơ giấy.")
    assert (whole["dossiers-received"].was, whole["dossiers-received"].now, whole["dossiers-received"].events) == ("21", "23", 2)
    assert whole["dossiers-received"].reason == "Nhập bổ sung hồ sơ giấy."
    police = [each for each in one.figures if (each.code, each.unit_id) == ("dossiers-received", cast.police.pk)]
    assert [(each.now, each.events) for each in police] == [("8", 2)], "what came to a unit below it stands behind its figure"
    assert whole["dossiers-received-passport"].reason == "Sổ giấy của một điểm tiếp nhận."
    assert queries.as_signed(signed).at("dossiers-received", queries.period_of(signed)).cell.value == 21  # as it was signed
    with pytest.raises(operations.NothingDiffers):  # it has been said
        operations.restate(report=signed, reason="x", reasons={}, by=cast.khanh, on=TODAY)

    receive(cast, "PA08", date(2024, 3, 5))
    operations.restate(report=signed, reason="Thêm một hồ sơ.", reasons={}, by=cast.khanh, on=TODAY)
    second = queries.restatements(signed)[1]
    assert ("23", "24", 1) in {(each.was, each.now, each.events) for each in second.figures}


def test_a_list_of_differences_is_signed_by_both_too(cast, signed, both):
    receive(cast, "PA08", date(2024, 3, 4), times=2)
    made = operations.restate(report=signed, reason="Nhập bổ sung.", reasons={}, by=cast.khanh, on=TODAY)
    operations.put_restatement_to_sign(restatement=made, people=both, base_url=SITE, at=AT, by=cast.giang, on=TODAY)
    assert [one.restatement for one in queries.to_sign(both[0])] == [True]
    for one in both:
        made = operations.sign_restatement(restatement=made, by=one, on=TODAY, at=AT)

    pdf = queries.restatement_pdf(queries.restatement(signed, 1), base_url=SITE, made_at=AT)
    assert (made.number_line, made.signed_on) == ("Số: 02-BC/BTGDVTU-CATP", TODAY)
    assert verify_pdf(pdf).sound
    with pytest.raises(queries.UnknownRestatement):
        queries.restatement(signed, 2)


def test_a_second_report_of_the_same_days_gives_nothing_small_away(cast, signed, both):
    """Three came in the half year by which the first is longer than the second."""
    operations.publish(report=signed, by=cast.khanh, on=TODAY)
    receive(cast, "CAP-W1", date(2026, 5, 5), times=3, procedure="identity")
    longer = draft_of(cast, date(2026, 7, 1))
    for one in (longer, draft_of(cast, date(2026, 1, 1))):
        report = number(cast, operations.freeze(report=written(one), by=cast.khanh, on=TODAY), both)
        for party in both:
            report = sign(report, party)
        operations.publish(report=report, by=cast.khanh, on=TODAY)

    first, second, third = (one for one in reversed(queries.published()))
    told = {one.code: queries.shown_of(one, queries.as_signed(one)) for one in (first, second, third)}
    received = {code: {name for measure, name in spots if measure == "dossiers-received"} for code, spots in told.items()}
    assert "20220101-20260701" in received[first.code], "whoever is first tells what is large"
    assert "20220101-20260701" not in received[second.code], "three more than was told of the same days"
    assert WithheldFigure.objects.filter(report=third).count() == 0, "and then the shorter one gives nothing away"
