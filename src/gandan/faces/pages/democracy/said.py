"""What steps, places, choices and reasons of democracy at the grassroots are called on pages."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gandan.faces.pages import words
from gandan.faces.pages.marks import Mark, Words
from gandan.work.democracy.flow import Showing, Stage, Step, Voted, WhyHidden
from gandan.work.democracy.queries import ConsultationRow, DutyRow, PollRow
from gandan.work.democracy.rules.counting import Choice, Outcome
from gandan.work.democracy.rules.dated import Dated, Place, consultation_rules, duty_rules, holding, poll_rules

PLACES: dict[Place, Words] = {
    Place.BOARD: gettext_lazy("bảng tin tại trụ sở"),
    Place.PAGE: gettext_lazy("trang thông tin"),
    Place.SPEAKER: gettext_lazy("loa truyền thanh"),
    Place.HOME: gettext_lazy("nhà văn hoá khu phố"),
}
CHOICES: dict[Choice, Words] = {
    Choice.FOR: gettext_lazy("Đồng ý"),
    Choice.AGAINST: gettext_lazy("Không đồng ý"),
    Choice.NEITHER: gettext_lazy("Để trống"),
}
WHY_HIDDEN: dict[WhyHidden, Words] = {
    WhyHidden.NAMES_SOMEONE: gettext_lazy("nêu tên, địa chỉ, số của một người"),
    WhyHidden.ABUSE: gettext_lazy("lời xúc phạm, quảng cáo"),
    WhyHidden.NOT_ABOUT_IT: gettext_lazy("không nói về văn bản này"),
}
SHOWINGS: dict[Showing, Words] = {
    Showing.WAITING: gettext_lazy("đang chờ bên dân vận xem"),
    Showing.SHOWN: gettext_lazy("đang hiện công khai"),
    Showing.HIDDEN: gettext_lazy("không hiện công khai"),
}
OUTCOMES: dict[Outcome, tuple[Words, str]] = {
    Outcome.CARRIED: (gettext_lazy("đã thông qua"), "kept"),
    Outcome.NOT_CARRIED: (gettext_lazy("không được thông qua"), "wait"),
}
VOTED: dict[Voted, Words] = {Voted.CODE: gettext_lazy("đã bỏ bằng mã"), Voted.PAPER: gettext_lazy("đã nhận phiếu giấy")}


def places(found: Iterable[Place]) -> str:
    return ", ".join(str(PLACES[one]) for one in found)


def rules(known: Iterable[Dated], on: date) -> list[tuple[str, str]]:
    """The rules that hold on a day, to choose from."""
    return [(one.code, words.named(one.name, one.name_en)) for one in holding(known, on)]


def rule_name(read: Callable[[], Sequence[Dated]], code: str) -> str:
    return next((words.named(one.name, one.name_en) for one in read() if one.code == code), code)


def is_verified(read: Callable[[], Sequence[Dated]], code: str) -> bool:
    """Whether every word of a rule was held against the official text. What wasn't says so wherever it is shown."""
    return all(one.verified for one in read() if one.code == code)


def of_duty(row: DutyRow) -> Mark:
    if row.dropped_on:
        return Mark(_("thôi công khai"), "x", "wait")
    if row.open and row.overdue:
        late = (row.on - row.due_on).days
        return Mark(ngettext("quá hạn %(days)d ngày", "quá hạn %(days)d ngày", late) % {"days": late}, "alert-circle", "late")
    if row.open:
        return Mark(_("chưa công khai đủ nơi"), "clock", "open")
    if row.overdue:
        return Mark(_("đã công khai, chậm"), "circle-check", "risk")
    return Mark(_("đang niêm yết") if row.hangs else _("đã công khai đủ ngày"), "circle-check", "kept")


def of_consultation(row: ConsultationRow) -> Mark:
    if row.stage is Stage.DRAFT:
        return Mark(_("bản nháp"), "pencil", "wait")
    if row.stage is Stage.ANSWERED:
        return Mark(_("đã trả lời, chậm") if row.late else _("đã trả lời"), "circle-check", "risk" if row.late else "kept")
    if row.takes_comments:
        return Mark(_("đang nhận góp ý"), "pencil", "open")
    return Mark(_("quá hẹn trả lời"), "alert-circle", "late") if row.late else Mark(_("đang tổng hợp"), "clock", "wait")


def of_poll(row: PollRow) -> Mark:
    if row.step is Step.PREPARED:
        return Mark(_("đang chuẩn bị"), "pencil", "wait")
    if row.step is Step.ANNULLED:
        return Mark(_("đã huỷ"), "x", "late")
    if row.outcome is not None:
        said, tone = OUTCOMES[row.outcome]
        return Mark(said, "circle-check" if tone == "kept" else "x", tone)
    return Mark(_("đang bỏ phiếu"), "ballpen", "open") if row.takes_ballots else Mark(_("đang kiểm phiếu"), "clock", "wait")


def threshold(row: PollRow) -> str:
    """What carries a decision, in words."""
    share = _("quá nửa") if row.share == Fraction(1, 2) and row.over else f"{row.share.numerator}/{row.share.denominator}"
    if row.over:
        return _("%(share)s tổng số hộ đồng ý thì thông qua") % {"share": share}
    return _("từ %(share)s tổng số hộ đồng ý thì thông qua") % {"share": share}


def duty_rule(code: str) -> str:
    return rule_name(duty_rules, code)


def consultation_rule(code: str) -> str:
    return rule_name(consultation_rules, code)


def poll_rule(code: str) -> str:
    return rule_name(poll_rules, code)
