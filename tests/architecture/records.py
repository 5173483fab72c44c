"""One record of each kind at a unit, for the addresses that name one."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from allauth.mfa.models import Authenticator

from gandan.ground.audit.models import Alert
from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.documents.models import Export
from gandan.ground.documents.operations import attach
from gandan.ground.messages.operations import send
from gandan.ground.messages.rules import Channel
from gandan.ground.organisations.models import Appointment, Unit
from gandan.ground.organisations.operations import ask_grant, enrol
from gandan.ground.organisations.queries import public
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line, Nature
from gandan.ground.privacy.flow import Wish
from gandan.ground.privacy.operations import ask as ask_about_data
from gandan.results.reports.operations import draft
from gandan.work.community.models import Activity
from gandan.work.community.operations import note as note_activity
from gandan.work.community.operations import raise_point
from gandan.work.community.operations import register as register_model
from gandan.work.community.rules import Field, Form, Noting, Topic
from gandan.work.counsel.operations import advise, find
from gandan.work.counsel.operations import hold as hold_inspection
from gandan.work.counsel.operations import plan as plan_inspection
from gandan.work.democracy.operations import declare, write_consultation
from gandan.work.dossiers.models import Apology, Delivery, LetterBatch, Manifest
from gandan.work.dossiers.operations import finish, pack, receive
from gandan.work.matters.operations import Told, open_matter, pledge
from gandan.work.matters.rules import Issue
from gandan.work.meetings.operations import plan
from gandan.work.notices.flow import Sort
from gandan.work.notices.operations import Text
from gandan.work.notices.operations import draft as draft_notice
from gandan.work.relief.models import Emergency
from gandan.work.relief.operations import ask as ask_relief
from gandan.work.relief.operations import open_emergency, set_depot
from gandan.work.relief.rules import Channel as Relieving
from gandan.work.relief.rules import Disaster, Item
from gandan.work.voice.flow import Channel as CameBy
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.operations import receive as take_down
from gandan.work.voice.rules.brought import Brought
from tests.cast import TODAY, Cast
from tests.documents.files import pdf
from tests.reports.conftest import FIRST_HALF

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
LAST_YEAR, YESTERDAY, SOON = TODAY - timedelta(365), TODAY - timedelta(1), TODAY + timedelta(20)
TOLD = {
    "name": "Lê Thị An",
    "procedure": "Hộ chiếu",
    "number": "1",
    "unit": "x",
    "due": "27/11/2026",
    "link": "https://gov.example/",
}


def records(cast: Cast, unit: Unit, line: Line) -> dict[str, str]:
    """Put one record of each kind at a unit of a line; return what addresses call them by."""
    by = cast.importer
    dossier = receive(procedure="anywhere", unit=unit, applicant="Nguyễn Thị Hoà", by=by, on=YESTERDAY)
    report = draft(unit=unit, period=FIRST_HALF, by=by, on=TODAY, measures=["dossiers-received"])
    brought = Brought(kind=CaseKind.QUESTION, text="Giờ tiếp dân thế nào?")
    case = take_down(brought=brought, channel=CameBy.COUNTER, code=str(unit.pk), unit=unit, by=by, on=TODAY, at=NOW)
    alert = Alert.objects.create(what="opened_outside", unit=unit, person=cast.alice, on=TODAY)
    noting = Noting(Form.VISIT, YESTERDAY, "Hội trường", Topic.LAW, "", 12)
    starts = datetime(2026, 11, 20, 9, tzinfo=UTC)
    meeting = plan(
        unit=unit, title="Giao ban", starts_at=starts, ends_at=starts + timedelta(hours=1), chair=cast.alice,
        secretary=cast.phuc, by=by, on=TODAY,
    )  # fmt: skip
    model = register_model(unit=unit, field=Field.SOCIETY, name="Bếp ấm", summary="", by=by, on=TODAY)
    activity = note_activity(unit=unit, noting=noting, by=by, on=TODAY)
    username = f"at-{unit.code.lower()}"
    person = enrol(username=username, name="Ai đó", unit=unit, role=Role.PUBLISHER, line=line, by=by, on=LAST_YEAR)
    program = enrol(username=f"program-{unit.code.lower()}", name="Máy", unit=unit, role=Role.PUBLISHER, line=line, by=by,
                    on=LAST_YEAR, nature=Nature.PROGRAM)  # fmt: skip
    letter = Apology.objects.get(dossier__unit=unit)
    message = send(
        key=f"matrix {unit.code}", channel=Channel.EMAIL, to="an@example.org", template="dossier-receipt", parameters=TOLD,
        about=dossier, unit=unit, by=by, on=TODAY,
    )  # fmt: skip
    given = attach(
        about=dossier, unit=unit, source=BytesIO(pdf()), name="đơn.pdf", keep_until=TODAY + timedelta(30), by=by, on=TODAY
    )
    request = ask_about_data(about=dossier, label=dossier.number, unit=unit, wish=Wish.SEE, by=public(), on=TODAY)
    export = Export.objects.create(
        token=f"an-export-kept-at-{unit.code}", what="dossiers", form="csv", wanted={}, right="read_dossiers",
        units=[unit.pk], unit=unit, language="vi", by=cast.oanh, asked_on=TODAY, keep_until=TODAY,
    )  # fmt: skip
    note(What.READ, by=cast.alice, about_type="dossiers.dossier", about_id=dossier.pk, unit=unit.pk)
    return {
        "unit": unit.code,
        "unit_name": unit.name,
        "dossier": dossier.number,
        "dossier_id": str(dossier.pk),
        "letter": str(letter.pk),
        "batch": str(LetterBatch.objects.create(by=cast.oanh, asked_on=TODAY).pk),
        "message": str(message.pk),
        "file": given.token,
        "request": str(request.pk),
        "export": export.token,
        "security_key": str(Authenticator.objects.create(user=cast.oanh, type="webauthn", data={}).pk),
        "case": case.number,
        "report": report.code,
        "alert": str(alert.pk),
        "manifest": listed(cast, unit).number,
        "line": line.value,
        "activity": str(activity.pk),
        "grant": str(ask_grant(person=cast.hoa, unit=unit, role=Role.AUDITOR, line=line, by=by, on=TODAY).pk),
        "program": program.username,
        "model": str(model.pk),
        "meeting": str(meeting.pk),
        "person": username,
        "appointment": str(Appointment.objects.get(person=person).pk),
        **beside_others(cast, unit),
        **written(cast, unit, activity),
    }


def beside_others(cast: Cast, unit: Unit) -> dict[str, str]:
    """Put at a unit what it does together with one of another side that nobody here belongs to, or for a superior."""
    by, partner = cast.importer, cast.unit("MTTQ")
    told = Told(Issue.LAND, "Lối đi chung", "Hẻm sau chợ", cast.unit("W1"))
    matter = open_matter(unit=unit, partner=partner, told=told, asks=[], settle_by=TODAY, by=by, on=TODAY)
    promised = pledge(matter=matter, words="Đo lại ranh", owner=partner, due_on=SOON, by=by, on=TODAY)
    advice = advise(unit=unit, addressee=cast.unit("BTGDVTU"), subject="Lắp đèn hẻm", text="", due_on=SOON, by=by, on=TODAY)
    planned, inspection = (
        plan_inspection(
            unit=unit, partner=partner, place=cast.unit("PC08"), title="Kiểm tra tiếp dân", about="", planned_for=TODAY, by=by,
            on=TODAY,
        )
        for _ in range(2)
    )  # fmt: skip
    hold_inspection(inspection=inspection, conclusion="Còn thiếu", held_on=TODAY, by=by, on=TODAY)
    finding = find(inspection=inspection, words="Chưa niêm yết", remedy="Niêm yết giờ", due_on=SOON, by=by, on=TODAY)
    flood = emergency(cast)
    depot = set_depot(emergency=flood, unit=cast.unit("CAP-W1"), ward=cast.unit("W1"), name=f"Kho {unit.code}", by=by, on=TODAY)
    need = ask_relief(
        emergency=flood, ward=cast.unit("W1"), wanted={Item.FOOD: 2}, name="Hộ bà Sáu", phone=f"0909 000 {unit.pk % 1000:03}",
        address="12 hẻm 3", heads=4, code=f"{unit.pk:016}", channel=Relieving.ONLINE, by=public(), on=TODAY, once="",
    )  # fmt: skip
    for one in (depot, need):  # wherever a ward's relief is the business of
        type(one).objects.filter(pk=one.pk).update(unit=unit)
    return {
        "matter": str(matter.pk), "pledge": str(promised.pk), "advice": str(advice.pk), "inspection": str(inspection.pk),
        "planned": str(planned.pk),
        "finding": str(finding.pk), "relief": str(flood.pk), "depot": str(depot.pk), "need": str(need.pk),
    }  # fmt: skip


def emergency(cast: Cast) -> Emergency:
    """Return the city's flood, opened for whoever asks first."""
    there = Emergency.objects.first()
    return there or open_emergency(
        unit=cast.police, disaster=Disaster.FLOOD, title="Triều cường", act_number="12/QĐ", act_body="UBND", act_day=TODAY,
        wards=[cast.unit("W1"), cast.unit("W2")], by=cast.dung, on=TODAY,
    )  # fmt: skip


