"""The roof over all public pages: the home page by what people come for, the page of each ward."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gandan.faces.pages import community_words, errors, news, public, shelf, words
from gandan.faces.pages.democracy import public as public_democracy
from gandan.faces.pages.marks import Words
from gandan.faces.pages.pieces import Crumb, State
from gandan.faces.pages.public import Way, there
from gandan.faces.pages.results import told_of
from gandan.faces.pages.units import name_of
from gandan.ground.calendar.queries import working_calendar
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.ground.vietnam.text import fold, words_of
from gandan.results.releases import queries as releases
from gandan.work.community import queries as community
from gandan.work.democracy import queries as democracy
from gandan.work.dossiers import queries as dossiers
from gandan.work.notices import queries as notices
from gandan.work.relief import queries as relief


@dataclass(frozen=True)
class Group:
    words: Words
    ways: tuple[Way, ...]


# What people come for, by the name of the page; those that an installation doesn't have are left out.
COME_FOR: tuple[tuple[Words, tuple[tuple[str, str, Words, Words], ...]], ...] = (
    (
        "",
        (
            ("public-lookup", "search", gettext_lazy("Hồ sơ của tôi"),
             gettext_lazy("Đang ở bước nào, khi nào có kết quả, đổi cách nhận.")),
            ("public-problem", "alert-triangle", gettext_lazy("Phản ánh một việc"),
             gettext_lazy("Đèn hỏng, mất trật tự, thủ tục: ai xử lý và khi nào có trả lời.")),
            ("public-ask", "question-mark", gettext_lazy("Hỏi"), gettext_lazy("Câu trả lời có người ký và có hẹn ngày.")),
            ("public-truth", "shield-check", gettext_lazy("Tin này có thật không?"),
             gettext_lazy("Tin nhắn phạt nguội, cuộc gọi xưng công an, tin đồn: xem đã kiểm tra chưa.")),
            ("public-hand-over", "lock", gettext_lazy("Giao nộp vũ khí, vật liệu nổ"),
             gettext_lazy("Đừng chạm vào, đừng di chuyển. Có người đến lấy.")),
            ("public-ideas", "pencil", gettext_lazy("Hiến kế"), gettext_lazy("Góp ý tưởng, xem ý tưởng khác đi đến đâu.")),
            ("public-democracy", "users", gettext_lazy("Dân biết, dân bàn"),
             gettext_lazy("Văn bản xin góp ý, việc hộ dân cùng quyết, điều phải công khai.")),
            ("public-receptions", "calendar", gettext_lazy("Lịch tiếp công dân"),
             gettext_lazy("Gặp trực tiếp người có trách nhiệm: ai tiếp, ở đâu, giờ nào còn trống.")),
            ("public-voice", "inbox", gettext_lazy("Khen, tố giác, khiếu nại"),
             gettext_lazy("Và mọi việc khác muốn gửi; xem lại việc đã gửi bằng mã biên nhận.")),
            ("public-wards", "map-pin", gettext_lazy("Phường, xã của tôi"),
             gettext_lazy("Ai trực, gọi số nào, có tin gì, nơi này làm được đến đâu.")),
            ("public-results", "chart-line", gettext_lazy("Kết quả"),
             gettext_lazy("Đã hứa gì, làm được bao nhiêu, chỗ nào còn trễ.")),
        ),
    ),
    (
        gettext_lazy("Làm thủ tục"),
        (
            ("public-submit", "file-text", gettext_lazy("Nộp hồ sơ trực tuyến"),
             gettext_lazy("Viết tại nhà, chụp ảnh giấy tờ, gửi đi. Viết dở có thể viết tiếp sau.")),
            ("public-book", "calendar", gettext_lazy("Đặt giờ đến quầy"),
             gettext_lazy("Chọn giờ trước để khỏi phải chờ; đổi hoặc huỷ bằng mã.")),
            ("public-rate", "ballpen", gettext_lazy("Góp ý bằng phiếu"),
             gettext_lazy("Ba câu hỏi về lần được phục vụ. Không ghi tên, không ai biết phiếu của ai.")),
        ),
    ),
)  # fmt: skip


@require_safe
@shelf.keep(60)
def home(request: HttpRequest) -> HttpResponse:
    groups = [Group(said, tuple(ways_of(rows))) for said, rows in COME_FOR]
    shown = [group for group in groups if group.ways]
    context = {"ways": [*_relief(), *shown], "sealed_channel": settings.TIPS_URL, "news": news.recent()}
    return public.page(request, "public/home.html", context)


def _relief() -> Iterator[Group]:
    """Help, first of all, while an emergency goes on."""
    open_ones = relief.headings()
    if open_ones:
        said = gettext_lazy("Cần giúp, hay muốn góp: bấm vào đây.")
        yield Group("", tuple(Way(there("public-relief"), one.title, said, "alert-triangle") for one in open_ones))


def ways_of(rows: tuple[tuple[str, str, Words, Words], ...]) -> Iterator[Way]:
    for name, icon, said, more in rows:
        if href := there(name):
            yield Way(href, said, more, icon)


@require_safe
@shelf.keep(300)
def wards(request: HttpRequest) -> HttpResponse:
    """All wards and communes; one that is no more leads to those that took it over."""
    text, on = request.GET.get("q", "").strip()[:100], localdate()
    tops = [
        top for top in organisations.children(None, Line.ADMINISTRATION, on) if top.kind in {UnitKind.CITY, UnitKind.PROVINCE}
    ]
    shown = [one for top in tops for one in organisations.children(top.id, Line.ADMINISTRATION, on) if one.kind == UnitKind.WARD]
    formers = []
    if words_of(text):
        found = [one for one in organisations.find_units(text, line=Line.ADMINISTRATION, limit=60) if one.kind == UnitKind.WARD]
        order = [one.id for one in found if one.stands_on(on)]  # the nearest first
        for former in (one for one in found if not one.stands_on(on)):
            heirs = organisations.successors(former.id, on)
            order += [heir.id for heir in heirs]
            of_that_name = all(part in fold(former.name) for part in words_of(text))  # and not of a district of that name
            if of_that_name and any(name_of(heir) != name_of(former) for heir in heirs):
                said = _("%(former)s nay thuộc %(heirs)s.")
                formers.append(said % {"former": name_of(former), "heirs": ", ".join(name_of(heir) for heir in heirs)})
        standing = {one.id: one for one in shown}
        shown = [standing[one] for one in dict.fromkeys(order) if one in standing]
    empty = State(
        _("Không có phường, xã nào tên như vậy"), _("Thử tên ngắn hơn, không cần gõ dấu."), icon="search",
        actions=(Crumb(_("Xem tất cả"), there("public-wards")),),
    )  # fmt: skip
    return public.page(request, "public/wards.html", {"text": text, "wards": shown, "formers": formers[:5], "empty": empty})


@dataclass(frozen=True)
class Section:
    """A part of a ward's page; empty it says why."""

    ident: str
    title: Words
    lines: tuple[Way, ...] = ()
    none: Words = ""
    more_href: str = ""
    more_words: Words = ""
    style: str = ""


