"""What people of the demonstration brought in the last weeks: every kind, worked on by the real operations. Nobody is meant."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils.timezone import make_aware

from gandan.ground.organisations import queries as people
from gandan.work.voice import operations, queries
from gandan.work.voice.flow import Channel, Outcome, WhyHidden
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.rules.brought import Brought
from gandan.work.voice.rules.handovers.things import Thing

WARDS = ("W26743", "W26740", "W26737", "W26734")  # tried in turn; those that stand are used
DAYS, OFTEN = 26, 2
REPORTS: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("noise", {"when": "night"}, "Quán đầu hẻm mở loa kéo đến gần nửa đêm, người già không ngủ được.", "hẻm cạnh chợ"),
    ("pavement", {"what": ["goods"]}, "Hàng hoá bày kín vỉa hè, học sinh phải đi xuống lòng đường.", "trước cổng trường"),
    ("traffic-light", {}, "Đèn tín hiệu tắt từ sáng, giờ tan tầm rất lộn xộn.", "ngã tư gần bến xe buýt"),
    ("illegal-parking", {"count": "3"}, "Xe đỗ chắn lối vào hẻm, xe cứu thương khó vào.", "đầu hẻm"),
    ("street-safety", {}, "Đoạn đường thiếu đèn, buổi tối đi bộ không an tâm.", "đoạn qua công viên"),
    ("fire-risk", {"kind-of-place": "housing"}, "Lối thoát hiểm chung cư bị khoá và chất đồ.", "chung cư, cầu thang B"),
    ("scam", {"how": "call"}, "Có người gọi tự xưng công an, đòi chuyển tiền để khỏi bị phạt.", ""),
)
QUESTIONS = (
    "Con tôi đủ 14 tuổi thì làm căn cước ở đâu, cần mang gì?",
    "Tin nhắn báo phạt nguội kèm đường dẫn này có đúng không?",
)
PRAISE = ("Cán bộ trực hôm thứ Bảy hướng dẫn rất tận tình, làm xong trong buổi sáng.",)
CRIMES = ("Xe máy để trước nhà bị bẻ khoá lúc rạng sáng, camera hàng xóm có ghi lại.",)
ARMS = ("Sửa nhà gặp một vật giống đầu đạn cũ, đã rào lại, chưa ai chạm vào.",)
CONDUCT = ("Cán bộ ở quầy trả lời cộc lốc, không giải thích vì sao thiếu giấy tờ.",)


def speak(*, today: date, officers: tuple[people.Person, people.Person] | None = None) -> int:
    """Have people send what they have to say, and desks answer most of it; return how many cases.

    :param officers: who takes in what is handed over at the first of the wards, and who signs beside them
    """
    rng, by, sent = Random(311), people.importer(), 0  # noqa: S311  a play, and the same one each time
    operations.load_services(unit=people.unit("CATP"), by=by, on=today)
    wards = standing_wards(today)
    moderator = by
    for day, brought in _said(rng, wards, today):
        sent += 1
        at = make_aware(datetime.combine(day, time(8 + sent % 9, sent * 7 % 60)))
        case = operations.receive(
            brought=brought, channel=Channel.ONLINE, code=f"{311_0000_0000_0000 + sent:016}", by=people.public(), on=day, at=at
        )
        if case.showing == "waiting" and rng.random() < 0.85:
            if rng.random() < 0.9:
                operations.show(case=case, words=brought.text, by=moderator, on=day, at=at)
            else:
                operations.hide(case=case, why=WhyHidden.NAMES_SOMEONE, by=moderator, on=day, at=at)
        if case.kind == CaseKind.HANDOVER:
            _hand_over(case, day, at, today, *(officers or (people.importer(), people.clock())))
            continue
        answered = day + timedelta(days=rng.choice((1, 2, 4, 7, 20)))
        if answered < today:
            operations.answer(
                case=case, words="Chúng tôi đã kiểm tra và xử lý. Cảm ơn Ông/Bà đã báo.", by=by, on=answered, at=at,
                outcome=rng.choice((Outcome.DONE, Outcome.DONE, Outcome.EXPLAINED)),
            )  # fmt: skip
            if rng.random() < 0.6:
                operations.appraise(case=case, satisfied=rng.random() < 0.8, by=people.public(), on=answered)
    operations.count_appraisals(by=people.clock(), on=today)
    return sent


def _hand_over(case: Any, day: date, at: datetime, today: date, officer: people.Person, second: people.Person) -> None:
    """Appoint, take in before two people and give to the depot what was handed over, as far as there was time."""
    come, later = day + timedelta(days=1), at + timedelta(days=1)
    operations.arrange(
        case=case, collected=True, day=come, begins=time(8), ends=time(9), place="nơi đã báo", by=officer, on=day, at=at,
        words="Hai cán bộ mặc sắc phục đến. Xin đừng chạm vào vật.",
    )  # fmt: skip
    if come > today:
        return
    operations.take_in(
        case=case, things=[Thing("cartridge", "Đầu đạn cũ, vỏ gỉ", "", "1", "rusted", f"NP-{case.pk}")], ground="war",
        place="nơi phát hiện", giver="", giver_address="", circumstances="sửa nhà gặp", by=officer, on=come, at=later,
    )  # fmt: skip
    protocol = operations.witness(case=case, by=second, on=come, at=later)
    given = come + timedelta(days=3)
    if given <= today and (depot := queries.depot()):
        hand: dict[str, Any] = {"on": given, "at": later + timedelta(days=3)}
        link = operations.give(
            protocol=protocol,
            items=[1],
            to=people.unit(depot),
            to_depot=True,
            words="Thùng niêm phong",
            by=people.importer(),
            **hand,
        )
        operations.take(link=link, remarks="Niêm phong còn nguyên", by=people.clock(), **hand)


def _said(rng: Random, wards: list[str], today: date) -> Iterator[tuple[date, Brought]]:
    others = (
        (CaseKind.QUESTION, QUESTIONS), (CaseKind.COMPLIMENT, PRAISE), (CaseKind.CRIME, CRIMES), (CaseKind.HANDOVER, ARMS),
        (CaseKind.CONDUCT, CONDUCT),
    )  # fmt: skip
    for back in range(DAYS, -1, -1):
        day = today - timedelta(days=back)
        for _ in range(OFTEN):
            service, answers, text, place = rng.choice(REPORTS)
            rng.choice(wards)
            yield (
                day,
                Brought(
                    kind=CaseKind.REPORT,
                    text=text,
                    service=service,
                    answers=answers,
                    place=place,
                    ward=rng.choice(wards),
                    public=True,
                ),
            )
        if back % 3 == 0:
            kind, texts = others[back // 3 % len(others)]
            yield day, Brought(
                kind=kind, text=rng.choice(texts), name="Nguyễn Văn Mẫu",
                ward=wards[0] if kind is CaseKind.HANDOVER else rng.choice(wards), concerned=f"CAP-{wards[0]}",
                public=True,
            )  # fmt: skip


def standing_wards(day: date) -> list[str]:
    """Return the wards of the demonstration that stand on a day."""
    return [code for code in WARDS if _stands(code, day)]


def _stands(code: str, day: date) -> bool:
    try:
        people.unit_on(code, day)
    except (people.UnknownUnit, people.NotStanding):
        return False
    return True
