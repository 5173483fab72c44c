"""Democracy at the grassroots in the demonstration: what hangs and what is late, a text in discussion, votes open and decided."""

from datetime import date, timedelta

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import shift
from gandan.ground.organisations import queries as people
from gandan.work.democracy import operations
from gandan.work.democracy.flow import WhyHidden
from gandan.work.democracy.rules.counting import Choice
from gandan.work.democracy.rules.dated import Place

WARD, BODY, FRONT = "W26743", "BTGDVTU", "MTTQ"
WRITER, EDITOR = "dangbai", "duyetbai"
PAGE = "https://phuong.example/cong-khai"
DUTIES = (  # what, its rule, how many days ago, which places
    ("Dự toán ngân sách phường năm tới", "budget", 40, ("page", "board")),
    ("Lịch tiếp công dân quý này", "reception", 12, ("page", "board")),
    ("Khoản đóng góp sửa hẻm 47 và việc sử dụng", "contribution", 24, ("board",)),
    ("Kết quả giải quyết ý kiến cử tri tháng trước", "results", 15, ()),
    ("Danh mục phí, lệ phí mới", "fees", 3, ("page",)),
)
TEXT = (
    "Phố đi bộ mở từ 18 giờ đến 23 giờ thứ Bảy và Chủ nhật.\n\n"
    "Xe của người dân trong phố ra vào bằng lối hẻm 12, có phù hiệu do phường cấp, không thu tiền.\n\n"
    "Hàng quán bày trong vạch sơn. Loa không quá 55 đề-xi-ben sau 22 giờ."
)
COMMENTS = (
    (1, "Xin đóng lúc 22 giờ để người già và trẻ nhỏ còn ngủ."), (1, "Nên mở thêm tối thứ Sáu cho quán nhỏ có khách."),
    (2, "Hẻm 12 hẹp, xe cứu thương vào bằng lối nào?"), (2, "Phù hiệu nên cấp cả cho người thuê nhà."),
    (3, "Ai đo tiếng ồn, gọi số nào khi quá ồn?"),
)  # fmt: skip
ROLL = "\n".join(f"{nth}/47 đường Lê Thị Riêng" for nth in range(1, 43))


def decide_together(*, today: date) -> int:
    """Publish, ask and vote as the last weeks would have; return how many duties, texts and votes there are."""
    _duties(today)
    _asked(today, "Quy định phố đi bộ cuối tuần", opened=5, answered=False)
    _asked(today, "Giờ đổ rác và nơi tập kết", opened=33, answered=True)
    _vote(today, "common", "Đặt tên hẻm 47 là hẻm Bình An", begun=9, lasts=14, given=23)
    _vote(today, "head", "Bầu trưởng khu phố 3", begun=20, lasts=10, given=39)
    operations.count_ballots(by=people.clock(), on=today)
    return len(DUTIES) + 4


def _duties(today: date) -> None:
    unit, area, by = people.unit(BODY), people.unit(WARD), people.person(WRITER)
    calendar = working_calendar()
    for title, rule, ago, places in DUTIES:
        day = max(shift(today, -ago, calendar), unit.founded_on, area.founded_on)
        duty = operations.declare(unit=unit, area=area, rule=rule, title=title, born_on=day, by=by, on=max(day, _since(today)))
        for place in places:
            operations.prove(
                duty=duty, place=Place(place), posted_on=min(max(day + timedelta(2), _since(today)), today),
                address=f"{PAGE}/{rule}", by=by, on=today,
            )  # fmt: skip


def _since(today: date) -> date:
    return today - timedelta(29)  # who writes has been there for so long


def _asked(today: date, title: str, *, opened: int, answered: bool) -> None:
    writer, editor, by = people.person(WRITER), people.person(EDITOR), people.importer()
    day = today - timedelta(min(opened, 29))
    asked = operations.write_consultation(
        unit=people.unit(BODY), area=people.unit(WARD), rule="draft", title=title, text=TEXT, by=writer, on=day,
        lead="Giờ giấc và chỗ để xe còn sửa được; việc có mở hay không đã quyết.",
    )  # fmt: skip
    operations.open_consultation(consultation=asked, by=editor, on=day)
    for nth, (position, words) in enumerate(COMMENTS):
        code = f"{asked.pk:08}{nth:08}"
        made = operations.comment(
            consultation=asked, position=position, words=words, code=code, by=people.public(), on=day + timedelta(1)
        )
        if nth == len(COMMENTS) - 1 and not answered:
            continue  # waits for its moderator
        if nth == 3:
            operations.hide_comment(comment=made, why=WhyHidden.NAMES_SOMEONE, by=by, on=day + timedelta(2))
        else:
            operations.show_comment(comment=made, words=words, by=by, on=day + timedelta(2))
    if answered:
        answers = {1: "Giữ giờ mở, đóng lúc 22 giờ.", 2: "Xe cứu thương vào bằng đường chính.", 3: "Gọi trực ban phường."}
        operations.answer_consultation(
            consultation=asked, summary="Năm góp ý; tiếp thu về giờ đóng, nói rõ lối xe cứu thương và nơi báo tiếng ồn.",
            answers=answers, by=editor, on=day + timedelta(20),
        )  # fmt: skip


def _vote(today: date, rule: str, title: str, *, begun: int, lasts: int, given: int) -> None:
    by, day = people.importer(), today - timedelta(begun)
    poll = operations.prepare_poll(
        unit=people.unit(FRONT), area=people.unit(WARD), neighbourhood="Khu phố 3", rule=rule, title=title,
        question=f"{title}: hộ Ông/Bà có đồng ý không?", closes_on=day + timedelta(lasts), by=by, on=day,
    )  # fmt: skip
    operations.set_roll(poll=poll, roll=ROLL, by=by, on=day)
    codes = operations.open_poll(poll=poll, by=by, on=day)
    for nth, (_number, code) in enumerate(codes[:given]):
        choice = Choice.AGAINST if nth % 6 == 5 else Choice.NEITHER if nth % 11 == 10 else Choice.FOR
        operations.vote(poll=poll, code=code, choice=choice, by=people.public(), on=day + timedelta(1 + nth % (lasts - 1)))
    if day + timedelta(lasts) < today:
        operations.close_poll(poll=poll, by=by, on=day + timedelta(lasts + 1))