class NoWard(Refused):
    """There is no ward of this code, or it is no more."""


@require_safe
@shelf.keep(60)
def ward(request: HttpRequest, code: str) -> HttpResponse:
    """What somebody wants to know of the place where they live."""
    on = localdate()
    try:
        found = organisations.row(organisations.unit_id(code), on)
        if found.kind != UnitKind.WARD or not found.stands_on(on):
            raise NoWard(gettext_noop("Không có phường, xã này, hoặc nay đã mang tên khác. Xin tìm theo tên."))
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Tìm phường, xã"), there("public-wards")),))
    formers = ", ".join(name_of(one) for one in organisations.predecessors(found.id))
    sections = [section(found, on) for section in SECTIONS]
    return public.page(request, "public/ward.html", {"ward": found, "formers": formers, "sections": sections})


def _bodies(ward: organisations.UnitRow, on: date) -> Section:
    bodies = organisations.children(ward.id, Line.ADMINISTRATION, on)
    booked = {one.id for one in dossiers.offices_that_book(on, limit=10_000)}
    lines = tuple(
        Way(there("public-book-times", one.code) if one.id in booked else "", name_of(one),
            _("Đặt giờ đến quầy") if one.id in booked else "")
        for one in bodies
    )  # fmt: skip
    return Section("bodies", _("Cơ quan ở đây"), lines, _("Chưa ghi cơ quan nào."))