def written(cast: Cast, unit: Unit, activity: Activity) -> dict[str, str]:
    """Put at a unit what it writes for everyone: a notice, what must hang out, a draft on which people are asked."""
    by, area = cast.importer, cast.unit("W1")
    text = Text(title="Lịch tiếp dân", summary="Sáng thứ Năm hằng tuần.", text="Công an phường tiếp dân sáng thứ Năm.")
    notice = draft_notice(unit=unit, sort=Sort.NOTICE, text=text, by=by, on=TODAY)
    duty = declare(unit=unit, area=area, rule="budget", title="Dự toán 2027", born_on=TODAY, by=by, on=TODAY)
    asked = write_consultation(
        unit=unit, area=area, rule="draft", title="Quy định chợ đêm", lead="Giờ mở còn sửa được.", text="Mở từ 18 giờ.", by=by,
        on=TODAY,
    )  # fmt: skip
    point = raise_point(activity=activity, words="Đèn đường hỏng", by=by, on=TODAY)
    return {"notice": str(notice.pk), "duty": str(duty.pk), "consultation": str(asked.pk), "point": str(point.pk)}


def listed(cast: Cast, unit: Unit) -> Manifest:
    """Put a result on a list for the post."""
    by = cast.importer
    wanted = receive(procedure="anywhere", unit=unit, applicant="Trần Văn Bá", by=by, on=YESTERDAY, by_post=True)
    finish(dossier=wanted, by=by, on=TODAY)
    parcel = Delivery.objects.get(dossier=wanted)
    return pack(unit=unit, partner=cast.unit("BDTP"), deliveries=[parcel.pk], by=by, on=TODAY)
