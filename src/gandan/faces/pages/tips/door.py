"""The door's pages: what it is, sending, coming back by receipt, what is protected and what isn't.

No session, no cookie. A form's token stands in its address, so that what has no valid proof is refused before its body is read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path
from time import monotonic, time
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.faces.pages.tips.threads_shown import shown
from gandan.ground.documents.box import clean_in_box
from gandan.ground.ledger.rules import Refused
from gandan.work.tips import door
from gandan.work.tips.rules import About, Pledge, Unproven, grouped, proof
from gandan.work.tips.rules.sealing import LONGEST_TEXT
from gandan.work.tips.vault import Vault

MOST_FILES, MOST_BYTES = 5, 10 * 2**20
BRIEFLY = 5.0  # seconds
ABOUTS = {
    About.CRIME: gettext_lazy("Một vụ phạm tội"),
    About.WANTED: gettext_lazy("Người đang bị truy nã hoặc lẩn trốn"),
    About.DRUGS: gettext_lazy("Ma tuý"),
    About.FRAUD: gettext_lazy("Lừa đảo, cho vay nặng lãi"),
    About.CONDUCT: gettext_lazy("Việc làm sai của cán bộ"),
    About.OTHER: gettext_lazy("Việc khác"),
}
View = Callable[..., HttpResponse]
own: Any = settings  # config/door.py, not config/settings.py


@lru_cache(maxsize=1)
def house() -> door.House:
    """Return the door's own, read once by each process."""
    return door.House(
        pepper=bytes.fromhex(Path(own.TIPS_PEPPER_FILE).read_text().strip()),
        root=own.TIPS_ROOT,
        vault=Vault([Path(copy) for copy in own.TIPS_VAULT]),
        costs=own.TIPS_COSTS,
    )


@lru_cache(maxsize=1)
def gate() -> door.Gate:
    return door.Gate(house().token_secret)


@dataclass(frozen=True)
class Typed:
    """What somebody typed, with what is wrong with it beside each field."""

    text: str = ""
    about: str = ""
    pledge: str = Pledge.ANONYMOUS.value
    identity: str = ""
    evidence: bool = False
    wrong: Mapping[str, str] | None = None

    def of(self, request: HttpRequest) -> "Typed":
        text = str(request.POST.get("text", "")).strip()
        return Typed(
            text=text[: LONGEST_TEXT + 1],
            about=request.POST.get("about", ""),
            pledge=request.POST.get("pledge", Pledge.ANONYMOUS.value),
            identity=str(request.POST.get("identity", "")).strip()[:2000],
            evidence=request.POST.get("evidence") == "on",
        )


def page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page with a fresh token, and with the language kept in its links alone."""
    english = get_language() == "en"
    token, bits = gate().token(time())
    kept = {
        "english": english,
        "keep": "?lang=en" if english else "",
        "token": token,
        "bits": bits,
        "rounds": proof.ROUNDS,
        "begins": proof.seed(token),
        "address": f"?t={token}" + ("&lang=en" if english else ""),
        "ripe": proof.RIPE,
    }
    return render(request, template, kept | dict(context), status=status)


def admitted(template: str, around: Callable[[], Mapping[str, Any]]) -> Callable[[View], View]:
    """Let a form be sent by who has worked or waited; others get it again, with what they must do. Their words aren't read."""

    kept: tuple[float, Mapping[str, Any]] = (0.0, {})

    def briefly() -> Mapping[str, Any]:
        """What stands around a refused form, looked up once for the many that a robot sends in some seconds."""
        nonlocal kept
        if kept[0] < monotonic():
            kept = monotonic() + BRIEFLY, around()
        return kept[1]

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            if request.method != "POST":
                return view(request)
            try:
                once = gate().admit(request.GET.get("t", ""), request.GET.get("p", ""), time())
                door.use(once, localdate())
            except (Unproven, door.AlreadySent):
                return page(request, template, {**briefly(), "again": "unproven"}, status=429)
            except door.Full:
                return page(request, template, {**briefly(), "again": "full"}, status=503)
            return view(request)

        return answer

    return decorate


def offered() -> dict[str, Any]:
    offer = door.offer(house(), localdate())
    return {
        "abouts": [(about.value, ABOUTS[about]) for about in offer.kinds],
        "confidential": offer.confidential,
        "recovery": offer.recovery,
        "typed": Typed(),
        "most": LONGEST_TEXT,
    }


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return page(request, "tips/home.html", offered())


