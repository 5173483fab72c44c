"""Calls for ideas: what is near to what somebody writes, among a hundred thousand; how long and how right the grouping is."""

import random
import statistics
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.db import connection

from bench.kept import filled
from bench.rig import Row, seconds, step
from gandan.ground.organisations.operations import load_city
from gandan.ground.organisations.queries import importer, unit
from gandan.ground.vietnam.text import fold
from gandan.work.voice.models import Call, Idea
from gandan.work.voice.operations import draft_call, open_call
from gandan.work.voice.operations.ideas.calls import CallWords
from gandan.work.voice.queries.ideas import near
from gandan.work.voice.rules.ideas.grouping import groups_of
from gandan.work.voice.rules.ideas.pairs import pairs_of
from tests.voice.labelled import f1, labelled

TODAY = date(2026, 11, 20)
SIZES = {"small": (10_000, 2_000), "full": (100_000, 10_000)}
ASKED = 200
DOING = (
    "mở", "lập", "xây", "trồng", "lắp", "sơn", "dạy", "tổ chức", "đặt", "sửa", "bỏ", "cấm", "thu gom", "khen thưởng", "tuần tra",
    "chiếu", "biểu diễn", "trưng bày", "miễn phí", "hướng dẫn", "vận động", "cho mượn", "kẻ vạch", "giảm giá", "công khai",
)  # fmt: skip
THINGS = (
    "tủ sách", "thư viện", "cây xanh", "camera an ninh", "đèn đường", "lớp học bơi", "lớp đờn ca tài tử", "bảo tàng", "sân bóng",
    "xe buýt", "bãi giữ xe", "thùng rác", "nhà vệ sinh", "tranh tường", "mã QR", "bảng tên đường", "loa phường", "trạm y tế",
    "chợ đêm", "phố đi bộ", "hồ bơi", "vườn rau", "bình chữa cháy", "lối xe lăn", "máy lọc nước", "bến thuyền", "cầu vượt",
    "cổng trường", "sân chơi trẻ em", "ghế đá", "wifi công cộng", "trạm sạc", "làn xe đạp", "nhà trọ công nhân", "quỹ học bổng",
)  # fmt: skip
PLACES = (
    "ở khu phố", "trong hẻm", "gần chợ", "trước cổng trường", "tại nhà văn hóa", "trong công viên", "ven sông", "ở chung cư",
    "quanh di tích", "tại trụ sở phường", "gần bệnh viện", "ở bến xe", "dọc vỉa hè", "khu nhà trọ", "trên đường lớn",
)  # fmt: skip
WHOM = (
    "cho người già", "cho trẻ em", "cho công nhân", "cho học sinh", "cho du khách", "cho người khuyết tật", "cho chị em",
    "cho bà con",
)  # fmt: skip
WHY = (
    "vì buổi tối nguy hiểm", "để ai cũng dùng được", "vì bây giờ xuống cấp quá", "cho đẹp phố phường", "để bớt kẹt xe",
    "vì thiếu từ lâu",
    "để giữ truyền thống", "cho đỡ tốn tiền", "vì mưa là ngập", "để lớp trẻ biết", "cho an toàn", "vì dân hỏi nhiều lần rồi",
)  # fmt: skip
TALK = (
    "tôi đề nghị", "xin", "nên", "theo tôi nên", "mong thành phố", "đề xuất", "kính mong phường", "tui thấy cần", "bà con muốn",
    "hãy",
)  # fmt: skip
SYLLABLES = (
    "an", "bình", "cường", "dũng", "giang", "hạnh", "khánh", "lan", "minh", "ngọc", "phúc", "quang", "sơn", "thảo", "uyên",
    "vinh",
    "xuân", "yến", "tân", "phú", "long", "hòa", "thạnh", "mỹ", "đông", "tây", "trung", "kiên", "hiệp", "lộc", "thới", "trạch",
)  # fmt: skip


def run(size: str) -> Iterator[Row]:
    ideas, grouped = SIZES[size]
    yield from grouping(grouped)
    with filled("ideas", ideas, Path(__file__).read_text(), prepare):
        yield from nearness(ideas)


