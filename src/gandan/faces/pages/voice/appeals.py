"""Appeals against cases that were set aside as abuse: decided by who did not set them aside."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import errors, words
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb, State
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.work.voice import operations, queries


@login_required
def appeals(request: SignedIn) -> HttpResponse:
    """What waits for a second look: the words as they came, why they were set aside, what the sender says."""
    wrong, given = "", request.POST
    if request.method == "POST" and given.get("case", "").isdigit():
        try:
            operations.decide_appeal(
                case=int(given["case"]), uphold=given.get("do") != "take_back", by=request.user, on=localdate(), at=timezone.now()
            )
            messages.success(request, _("Đã quyết định; người gửi được báo."))
            return redirect("voice-appeals")
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refused:
            wrong = words.refusal(refused)
    return render(
        request,
        "voice/appeals.html",
        {
            "crumbs": (Crumb(_("Người dân gửi"), "/voice/"), Crumb(_("Đề nghị xét lại"))),
            "appeals": queries.appeals(request.user, localdate()),
            "wrong": wrong,
            "empty": State(
                _("Không có đề nghị nào"),
                _("Việc bị loại mà người gửi không đồng ý sẽ hiện ở đây."),
                icon="circle-check",
                kind="good",
            ),
        },
        status=422 if wrong else 200,
    )
