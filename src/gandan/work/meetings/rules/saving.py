"""What a meeting saved, by a formula that everybody can read and reckon after."""

from collections.abc import Iterable
from dataclasses import dataclass

FORMULA = {
    "version": 1,
    "vi": "Trang tiết kiệm = số trang của mỗi tài liệu (bản cuối) nhân số người được mời, nếu cuộc họp không phát giấy. "
    "Lượt đi tiết kiệm = hai lượt (đi và về) cho mỗi người dự từ xa.",
    "en": "Pages saved = the pages of each paper (its last version) times those invited, if none was given out on paper. "
    "Journeys saved = two (there and back) for each who took part from afar.",
}


@dataclass(frozen=True)
class Saved:
    pages: int
    journeys: int


def saved(*, papers: Iterable[int], invited: int, remote: int, paperless: bool) -> Saved:
    """Return pages and journeys saved. `papers` are the pages of each paper."""
    return Saved(sum(papers) * invited if paperless else 0, 2 * remote)
