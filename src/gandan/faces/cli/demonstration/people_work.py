"""The work with people in the demonstration: 3,000 activities over the wards, 60 models in all states, the conference of 2022.

The same city and the same today give the same work. All of it is simulated; whatever is made is marked so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from django.utils.timezone import make_aware

import gandan.work.community as community_package
from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import shift
from gandan.ground.documents.typesetting import typeset
from gandan.ground.organisations import operations as organisations_done
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.work.community import operations as community
from gandan.work.community.operations import Held
from gandan.work.community.queries import activity, criteria_on, partners_of
from gandan.work.community.rules import Field, Form, Merit, Noting, Side, Topic, read_criteria
from gandan.work.meetings import operations as meetings
from gandan.work.meetings.flow import Came, Item, Part
from gandan.work.meetings.operations import Point
from gandan.work.meetings.rules import Choice

STATION = "CAP-W26743"  # the police of Bến Thành
SEED, ACTIVITIES, MODELS, VISITS = 20220623, 3_000, 60, (3, 31, 65)  # VISITS: of a model, so many days ago
CRITERIA = Path(community_package.__file__).parent / "data" / "criteria.yaml"
CONFERENCE = date(2022, 6, 23)
PLACES = ("Nhà văn hoá khu phố", "Hội trường tổ dân phố", "Trụ sở khu phố", "Sân chung cư khu", "Trường học khu phố")
NAMES = (
    ("Khu phố bình yên", Field.SELF_MANAGED), ("Camera hẻm nhỏ", Field.SELF_MANAGED), ("Tiếng kẻng an ninh", Field.SELF_MANAGED),
    ("Bếp ấm cho người khó khăn", Field.SOCIETY), ("Đường hoa khu phố", Field.SOCIETY), ("Tổ vốn nghĩa tình", Field.ECONOMY),
    ("Chợ sạch, cân đúng", Field.ECONOMY), ("Nhà trọ an toàn", Field.SECURITY), ("Tổ phòng cháy liên gia", Field.SECURITY),
    ("Thủ tục tại nhà cho người già yếu", Field.SYSTEM), ("Khu dân cư an toàn", Field.SAFE_AREA),
)  # fmt: skip
RAISED = (
    "Đèn đường đầu hẻm hỏng đã lâu", "Đề nghị hướng dẫn định danh cho người cao tuổi tại khu phố",
    "Xe đậu lấn lối đi vào giờ tan học", "Cần thêm buổi phổ biến cách nhận ra lừa đảo qua điện thoại",
)  # fmt: skip
IDEAS = (
    "Hẹn giờ qua loa khu phố", "Bản đồ hẻm cho xe chữa cháy", "Tủ hồ sơ mẫu tại nhà văn hoá", "Lịch thủ tục lưu động",
)  # fmt: skip
PAPERS = {
    "Báo cáo kết quả phối hợp 2016–2021": (
        "Số liệu của sáu năm ở báo cáo tổng kết, kèm mã đối chiếu của sổ cái; tài liệu này chỉ nêu việc cần bàn.",
        "1. Hồ sơ nộp trực tuyến và trả qua bưu điện tăng đều; thư xin lỗi còn chậm ở một số đơn vị.",
        "2. Mô hình tự quản chưa đều giữa các quận, huyện; cần tiêu chí chung và đánh giá của hai bên.",
    ),
    "Dự thảo chương trình phối hợp 2022–2026": (
        "1. Hai bên giao ban mỗi quý; kết luận có người làm và có hạn, xem lại ở buổi sau.",
        "2. Diễn đàn “Công an lắng nghe ý kiến Nhân dân” ở mỗi phường, xã, ít nhất một lần mỗi năm.",
        "3. Mỗi hồ sơ trễ hạn có thư xin lỗi; số thư được công khai.",
    ),
    "Ý kiến các quận, huyện": (
        "1. Đề nghị thêm diễn đàn tại khu phố, vào buổi tối để người đi làm dự được.",
        "2. Đề nghị đo kết quả bằng số việc trả lời đúng hạn, không bằng số buổi.",
    ),
}


YEAR = timedelta(365)


class PeopleWork:
    """What was done with people until today, through the product's own operations."""

    def __init__(self, today: date) -> None:
        self.today, self.by = today, organisations.importer()
        self.rng = Random(SEED)  # noqa: S311  # a simulation, not a secret
        self.city = organisations.unit("79")
        wards = [one for one in organisations.children(self.city.pk, Line.ADMINISTRATION, today) if one.kind is UnitKind.WARD]
        self.stations = [found for ward in wards if (found := self._station(ward, today)) is not None]

    def _station(self, ward: organisations.UnitRow, day: date) -> tuple[organisations.UnitRow, organisations.UnitRow] | None:
        below = organisations.children(ward.id, Line.ADMINISTRATION, day)
        return next(((one, ward) for one in below if one.kind is UnitKind.STATION), None)

    def live_through(self) -> None:
        self.activities()
        self.models()
        self.ideas()
        self.conference()

    # ── Activities ──

    def activities(self) -> None:
        partners = {unit.id: [row.id for row in partners_of(unit.id, self.today)] for unit, _ward in self.stations}
        held = [self._held(nth, partners) for nth in range(ACTIVITIES)]
        made = community.bring_in_activities(held=held, by=self.by, on=self.today, go_live=self.today)
        calendar = working_calendar()
        for nth, number in enumerate(made[: 4 * len(RAISED)]):
            day = shift(self.today, -12 + nth % 10, calendar)
            point = community.raise_point(
                activity=number, words=RAISED[nth % len(RAISED)], due_on=shift(day, 5, calendar), by=self.by, on=day
            )
            if nth % 3 == 0:
                community.answer_point(point=point, answer="Đã làm xong và báo lại tại khu phố.", by=self.by, on=self.today)

    def _held(self, nth: int, partners: dict[int, list[int]]) -> Held:
        unit, ward = self.stations[self.rng.randrange(len(self.stations))]
        since = max(unit.founded_on, self.today - timedelta(700))
        day = self.today - timedelta(self.rng.randrange(max(1, (self.today - since).days)))
        form = self.rng.choice(list(Form))
        place = f"{self.rng.choice(PLACES)} {1 + nth % 24}"
        topic = Topic.WELFARE if form is Form.SUPPORT else self.rng.choice(list(Topic))
        other = self.rng.choice(partners[unit.id]) if partners[unit.id] and self.rng.random() < 0.6 else None
        return Held(unit.id, ward.id, other, Noting(form, day, place, topic, "", self.rng.randrange(8, 160)))

    def noted_twice(self) -> None:
        """Two officers noted one forum, one of them without network: it waits to be shown side by side and made one."""
        unit, head = organisations.unit(STATION), organisations.person("truongbenthanh")
        day = max(self.today - timedelta(1), unit.founded_on)
        hand: dict[str, Any] = {"unit": unit, "on": self.today, "key": "demonstration"}
        noting = Noting(Form.FORUM, day, "Nhà văn hoá khu phố 3", Topic.SAFETY, "", 64)
        community.note(noting=noting, by=organisations.person("benthanh"), **hand)
        other = community.note(noting=replace(noting, place="NVH KP 3", count=60), by=head, offline=True, **hand)
        if not activity(other.pk, head, self.today).points:
            due = shift(self.today, 5, working_calendar())
            community.raise_point(activity=other, words=RAISED[0], due_on=due, by=head, on=self.today)

    # ── Models ──

    def models(self) -> None:
        rows = read_criteria(CRITERIA.read_text("utf-8"))
        community.load_criteria(rows=rows, unit=self.city, by=self.by, on=self.today)
        for nth in range(MODELS):
            unit, _ward = self.stations[(nth * 7) % len(self.stations)]
            name, field = NAMES[nth % len(NAMES)]
            self._model(nth, unit, f"{name} {1 + nth // len(NAMES)}", field)
        community.lapse_due(by=self.by, on=self.today)

    def _model(self, nth: int, row: organisations.UnitRow, name: str, field: Field) -> None:
        unit, since = organisations.unit(row.code), max(row.founded_on, self.today - timedelta(480))
        partner = next((organisations.unit(one.code) for one in partners_of(row.id, self.today)), None)
        made = community.register(
            unit=unit, field=field, name=name, summary="Bà con cùng bàn, cùng làm, cùng giữ.", partner=partner, by=self.by,
            on=since + timedelta(nth % 20),
        )  # fmt: skip
        state, day = nth % 6, since + timedelta(60)
        if state == 0:
            return  # just registered
        self._assess(made.pk, field, day, upto=1 if state == 1 else 3, low=state == 2)
        if state == 2:
            community.decline(model=made.pk, by=self.by, on=day)
        if state >= 3:
            recognised = self.today - timedelta(400) if state == 3 and since <= self.today - timedelta(420) else day
            self._recognise(made.pk, max(recognised, day))
        if state > 3 and day + YEAR <= self.today:
            again = day + YEAR - timedelta(12)
            self._assess(made.pk, field, again, upto=3, low=False)
            self._recognise(made.pk, again)
        if state == 3 and (nth % 4 == 3 or max(recognised, day) + YEAR >= self.today):
            community.lapse(model=made.pk, why="closed", by=self.by, on=self.today)  # the others lapse as their year is over
        if state == 4:
            self._publish(made.pk, unit, nth)
        if state >= 4:
            self._visits(made.pk, unit)
        if state == 5:
            other, _ward = self.stations[(nth * 7 + 3) % len(self.stations)]
            community.replicate(origin=made.pk, unit=organisations.unit(other.code), name=name, by=self.by, on=self.today)

    def _recognise(self, model: int, day: date) -> None:
        community.recognise(model=model, by=self.by, on=day, at=_noon(day))

    def _assess(self, model: int, field: Field, day: date, *, upto: int, low: bool) -> None:
        items = criteria_on(field, day)
        given = {item.code: self.rng.randrange(82, 99) for item in items}
        community.assess_self(model=model, scores=given, remark="Làm đều, dân tham gia đông.", by=self.by, on=day)
        for side in (Side.POLICE, Side.CIVIL)[: upto - 1]:
            scores = {code: 55 if low else points - 2 for code, points in given.items()}
            community.assess(model=model, side=side, scores=scores, by=self.by, on=day)

    def _visits(self, model: int, unit: organisations.Unit) -> None:
        for ago in VISITS:
            day = max(unit.founded_on, self.today - timedelta(ago))
            noting = Noting(Form.VISIT, day, f"{PLACES[ago % len(PLACES)]} {ago}", Topic.SAFETY, "", 12 + ago, model)
            community.note(unit=unit, noting=noting, by=self.by, on=self.today)

    def _publish(self, model: int, unit: organisations.Unit, nth: int) -> None:
        story = "Mỗi tối, bà con thay nhau đi một vòng khu phố, nhắc nhau khoá cửa, tắt bếp. Từ khi làm, hẻm sáng và yên hơn."
        community.tell(model=model, story=story, publisher=unit, by=self.by, on=self.today)
        name = ("Tổ dân phố", "Chi hội phụ nữ", "Đoàn thanh niên khu phố")[nth % 3]
        community.join(model=model, name=name, as_organisation=True, own_word=True, by=self.by, on=self.today)

    # ── Initiatives and commendations ──

    def ideas(self) -> None:
        for nth, title in enumerate(IDEAS):
            (row, _ward), (other, _there) = (self.stations[(nth * 11 + step) % len(self.stations)] for step in (0, 5))
            unit = organisations.unit(row.code)
            since = self.today - timedelta(40)
            made = community.propose(unit=unit, title=title, summary="Bớt đi lại, bớt chờ.", by=self.by, on=since)
            if nth == 0:
                continue
            community.try_out(initiative=made.pk, result="Giảm chờ, dân hài lòng.", by=self.by, on=self.today - timedelta(20))
            if nth > 1:
                community.recognise_initiative(initiative=made.pk, by=self.by, on=self.today - timedelta(5))
                community.copy(initiative=made.pk, unit=organisations.unit(other.code), by=self.by, on=self.today)
                reason = f"Sáng kiến “{title}”"
                community.commend(
                    unit=unit, merit=Merit.COLLECTIVE, name="Tổ cảnh sát khu vực", reason=reason, by=self.by, on=self.today
                )

    # ── The closing conference of 2016–2021, with the signing of 2022–2026 as its last point ──

    def conference(self) -> None:
        chair, secretary, member = self._staff()
        police = organisations.unit("CATP")
        made = meetings.plan(
            unit=police, title="Hội nghị tổng kết chương trình phối hợp 2016–2021, ký kết giai đoạn 2022–2026",
            series="Chương trình phối hợp", partner=self._civil(), starts_at=_at(CONFERENCE, 8), ends_at=_at(CONFERENCE, 11),
            place="Hội trường Công an Thành phố", chair=chair, secretary=secretary, agenda=self._agenda(police), by=self.by,
            on=CONFERENCE - timedelta(14),
        )  # fmt: skip
        meetings.invite(meeting=made, people=[member], part=Part.MEMBER, by=self.by, on=CONFERENCE - timedelta(14))
        for title, lines in PAPERS.items():
            content = BytesIO(_paper(title, lines, CONFERENCE))
            meetings.put_paper(
                meeting=made, title=title, source=content, name="tai-lieu.pdf", by=self.by, on=CONFERENCE - timedelta(7),
                at=_at(CONFERENCE - timedelta(7), 9),
            )  # fmt: skip
        for person in (chair, secretary, member):
            how = Came.REMOTE if person == member else Came.LIST
            meetings.note_present(meeting=made, person=person, how=how, by=self.by, on=CONFERENCE, at=_at(CONFERENCE, 8))
        meetings.open_meeting(meeting=made, by=self.by, on=CONFERENCE)
        self._held_conference(made, chair, secretary, member, police)

    def _held_conference(self, made: Any, chair: Any, secretary: Any, member: Any, police: Any) -> None:
        day = CONFERENCE
        for item, said in zip(made.agenda.order_by("position"), MINUTES, strict=True):
            meetings.write_minutes(section=item.section, text=said, base=0, by=secretary, on=day, at=_at(day, 10))
        vote = meetings.open_vote(
            meeting=made, question="Thông qua dự thảo chương trình 2022–2026", by=chair, on=day, at=_at(day, 10)
        )
        for person in (chair, secretary, member):
            meetings.cast(vote=vote, choice=Choice.YES, by=person, on=day)
        meetings.close_vote(vote=vote, by=chair, on=day, at=_at(day, 10))
        for nth, (text, days) in enumerate(CONCLUSIONS):
            conclusion = meetings.conclude(
                meeting=made, text=text, owner=police, due_on=day + timedelta(days), programme="2022-2026", by=secretary, on=day
            )
            if nth < 2:
                late = timedelta(20 * nth - 10)
                meetings.carry_out(
                    conclusion=conclusion,
                    outcome="Đã làm xong, có báo cáo kèm theo.",
                    by=self.by,
                    on=day + timedelta(days) + late,
                )
        signing = made.agenda.get(kind=Item.SIGNING.value)
        meetings.sign(item=signing, by=chair, on=day)
        meetings.close_meeting(meeting=made, guests=180, by=chair, on=day)

    def _agenda(self, police: organisations.Unit) -> Sequence[Point]:
        return (
            Point("Báo cáo kết quả giai đoạn 2016–2021", Item.REPORT, 40, police),
            Point("Thảo luận, ý kiến các quận, huyện", Item.DISCUSSION, 60),
            Point("Thông qua dự thảo chương trình 2022–2026", Item.VOTE, 20),
            Point("Ký kết chương trình phối hợp 2022–2026", Item.SIGNING, 20, police, "2022-2026"),
        )

    def _civil(self) -> organisations.Unit:
        heads = organisations.children(None, Line.CIVIL, CONFERENCE)
        return organisations.unit(heads[0].code)

    def _staff(self) -> Iterator[Any]:
        """Chair, secretary and a member of that day; they were enrolled for it."""
        since = date(2020, 1, 1)
        for username, name, role in STAFF:
            try:
                yield organisations.person(username)
            except organisations.UnknownPerson:
                yield organisations_done.enrol(
                    username=username,
                    name=name,
                    unit=organisations.unit("CATP"),
                    role=role,
                    line=Line.POLICE,
                    by=self.by,
                    on=since,
                )


