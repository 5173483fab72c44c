"""The call of the demonstration, “Không gian văn hóa Hồ Chí Minh”: ideas, groups that people confirmed, answers, supports."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from gandan.ground.organisations import queries as people
from gandan.ground.vietnam.text import fold
from gandan.work.voice import operations
from gandan.work.voice.flow import WhyHidden
from gandan.work.voice.operations.ideas.calls import CallWords
from gandan.work.voice.queries import ideas as queries
from gandan.work.voice.rules.comments import About
from gandan.work.voice.rules.ideas.flow import Decision

SAID = Path(__file__).parent / "ideas.txt"  # blocks are groups; see docs/decisions/ideas-that-say-the-same.md
OPEN_FOR, LEFT = 45, 25  # days that the call has been open, and that are left
CALLING = ("BTGDVTU", "79")  # tried in turn; the first that stands
OTHERWISE = ("Theo tôi: {}", "Kính đề nghị: {}", "{} Mong sớm làm.", "Nhà tôi cũng mong vậy: {}")
CALL = CallWords(
    title="Không gian văn hóa Hồ Chí Minh",
    theme="Làm gì để học và làm theo Bác trở thành nếp sống ở khu phố, trường học, trụ sở, nơi công cộng của Thành phố?",
    decides="Công an Thành phố cùng bên dân vận chọn việc làm trước; việc cần kinh phí do Ủy ban nhân dân quyết định.",
    becomes="Ý giống nhau vào một nhóm. Mỗi nhóm được trả lời công khai trong 20 ngày làm việc; việc làm được có ngày hẹn.",
    title_en="The Ho Chi Minh cultural space",
    theme_en="What would make learning from Uncle Ho a part of life in neighbourhoods, schools, offices and public places?",
)
ANSWERS = {
    Decision.TAKEN_UP: "Chúng tôi làm việc này ở năm phường trước, rồi mở rộng. Mốc việc và ngày hẹn ghi bên dưới.",
    Decision.PARTLY: "Làm được phần không cần kinh phí trong năm nay; phần còn lại đưa vào kế hoạch năm sau.",
    Decision.STUDIED: "Việc này liên quan nhiều cơ quan; chúng tôi đang hỏi ý kiến và sẽ trả lời tiếp.",
    Decision.EXISTS: "Việc này đã có ở một số nơi; danh sách và giờ mở cửa có tại nhà văn hóa phường.",
    Decision.NOT_TAKEN: "Chưa làm được vì không đủ chỗ và người trông coi; cảm ơn Ông/Bà đã nêu.",
}
COMMENTS = (
    "Kêu gọi rõ ràng, mong trả lời đúng hẹn.", "Lần trước góp ý không thấy trả lời, lần này có ngày hẹn thì tốt.",
    "Nên kéo dài thêm một tháng cho bà con ở xa biết.", "Khu tôi chưa nghe ai phổ biến.",
)  # fmt: skip


def think(*, today: date) -> int:
    """Have people send ideas, and hands that sort, show, answer and support them; return how many ideas were sent."""
    rng, by, nobody = Random(190), people.importer(), people.public()  # noqa: S311  a play, and the same one each time
    first = today - timedelta(days=OPEN_FOR)
    unit = next(people.unit(code) for code in CALLING if _stands(code, today))
    drafted = operations.draft_call(
        unit=unit,
        decider=people.unit("CATP"),
        words=CALL,
        opens_on=first,
        closes_on=today + timedelta(days=LEFT),
        by=by,
        on=first,
    )
    call = operations.open_call(call=drafted, by=by, on=first)
    shown: list[int] = []
    texts = _texts(rng)
    for number, text in enumerate(texts):
        day = first + timedelta(days=1 + number * 20 // len(texts))
        written = operations.write_idea(
            call=call, code=f"{190_0000_0000_0000 + number:016}", words=text, public=rng.random() < 0.95, by=nobody, on=day
        )
        idea = operations.send_idea(idea=written, by=nobody, on=day)
        if idea.showing == "waiting" and number % 60 == 59:
            operations.hide_idea(idea=idea, why=WhyHidden.NAMES_SOMEONE, by=by, on=day)
        elif idea.showing == "waiting" and rng.random() < 0.95:
            operations.show_idea(idea=idea, words=text, by=by, on=day)
            shown.append(idea.pk)
    _sort(call.pk, first + timedelta(days=22), today, rng)
    for number in range(400):  # more for what came first; nobody twice
        target = shown[min(int(rng.expovariate(0.05)), len(shown) - 1)]
        operations.support(voter=f"demonstration {number}", idea=target, by=nobody, on=today - timedelta(days=1 + number % 18))
    operations.count_supports(by=people.clock(), on=today)
    for number, words in enumerate(COMMENTS):
        said = operations.say_under(
            about=About.CALL,
            number=call.pk,
            unit=unit,
            words=words,
            code=f"{191_0000_0000_0000 + number:016}",
            by=nobody,
            on=today,
        )
        if number < len(COMMENTS) - 1:
            operations.show_comment(comment=said.pk, words=words, by=by, on=today)
        else:
            operations.hide_comment(comment=said.pk, why=WhyHidden.NOT_A_REPORT, by=by, on=today)
    return len(texts)


def _sort(call: int, day: date, today: date, rng: Random) -> None:
    """Confirm most of what the night proposes, answer most of that; leave the rest to whoever looks."""
    by = people.importer()
    found = queries.clusters(call)
    texts = queries.words_of_ideas([number for cluster in found for number in cluster])
    for number, cluster in enumerate(found[:-4]):
        fullest = min((texts[one] for one in cluster), key=lambda text: (sum(map(str.isascii, text)) / len(text), len(text)))
        name = fullest.rstrip(".").removeprefix("Theo tôi: ")[:120]
        group = operations.confirm_group(call=call, ideas=cluster, name=name, by=by, on=day)
        if number % 5 == 4:
            continue
        decision = rng.choice(list(Decision))
        answered = min(day + timedelta(days=rng.choice((3, 6, 10, 14))), today)
        operations.answer_group(group=group, words=ANSWERS[decision], decision=decision, by=by, on=answered)
        if decision in {Decision.TAKEN_UP, Decision.PARTLY}:
            due = today + timedelta(days=rng.choice((-3, 10, 60)))
            step = operations.set_milestone(
                group=group, words="Làm thử ở năm phường", due_on=max(due, answered), by=by, on=answered
            )
            if due < today:
                operations.reach_milestone(
                    milestone=step, result="Đã làm ở năm phường, người dân khen.", by=by, on=max(due, answered)
                )
    operations.propose_groups(call=call, clusters=queries.clusters(call), by=people.clock(), on=today)


def _texts(rng: Random) -> list[str]:
    """Return each idea as it stands, and most of them a second time in somebody else's way."""
    lines = [line for block in SAID.read_text(encoding="utf-8").split("\n\n")[1:] for line in block.strip().splitlines()]
    again = [rng.choice(OTHERWISE).format(line) for line in lines if rng.random() < 0.7]
    texts = lines + [fold(one) if rng.random() < 0.2 else one for one in again]
    rng.shuffle(texts)
    return texts


def _stands(code: str, day: date) -> bool:
    try:
        people.unit_on(code, day)
    except (people.UnknownUnit, people.NotStanding):
        return False
    return True
