"""What the holder of a receipt may ask of their own data, and how it stands."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gandan.faces.pages import public, words
from gandan.faces.pages.lookup import with_dossier
from gandan.faces.pages.privacy_words import GROUNDS, OUTCOMES, WISHES, mark_of, term
from gandan.ground.accounts.limits import take
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations.queries import public as the_public
from gandan.ground.privacy import operations
from gandan.ground.privacy import queries as privacy
from gandan.ground.privacy.flow import Wish
from gandan.ground.privacy.rules import terms_on
from gandan.work.dossiers.queries import HeldDossier

PER_DOSSIER = Limit("own-data.dossier", 10, timedelta(days=1))
ABOUT = "dossiers.dossier"


class OwnDataForm(forms.Form):
    wish = forms.ChoiceField(choices=list(WISHES.items()), error_messages={"required": gettext_lazy("Chọn điều Ông/Bà yêu cầu.")})
    text = forms.CharField(max_length=4000, required=False)
    reply_to = forms.CharField(max_length=200, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@with_dossier
def own_data(request: HttpRequest, found: HeldDossier) -> HttpResponse:
    """Ask to see, correct, erase, restrict or object; only with the receipt itself in hand."""
    if found.opened.receipt is None:
        return public.page(request, "public/own_data.html", {"closed": True, "row": found.shown.row}, status=200)
    today, record = localdate(), found.record
    form = OwnDataForm(request.POST or None, initial={"wish": Wish.SEE.value})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            take(PER_DOSSIER, f"dossier {record.pk}", at=now())
            taken = operations.ask(
                about=record, label=record.number, unit=record.unit, wish=Wish(typed["wish"]), text=typed["text"],
                reply_to=typed["reply_to"], by=the_public(), on=today,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
        else:
            said = _("Đã nhận yêu cầu. Chúng tôi trả lời chậm nhất %(day)s.")
            messages.success(request, said % {"day": words.weekday(taken.due_on)})
            return redirect("public-own-data")
    rule = terms_on(privacy.terms(), today)
    context = {
        "row": found.shown.row,
        "form": form,
        "acknowledge": term(rule.acknowledge),
        "wishes": [(wish.value, WISHES[wish], term(rule.answer[wish.value])) for wish in Wish],
        "asked": [
            (
                row,
                WISHES[row.wish],
                mark_of(row, today),
                OUTCOMES[row.outcome] if row.outcome else "",
                GROUNDS.get(row.reason, ""),
                answer,
            )
            for row, answer in privacy.asked_by_holder(ABOUT, record.pk)
        ],
    }
    return public.page(request, "public/own_data.html", context, status=422 if form.errors else 200)
