"""What is asked of somebody who reports a thing to be handed over. Nothing is required: a guess helps."""

from collections.abc import Mapping, Sequence
from typing import Any

WHAT, HOW = "what", "how"
# What people call it, and whether it is left where it is.
LOOKS: tuple[tuple[str, str, str, bool], ...] = (
    ("gun", "Súng, kể cả tự chế", "A gun, home-made too", False),
    ("ammunition", "Đạn", "Ammunition", True),
    ("bomb", "Bom, mìn, lựu đạn, đạn pháo", "A bomb, mine, grenade or shell", True),
    ("explosive", "Thuốc nổ, kíp nổ, pháo nổ", "Explosive, detonator, firecrackers", True),
    ("blade", "Dao, kiếm, nỏ…", "A knife, sword, crossbow…", False),
    ("support", "Roi điện, bình xịt, dùi cui…", "A stun baton, spray, truncheon…", False),
    ("unknown", "Không rõ là gì", "I don't know what it is", True),
)
STAYS = {key: words for key, words, _english, stays in LOOKS if stays}
QUESTIONS: Sequence[Mapping[str, Any]] = (
    {
        "code": WHAT, "asks": "multivaluelist", "words": "Trông giống loại nào (đoán cũng được)",
        "words_en": "What it looks like (a guess will do)",
        "values": [{"key": key, "words": words, "words_en": english} for key, words, english, _stays in LOOKS],
    },
    {
        "code": HOW, "asks": "singlevaluelist", "words": "Ông/Bà muốn", "words_en": "You would like",
        "hint": "Vật có thể nổ thì công an luôn đến tận nơi.", "hint_en": "For what may explode the police always come.",
        "values": [
            {"key": "collect", "words": "Công an đến lấy", "words_en": "the police to come for it"},
            {"key": "bring", "words": "Tự mang đến, theo giờ hẹn", "words_en": "to bring it, at a time appointed"},
            {"key": "ask", "words": "Hỏi trước đã", "words_en": "to ask first"},
        ],
    },
    {"code": "when", "asks": "string", "words": "Giờ nào tiện", "words_en": "What time suits"},
)  # fmt: skip


def said_to_explode(answers: Mapping[str, Any]) -> str:
    """Return what the giver speaks of that may explode; empty if nothing."""
    given = answers.get(WHAT) or []
    return next((STAYS[one] for one in ([given] if isinstance(given, str) else given) if one in STAYS), "")
