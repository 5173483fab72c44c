"""Matters, relief, advice and inspections in the demonstration, over wards and years, by the product's own operations.

The same city and the same today give the same work. All of it is simulated; nobody is meant.
"""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils.timezone import make_aware

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import shift
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.ground.privacy import operations as privacy
from gandan.work.counsel import operations as counsel
from gandan.work.counsel.rules import Answer
from gandan.work.matters import operations as matters
from gandan.work.matters.operations import Told
from gandan.work.matters.rules import Issue
from gandan.work.relief import operations as relief
from gandan.work.relief.rules import Channel, Disaster, Item

SEED, MATTERS, HOUSEHOLDS = 20260731, 48, 40
EPIDEMIC = date(2021, 7, 9), date(2021, 10, 1)
ISSUES = (
    (Issue.LAND, "Lối đi chung sau chợ bị rào", "Hẻm sau chợ", ("Mở lại lối đi chung", "Trả lời rõ thửa đất thuộc ai")),
    (Issue.COMPENSATION, "Giá bồi thường mở rộng đường", "Đoạn mở rộng, dãy lẻ", ("Đối thoại lại về đơn giá",)),
    (Issue.ENVIRONMENT, "Mùi hôi từ trạm trung chuyển rác", "Trạm trung chuyển", ("Đậy kín xe", "Đổi giờ gom rác")),
    (Issue.TRADE, "Sắp xếp lại chợ tạm", "Chợ tạm ven kênh", ("Giữ chỗ cho tiểu thương cũ",)),
    (Issue.BUILDING, "Nhà nứt do ép cọc công trình bên", "Công trình đầu đường", ("Dừng ép cọc ban đêm", "Giám định vết nứt")),
    (Issue.SERVICES, "Mất nước kéo dài giờ cao điểm", "Khu chung cư cũ", ("Báo trước lịch cắt nước",)),
)
PLEDGES = ("Kiểm tra hiện trạng và công bố kết quả tại khu phố", "Làm việc với chủ đầu tư", "Báo lại tiến độ bằng văn bản")
ADVICE = (
    ("Nhân rộng tổ hoà giải cơ sở ở chung cư cũ", Answer.ACCEPTED, "Chỉ thị mô phỏng số 05"),
    ("Bố trí kinh phí camera hẻm nhỏ", Answer.IN_PART, "Công văn mô phỏng số 118"),
    ("Giao phường chủ trì đối thoại định kỳ hằng quý", Answer.ACCEPTED, ""),
    ("Bỏ yêu cầu xác nhận cư trú khi nộp hồ sơ trợ cấp", Answer.REFUSED, ""),
    ("Rà soát biển báo quanh trường học", Answer.NONE, ""),
)  # fmt: skip


