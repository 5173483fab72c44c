"""English that is of an earlier edition: said to be so, on the page, in lists, and in what programs read."""

import re

from gandan.work.notices.flow import Sort, Why
from gandan.work.notices.models import Issued, Publication
from gandan.work.notices.operations import change, withdraw
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock as held_clock
from tests.notices.conftest import AT, out, storm, text

IN_ENGLISH = {"title_en": "Identity cards on Saturday", "summary_en": "At the house of culture.", "text_en": "From 8 to 11."}


def said(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_english_of_an_earlier_edition_is_never_told_as_what_holds(desk_of_news, client):
    made = out(desk_of_news, said=text(**IN_ENGLISH))
    editor, here = signed_in(desk_of_news.editor), f"/publishing/{made.pk}/change/"
    sent = {"title": made.title, "summary": made.summary, "text": "Từ 7 giờ.", **IN_ENGLISH, "why": "our_error"}
    unsaid = editor.post(here, sent | {"words": ""})
    assert (unsaid.status_code, "Từ 7 giờ." in unsaid.content.decode()) == (422, True), "what was typed stays"
    assert 'id="c-wrong_words"' in unsaid.content.decode(), "what is missing is said beside its field"

    assert "Bản tiếng Anh còn là bản cũ" in said(editor.post(here, sent | {"words": "Ghi nhầm giờ."}, follow=True))
    page = client.get(f"/en/public/news/{made.pk}/").content.decode()
    assert "Identity cards on Saturday" in page, "nothing of this has changed"
    assert '<div class="prose" lang="vi"><p>Từ 7 giờ.' in page
    assert "The English before the change" in page
    assert "no English yet" in page

    editor.post(here, sent | {"text_en": "From 7 to 11.", "words": "Thêm tiếng Anh."})
    page = client.get(f"/en/public/news/{made.pk}/").content.decode()
    assert '<div class="prose"><p>From 7 to 11.' in page
    assert "no English yet" not in page
    assert "From 8 to 11." in page, "the first edition as it was"

    nothing = editor.post(here, sent | {"text_en": "From 7 to 11.", "words": "x"})
    assert (nothing.status_code, "Chưa đổi gì" in said(nothing)) == (409, True)
    editor.post(here, sent | {"text": "Từ 7 đến 11 giờ.", "text_en": "From 7 to 11.", "words": "Rõ hơn.", "english_holds": "on"})
    assert Publication.objects.get().outdated_en == []


def test_an_alert_in_english_is_not_sent_again_as_it_was(desk_of_news):
    made = out(desk_of_news, Sort.ALERT, storm(desk_of_news.cast))
    change(publication=made, why=Why.UPDATED, words="Mưa to hơn.", text="Trên 150 mm.", by=desk_of_news.editor, on=TODAY, at=AT)
    withdraw(publication=made, why="Hết mưa.", by=desk_of_news.editor, on=TODAY, at=AT)

    first, second, last = (one.content for one in Issued.objects.order_by("sent"))
    assert "More than 100 mm" in first
    assert "en-US" not in second
    assert "This alert was taken back" in last
    assert "More than 100 mm" not in last
