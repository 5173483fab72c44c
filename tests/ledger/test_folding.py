"""The database folds words as we do, so that a search finds the same whoever looks."""

import unicodedata

from django.db import connection

from gandan.ground.ledger.folding import Folded
from gandan.ground.vietnam.text import words_of

TEXTS = (
    "Đường Hồ Xuân Hương, phường Bến Thành", "NGÕ HẺM 47/12-A (đêm)", "thuở hoà, hòa; kỹ – kĩ", "  \nƯỚC QUÁ  ",
    unicodedata.normalize("NFD", "Nghiêng ngả điện ngập"), "",
)  # fmt: skip


def test_the_database_folds_as_we_do(db):
    asked = f"SELECT {', '.join([Folded.template % {'expressions': '%s::text'}] * len(TEXTS))}"
    with connection.cursor() as cursor:
        cursor.execute(asked, TEXTS)
        assert [one.split() for one in cursor.fetchone()] == [words_of(text) for text in TEXTS]
