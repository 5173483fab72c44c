"""Figures from outside in the demonstration: totals of years before the system, one kind of work done elsewhere, one request."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from gandan.ground.calendar.queries import period, working_calendar
from gandan.ground.calendar.rules import Grain, Period, PeriodName, shift
from gandan.ground.organisations import queries as people
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.results.requests import operations as requests
from gandan.results.requests import queries as asked
from gandan.results.statements import operations as statements
from gandan.results.statements import queries as stated
from gandan.results.statements.rules import StatementVerdict

# Measure, year, a number of the simulation.
BEFORE = (
    ("dossiers-received", 2014, 4210), ("dossiers-received", 2015, 4485), ("dossiers-finished", 2014, 4155),
    ("dossiers-finished", 2015, 4440), ("initiatives-recognised", 2014, 6), ("initiatives-recognised", 2015, 9),
)  # fmt: skip
PAPER = "Báo cáo tổng kết năm {year} (văn bản mô phỏng)"
SYSTEM = "Tổng đài 1022"
ASKED, ANSWERED = 40, 30
TITLE, LETTER = "Kết quả cấp căn cước và thư xin lỗi", "Công văn 215/CATP-PC06 (mô phỏng)"
ANNEX = """Hồ sơ tiếp nhận | dossiers-received
Hồ sơ đã giải quyết | dossiers-finished
Tỷ lệ đúng hạn | dossiers-on-time-share
Thư xin lỗi đã gửi | letters-sent
Buổi cấp căn cước lưu động | | buổi"""
OUTLINE = "Khó khăn, vướng mắc\nKiến nghị"
WORDS = (
    "Máy chụp ảnh hay lỗi, phải hẹn lại người dân.", "Người cao tuổi khó đến trụ sở.", "Không có vướng mắc lớn.",
    "Giờ cao điểm thiếu người tiếp nhận.",
)  # fmt: skip


def state_what_was_before(*, on: date) -> None:
    """State totals of years before the ledger, each approved by the other side; one is corrected."""
    police, officer, other = people.unit("CATP"), people.person("phoihopca"), people.person("phoihop")
    if stated.statements(officer, on, unit="CATP", limit=1):
        return
    for code, year, value in BEFORE:
        said: dict[str, Any] = {
            "unit": police, "code": code, "period": period(None, str(year)), "source": PAPER.format(year=year), "by": officer,
            "on": on, "simulated": True,
        }  # fmt: skip
        evidence = f"Số mô phỏng: trong năm {year} là {value}."
        made = statements.state(value=Decimal(value), evidence=evidence, **said)
        statements.answer_statement(statement=made, answer=StatementVerdict.APPROVED, by=other, on=on)
    first = stated.statements(officer, on, unit="CATP", measure="dossiers-received", status="approved")[-1]
    again = statements.state(
        unit=police, code=first.measure.code, period=first.period, value=first.value + 25, source=first.source,
        evidence="Số mô phỏng: cộng thêm một điểm tiếp nhận.", corrects=first.id, reason="Bản đầu sót một điểm tiếp nhận.",
        simulated=True, by=officer, on=on,
    )  # fmt: skip
    statements.answer_statement(statement=again, answer=StatementVerdict.APPROVED, by=other, on=on)
    statements.declare(
        unit=_stations(on)[-1], work="voice", system=SYSTEM, since=date(on.year, 1, 1), source="Thoả thuận mô phỏng", by=officer,
        on=on,
    )  # fmt: skip


def _stations(on: date) -> list[Any]:
    rows = people.children(people.unit("CATP").pk, Line.POLICE, on)
    return [people.unit(row.code) for row in rows if row.kind is UnitKind.STATION]


def ask_and_gather(*, on: date) -> None:
    """The city police ask some wards for a report on the last quarter; most have answered, and it is gathered."""
    head, police = people.person("congan"), people.unit("CATP")
    if asked.report_requests(head, on, limit=1):
        return
    quarter = _last_quarter(on)
    units = _stations(on)[:ASKED]
    sent = max(quarter.end, on - timedelta(days=9))
    made = requests.ask(
        superior=police, title=TITLE, paper=LETTER, period=quarter, outline=OUTLINE, annex=ANNEX, units=units,
        due_on=shift(sent, 5, working_calendar(police)), line=Line.POLICE, simulated=True, by=head, on=sent,
    )  # fmt: skip
    for nth, unit in enumerate(units[:ANSWERED]):
        _answer(made.code, unit.code, nth, head, on)
    requests.gather(request=made, by=head, on=on)


def _answer(code: str, unit: str, nth: int, by: Any, on: date) -> None:
    found = asked.answer(code, unit, by, on)
    words = {0: WORDS[nth % len(WORDS)], 1: "Không có." if nth % 3 else "Cấp thêm máy chụp ảnh."}
    typed = {4: (Decimal(nth % 5), "Sổ lịch lưu động của đơn vị (mô phỏng)")}
    requests.write_answer(answer=found, words=words, typed=typed, by=by, on=on)
    requests.answer_request(answer=found, by=by, on=on)


def _last_quarter(on: date) -> Period:
    name = PeriodName(on.year, Grain.QUARTER, (on.month - 1) // 3 + 1).moved(-1)
    return period(None, name.code)
