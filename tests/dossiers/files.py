"""Files to bring in, and bringing them in."""

from datetime import date
from pathlib import Path

from gandan.work.dossiers import queries
from gandan.work.dossiers.operations import Progress, Request, Run

TODAY = date(2026, 11, 20)
HEADER = "Số,Thủ tục,Đơn vị,Người nộp,Nhận,Xong,Rút,Nợ thư,Gửi thư,Hẹn lại,Gửi đi,Phát,Kết quả,Bưu gửi,Nơi xong"
HEADER += ",Từ chối,Xử lý,Hỏi thêm,Bổ sung,Dừng,Trả"
MAPPING = {
    "fields": {
        "source_number": "Số",
        "procedure": {"column": "Thủ tục", "values": {"hộ chiếu": "passport", "căn cước": "identity-card"}},
        "unit": "Đơn vị", "applicant": "Người nộp", "received_on": "Nhận", "finished_on": "Xong", "withdrawn_on": "Rút",
        "letter_owed_on": "Nợ thư", "letter_sent_on": "Gửi thư", "letter_new_due_on": "Hẹn lại", "delivery_handed_on": "Gửi đi",
        "delivery_settled_on": "Phát", "delivery_outcome": {"column": "Kết quả", "values": {"đã phát": "delivered"}},
        "tracking": "Bưu gửi", "finished_unit": "Nơi xong",
        "refused_on": "Từ chối", "started_on": "Xử lý", "supplement_asked_on": "Hỏi thêm", "supplemented_on": "Bổ sung",
        "stopped_on": "Dừng", "returned_on": "Trả",
    }
}  # fmt: skip
COLUMNS = HEADER.split(",")


def row(number: str, **cells: str) -> str:
    """Return a line of a file: a passport received on 2 November and finished on the 10th, with some of it changed."""
    usual = {
        "Số": number, "Thủ tục": "hộ chiếu", "Đơn vị": "PA08", "Người nộp": f"Trần Thị {number}", "Nhận": "02/11/2026",
        "Xong": "10/11/2026",
    }  # fmt: skip
    assert set(cells) <= set(COLUMNS), set(cells) - set(COLUMNS)
    return ",".join((usual | cells).get(column, "") for column in COLUMNS)


def write(path: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path.write_bytes("\n".join([header, *lines, ""]).encode(encoding))
    return path


def request(office, path: Path, *, mapping=None, source: str = "old", go_live: date = TODAY) -> Request:
    return Request(path, mapping or MAPPING, source, go_live, office.police)


def bring_in(office, path: Path, *, on: date = TODAY, batch: int = 2000, **more) -> Progress:
    """Bring a file in and return how it went."""
    *_, last = Run(request(office, path, **more), by=office.importer, on=on, batch=batch)
    return last


def refusals(progress: Progress) -> list[tuple[int, str, str]]:
    """Return the refused rows as (line, column, code)."""
    rows = queries.refused_rows(progress.import_id)
    return [(row.line, problem.column, problem.code) for row in rows for problem in row.problems]
