"""What the applicant of a dossier is told: what has happened, what comes next, until when; in words that need no office."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import words
from gandan.faces.pages.pieces import Moment, Words
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.kinds import Kind
from gandan.work.dossiers.queries import Happened, HeldDossier

# What an applicant is told of. What isn't here happens inside the office.
SENTENCES: dict[str, tuple[Words, str]] = {
    Kind.DOSSIER_RECEIVED: (gettext_lazy("Cơ quan đã nhận hồ sơ của Ông/Bà."), "kept"),
    Kind.DOSSIER_REGISTERED: (gettext_lazy("Ông/Bà đã gửi hồ sơ trực tuyến."), ""),
    Kind.DOSSIER_REFUSED: (gettext_lazy("Cơ quan không tiếp nhận hồ sơ."), "late"),
    Kind.DOSSIER_STARTED: (gettext_lazy("Cơ quan bắt đầu giải quyết."), ""),
    Kind.DOSSIER_SUPPLEMENT_ASKED: (gettext_lazy("Cơ quan đề nghị Ông/Bà bổ sung giấy tờ. Thời hạn tạm dừng."), "wait"),
    Kind.DOSSIER_SUPPLEMENTED: (gettext_lazy("Giấy tờ đã đủ. Thời hạn tính tiếp."), "kept"),
    Kind.DOSSIER_PAYMENT_ASKED: (gettext_lazy("Cơ quan báo số tiền phải nộp. Thời hạn tạm dừng."), "wait"),
    Kind.DOSSIER_PAID: (gettext_lazy("Đã ghi nhận Ông/Bà nộp tiền. Thời hạn tính tiếp."), "kept"),
    Kind.DOSSIER_TAKEN_BACK: (gettext_lazy("Ông/Bà đã rút hồ sơ trước khi tiếp nhận."), ""),
    Kind.DOSSIER_STOPPED: (gettext_lazy("Cơ quan dừng giải quyết hồ sơ."), "late"),
    Kind.DOSSIER_RETURNED: (gettext_lazy("Ông/Bà đã nhận kết quả."), "kept"),
    Kind.DOSSIER_TAKEN_OVER: (gettext_lazy("Hồ sơ được chuyển đến đơn vị này để giải quyết tiếp."), ""),
    Kind.DOSSIER_FINISHED: (gettext_lazy("Đã có kết quả."), "kept"),
    Kind.DOSSIER_WITHDRAWN: (gettext_lazy("Ông/Bà đã rút hồ sơ."), ""),
    Kind.LETTER_SENT: (gettext_lazy("Cơ quan đã gửi thư xin lỗi và hẹn lại ngày trả."), "late"),
    Kind.RECEIPT_REPLACED: (gettext_lazy("Giấy tiếp nhận được cấp lại; mã QR cũ không còn dùng được."), ""),
    Kind.COLLECTOR_NOTED: (gettext_lazy("Đã ghi người được Ông/Bà uỷ quyền nhận thay."), ""),
    Kind.DELIVERY_WANTED: (gettext_lazy("Ông/Bà chọn nhận kết quả qua bưu điện."), ""),
    Kind.DELIVERY_REDIRECTED: (gettext_lazy("Ông/Bà đổi địa chỉ nhận."), ""),
    Kind.DELIVERY_DROPPED: (gettext_lazy("Ông/Bà chọn nhận kết quả tại quầy."), ""),
    Kind.DELIVERY_HANDED: (gettext_lazy("Kết quả đã giao cho bưu điện."), ""),
    Kind.DELIVERY_FORWARDED: (gettext_lazy("Bưu điện đang chuyển kết quả đi."), ""),
    Kind.DELIVERY_FAILED: (gettext_lazy("Bưu điện đến nhưng không gặp người nhận."), "late"),
    Kind.DELIVERY_DELIVERED: (gettext_lazy("Bưu điện đã phát kết quả."), "kept"),
    Kind.DELIVERY_RETURNED: (gettext_lazy("Bưu điện đã mang kết quả trở lại cơ quan."), "late"),
    Kind.DELIVERY_COLLECTED: (gettext_lazy("Ông/Bà đã nhận kết quả tại quầy."), "kept"),
}


@dataclass(frozen=True)
class NextStep:
    """What comes next, said in one line, with the why below it."""

    what: str
    why: str
    tone: str = ""
    on: date | None = None  # a day for the calendar
    then: str = ""  # what comes after that


def moments(held: HeldDossier) -> tuple[Moment, ...]:
    """Whole sentences, the last first: that is what somebody came to see."""
    told = [step for step in held.shown.timeline if step.kind in SENTENCES and not step.reversed]
    return tuple(reversed([_moment(step) for step in told]))


def _moment(step: Happened) -> Moment:
    sentence, tone = SENTENCES[step.kind]
    return Moment(step.day, sentence, name_of(step.unit), tone=tone)


def next_step(held: HeldDossier, today: date) -> NextStep:
    """What the applicant waits for, or should do."""
    status = str(held.record.status)
    if status in ENDINGS:
        return ENDINGS[status](held)
    if held.record.finished_on is not None:
        return _result(held)
    return _at_work(held, today)


def _at_work(held: HeldDossier, today: date) -> NextStep:
    promised = held.record.due_on
    letter = next((one for one in reversed(held.shown.apologies) if one.new_due_on), None)
    if today <= promised:
        return NextStep(
            _("Hẹn trả kết quả: %(day)s") % {"day": words.weekday(promised)},
            _("Cơ quan đang giải quyết. Ông/Bà chưa phải làm gì thêm."),
            on=promised,
            then=_then_result(held),
        )
    sorry = _("Chúng tôi đã không trả kết quả đúng hẹn ngày %(day)s. Xin lỗi Ông/Bà.") % {"day": words.day(promised)}
    if letter is not None and letter.new_due_on is not None:
        return NextStep(
            _("Hẹn mới: %(day)s") % {"day": words.weekday(letter.new_due_on)},
            sorry,
            "late",
            letter.new_due_on,
            _then_result(held),
        )
    return NextStep(_("Hồ sơ đang quá hẹn"), f"{sorry} " + _("Cơ quan sẽ gửi thư xin lỗi và hẹn lại ngày trả."), "late")


def _then_result(held: HeldDossier) -> str:
    if held.parcel is not None and held.parcel.state in {"wanted", "packed"}:
        return _("Khi có kết quả, cơ quan giao bưu điện mang đến địa chỉ Ông/Bà đã chọn.")
    return _("Khi có kết quả, Ông/Bà đến nhận tại %(unit)s.") % {"unit": name_of(held.shown.row.unit)}


def _result(held: HeldDossier) -> NextStep:
    parcel = held.parcel
    if parcel is None or parcel.state not in PARCELS:
        return NextStep(
            _("Mời Ông/Bà đến nhận kết quả"),
            _("Nơi nhận: %(unit)s. Xin mang giấy tiếp nhận và giấy tờ tuỳ thân.") % {"unit": name_of(held.shown.row.unit)},
        )
    return PARCELS[parcel.state](held)


def _on_its_way(held: HeldDossier) -> NextStep:
    due = held.parcel.due_on if held.parcel else None
    until = _("Chậm nhất %(day)s bưu điện sẽ phát.") % {"day": words.weekday(due)} if due else ""
    number = held.parcel.tracking if held.parcel else ""
    return NextStep(
        _("Kết quả đang trên đường đến Ông/Bà"),
        " ".join(filter(None, (until, _("Mã bưu gửi: %(number)s.") % {"number": number} if number else ""))),
        on=due,
        then=_("Ông/Bà ký nhận với bưu điện; sau đó có thể lấy phiếu góp ý ở đây."),
    )


def _waits_for_post(held: HeldDossier) -> NextStep:
    return NextStep(
        _("Kết quả sắp được giao cho bưu điện"), _("Xin xem lại địa chỉ nhận ở dưới. Còn đổi được đến khi bưu điện nhận.")
    )


def _missed(held: HeldDossier) -> NextStep:
    day = held.parcel.failed_on if held.parcel else None
    return NextStep(
        _("Bưu điện đã đến mà không gặp Ông/Bà"),
        _("Bưu điện đến ngày %(day)s và sẽ phát lại. Xin để ý điện thoại; nếu không phát được, kết quả được mang về cơ quan.")
        % {"day": words.day(day) if day else ""},
        "risk",
    )


def _came_back(held: HeldDossier) -> NextStep:
    return NextStep(
        _("Kết quả đã được mang về cơ quan"),
        _("Mời Ông/Bà đến nhận tại %(unit)s, hoặc chọn gửi lại qua bưu điện ở dưới.") % {"unit": name_of(held.shown.row.unit)},
        "risk",
    )


def _over(held: HeldDossier) -> NextStep:
    return NextStep(_("Ông/Bà đã nhận kết quả"), _("Hồ sơ đã xong. Cảm ơn Ông/Bà."))


def _withdrawn(held: HeldDossier) -> NextStep:
    return NextStep(_("Hồ sơ đã rút"), _("Không còn gì phải làm. Khi cần, Ông/Bà có thể nộp lại."))


def _registered(held: HeldDossier) -> NextStep:
    return NextStep(
        _("Cơ quan đang xem hồ sơ"),
        _("%(unit)s sẽ báo có tiếp nhận hay không. Ngày hẹn trả có khi được tiếp nhận.") % {"unit": name_of(held.shown.row.unit)},
        then=_("Nếu được tiếp nhận, Ông/Bà thấy ngày hẹn trả ở đây, và được báo qua thư điện tử nếu đã ghi."),
    )


def _supplement(held: HeldDossier) -> NextStep:
    asked = held.wait
    papers = "; ".join(str(paper.get("name", "")) for paper in asked.papers) if asked else ""
    until = _("Xin bổ sung trước %(day)s.") % {"day": words.weekday(asked.answer_by)} if asked and asked.answer_by else ""
    return NextStep(
        _("Cần Ông/Bà bổ sung: %(papers)s") % {"papers": papers or _("giấy tờ")},
        " ".join(filter(None, (asked.words if asked else "", until, _("Thời hạn tạm dừng cho đến khi bổ sung đủ.")))),
        "risk",
        asked.answer_by if asked else None,
        _then_runs(),
    )


def _payment(held: HeldDossier) -> NextStep:
    asked = held.wait
    amount = words.number(asked.amount) if asked and asked.amount else ""
    return NextStep(
        _("Cần Ông/Bà nộp %(amount)s đồng") % {"amount": amount},
        " ".join(filter(None, (asked.words if asked else "", _("Thời hạn tạm dừng cho đến khi nộp.")))),
        "risk",
        then=_then_runs(),
    )


def _then_runs() -> str:
    return _("Cơ quan giải quyết tiếp; ngày hẹn lùi đúng số ngày đã dừng.")


def _refused(held: HeldDossier) -> NextStep:
    return NextStep(_("Hồ sơ không được tiếp nhận"), held.last_words or _("Xin hỏi nơi đã nộp để biết lý do."), "late")


def _stopped(held: HeldDossier) -> NextStep:
    return NextStep(_("Cơ quan đã dừng giải quyết hồ sơ"), held.last_words or _("Xin hỏi nơi đã nộp để biết lý do."), "late")


Says = Callable[[HeldDossier], NextStep]
PARCELS: dict[str, Says] = {
    "wanted": _waits_for_post,
    "packed": _waits_for_post,
    "handed": _on_its_way,
    "in_transit": _on_its_way,
    "failed": _missed,
    "returned": _came_back,
    "delivered": _over,
    "collected": _over,
}
ENDINGS: dict[str, Says] = {
    "registered": _registered,
    "supplement": _supplement,
    "payment": _payment,
    "withdrawn": _withdrawn,
    "refused": _refused,
    "stopped": _stopped,
    "returned": _over,
}