def invented(many: int, seed: int = 5) -> list[str]:
    """Return ideas as people write them, invented: some thousand things to do, each said by several in their own way."""
    rng = random.Random(seed)
    texts = []
    while len(texts) < many:
        doing, thing, place = rng.choice(DOING), rng.choice(THINGS), rng.choice(PLACES)
        name = f"{rng.choice(SYLLABLES)} {rng.choice(SYLLABLES)}"
        for _ in range(rng.choice((1, 1, 1, 2, 3, 5))):
            parts = [rng.choice(TALK), doing, thing, place, name]
            parts += rng.sample([rng.choice(WHOM), rng.choice(WHY), f"đường số {rng.randint(1, 400)}"], rng.randint(0, 3))
            text = " ".join(parts).capitalize() + "."
            texts.append(fold(text) if rng.random() < 0.2 else text)
    rng.shuffle(texts)
    return texts[:many]


def grouping(many: int) -> Iterator[Row]:
    for name in ("space", "pavement"):
        texts, truth = labelled(name)
        score, *_ = f1(groups_of(texts), truth)
        simpler = max(f1(by_shared_words(texts, least), truth)[0] for least in (0.3, 0.4, 0.5))
        yield Row(f"grouping, F1 over pairs: {name}", round(score, 3), "F1", simpler, "at least 0.80", score >= 0.80)
    texts = [fold(one) for one in invented(many)]
    with step(f"grouping {many} ideas"):
        took = seconds(lambda: groups_of(texts))
    yield Row(f"grouping of {many:,} ideas", round(took, 1), "s", None, "under 60 s", took < 60)


def by_shared_words(texts: list[str], least: float) -> list[list[int]]:
    """The simpler way to hold it against: texts that share so much of their words, with marks, one after another."""
    words = [set(text.lower().split()) for text in texts]
    groups: list[list[int]] = []
    for at, mine in enumerate(words):
        for group in groups:
            its = words[group[0]]
            if len(mine & its) / len(mine | its) >= least:
                group.append(at)
                break
        else:
            groups.append([at])
    return [group for group in groups if len(group) > 1]


def prepare(many: int) -> None:
    """Fill a database with a call and its ideas."""
    by = importer()
    load_city(by=by, on=TODAY)
    said = CallWords("Hiến kế", "Về thành phố", "Thành phố quyết định", "Mỗi nhóm có trả lời")
    last = TODAY + timedelta(days=60)
    call = open_call(
        call=draft_call(unit=unit("79"), decider=unit("79"), words=said, opens_on=TODAY, closes_on=last, by=by, on=TODAY),
        by=by, on=TODAY,
    )  # fmt: skip
    with step(f"{many} ideas"):
        fill(call, invented(many))


def nearness(many: int) -> Iterator[Row]:
    call = Call.objects.get()
    rng, texts = random.Random(9), invented(many)
    asked = [_half_typed(rng.choice(texts), rng) for _ in range(ASKED)]
    for text in asked[:20]:
        near(call.pk, text)
    times = sorted(seconds(lambda text=text: near(call.pk, text)) * 1000 for text in asked)
    found = sum(bool(near(call.pk, text)) for text in asked) / len(asked)
    p95 = times[int(len(times) * 0.95)]
    bare = statistics.median(seconds(lambda text=text: _bare(call.pk, text)) * 1000 for text in asked[:5])
    yield Row(f"near to what is written, of {many:,}: p95", round(p95, 1), "ms", round(bare, 1), "under 80 ms", p95 < 80)
    yield Row("  median", round(times[len(times) // 2], 1), "ms")
    yield Row("  asked in vain", round(1 - found, 3), "share")


def _half_typed(text: str, rng: random.Random) -> str:
    words = text.split()
    return " ".join(words[: max(6, int(len(words) * rng.choice((0.6, 0.8, 1.0))))])


def _bare(call: int, text: str) -> None:
    """What a plain reading of every idea of the call would cost."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM voice_idea WHERE call_id = %s AND showing = 'shown' ORDER BY similarity(search, %s) DESC LIMIT 5",
            [call, fold(text)],
        )
        cursor.fetchall()


def fill(call: Call, texts: list[str]) -> None:
    rows = (
        Idea(
            call=call, receipt=f"{at:064}", words=text, search=fold(text), showing="shown", shown_words=text, begun_on=TODAY,
            sent_on=TODAY,
        )
        for at, text in enumerate(texts)
    )  # fmt: skip
    made = Idea.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor, cursor.copy("COPY voice_ideapair (call_id, pair, idea_id) FROM STDIN") as copy:
        for one in made:
            for pair in pairs_of(one.search):
                copy.write_row((call.pk, pair, one.pk))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE voice_idea, voice_ideapair")