def _calls(ward: organisations.UnitRow, on: date) -> Section:
    """Who is on duty and whom to call, body by body."""
    bodies = {one.id: one for one in (ward, *organisations.children(ward.id, Line.ADMINISTRATION, on))}
    lines = tuple(
        Way("", one.what, " · ".join(filter(None, (name_of(bodies[unit]), one.officer, one.hours))), phone=one.phone)
        for unit, numbers in notices.contacts(bodies, on).items()
        for one in numbers
    )
    return Section("calls", _("Ai trực, gọi số nào"), lines, _("Nơi này chưa ghi số gọi. Việc khẩn cấp, xin gọi 113, 114, 115."))


def _told(ward: organisations.UnitRow, on: date) -> Section:
    more = {"more_href": there("public-news"), "more_words": _("Mọi tin")}
    return Section("news", _("Tin của nơi này"), news.recent(ward.id), _("Hai tháng nay không có tin riêng."), **more)


def _duties(ward: organisations.UnitRow, on: date) -> Section:
    """What must be published here: late first, then owed, then what hangs."""
    lines = tuple(public_democracy.duty_way(one) for one in democracy.duties_of({ward.id}, on, limit=8))
    none = _("Chưa ghi nội dung nào phải công khai.")
    return Section("duties", _("Phải công khai ở đây"), lines, none, there("public-democracy"), _("Dân biết, dân bàn"))


def _asked(ward: organisations.UnitRow, on: date) -> Section:
    """What people here are asked about and decide: in the ward and in all that it belongs to."""
    areas = {one.id for one in organisations.path(ward.id, Line.ADMINISTRATION, on)} | {ward.id}
    texts = [public_democracy.consultation_way(one) for one in democracy.consultations(on, areas=areas, limit=4)]
    votes = [public_democracy.poll_way(one) for one in democracy.polls(on, areas={ward.id}, limit=4)]
    return Section("asked", _("Xin ý kiến, hộ dân cùng quyết"), (*texts, *votes), _("Lúc này không có việc nào."))


def _does(ward: organisations.UnitRow, on: date) -> Section:
    """How the ward does, as far as it is told."""
    lines = tuple(
        Way(there("public-result", figure.code), f"{words.said(figure.measure.name)}: {told_of(figure.measure, place)}",
            _period_or_why(figure, told=place.value is not None))
        for figure, place in releases.of_ward(ward.code)
    )  # fmt: skip
    none = _("Chưa công khai số liệu nào.")
    return Section("results", _("Nơi này làm được đến đâu"), lines, none, there("public-results"), _("Kết quả của cả Thành phố"))


def _period_or_why(figure: releases.Figure, *, told: bool) -> str:
    when = {"first": words.day(figure.half), "last": words.day(figure.last)}
    if told:
        return _("%(first)s đến %(last)s") % when
    return _("%(first)s đến %(last)s. Số quá nhỏ: nêu ra có thể lộ một người.") % when


def _good_ways(ward: organisations.UnitRow, on: date) -> Section:
    """What works in the neighbourhoods here, and was recognised."""
    lines = tuple(
        Way(there("public-model", one.id), one.name, str(community_words.FIELDS[one.field]))
        for one in community.stories(area=ward.id, limit=4)
    )  # fmt: skip
    none = _("Chưa có mô hình nào ở đây được công nhận và công khai.")
    return Section("models", _("Mô hình cộng đồng"), lines, none, there("public-models"), _("Mô hình ở mọi nơi"))


def _open_today(ward: organisations.UnitRow, on: date) -> Section:
    worked = working_calendar(ward.id).halves_on(on) > 0
    said = _("Hôm nay, %(day)s, là ngày làm việc.") if worked else _("Hôm nay, %(day)s, là ngày nghỉ; trực ban vẫn nhận tin.")
    return Section("today", _("Hôm nay"), (Way("", said % {"day": words.weekday(on)}),))


SECTIONS: tuple[Callable[[organisations.UnitRow, date], Section], ...] = (
    _open_today, _calls, _does, _told, _duties, _asked, _good_ways, _bodies,
)  # fmt: skip
