"""The forms of the one-stop shop about one dossier, to be printed."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy

from gandan.faces.pages import errors
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Words
from gandan.work.dossiers import operations
from gandan.work.dossiers import queries as dossiers
from gandan.work.dossiers.flow import Form

NAMES: Mapping[Form, Words] = {
    Form.RECEIPT: gettext_lazy("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    Form.SUPPLEMENT: gettext_lazy("Phiếu yêu cầu bổ sung hồ sơ"),
    Form.REFUSAL: gettext_lazy("Phiếu từ chối tiếp nhận"),
    Form.STOP: gettext_lazy("Thông báo dừng giải quyết"),
    Form.CONTROL: gettext_lazy("Phiếu kiểm soát quá trình"),
}


@login_required
@errors.told()
def form(request: SignedIn, number: str, kind: str) -> HttpResponse:
    """One form as PDF, shown where the browser shows it; it names a person, so nothing in between keeps it."""
    if kind not in set(Form):
        raise Http404
    if kind == Form.RECEIPT.value:  # its QR leads straight to the dossier's page
        operations.give_receipt(dossier=dossiers.pk_of(number), by=request.user, on=localdate())
    made = dossiers.form_pdf(number, Form(kind), request.user, localdate(), localtime())
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{kind}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
