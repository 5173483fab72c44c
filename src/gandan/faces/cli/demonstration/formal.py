"""What the law orders around what people bring: legal steps, citizen reception, another channel's file, an event many report.

By the real operations, like the rest of the demonstration. Nobody is meant.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import make_aware

from gandan.faces.cli.demonstration.speaking import standing_wards
from gandan.ground.organisations import queries as people
from gandan.work.voice import operations, queries
from gandan.work.voice.flow import Channel, Outcome
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.rules.brought import Brought

NAMED: dict[str, Any] = {"name": "Nguyễn Văn Mẫu", "phone": "0900000000"}
SOURCE = "tong-dai-1022"
INVESTIGATORS = "Cơ quan Cảnh sát điều tra, bàn trực"
HEADINGS = ("Mã việc", "Nội dung", "Phường", "Loại", "Địa điểm")
BY_TELEPHONE = (
    ("Nắp cống vỡ giữa đường, xe máy dễ sụp bánh ban đêm.", "other", "giữa hẻm"),
    ("Đèn tín hiệu tắt từ sáng sớm.", "traffic-light", "ngã tư"),
    ("Xe tải đỗ chắn lối ra vào chung cư.", "illegal-parking", "trước chung cư"),
    ("Đoạn này thiếu đèn, con đi học về tối.", "street-safety", "lối vào trường"),
    ("Xe đỗ kín lề, xe lăn không qua được.", "illegal-parking", "trước trạm y tế"),
    ("Cành cây gãy chắn nửa đường.", "other", "đầu hẻm"),
)
FLOODED = ("Nước ngập trước nhà, xe chết máy cả.", "Ngập tới nửa bánh xe rồi.", "Hẻm ngập, nước tràn vào nhà.", "Đường ngập sâu.")


class Formal:
    """What stands beside the answers, up to today."""

    def __init__(self, today: date, head: people.Person) -> None:
        """:param head: of the city's police, who decides what a denunciation says"""
        self.today, self.by, self.head, self.sent = today, people.importer(), head, 0
        self.wards = standing_wards(today)

    def show(self) -> None:
        self.crimes()
        self.complaints()
        self.denunciations()
        self.receptions()
        self.other_channel()
        self.many_at_once()

    def crimes(self) -> None:
        """Three reports of crimes: told to the investigators in time and its file handed over; told; not yet told."""
        words = ("Bị giật túi xách khi đi bộ.", "Nhà bị đột nhập lúc đi vắng.", "Thấy người lạ cạy cửa nhà bên.")
        for nth, said in enumerate(words):
            case, day, at = self._sent(CaseKind.CRIME, said, back=(9, 3, 0)[nth])
            if nth < 2:
                hand = self._hand(day, at + timedelta(hours=3))
                operations.tell_investigators(case=case, body=INVESTIGATORS, words="Báo bằng điện thoại, sổ trực số 12", **hand)
            if nth == 0:
                hand = self._hand(day + timedelta(1), at + timedelta(days=1))
                operations.hand_file(case=case, body=INVESTIGATORS, words="Biên bản giao nhận số 3", **hand)

    def complaints(self) -> None:
        """Complaints against decisions: accepted, refused with the reason, waiting to be looked at."""
        words = (
            "Khiếu nại quyết định xử phạt vi phạm hành chính.",
            "Khiếu nại việc từ chối hồ sơ.",
            "Khiếu nại việc tạm giữ xe.",
        )
        for nth, said in enumerate(words):
            case, day, at = self._sent(CaseKind.COMPLAINT, said, back=(8, 6, 1)[nth])
            hand = self._hand(day + timedelta(2), at + timedelta(days=2))
            if nth == 0:
                operations.accept(case=case, words="Thông báo thụ lý số 5", **hand)
            elif nth == 1:
                operations.refuse(case=case, words="Quá thời hiệu khiếu nại theo Luật Khiếu nại.", **hand)

    def denunciations(self) -> None:
        """Denunciations: an extract without who denounced was decided by the superior; another is new."""
        first, day, at = self._sent(CaseKind.DENUNCIATION, "Cán bộ nhận tiền để làm nhanh.", back=12)
        operations.accept(case=first, words="Quyết định thụ lý số 2", **self._hand(day + timedelta(2), at + timedelta(days=2)))
        extract = operations.pass_extract(
            case=first, to=people.unit("CATP"), words="Nội dung: nhận tiền ngoài quy định tại quầy tiếp nhận.",
            **self._hand(day + timedelta(3), at + timedelta(days=3)),
        )  # fmt: skip
        later = self._hand(day + timedelta(9), at + timedelta(days=9)) | {"by": self.head}
        operations.conclude(extract=extract, words="Đã xác minh: không đủ căn cứ; chấn chỉnh việc ghi biên lai.", **later)
        self._sent(CaseKind.DENUNCIATION, "Cán bộ có hành vi sách nhiễu.", back=1)

    def receptions(self) -> None:
        """The calendar of the coming weeks: the city's, two wards', one called off, two who come."""
        first = self.today + timedelta(days=7 - self.today.weekday())  # next Monday
        plan: dict[str, Any] = {"begins": time(8), "ends": time(11), "minutes": 30, "by": self.by, "on": self.today}
        (session, *_later) = operations.plan_receptions(
            unit=people.unit("CATP"), receiver="Giám đốc Công an Thành phố", place="Phòng tiếp công dân, tầng trệt",
            days=[first + timedelta(weeks=nth) for nth in range(4)], source="Lịch tiếp công dân (mô phỏng)", **plan,
        )  # fmt: skip
        for nth, ward in enumerate(self.wards[:2]):
            made = operations.plan_receptions(
                unit=people.unit(f"CAP-{ward}"), receiver="Trưởng Công an phường", place="Trụ sở Công an phường",
                days=[first + timedelta(days=2 + nth, weeks=week) for week in range(4)], source="Lịch tháng (mô phỏng)", **plan,
            )  # fmt: skip
            if nth:
                operations.call_off(reception=made[0], why="Trùng lịch họp; mời Ông/Bà đến tuần sau.", by=self.by, on=self.today)
        for nth, at in enumerate((time(8), time(9, 30))):
            operations.book_reception(
                reception=session, at=at, name=NAMED["name"], phone=NAMED["phone"], about="Hỏi về hộ khẩu cũ",
                code=self._code(nth + 900), by=people.public(), on=self.today, now=self._at(self.today, 9),
            )  # fmt: skip

    def other_channel(self) -> None:
        """A file of the city's line: what it brought is here once, half of it answered."""
        at = self._at(self.today - timedelta(days=4), 10)
        columns = dict(zip(("number", "text", "ward", "service", "place"), HEADINGS, strict=True))
        operations.set_channel(
            code=SOURCE, name="Tổng đài 1022 (mô phỏng)", unit=people.unit("CATP"), columns=columns, webhook="", secret="",
            services={one: one for _text, one, _place in BY_TELEPHONE}, by=self.by, on=at.date(),
        )  # fmt: skip
        numbers = iter(range(800, 900))
        operations.bring_file(
            source=SOURCE, content=self._file(), name="1022-tuan.csv", draw=lambda: self._code(next(numbers)), by=self.by,
            on=at.date(), at=at,
        )  # fmt: skip
        brought = [one for one in queries.cases(self.head, self.today, limit=200).rows if one.source == SOURCE]
        for case in brought[: len(BY_TELEPHONE) // 2]:
            operations.answer(
                case=case.id, words="Đã đến nơi và xử lý xong.", outcome=Outcome.DONE,
                **self._hand(self.today - timedelta(days=2), at + timedelta(days=2)),
            )  # fmt: skip

    def many_at_once(self) -> None:
        """High water that many report: once answered in one act, once waiting at the desk."""
        for back in (5, 0):
            cases = [
                self._sent(CaseKind.REPORT, FLOODED[nth % len(FLOODED)], back=back, minutes=nth * 4, service="other")[0].pk
                for nth in range(9)
            ]
            if back:
                day = self.today - timedelta(days=back)
                operations.answer_together(
                    cases=cases, words="Triều cường đã rút; đã bơm nước và khơi cống.", outcome=Outcome.DONE,
                    **self._hand(day, self._at(day, 15)),
                )  # fmt: skip

    def _sent(
        self, kind: CaseKind, words: str, *, back: int, minutes: int = 0, service: str = ""
    ) -> tuple[Any, date, datetime]:  # fmt: skip
        self.sent += 1
        day = self.today - timedelta(days=back)
        at = self._at(day, 8) + timedelta(minutes=minutes)
        brought = Brought(kind=kind, text=words, service=service, ward=self.wards[0], concerned=f"CAP-{self.wards[0]}", **NAMED)
        case = operations.receive(
            brought=brought, channel=Channel.ONLINE, code=self._code(self.sent), by=people.public(), on=day, at=at
        )
        return case, day, at

    def _hand(self, on: date, at: datetime) -> dict[str, Any]:
        return {"by": self.by, "on": min(on, self.today), "at": at}

    def _at(self, day: date, hour: int) -> datetime:
        return make_aware(datetime.combine(day, time(hour)))

    def _code(self, nth: int) -> str:
        return f"{312_0000_0000_0000 + nth:016}"

    def _file(self) -> bytes:
        written = io.StringIO()
        rows: Iterator[tuple[str, ...]] = (
            (f"1022-{nth:04}", said, self.wards[nth % len(self.wards)], service, place)
            for nth, (said, service, place) in enumerate(BY_TELEPHONE, start=1)
        )
        csv.writer(written).writerows([HEADINGS, *rows])
        return written.getvalue().encode("utf-8-sig")
