"""The database folds words as we do, so that a search finds the same whoever looks."""

import unicodedata

from django.db import connection

from gandan.ground.ledger.folding import Folded, having
from gandan.ground.vietnam.text import words_of
from gandan.work.community.models import CommunityModel
from gandan.work.voice.models import Case

TEXTS = (
    "Đường Hồ Xuân Hương, phường Bến Thành", "NGÕ HẺM 47/12-A (đêm)", "thuở hoà, hòa; kỹ – kĩ", "  \nƯỚC QUÁ  ",
    unicodedata.normalize("NFD", "Nghiêng ngả điện ngập"), "",
)  # fmt: skip


def test_the_database_folds_as_we_do(db):
    asked = f"SELECT {', '.join([Folded.template % {'expressions': '%s::text'}] * len(TEXTS))}"
    with connection.cursor() as cursor:
        cursor.execute(asked, TEXTS)
        assert [one.split() for one in cursor.fetchone()] == [words_of(text) for text in TEXTS]


def test_what_is_looked_for_is_what_the_index_holds(db):
    published = CommunityModel.objects.annotate(folded=Folded("name"))
    shown = Case.objects.annotate(folded=Folded("shown_words"))
    for found, index in ((published, "model_published_words"), (shown, "case_shown_words")):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_expr(indexprs, indrelid) FROM pg_index WHERE indexrelid = %s::regclass", [index])
            (held,) = cursor.fetchone()
        assert held in found.filter(having("duong")).explain()
