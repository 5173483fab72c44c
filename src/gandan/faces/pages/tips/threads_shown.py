"""How a thread stands on its sender's page: what was said, what is owed and by when."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gandan.work.tips.door import Followed
from gandan.work.tips.rules import Reward, State


def shown(found: Followed, on: date) -> dict[str, Any]:
    return {
        "found": found,
        "said": [_said(one) for one in found.said],
        "state": _state(found, on),
        "granted": found.reward == Reward.GRANTED,
        "paid": found.reward == Reward.PAID,
        "amount": f"{(found.reward_amount or 0) * 1000:,}".replace(",", "."),
        "open": found.state != State.CLOSED,
    }


def _said(one: Any) -> dict[str, Any]:
    return {"mine": one.mine, "day": f"{one.day:%d/%m/%Y}", "text": one.text, "files": one.files, "broken": one.broken}


def _state(found: Followed, on: date) -> dict[str, str]:
    """Say where it stands, and what comes next by which day."""
    if found.state == State.CLOSED:
        return {"words": _("Đã trả lời và khép lại."), "kind": "done"}
    if found.answered_on:
        return {"words": _("Đã trả lời ngày %(day)s.") % {"day": f"{found.answered_on:%d/%m/%Y}"}, "kind": "done"}
    due, what = (
        (found.answer_by, _("Chúng tôi đã đọc. Hẹn trả lời trước hết ngày %(day)s."))
        if found.acknowledged_on
        else (found.acknowledge_by, _("Tin đã tới, chưa có người đọc. Hẹn xác nhận trước hết ngày %(day)s."))
    )
    words = what % {"day": f"{due:%d/%m/%Y}"}
    if due < on:
        return {"words": words, "kind": "late", "late": _("Chúng tôi đã trễ hẹn, và Thanh tra đã được báo. Xin lỗi Ông/Bà.")}
    return {"words": words, "kind": "waits"}