@require_safe
def protection(request: HttpRequest) -> HttpResponse:
    return page(request, "tips/protection.html", offered())


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Lead somewhere harmless at once, and ask the browser to forget what it has of us."""
    response = HttpResponseRedirect(own.TIPS_EXIT)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage", "executionContexts"'
    return response


@admitted("tips/send.html", offered)
def send(request: HttpRequest) -> HttpResponse:
    """Take a tip, and show its receipt: once, here, and nowhere else."""
    around = offered()
    if not around["abouts"]:
        return page(request, "tips/closed.html", around, status=503)
    if request.method != "POST":
        return page(request, "tips/send.html", around)
    typed = Typed().of(request)
    uploads, wrong = _uploads(request, typed.evidence)
    wrong |= _wrong(typed, around)
    if wrong:
        return page(request, "tips/send.html", around | {"typed": typed, "wrong": wrong}, status=422)
    sent = door.send(
        house(),
        about=About(typed.about),
        pledge=Pledge(typed.pledge),
        text=typed.text,
        identity=typed.identity,
        uploads=uploads,
        on=localdate(),
    )
    return page(request, "tips/sent.html", around | {"sent": sent, "receipt": grouped(sent.receipt)})


@admitted("tips/follow.html", dict)
def follow(request: HttpRequest) -> HttpResponse:
    """Show a thread, or take a further message of its sender. Whatever is wrong with a receipt, the answer is the same."""
    if request.method != "POST":
        return page(request, "tips/follow.html", {})
    receipt, step = request.POST.get("receipt", "")[:200], request.POST.get("step", "")
    more: dict[str, Any] = {}
    if step == "claim":
        more["claim"] = grouped(door.withdraw_code(house(), receipt=receipt, on=localdate()) or "")
    if step == "reply":
        found, more = _reply(request, receipt)
    else:
        found = door.follow(house(), receipt=receipt, on=localdate())
    if found is None:
        return page(request, "tips/follow.html", {"wrong": {"receipt": True}}, status=404)
    return page(request, "tips/thread.html", shown(found, localdate()) | {"receipt": receipt, "most": LONGEST_TEXT} | more)


def _reply(request: HttpRequest, receipt: str) -> tuple[door.Followed | None, dict[str, Any]]:
    typed = Typed().of(request)
    uploads, wrong = _uploads(request, typed.evidence)
    wrong |= _wrong_text(typed)
    if not wrong:
        try:
            return door.reply(house(), receipt=receipt, text=typed.text, uploads=uploads, on=localdate()), {"added": True}
        except door.TooMany:
            wrong["text"] = _("Hôm nay Ông/Bà đã viết nhiều lần. Xin viết tiếp vào ngày mai.")
        except door.AlreadySent:
            wrong["text"] = _("Tin này đã gửi rồi.")
    return door.follow(house(), receipt=receipt, on=localdate()), {"typed": typed, "wrong": wrong}


def _wrong_text(typed: Typed) -> dict[str, str]:
    if not typed.text:
        return {"text": _("Xin viết điều Ông/Bà biết.")}
    if len(typed.text) > LONGEST_TEXT:
        return {"text": _("Dài quá. Xin rút gọn, hoặc gửi làm hai lần.")}
    return {}


def _wrong(typed: Typed, around: Mapping[str, Any]) -> dict[str, str]:
    wrong = _wrong_text(typed)
    if typed.about not in {*(value for value, _words in around["abouts"]), About.CANARY.value}:
        wrong["about"] = _("Xin chọn việc này thuộc loại nào.")
    if typed.pledge not in set(Pledge) or (typed.pledge == Pledge.CONFIDENTIAL and not around["confidential"]):
        wrong["pledge"] = _("Xin chọn một trong hai cách.")
    elif typed.pledge == Pledge.CONFIDENTIAL and not typed.identity:
        wrong["identity"] = _("Xin ghi tên hoặc cách liên hệ, hoặc chọn gửi ẩn danh.")
    return wrong


def _uploads(request: HttpRequest, evidence: bool) -> tuple[list[door.Upload], dict[str, str]]:
    """Return the files as they will be kept: cleaned in a box, or untouched because the sender chose so."""
    given = request.FILES.getlist("files")
    if len(given) > MOST_FILES:
        return [], {"files": _("Mỗi lần gửi được %(most)d tệp.") % {"most": MOST_FILES}}
    made = []
    for file in given:
        assert isinstance(file, UploadedFile)
        name, content = file.name or "tep", file.read(MOST_BYTES + 1)
        if not content or len(content) > MOST_BYTES:
            return [], {"files": _("Tệp trống hoặc lớn hơn 10 MB. Xin chọn tệp khác.")}
        if evidence:
            made.append(door.Upload(name[-120:], "application/octet-stream", content, original=True))
            continue
        try:
            bare = clean_in_box(content, name)
        except Refused as refusal:
            return [], {"files": refusal.said(_)}
        made.append(door.Upload(f"tep-{len(made) + 1}{bare.name[bare.name.rfind('.') :]}", bare.media_type, bare.content))
    return made, {}
