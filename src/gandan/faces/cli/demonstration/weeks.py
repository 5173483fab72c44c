"""The latest weeks at two counters, lived through the real operations: what the pages of counter, post and clock show.

The same city and the same today give the same weeks. All of it is simulated, as the years before are.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils.timezone import make_aware

from gandan.faces.cli.demonstration.people import names
from gandan.faces.cli.demonstration.years import IDENTITY, PASSPORT
from gandan.ground.calendar.queries import working_calendar
from gandan.ground.organisations import queries as organisations
from gandan.work.dossiers import operations as dossiers
from gandan.work.dossiers import queries
from gandan.work.dossiers.rules.ratings import Answers

SEED = 20261120
COUNTERS = (("PA08-1", PASSPORT), ("CAP-W26743", IDENTITY))
ROUNDS = 3  # so many times each life, at each counter
PAST = 18  # working days that are looked back
PHOTO = [{"name": "Ảnh chân dung 4×6", "original": 2}]
ASKED = "Ảnh nộp kèm không đúng quy cách; xin nộp lại ảnh nền trắng."
SAID = ("Cán bộ hướng dẫn kỹ, làm nhanh.", "Chờ ít, nói năng nhẹ nhàng.", "Nhận kết quả tại nhà rất tiện.")
WISHED = ("Nên có thêm ghế chờ.", "Giấy hướng dẫn nên viết chữ to hơn.")

Life = Callable[["Weeks", Any, Sequence[date]], None]


class Weeks:
    """Two counters, and the days that are left until today."""

    def __init__(self, today: date) -> None:
        self._today, self._by = today, organisations.importer()
        self._rng = Random(SEED)  # noqa: S311  # a simulation, not a secret
        self._opinions = Random(SEED)  # noqa: S311  # apart, so that the lives are the same with and without them
        calendar = working_calendar()
        days: list[date] = []
        day = today
        while len(days) <= PAST:
            if calendar.is_working(day):
                days.append(day)
            day -= timedelta(days=1)
        self._days = days[::-1]
        self._to_post: dict[str, list[int]] = {}

    def live(self) -> int:
        """Live through the weeks, and return how many dossiers there were."""
        count = 0
        for code, procedure in COUNTERS:
            unit = organisations.unit(code)
            people = names(self._rng, ROUNDS * len(LIVES))
            for nth, applicant in enumerate(people):
                start = self._rng.randrange(0, 8)
                LIVES[nth % len(LIVES)](self, (unit, procedure, applicant), self._days[start:])
                count += 1
        return count

    def receive(self, who: Any, on: date, *, by_post: bool = False) -> Any:
        unit, procedure, applicant = who
        made = dossiers.receive(procedure=procedure, unit=unit, applicant=applicant, by=self._by, on=on, by_post=by_post)
        number = self._rng.randrange(10_000_000)
        dossiers.note_contact(
            dossier=made, phone=f"090{number:07}", email=f"nguoinop{number}@example.org",
            address=f"{self._rng.randrange(1, 400)} Lê Lợi, phường Bến Thành", by=self._by, on=on,
        )  # fmt: skip
        return made

    def online(self, who: Any, on: date) -> Any:
        unit, procedure, applicant = who
        return dossiers.register(procedure=procedure, unit=unit, applicant=applicant, by=self._by, on=on)

    def finished(self, who: Any, days: Sequence[date], *, by_post: bool = False) -> Any:
        made = self.receive(who, days[0], by_post=by_post)
        dossiers.start(dossier=made, by=self._by, on=days[1])
        dossiers.finish(dossier=made, by=self._by, on=days[5])
        return made

    def handed(self, who: Any, days: Sequence[date]) -> Any:
        """Let a result go to the post by a list that both sides have signed; return its parcel."""
        unit = who[0]
        made = self.finished(who, days, by_post=True)
        waiting = [one for one in queries.waiting_parcels(unit.pk, self._by, days[5]) if one.number == made.number]
        ids = [one.id for one in waiting]
        partner = organisations.unit(queries.partners(days[6])[0].code)
        manifest = dossiers.pack(unit=unit, partner=partner, deliveries=ids, by=self._by, on=days[6])
        at = make_aware(datetime.combine(days[6], time(15)))
        dossiers.sign_for_office(manifest=manifest, by=self._by, on=days[6], at=at)
        dossiers.sign_for_post(manifest=manifest, by=self._by, on=days[6], at=at, name="Bưu tá mô phỏng")
        return ids[0]

    def rated(self, made: Any, on: date) -> None:
        """Let who has the result use their ticket; nine of ten are content."""
        if on > self._today:
            return
        token = f"{self._opinions.getrandbits(64):016x}"
        dossiers.take_ticket(dossier=made, receipt=None, token=token, by=self._by, on=on)
        content = self._opinions.random() < 0.9
        courtesy, clarity, overall = (self._opinions.choice((4, 5, 5) if content else (3, 3, 4)) for _question in range(3))
        words = self._opinions.choice(SAID if content else WISHED) if self._opinions.random() < 0.5 else ""
        dossiers.rate(token=token, answers=Answers(courtesy, clarity, overall, words), by=organisations.public(), on=on)

    @property
    def by(self) -> Any:
        return self._by

    @property
    def today(self) -> date:
        return self._today


def _returned(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    made = weeks.finished(who, days)
    dossiers.return_result(dossier=made, how="counter", by=weeks.by, on=days[6])
    weeks.rated(made, days[7])


def _waits_for_the_post(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    weeks.finished(who, days, by_post=True)


def _delivered(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    parcel = dossiers.deliver(delivery=weeks.handed(who, days), by=weeks.by, on=days[8])
    weeks.rated(parcel.dossier, days[9])


def _failed(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    dossiers.fail(delivery=weeks.handed(who, days), by=weeks.by, on=days[8])


def _came_back(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    parcel = weeks.handed(who, days)
    dossiers.fail(delivery=parcel, by=weeks.by, on=days[7])
    dossiers.return_to_office(delivery=parcel, by=weeks.by, on=days[9])


def _on_its_way(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    weeks.handed(who, days)


def _supplemented(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    made = weeks.receive(who, days[0])
    dossiers.ask_supplement(dossier=made, papers=PHOTO, words=ASKED, by=weeks.by, on=days[2])
    dossiers.supplemented(dossier=made, by=weeks.by, on=days[5])
    dossiers.finish(dossier=made, by=weeks.by, on=days[8])
    weeks.rated(made, days[9])


def _waits_for_papers(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    made = weeks.receive(who, days[0])
    dossiers.ask_supplement(dossier=made, papers=PHOTO, words=ASKED, by=weeks.by, on=days[3])


def _paid(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    made = weeks.receive(who, days[-3])
    dossiers.ask_payment(dossier=made, amount=200_000, words="Lệ phí theo biểu phí.", by=weeks.by, on=days[-3])
    dossiers.paid(dossier=made, by=weeks.by, on=days[-2])


def _waits_for_money(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    made = weeks.receive(who, days[-2])
    dossiers.ask_payment(dossier=made, amount=200_000, words="Lệ phí theo biểu phí.", by=weeks.by, on=days[-1])


def _sent_online(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    weeks.online(who, days[-1])


def _refused_online(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    made = weeks.online(who, days[-4])
    words = "Thiếu tờ khai; xin nộp lại kèm tờ khai theo mẫu."
    dossiers.refuse(dossier=made, why="incomplete", words=words, by=weeks.by, on=days[-3])


def _taken_in_online(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    made = weeks.online(who, days[-5])
    dossiers.take_in(dossier=made, by=weeks.by, on=days[-4])
    dossiers.start(dossier=made, by=weeks.by, on=days[-3])


def _stopped(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    made = weeks.receive(who, days[0])
    dossiers.stop(dossier=made, why="not_supplemented", words="Quá hạn bổ sung.", by=weeks.by, on=days[7])


def _withdrawn(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    dossiers.withdraw(dossier=weeks.receive(who, days[2]), by=weeks.by, on=days[4])


def _late_with_a_letter_owed(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    made = weeks.receive(who, days[0])
    dossiers.start(dossier=made, by=weeks.by, on=days[1])
    if made.due_on < weeks.today:
        dossiers.owe_apology(dossier=made, by=weeks.by, on=weeks.today)


def _begun_today(weeks: Weeks, who: Any, days: Sequence[date]) -> None:
    weeks.receive(who, days[-1])


LIVES: tuple[Life, ...] = (
    _returned, _waits_for_the_post, _delivered, _failed, _came_back, _on_its_way, _supplemented, _waits_for_papers, _paid,
    _waits_for_money, _sent_online, _refused_online, _taken_in_online, _stopped, _withdrawn, _late_with_a_letter_owed,
    _begun_today,
)  # fmt: skip


def live_through(today: date) -> int:
    """Live through the latest weeks, all of them or none, and count what was said of them."""
    lived = Weeks(today).live()
    dossiers.record_ratings(by=organisations.clock(), on=today)
    return lived