STAFF = (
    ("chutri2022", "Trịnh Quang Vinh", Role.UNIT_HEAD),
    ("thuky2022", "Mai Thanh Thuý", Role.SPECIALIST),
    ("donvi2022", "Cao Hữu Phước", Role.SPECIALIST),
)
MINUTES = (
    "Báo cáo nêu kết quả sáu năm phối hợp.\nHội nghị nghe số liệu về hồ sơ, thư xin lỗi, mô hình tự quản.",
    "Các quận, huyện đề nghị thêm diễn đàn lắng nghe Nhân dân tại khu phố.\nThống nhất đo kết quả bằng số việc trả lời đúng hẹn.",
    "Biểu quyết thông qua dự thảo.",
    "Đại diện hai bên ký chương trình phối hợp giai đoạn 2022–2026.",
)
CONCLUSIONS = (
    ("Ban hành kế hoạch thực hiện chương trình 2022–2026", 45),
    ("Rà soát thư xin lỗi còn chậm ở các đơn vị", 60),
    ("Nhân rộng mô hình tự quản ra các phường còn lại", 180),
)


def _at(day: date, hour: int) -> datetime:
    return make_aware(datetime.combine(day, time(hour)))


def _noon(day: date) -> datetime:
    return _at(day, 12)


def _paper(title: str, lines: Sequence[str], day: date) -> bytes:
    """A paper of one page: what is to be talked about; the figures are in the programme's own report."""
    return typeset(
        "meeting",
        {
            "made_at": _noon(day).isoformat(), "office": "Công an Thành phố", "partner": "", "title": title,
            "when": f"{day:%d/%m/%Y}", "place": "", "simulated": True, "agenda": [], "papers": [], "lines": lines,
        },
    )  # fmt: skip