class JointWork:
    """What both sides did together until today."""

    def __init__(self, today: date) -> None:
        self.today, self.by = today, organisations.importer()
        self.rng = Random(SEED)  # noqa: S311  # a simulation, not a secret
        self.pairs = self._pairs(today)

    def _pairs(self, day: date) -> list[tuple[organisations.UnitRow, organisations.UnitRow, organisations.UnitRow]]:
        """The wards in which both sides have a unit: ward, police, civil."""
        found = []
        for ward in organisations.all_wards(day):
            stations = [
                one for one in organisations.children(ward.id, Line.ADMINISTRATION, day)
                if one.kind is UnitKind.STATION and organisations.partners_of(one.id, day)
            ]  # fmt: skip
            found += [(ward, one, organisations.partners_of(one.id, day)[0]) for one in stations[:1]]
        return found

    def live_through(self) -> None:
        if self.pairs:
            for nth in range(MATTERS):
                self._matter(nth)
            self._inspections()
        self._advice()
        self._epidemic()
        self._flood()

    # ── Matters ──

    def _matter(self, nth: int) -> None:
        ward, police, civil = self.pairs[(nth * 11) % len(self.pairs)]
        issue, title, place, asks = ISSUES[nth % len(ISSUES)]
        first = max(police.founded_on, civil.founded_on, self.today - timedelta(700))
        day = first + timedelta(self.rng.randrange(max(1, (self.today - first).days - 20)))
        made = matters.open_matter(
            unit=organisations.unit(police.code), partner=organisations.unit(civil.code), asks=asks,
            told=Told(issue, f"{title} ({nth + 1})", place, organisations.unit(ward.code), self._point(ward), 5 + nth % 40),
            settle_by=day + timedelta(90), by=self.by, on=day,
        )  # fmt: skip
        matters.hold_dialogue(
            matter=made, host=organisations.unit(civil.code), held_on=day + timedelta(7), place="Nhà văn hoá khu phố",
            heads=20 + nth, minutes="Nghe đề nghị, thống nhất việc làm ngay và việc cần xin ý kiến.", by=self.by,
            on=day + timedelta(7),
        )  # fmt: skip
        pledged = [
            matters.pledge(
                matter=made, words=words, owner=organisations.unit((police, civil)[at % 2].code), ask=made.asks.first(),
                due_on=day + timedelta(20 + 10 * at), by=self.by, on=day + timedelta(7),
            )
            for at, words in enumerate(PLEDGES[: 1 + nth % 3])
        ]  # fmt: skip
        if nth % 4 == 3 or day + timedelta(60) > self.today:
            return  # still open, perhaps late
        for at, one in enumerate(pledged):
            on = day + timedelta(15 + 10 * at + (25 if nth % 5 == 4 else 0))
            if nth % 9 == 8 and at == 0:
                matters.break_pledge(pledge=one, why="Chưa được bố trí kinh phí trong năm.", by=self.by, on=on)
            else:
                matters.keep_pledge(pledge=one, result="Đã làm và báo lại tại khu phố.", by=self.by, on=on)
        end = day + timedelta(59)
        matters.propose(matter=made, outcome="Hai bên và bà con thống nhất cách giải quyết.", by=self.by, on=end)
        matters.agree(matter=made, by=self.by, on=end + timedelta(1))
        if nth % 12 == 6 and end + timedelta(40) < self.today:
            again = self.today - timedelta(10)
            matters.reopen(matter=made, why="Việc cũ lặp lại.", settle_by=self.today + timedelta(30), by=self.by, on=again)

    def _point(self, ward: organisations.UnitRow) -> tuple[float, float] | None:
        if ward.latitude is None or ward.longitude is None:
            return None
        return ward.latitude + self.rng.uniform(-0.004, 0.004), ward.longitude + self.rng.uniform(-0.004, 0.004)

    # ── Advice and inspections ──

    def _advice(self) -> None:
        city = organisations.unit("79")
        heads = organisations.children(None, Line.CIVIL, self.today)
        givers = [organisations.unit(code) for code in ("CATP", *(one.code for one in heads[:1]))]
        for nth, (subject, answer, directive) in enumerate(ADVICE):
            day = max(self.today - timedelta(200 - 40 * nth), givers[nth % len(givers)].founded_on)
            made = counsel.advise(
                unit=givers[nth % len(givers)], addressee=city, subject=subject, number=f"{nth + 1}/TM (mô phỏng)",
                text="Căn cứ tình hình ở các phường, đề xuất như trên.", due_on=day + timedelta(30), by=self.by, on=day,
            )  # fmt: skip
            if answer is not Answer.NONE:
                counsel.answer(
                    advice=made, answer=answer, directive=directive, by=self.by, on=day + timedelta(18 + 10 * (nth % 2)),
                    words="Chưa đủ căn cứ pháp lý." if answer is Answer.REFUSED else "Đồng ý, giao các đơn vị thực hiện.",
                )  # fmt: skip

    def _inspections(self) -> None:
        for nth in range(6):
            _ward, police, civil = self.pairs[(nth * 17) % len(self.pairs)]
            day = max(police.founded_on, civil.founded_on, self.today - timedelta(180 - 25 * nth))
            made = counsel.plan(
                unit=organisations.unit("CATP"), partner=organisations.unit(civil.code),
                place=organisations.unit(police.code), title=f"Kiểm tra phối hợp giải quyết phản ánh, đợt {nth + 1}",
                about="Việc trả lời người dân đúng hẹn, cập nhật sổ.", number=f"{nth + 1}/KH (mô phỏng)",
                planned_for=day + timedelta(20), by=self.by, on=day,
            )  # fmt: skip
            held = day + timedelta(20)
            if nth == 5 or held > self.today:
                continue
            counsel.hold(inspection=made, conclusion="Làm đúng quy trình, còn hai điểm.", held_on=held, by=self.by, on=held)
            for at, remedy in enumerate(("Công khai giờ tiếp dân", "Trả lời các việc còn nợ")):
                found = counsel.find(
                    inspection=made, words="Chưa làm đủ", remedy=remedy, due_on=held + timedelta(15), by=self.by, on=held
                )
                if at == 0 or nth < 3:
                    counsel.remedy(finding=found, result="Đã làm", by=self.by, on=min(held + timedelta(10 + 4 * nth), self.today))
            if nth < 3:
                counsel.close(inspection=made, by=self.by, on=min(held + timedelta(30), self.today))

    # ── Relief: an epidemic that is over and erased, and a small flood ──

    def _epidemic(self) -> None:
        first, last = EPIDEMIC
        wards = [organisations.unit(one.code) for one in organisations.all_wards(first)[:6]]
        if not wards:
            return
        opened = self._open(Disaster.EPIDEMIC, "Hỗ trợ hộ khó khăn mùa dịch 2021", wards, first)
        depots = [self._depot(opened, unit, "Kho phường (mô phỏng)", first) for unit in wards]
        for nth in range(HOUSEHOLDS):
            at = nth % len(wards)
            day = first + timedelta(2 + nth)
            need = self._ask(opened, wards[at], nth, day)
            if nth % 8 == 7:
                relief.decline(need=need, by=self.by, on=day)
                continue
            given = day + timedelta(1 + nth % 3)
            relief.set_aside(need=need, depot=depots[at], secret=f"{21000000 + nth}", by=self.by, on=day)
            relief.hand_out(depot=depots[at], secret=f"{21000000 + nth}", by=self.by, on=given, at=_at(given))
        relief.end(emergency=opened, by=self.by, on=last)
        privacy.erase(kind="relief", of=_by_its_own_day, by=organisations.clock(), on=last + relief.KEPT)

    def _flood(self) -> None:
        wards = [organisations.unit(ward.code) for ward, _police, _civil in self.pairs[:2]]
        if not wards:
            return
        day = shift(self.today, -2, working_calendar())
        opened = self._open(Disaster.FLOOD, "Triều cường, ngập sâu", wards, day)
        depot = self._depot(opened, wards[0], "Nhà văn hoá phường (mô phỏng)", day)
        for nth in range(6):
            need = self._ask(opened, wards[nth % len(wards)], 100 + nth, day)
            if nth < 3:
                relief.set_aside(need=need, depot=depot, secret=f"{31000000 + nth}", by=self.by, on=day)
            if nth == 0:
                relief.hand_out(depot=depot, secret=f"{31_000_000}", by=self.by, on=self.today, at=_at(self.today))
        relief.offer(
            emergency=opened, ward=wards[0], item=Item.WATER, amount=50, name="Chi hội (mô phỏng)", phone="0900 000 099",
            code=f"{9_000_000_000_000_000}", by=organisations.public(), on=day,
        )  # fmt: skip

    def _open(self, disaster: Disaster, title: str, wards: list[organisations.Unit], day: date) -> Any:
        return relief.open_emergency(
            unit=organisations.unit("CATP"), disaster=disaster, title=title, act_number="00/QĐ (mô phỏng)",
            act_body="Uỷ ban nhân dân Thành phố", act_day=day, wards=wards, by=self.by, on=day,
        )  # fmt: skip

    def _depot(self, opened: Any, ward: organisations.Unit, name: str, day: date) -> Any:
        keeper = opened.areas.get(ward=ward).unit
        depot = relief.set_depot(emergency=opened, unit=keeper, ward=ward, name=name, by=self.by, on=day)
        for item in (Item.FOOD, Item.WATER, Item.MILK):
            relief.stock_up(depot=depot, item=item, amount=120, by=self.by, on=day)
        return depot

    def _ask(self, opened: Any, ward: organisations.Unit, nth: int, day: date) -> Any:
        return relief.ask(
            emergency=opened, ward=ward, wanted={Item.FOOD: 2 + nth % 3, Item.WATER: 1}, name=f"Hộ mô phỏng {nth}",
            phone=f"0900 {nth:06}", address=f"Nhà mô phỏng {nth}", heads=2 + nth % 5, code=f"{21_0000_0000_0000 + nth:016}",
            channel=(Channel.ONLINE, Channel.PHONE, Channel.COUNTER)[nth % 3], by=self.by, on=day,
        )  # fmt: skip


def _by_its_own_day(*, before: date, but: frozenset[int], by: Any, on: date) -> list[int]:
    return relief.erase_ended(by=by, on=on)


def _at(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(9)))
