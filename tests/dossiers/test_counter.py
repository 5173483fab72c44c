"""One dossier: received, finished, withdrawn."""

from datetime import date, timedelta

import pytest

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.queries import NotStanding
from gandan.ground.promises.models import Promise
from gandan.work.dossiers.models import Channel, Delivery, Status
from gandan.work.dossiers.operations import BeforeReceipt, NoApplicant, NotHandledHere, WrongStep, finish, receive, withdraw
from gandan.work.dossiers.queries import UnknownProcedure
from gandan.work.dossiers.rules import NUMBER
from tests.dossiers.lived import told

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
DUE = date(2026, 11, 26)  # eight working days, one of them the holiday of 24 November, which is not loaded here


@pytest.fixture
def dossier(office):
    return receive(procedure="passport", unit=office.unit("PA08"), applicant="Trần Thị Hoa", by=office.alice, on=MONDAY)


def test_receiving_gives_a_number_an_appointment_and_a_promise(office, dossier):
    assert NUMBER.match(dossier.number)
    assert dossier.number.endswith("-261116-0001")
    assert (dossier.status, dossier.received_on, dossier.due_on, dossier.due_stated) == ("received", MONDAY, DUE, False)
    assert dossier.applicant_key == "tran thi hoa"
    assert told(dossier) == [
        ("dossier.received", "PA08", MONDAY, {"procedure": "passport", "channel": "counter"}),
        ("promise.owed", "PA08", MONDAY, {"promise": "dossier.result", "subject": "passport"}),
    ]
    promise = Promise.objects.get()
    assert (promise.label, promise.due_on, promise.about_id, promise.unit.code) == (dossier.number, DUE, dossier.pk, "PA08")


def test_serials_run_within_the_day_and_the_unit(office, dossier):
    def number(unit, procedure, by, on):
        return receive(procedure=procedure, unit=office.unit(unit), applicant="A", by=by, on=on).number

    assert number("PA08", "passport", office.alice, MONDAY).endswith("-261116-0002")
    assert number("PA08", "passport", office.alice, FRIDAY).endswith("-261120-0001")
    elsewhere = number("PC08", "vehicle-registration", office.phuc, MONDAY)
    assert elsewhere.endswith("-261116-0001")
    assert elsewhere != dossier.number


def test_the_result_may_be_wanted_by_post_and_the_dossier_come_online(office):
    asked = {"channel": Channel.ONLINE, "by_post": True}
    dossier = receive(procedure="passport", unit=office.unit("PA08"), applicant="A", by=office.alice, on=MONDAY, **asked)

    assert told(dossier)[0][3]["channel"] == "online"
    assert (Delivery.objects.get().state, Delivery.objects.get().wanted_on) == ("wanted", MONDAY)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        pytest.param({"by": "binh"}, NotAllowed, id="by an officer of another unit"),
        pytest.param({"by": "giang"}, NotAllowed, id="by one who reads figures only"),
        pytest.param({"unit": "PC08", "by": "phuc"}, NotHandledHere, id="where it isn't handled"),
        pytest.param({"procedure": "marriage"}, UnknownProcedure, id="what nobody knows"),
        pytest.param({"on": date(2015, 12, 31), "by": "importer"}, UnknownProcedure, id="before the rules we know"),
        pytest.param({"unit": "CAP-O1", "by": "importer"}, NotStanding, id="at a unit that has ended"),
        pytest.param({"applicant": "  "}, NoApplicant, id="from nobody"),
    ],
)
def test_not_received(office, changed, refusal):
    asked = {"procedure": "passport", "unit": "PA08", "applicant": "A", "by": "alice", "on": MONDAY} | changed
    before = Event.objects.count()

    with pytest.raises(refusal):
        receive(**asked | {"unit": office.unit(asked["unit"]), "by": getattr(office, asked["by"])})

    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("on", "said", "kept"),
    [
        pytest.param(DUE - timedelta(days=1), "early", "in_time", id="early"),
        pytest.param(DUE, "in_time", "in_time", id="on the very day"),
        pytest.param(DUE + timedelta(days=1), "late", "late", id="late"),
    ],
)
def test_finishing_stops_the_clock_and_tells_how_punctual_it_was(office, dossier, on, said, kept):
    finished = finish(dossier=dossier, by=office.alice, on=on)

    assert (finished.status, finished.finished_on) == (Status.FINISHED, on)
    events = {kind: facets for kind, _, _, facets in told(dossier)}
    assert events["dossier.finished"] == {"procedure": "passport", "punctuality": said}
    assert events["promise.kept"]["punctuality"] == kept
    assert ("promise.overdue" in events) == (said == "late")


def test_withdrawing_leaves_nothing_owed(office, dossier):
    taken_back = withdraw(dossier=dossier, by=office.alice, on=FRIDAY)

    assert (taken_back.status, taken_back.withdrawn_on, taken_back.finished_on) == ("withdrawn", FRIDAY, None)
    assert told(dossier)[-2:] == [
        ("dossier.withdrawn", "PA08", FRIDAY, {"procedure": "passport"}),
        ("promise.dropped", "PA08", FRIDAY, {"promise": "dossier.result", "subject": "passport", "was": "open"}),
    ]


@pytest.mark.parametrize("step", [finish, withdraw])
def test_what_is_done_is_done(office, dossier, step):
    finish(dossier=dossier, by=office.alice, on=FRIDAY)

    with pytest.raises(WrongStep, match=dossier.number):
        step(dossier=dossier, by=office.alice, on=FRIDAY)


def test_nothing_happens_before_receipt(office, dossier):
    with pytest.raises(BeforeReceipt, match="16/11/2026"):
        finish(dossier=dossier, by=office.alice, on=MONDAY - timedelta(days=1))


def test_nobody_finishes_what_is_another_unit_s(office, dossier):
    with pytest.raises(NotAllowed):
        finish(dossier=dossier, by=office.binh, on=FRIDAY)
