"""Finding everything public by its words, with or without marks."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from itertools import islice, pairwise
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.faces.pages import community_words, news, public, roof, words
from gandan.faces.pages.democracy import public as public_democracy
from gandan.faces.pages.marks import Words
from gandan.faces.pages.pieces import Crumb, State
from gandan.faces.pages.public import Way, there
from gandan.faces.pages.units import name_of
from gandan.faces.pages.voice import idea_words, said
from gandan.faces.pages.voice.sending import standing_row
from gandan.ground.ledger.taking_back import sign
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.ground.vietnam.text import words_of
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.releases.rules import OPEN
from gandan.results.reports import queries as reports
from gandan.work.community import queries as community
from gandan.work.democracy import queries as democracy
from gandan.work.dossiers import queries as dossiers
from gandan.work.dossiers.rules.numbers import NUMBER, official
from gandan.work.notices import queries as notices
from gandan.work.notices.flow import Sort
from gandan.work.relief import queries as relief
from gandan.work.voice import queries as voice
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.queries import ideas

AT_MOST, LISTED_FOR, MOST_LISTS = 12, 30.0, 100

# What is found by its words, though the home page doesn't lead to it.
ALSO: tuple[tuple[str, str, Words, Words], ...] = (
    ("public-models", "users", gettext_lazy("Mô hình cộng đồng"),
     gettext_lazy("Cách làm hay ở khu phố: dân vận khéo, tự quản, khu dân cư an toàn.")),
    ("public-news", "inbox", gettext_lazy("Tin"), gettext_lazy("Thông báo, đính chính của các cơ quan.")),
    ("public-alerts", "alert-triangle", gettext_lazy("Cảnh báo"),
     gettext_lazy("Mưa bão, ngập, cháy: cảnh báo đang có hiệu lực.")),
    ("public-subscribe", "mail", gettext_lazy("Nhận tin qua thư điện tử"), gettext_lazy("Đăng ký, thôi nhận, email.")),
    ("public-method", "shield-check", gettext_lazy("Cách kiểm tra tin, lỗi của chúng tôi"),
     gettext_lazy("Thang đánh giá, câu hỏi phải trả lời, những lần đã sửa sai.")),
    ("public-relief", "users", gettext_lazy("Cứu trợ"), gettext_lazy("Xin hỗ trợ, hay góp giúp người khác.")),
    ("public-voice-shown", "inbox", gettext_lazy("Việc người dân đã phản ánh"),
     gettext_lazy("Ai xử lý, đến đâu, đã trả lời gì.")),
    ("public-voice-mine", "inbox", gettext_lazy("Xem lại việc đã gửi"), gettext_lazy("Bằng mã biên nhận.")),
    ("public-booking-code", "calendar", gettext_lazy("Đổi, huỷ giờ hẹn đến quầy"), gettext_lazy("Bằng mã của lượt hẹn.")),
    ("public-resume", "file-text", gettext_lazy("Viết tiếp hồ sơ đang dở"), gettext_lazy("Hồ sơ trực tuyến chưa gửi.")),
    ("public-verify", "shield-check", gettext_lazy("Kiểm tra giấy tờ có chữ ký số"),
     gettext_lazy("Ai ký, có bị sửa sau khi ký không.")),
    ("public-reports", "file-text", gettext_lazy("Báo cáo đã công bố"), gettext_lazy("Báo cáo hai bên đã ký.")),
    ("public-dictionary", "chart-line", gettext_lazy("Tải số liệu mở"), gettext_lazy("CSV, XLSX, JSON, từ điển dữ liệu.")),
    ("public-offline", "history", gettext_lazy("Khi không có mạng"), gettext_lazy("Viết để gửi sau, xem hồ sơ đã giữ.")),
    ("privacy-register", "lock", gettext_lazy("Dữ liệu của Ông/Bà ở đây"), gettext_lazy("Giữ gì, vì sao, đến khi nào thì xoá.")),
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    words: Words
    found: tuple[Way, ...]


Source = Callable[[str, date], Iterator[Way]]
Listed = tuple[tuple[Way, tuple[str, ...]], ...]
_lists: dict[tuple[str, str | None, date, str], tuple[float, Listed]] = {}


def _drawn_up(ways: Callable[[date], Iterator[Way]]) -> Source:
    """Find among few things, the same for everyone: their list is drawn up once in a while, and anew after a taking back."""

    def listed(on: date) -> Listed:
        key, now = (ways.__name__, get_language(), on, sign()), time.monotonic()
        until, found = _lists.get(key, (0.0, ()))
        if now >= until:
            found = tuple((way, tuple(words_of(f"{way.words} {way.more}"))) for way in ways(on))
            if len(_lists) >= MOST_LISTS:
                _lists.clear()
            _lists[key] = now + min(LISTED_FOR, settings.PAGES_KEPT), found
        return found

    @wraps(ways)
    def source(text: str, on: date) -> Iterator[Way]:
        asked = words_of(text)
        for way, known in listed(on):
            if all(any(word.startswith(part) for word in known) for part in asked):
                yield way

    return source


def _by_number(text: str, on: date) -> Iterator[Way]:
    """Whoever types the number of a dossier goes on to it, and types it only once."""
    number = official(text)
    if NUMBER.match(number):
        href = f"{there('public-lookup')}?{urlencode({'number': number})}"
        yield Way(href, _("Xem hồ sơ %(number)s") % {"number": number}, _("Còn cần 4 số cuối điện thoại đã ghi khi nộp."))


def _procedures(text: str, on: date) -> Iterator[Way]:
    for one in dossiers.online_procedures(on, text):
        yield Way(there("public-procedure", one.code), words.named(one.name, one.name_en), _("Thủ tục nộp trực tuyến"))


def _wards(text: str, on: date) -> Iterator[Way]:
    for one in organisations.find_units(text, line=Line.ADMINISTRATION, limit=60):
        if one.kind == UnitKind.WARD and one.stands_on(on):
            yield Way(there("public-ward", one.code), name_of(one), _("Phường, xã: ai trực, có tin gì"))


def _offices(text: str, on: date) -> Iterator[Way]:
    for one in dossiers.offices_that_book(on, text):
        yield Way(there("public-book-times", one.code), name_of(one), _("Đặt giờ đến quầy"))


def _checked(text: str, on: date) -> Iterator[Way]:
    """What was asked and checked, with its verdict."""
    for one in notices.found(text, {Sort.CORRECTION}):
        if one.check:
            way = news.as_way(one)
            yield replace(way, more=f"{str(news.verdict_on(one.check).word).capitalize()}. {way.more}")


def _news(text: str, on: date) -> Iterator[Way]:
    for one in notices.found(text, set(Sort) - {Sort.CORRECTION}):
        yield news.as_way(one)


def _figures(text: str, on: date) -> Iterator[Way]:
    asked = words_of(text)
    for one in (CATALOGUE[code] for code in OPEN):
        known = words_of(f"{one.name.vi} {one.name.en} {one.definition.vi} {one.definition.en}")
        if (href := there("public-result", one.code)) and all(any(word.startswith(part) for word in known) for part in asked):
            yield Way(href, words.said(one.name), words.said(one.definition))


@_drawn_up
def _pages(on: date) -> Iterator[Way]:
    for rows in (*(rows for _group, rows in roof.COME_FOR), ALSO):
        yield from roof.ways_of(rows)


@_drawn_up
def _decided(on: date) -> Iterator[Way]:
    yield from map(public_democracy.consultation_way, democracy.consultations(on))
    yield from map(public_democracy.poll_way, democracy.polls(on))
    yield from map(public_democracy.duty_way, democracy.overdue_everywhere(on))


def _models(text: str, on: date) -> Iterator[Way]:
    kind = _("Mô hình cộng đồng")
    with override("vi"):  # what they are called is Vietnamese, whatever the page speaks
        kind = f"{kind} {_('Mô hình cộng đồng')}"
    fields = {field: str(said) for field, said in community_words.FIELDS.items()}
    for one in community.stories_saying(text, called=kind, fields=fields, limit=AT_MOST):
        yield Way(there("public-model", one.id), one.name, f"{fields[one.field]} · {name_of(one.area)}")


@_drawn_up
def _services(on: date) -> Iterator[Way]:
    """What can be reported: a lamp, a street. One goes on from there with the one that was found."""
    for one in voice.services_on(on):
        name = words.named(one.name, one.name_en)
        yield Way(f"{there('public-problem')}?{urlencode({'q': name})}", name, words.named(one.about, one.about_en))


def _problems(text: str, on: date) -> Iterator[Way]:
    """What people brought and let be seen; what many said alike is there once."""
    for case, many in voice.shown_saying(text, kinds={kind: said.kind(kind) for kind in CaseKind}, limit=AT_MOST):
        one = standing_row(case)
        others = ngettext("%(words)s (và %(many)d việc giống vậy)", "%(words)s (và %(many)d việc giống vậy)", many - 1)
        more = others % {"words": one["words"], "many": many - 1} if many > 1 else one["words"]
        yield Way(there("public-voice-stands", one["number"]), one["topic"], more)


@_drawn_up
def _receptions(on: date) -> Iterator[Way]:
    for one in voice.receptions(timezone.localtime()):
        if not one.called_off:
            when = f"{name_of(one.unit)}, {words.day(one.day)}"
            yield Way(there("public-reception", one.id), when, f"{one.receiver} · {one.place}")


@_drawn_up
def _calls_for_ideas(on: date) -> Iterator[Way]:
    """Calls, and the groups of ideas that were given to them."""
    for one in ideas.calls(on, limit=50):
        way = Way(there("public-call", one.record.pk), idea_words.title(one), _("Hiến kế"))
        yield way
        for each in ideas.groups_shown(one.id, on):
            yield Way(there("public-idea-group", one.id, each.id), each.name, str(way.words))


@_drawn_up
def _reports(on: date) -> Iterator[Way]:
    for one in reports.published():
        yield Way(there("public-report", one.code), one.title, one.number_line)


@_drawn_up
def _relief_given(on: date) -> Iterator[Way]:
    for one in relief.headings():
        yield Way(there("public-relief"), one.title, _("Cứu trợ: xin giúp, hay góp"))


# Everything public that can be found, part by part; each takes words with or without marks.
SOURCES: tuple[tuple[Words, Source], ...] = (
    (gettext_lazy("Hồ sơ của tôi"), _by_number),
    (gettext_lazy("Tin này có thật không?"), _checked),
    (gettext_lazy("Việc có thể làm"), _pages),
    (gettext_lazy("Phản ánh loại việc này"), _services),
    (gettext_lazy("Tin, cảnh báo"), _news),
    (gettext_lazy("Cứu trợ"), _relief_given),
    (gettext_lazy("Thủ tục"), _procedures),
    (gettext_lazy("Phường, xã"), _wards),
    (gettext_lazy("Quầy tiếp nhận"), _offices),
    (gettext_lazy("Lịch tiếp công dân"), _receptions),
    (gettext_lazy("Dân biết, dân bàn"), _decided),
    (gettext_lazy("Hiến kế"), _calls_for_ideas),
    (gettext_lazy("Mô hình cộng đồng"), _models),
    (gettext_lazy("Việc người dân đã phản ánh"), _problems),
    (gettext_lazy("Số liệu"), _figures),
    (gettext_lazy("Báo cáo đã công bố"), _reports),
)
NEAREST, PAIRS = 6, 8
NEAR = tuple((title, source) for title, source in SOURCES if source in {_checked, _pages, _services, _news, _procedures})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find everything public by its words. What was asked for is kept nowhere."""
    text, on = request.GET.get("q", "").strip()[:100], localdate()
    groups = []
    if words_of(text):
        found = [Found(title, tuple(islice(source(text, on), AT_MOST))) for title, source in SOURCES]
        groups = [group for group in found if group.found] or list(_nearest(text, on))
    empty = None
    if text and not groups:
        empty = State(
            _("Không tìm thấy gì"),
            _("Thử từ ngắn hơn, ví dụ “căn cước”, “phạt nguội”, tên phường. Không cần gõ dấu."),
            icon="search",
            actions=(Crumb(_("Về trang đầu"), there("public-home")),),
        )
    return public.page(request, "public/search.html", {"text": text, "groups": groups, "empty": empty})


def _nearest(text: str, on: date) -> Iterator[Found]:
    """Where nothing has all the words that somebody typed: what has most of their pairs, as a word is often two syllables."""
    asked = words_of(text)
    pairs = [" ".join(pair) for pair in pairwise(asked)][:PAIRS]
    met: Counter[Way] = Counter(way for pair in pairs for _said, source in NEAR for way in islice(source(pair, on), AT_MOST))
    if best := tuple(way for way, _many in met.most_common(NEAREST)):
        yield Found(_("Không có gì đủ các từ ấy; gần nhất là"), best)
