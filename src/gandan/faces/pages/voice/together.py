"""Events that many report at once: grouped by place, time and kind, answered in one act."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gandan.faces.pages import errors, words
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb, State
from gandan.faces.pages.voice import said
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.work.voice import operations, queries
from gandan.work.voice.flow import OUTCOME_WORDS, MissingWords, Outcome


@login_required
def bursts(request: SignedIn) -> HttpResponse:
    """What many report at once, the largest group first; one answer for all of a group as it was seen."""
    wrong, given = "", request.POST
    if request.method == "POST":
        try:
            return _answered(request)
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refused:
            wrong = words.refusal(refused)
    found = queries.bursts_at(request.user, localdate(), timezone.now())
    return render(
        request,
        "voice/bursts.html",
        {
            "crumbs": (Crumb(_("Người dân gửi"), "/voice/"), Crumb(_("Nhiều người cùng báo"))),
            "groups": [
                {
                    "topic": words.named(one.service, one.service_en) or said.kind(one.kind),
                    "row": one,
                    "ids": " ".join(map(str, one.ids)),
                    "key": one.ids[0],
                    "wrong": wrong if given.get("key") == str(one.ids[0]) else "",
                }
                for one in found
            ],
            "wrong": wrong,
            "typed": given,
            "outcomes": [(code.value, _(spoken)) for code, spoken in OUTCOME_WORDS.items()],
            "empty": State(
                _("Không có nhóm nào"),
                _("Khi từ năm người trở lên báo cùng một loại việc ở một phường trong vòng một giờ, nhóm hiện ở đây."),
            ),
        },
        status=422 if wrong else 200,
    )


def _answered(request: SignedIn) -> HttpResponse:
    given = request.POST
    if given.get("outcome") not in set(Outcome):
        raise MissingWords("outcome", _("Xin chọn kết quả."))
    hand: dict[str, Any] = {"by": request.user, "on": localdate(), "at": timezone.now()}
    numbers = [int(one) for one in given.get("ids", "").split() if one.isdigit() and len(one) < 18]
    numbers = queries.readable(numbers, request.user, localdate())
    operations.answer_together(cases=numbers, words=given.get("words", ""), outcome=Outcome(given["outcome"]), **hand)
    many = len(numbers)
    messages.success(request, ngettext("Đã trả lời %(many)d người.", "Đã trả lời %(many)d người.", many) % {"many": many})
    return redirect("voice-bursts")
