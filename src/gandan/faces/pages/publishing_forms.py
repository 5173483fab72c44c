"""The forms in which something is written that everyone will read; a claim and an alert have questions of their own."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import news_words
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.notices.flow import Sort, Why
from gandan.work.notices.operations import AlertText, BadText, ClaimText, SourceText, Text
from gandan.work.notices.queries import Shown
from gandan.work.notices.rules.checking import CHECKLIST, FEWEST_SOURCES

ANSWERS = (("", gettext_lazy("xin trả lời")), ("yes", gettext_lazy("có")), ("no", gettext_lazy("không")))
UNWRITTEN = {"required": gettext_lazy("Phần này chưa viết.")}
NO_DAY = {"required": gettext_lazy("Xin chọn một ngày."), "invalid": gettext_lazy("Ngày này không có trong lịch.")}
NO_ADDRESS = {"invalid": gettext_lazy("Địa chỉ chưa đúng, ví dụ https://dichvucong.gov.vn")}


def line(label: Any, most: int, *, needed: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=needed, help_text=hint, error_messages=UNWRITTEN)


def area(label: Any, *, needed: bool = True, rows: int = 8, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=20_000, required=needed, help_text=hint, widget=forms.Textarea({"rows": rows}),
        error_messages=UNWRITTEN,
    )  # fmt: skip


def day(label: Any, *, needed: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=needed, widget=forms.DateInput({"type": "date"}), error_messages=NO_DAY)


def one_of(label: Any, known: Mapping[Any, Any]) -> forms.ChoiceField:
    """One of those that have words; where there is a tone besides, it is left aside."""
    said = [(one.value, words[0] if isinstance(words, tuple) else words) for one, words in known.items()]
    return forms.ChoiceField(label=label, choices=said)


def link(label: str, nth: int) -> forms.URLField:
    return forms.URLField(
        label=label % {"nth": nth}, required=False, assume_scheme="https", max_length=500, error_messages=NO_ADDRESS
    )


class NoticeForm(forms.Form):
    title = line(gettext_lazy("Tiêu đề"), 160, hint=gettext_lazy("Nói điều chính: ai cần làm gì, khi nào"))
    summary = line(gettext_lazy("Tóm tắt một hai câu"), 400)
    text = area(gettext_lazy("Nội dung"), hint=gettext_lazy("Câu ngắn, chữ thường dùng. Không nêu tên, ảnh, đường dẫn của ai."))
    title_en = line(gettext_lazy("Tiêu đề tiếng Anh"), 160, needed=False)
    summary_en = line(gettext_lazy("Tóm tắt tiếng Anh"), 400, needed=False)
    text_en = area(gettext_lazy("Nội dung tiếng Anh"), needed=False, rows=4)
    audience = forms.ChoiceField(
        label=gettext_lazy("Viết cho"), choices=[(one.value, said) for one, said in news_words.AUDIENCES.items()]
    )
    place = line(
        gettext_lazy("Chỉ về một phường, xã (mã)"), 30, needed=False, hint=gettext_lazy("Để trống nếu về cả nơi đơn vị phụ trách")
    )
    planned_on = day(gettext_lazy("Dự định đăng ngày"))
    until = day(gettext_lazy("Hết giá trị sau ngày"), needed=False)
    email = forms.BooleanField(label=gettext_lazy("Gửi thư cho người đã đăng ký"), required=False)
    feed = forms.BooleanField(label=gettext_lazy("Đưa vào nguồn tin Atom"), required=False)
    poster = forms.BooleanField(label=gettext_lazy("Có tờ dán bảng tin"), required=False)


class CorrectionForm(NoticeForm):
    claim = line(
        gettext_lazy("Điều được nói"), 400, hint=gettext_lazy("Ghi lại bằng lời của mình. Không ghi ai nói, ở trang nào.")
    )
    met = forms.ChoiceField(
        label=gettext_lazy("Thường gặp ở"), choices=[(one.value, said) for one, said in news_words.MET.items()]
    )
    verdict = forms.ChoiceField(
        label=gettext_lazy("Kết luận"), choices=[(one.value, said) for one, (said, _t) in news_words.VERDICTS.items()]
    )
    concerned = line(gettext_lazy("Cơ quan được nói đến (mã)"), 30, needed=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in CHECKLIST:
            self.fields[one.code] = forms.ChoiceField(label=str(news_words.QUESTIONS[one.code]), choices=ANSWERS, required=False)
        for nth in range(1, 4):
            self.fields[f"source_{nth}"] = line(_("Nguồn %(nth)d") % {"nth": nth}, 300, needed=False)
            self.fields[f"address_{nth}"] = link(_("Địa chỉ nguồn %(nth)d"), nth)
            self.fields[f"archived_{nth}"] = link(_("Bản lưu của nguồn %(nth)d"), nth)


class AlertForm(NoticeForm):
    category = forms.ChoiceField(
        label=gettext_lazy("Về"), choices=[(one.value, said) for one, said in news_words.CATEGORIES.items()]
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("Mức"), choices=[(one.value, said) for one, (said, _t) in news_words.SEVERITIES.items()]
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("Khi nào"), choices=[(one.value, said) for one, said in news_words.URGENCIES.items()]
    )
    certainty = forms.ChoiceField(
        label=gettext_lazy("Chắc đến đâu"), choices=[(one.value, said) for one, said in news_words.CERTAINTIES.items()]
    )
    expires_on = day(gettext_lazy("Hết hiệu lực ngày"))
    expires_at = forms.TimeField(label=gettext_lazy("lúc"), widget=forms.TimeInput({"type": "time"}))
    instruction = area(gettext_lazy("Người dân cần làm gì"), rows=4)
    instruction_en = area(gettext_lazy("Cần làm gì, tiếng Anh"), needed=False, rows=3)
    contact = line(gettext_lazy("Gọi ai"), 100, needed=False)
    places = line(gettext_lazy("Các phường, xã (mã, cách nhau bằng dấu phẩy)"), 400, needed=False)
    exercise = forms.BooleanField(label=gettext_lazy("Đây là diễn tập"), required=False)


class ChangeForm(forms.Form):
    """What is out, to be changed where everyone sees it."""

    title = line(gettext_lazy("Tiêu đề"), 160)
    summary = line(gettext_lazy("Tóm tắt một hai câu"), 400)
    text = area(gettext_lazy("Nội dung"))
    verdict = forms.ChoiceField(
        label=gettext_lazy("Kết luận"), choices=[(one.value, said) for one, (said, _t) in news_words.VERDICTS.items()]
    )
    title_en = line(gettext_lazy("Tiêu đề tiếng Anh"), 160, needed=False)
    summary_en = line(gettext_lazy("Tóm tắt tiếng Anh"), 400, needed=False)
    text_en = area(gettext_lazy("Nội dung tiếng Anh"), needed=False, rows=4)
    english_holds = forms.BooleanField(
        label=gettext_lazy("Bản tiếng Anh ở trên nói đúng như bản tiếng Việt mới"), required=False,
        help_text=gettext_lazy("Phần nào đổi mà tiếng Anh chưa viết lại, người đọc tiếng Anh được báo đó là bản cũ."),
    )  # fmt: skip
    why = forms.ChoiceField(
        label=gettext_lazy("Vì sao sửa"),
        choices=[(one.value, said) for one, said in news_words.WHYS.items() if one is not Why.REPLY],
    )
    words = line(gettext_lazy("Nói với người đọc"), 400, hint=gettext_lazy("Sửa điều gì, vì sao. Ai mở trang cũng thấy."))

    def __init__(self, posted: Mapping[str, Any] | None, shown: Shown) -> None:
        record, check = shown.record, shown.check
        names = ("title", "summary", "text", "title_en", "summary_en", "text_en")
        super().__init__(posted, initial={name: getattr(record, name) for name in names} | {"verdict": check and check.verdict})
        if check is None:
            del self.fields["verdict"]
        for name in names[3:]:
            if not getattr(record, name):
                del self.fields[name]
        if not any(name in self.fields for name in names[3:]):
            del self.fields["english_holds"]


class ReplyForm(forms.Form):
    words = area(gettext_lazy("Lời trả lời, nguyên văn"), rows=4)


class WithdrawForm(forms.Form):
    why = line(gettext_lazy("Vì sao rút"), 400, hint=gettext_lazy("Ai mở trang cũng đọc được."))


class SendBackForm(forms.Form):
    why = line(gettext_lazy("Cần sửa gì"), 400)


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=gettext_lazy("Hình"), error_messages={"required": gettext_lazy("Xin chọn một ảnh.")},
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    alt = line(gettext_lazy("Tả hình bằng lời"), 300)


FORMS: dict[Sort, type[NoticeForm]] = {Sort.NOTICE: NoticeForm, Sort.CORRECTION: CorrectionForm, Sort.ALERT: AlertForm}


def form_of(sort: Sort, posted: Mapping[str, Any] | None, shown: Shown | None) -> NoticeForm:
    """Return the form: as it was sent, as it was written before, or empty."""
    return FORMS[sort](posted, initial=_before(shown) if shown else {})


def _before(shown: Shown) -> dict[str, Any]:
    record = shown.record
    names = ("title", "summary", "text", "title_en", "summary_en", "text_en", "audience", "planned_on", "until")
    found = {name: getattr(record, name) for name in names} | {"place": shown.place.code if shown.place else ""}
    found |= {name: name in record.channels for name in ("email", "feed", "poster")}
    if shown.check:
        found |= {"claim": shown.check.claim, "met": shown.check.met, "verdict": shown.check.verdict, **shown.check.answers}
        found["concerned"] = shown.concerned.code if shown.concerned else ""
        for one in shown.sources:
            found |= {
                f"source_{one.position}": one.title,
                f"address_{one.position}": one.address,
                f"archived_{one.position}": one.archived,
            }
    if shown.alert:
        detail = shown.alert
        parts = ("category", "severity", "urgency", "certainty", "instruction", "instruction_en", "contact", "exercise")
        found |= {name: getattr(detail, name) for name in parts}
        found |= {"expires_on": localtime(detail.expires).date(), "expires_at": f"{localtime(detail.expires):%H:%M}"}
        found["places"] = ", ".join(one.code for one in shown.places)
    return found


def text_of(form: NoticeForm, sort: Sort, on: date) -> Text:
    """Return what was written, as the operations take it.

    :raises BadText: if a code is no unit's
    """
    said = form.cleaned_data
    names = ("title", "summary", "text", "title_en", "summary_en", "text_en", "audience", "planned_on", "until")
    channels = ["page", *(name for name in ("email", "feed", "poster") if said[name])]
    return Text(
        **{name: said[name] for name in names}, channels=channels, place=_unit(said["place"], "place"),
        claim=_claim(said, on) if sort is Sort.CORRECTION else None, alert=_alert(said) if sort is Sort.ALERT else None,
    )  # fmt: skip


def _unit(code: str, field: str) -> organisations.Unit | None:
    if not code.strip():
        return None
    try:
        return organisations.unit(code)
    except Refused as refused:
        raise BadText(refused.template, **{**refused.params, "field": field}) from refused


def _claim(said: dict[str, Any], on: date) -> ClaimText:
    sources = [
        SourceText(said[f"source_{nth}"], said[f"address_{nth}"], said[f"archived_{nth}"], on)
        for nth in range(1, FEWEST_SOURCES + 2)
        if said[f"source_{nth}"]
    ]
    answers = {one.code: said[one.code] for one in CHECKLIST}
    return ClaimText(said["claim"], said["met"], said["verdict"], _unit(said["concerned"], "concerned"), answers, sources)


def _alert(said: dict[str, Any]) -> AlertText:
    moment: time = said["expires_at"]
    codes = [code for code in said["places"].split(",") if code.strip()]
    return AlertText(
        category=said["category"], urgency=said["urgency"], severity=said["severity"], certainty=said["certainty"],
        expires=make_aware(datetime.combine(said["expires_on"], moment)), instruction=said["instruction"],
        instruction_en=said["instruction_en"], contact=said["contact"], exercise=said["exercise"],
        places=[unit for code in codes if (unit := _unit(code, "places"))],
    )  # fmt: skip
