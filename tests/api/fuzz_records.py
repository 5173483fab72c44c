"""More of what stands in the city that is asked at random: what is planned, asked, called for, handed over, owed and advised."""

import time as clocks
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from gandan.ground.accounts import proof
from gandan.ground.accounts.gate import forms
from gandan.ground.calendar.queries import period
from gandan.ground.ledger.models import Event, Posting
from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.queries import public
from gandan.ground.organisations.rules import Line
from gandan.results.programmes.models import Turn
from gandan.results.programmes.operations import load_programme, note_directive
from gandan.results.programmes.rules import DirectiveKind
from gandan.results.reports.models import OwedReport
from gandan.results.reports.operations import raise_reports, set_duties
from gandan.results.requests import operations as requests
from gandan.results.requests.models import Answer
from gandan.work.counsel.operations import plan as plan_inspection
from gandan.work.democracy.operations import declare
from gandan.work.voice.flow import Channel
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Case, Reception
from gandan.work.voice.operations import accept, give, ideas, pass_extract, plan_receptions, receive, witness
from gandan.work.voice.rules.brought import Brought
from tests.cast import TODAY, Cast
from tests.programmes.conftest import POINTS, RUNNING
from tests.reports.test_owing import DUTIES, RAISED
from tests.voice.conftest import AT, LAST, WORDS
from tests.voice.test_handovers import KNIFE, written

SOON = TODAY + timedelta(20)
WARDS = ["CAP-W1", "CAP-W2"]
TELLING = "Cán bộ quầy 2 bị tố nhận tiền."
# What can be sent, by the shape and the field, where chance would seldom write it.
SENT: dict[str, dict[str, list[Any]]] = {
    "AdviceGiven": {
        "unit": WARDS, "addressee": ["CATP", "MTTQ"], "subject": ["Lắp đèn hẻm"], "text": ["", "Căn cứ tình hình"],
        "due_on": ["2026-12-10"],
    },
    "AnswerText": {
        "points": [{}, {"0": "Không có."}], "figures": [{}, {"1": {"value": 3, "source": "Sổ họp"}}],
    },
    "Appointment": {"day": ["2026-11-21"], "begins": ["08:00:00"], "ends": ["09:00:00"], "place": ["hẻm 12"]},
    "ExtractPassed": {"to": ["CATP", "PC08"], "text": [TELLING, "Bà Trần Thị An nói cán bộ nhận tiền."]},
    "GivenOn": {"items": [1], "unit": ["PC08", "CATP"]},
    "HandedThing": {"kind": ["blade", "cartridge"]},
    "NewProof": {"posted_on": ["2026-11-20"], "address": ["https://phuong.example/a"]},
    "NewRequest": {
        "unit": ["CATP", "79"], "units": WARDS, "period": ["2026-Q3"], "due_on": ["2026-11-27"],
        "outline": ["", "Khó khăn"], "annex": ["Đã nhận | dossiers-received\nBuổi họp | | buổi"],
    },
    "ReceptionBooking": {"at": ["08:00", "08:30"], "name": ["Trần Thị Bưởi"], "phone": ["0909123456"]},
    "ReceptionPlan": {
        "unit": ["CAP-W1", "CATP"], "receiver": ["Trưởng Công an phường"], "place": ["Phòng tiếp dân"], "begins": ["08:00"],
        "ends": ["10:00", "07:00"], "days": ["2026-12-01", "2026-12-08"], "source": ["Lịch tháng 12"],
    },
    "TakenDown": {
        "kind": ["question"], "text": ["Giờ tiếp dân thế nào?"], "service": [None], "answers": [{}], "ward": ["W1"],
        "concerned": [None], "latitude": [None], "longitude": [None], "phone": ["", "0909123456"], "email": [""],
    },
}  # fmt: skip


def more_records(cast: Cast, ward: Unit) -> dict[str, list[Any]]:
    """Put them at a ward of the police or above it; return by what paths that begin so, or are so, name them."""
    by, police = cast.importer, cast.police
    for there, at in ((police, time(8)), (ward, time(13))):
        plan_receptions(
            unit=there, receiver="Trưởng Công an", place="Phòng tiếp dân", days=[SOON], begins=at, ends=time(at.hour + 1),
            minutes=30, source="Lịch tháng 12", by=by, on=TODAY,
        )  # fmt: skip
    inspection = plan_inspection(
        unit=ward, partner=cast.unit("BXDD-W1"), place=cast.unit("PC08"), title="Kiểm tra tiếp dân", about="", planned_for=TODAY,
        by=by, on=TODAY,
    )  # fmt: skip
    duty = declare(unit=ward, area=cast.unit("W1"), rule="budget", title="Dự toán 2027", born_on=TODAY, by=by, on=TODAY)
    return {
        "directives": [directive(cast)],
        "duties": [duty.pk],
        "inspections": [inspection.pk],
        "owed-reports": owed(cast),
        "programmes/{code}/texts": [1],
        "receptions": list(Reception.objects.values_list("pk", flat=True)),
        "tasks": turns(cast),
        **asked_for(cast),
        **called_for(cast),
        **handed_over(cast, ward),
        **denounced(cast),
    }


def directive(cast: Cast) -> str:
    return note_directive(
        code="ct-01", unit=cast.city, kind=DirectiveKind.ORDER, number="01-CT/TU", body="Thành ủy", title="Về công tác dân vận",
        points=POINTS, simulated=True, by=cast.hoa, on=TODAY,
    ).code  # fmt: skip


def turns(cast: Cast) -> list[int]:
    """Load a programme that runs; return the turns of the city police."""
    programme = load_programme(text=RUNNING, by=cast.giang, on=TODAY)
    return list(Turn.objects.filter(task__programme=programme, unit=cast.police).values_list("pk", flat=True))


def owed(cast: Cast) -> list[int]:
    set_duties(text=DUTIES, by=cast.giang, on=TODAY)
    raise_reports(by=cast.importer, on=RAISED)
    return list(OwedReport.objects.values_list("pk", flat=True))


def asked_for(cast: Cast) -> dict[str, list[Any]]:
    """Ask both wards for a report; each has written its answer, and one has given it."""
    made = requests.ask(
        superior=cast.police, title="Kết quả", paper="Công văn 9", period=period(None, "2026-Q3"), outline="Khó khăn",
        annex="Đã nhận | dossiers-received\nBuổi họp | | buổi", units=[cast.unit(code) for code in WARDS], due_on=SOON,
        line=Line.POLICE, simulated=True, by=cast.giang, on=TODAY,
    )  # fmt: skip
    for answer in Answer.objects.select_related("unit", "request").filter(request=made).order_by("unit__code"):
        requests.write_answer(answer=answer, words={0: "Không có."}, typed={1: (Decimal(4), "Sổ họp")}, by=cast.giang, on=TODAY)
    requests.answer_request(answer=answer, by=cast.giang, on=TODAY)
    return {"requests": [made.code], "requests/{code}/answers": WARDS}


def called_for(cast: Cast) -> dict[str, list[Any]]:
    """Call for ideas, and show one of them in a group of its own."""
    drafted = ideas.draft_call(
        unit=cast.city, decider=cast.police, words=WORDS, opens_on=TODAY, closes_on=LAST, by=cast.hoa, on=TODAY
    )
    call = ideas.open_call(call=drafted, by=cast.hoa, on=TODAY)
    idea = ideas.write_idea(call=call, code=f"{7:016}", words="Mở tủ sách ở khu phố.", public=True, by=public(), on=TODAY)
    ideas.send_idea(idea=idea, by=public(), on=TODAY)
    group = ideas.confirm_group(call=call, ideas=[idea.pk], name="Tủ sách", by=cast.hoa, on=TODAY)
    return {"calls": [call.pk], "calls/{number}/groups": [group.pk]}


def handed_over(cast: Cast, ward: Unit) -> dict[str, list[Any]]:
    """Take in what three people hand over: one is told, one is written down, one has two signatures and is given on in part."""
    told, down, taken = (brought(cast, CaseKind.HANDOVER, "Thấy hai con dao", nth, ward) for nth in range(20, 23))
    for case in (down, taken):
        written(cast, case, [KNIFE, KNIFE])
    witness(case=taken, by=cast.dung, on=TODAY, at=AT)
    link = give(protocol=taken.protocol, items=[2], to=cast.unit("PC08"), to_depot=False, words="", by=cast.binh, on=TODAY, at=AT)
    return {
        "hand-overs": [told.number, down.number, taken.number],
        "hand-overs/{number}/record": [told.number, down.number],
        "hand-overs/{number}/sign": [down.number],
        "hand-overs/{number}/give": [taken.number],
        "hand-overs/links": [link.pk],
    }


def denounced(cast: Cast) -> dict[str, list[Any]]:
    """Take in two denunciations and pass an extract of one on; the inspectorate has them."""
    both = [brought(cast, CaseKind.DENUNCIATION, "Cán bộ nhận tiền", nth, None) for nth in (30, 31)]
    for case in both:
        accept(case=case, words="", by=cast.minh, on=TODAY, at=AT)
    extract = pass_extract(case=both[0], to=cast.police, words=TELLING, by=cast.minh, on=TODAY, at=AT)
    return {"voice/extracts": [extract.pk], "voice/{number}/extracts": [case.number for case in both]}


def brought(cast: Cast, kind: CaseKind, text: str, nth: int, unit: Unit | None) -> Case:
    concerned = "" if unit else "CAP-W1"
    said = Brought(kind=kind, text=text, ward="W1", concerned=concerned, name="Trần Thị An", phone="0909123456")
    return receive(brought=said, channel=Channel.ONLINE, code=f"{nth:016}", unit=unit, by=public(), on=TODAY, at=AT)


def sendable(standing: dict[str, list[Any]]) -> dict[str, dict[str, list[Any]]]:
    """Return what can be sent, with what stands there."""
    return {
        **SENT,
        "CommentSent": {"about": ["call"], "number": standing["calls"], "text": ["Hay lắm."]},
        "IdeaSent": {"text": ["Lắp đèn ở hẻm 12."], "phone": ["", "0909123456"], "email": [""]},
        "TaskDone": {"event": [None, Event.objects.latest("pk").pk]},
    }


def worked_for() -> dict[str, dict[str, list[Any]]]:
    """Return what lets in sendings without an account: a token, and the work that it asks for."""
    token = proof.issue(forms().secret, at=int(clocks.time()), bits=1)
    worked = {"token": [token], "proof": [proof.solve(token, 1)]}
    return dict.fromkeys(("CommentSent", "IdeaSent", "ReceptionBooking"), worked)


def postings() -> list[int]:
    return [Posting.objects.latest("pk").pk]
