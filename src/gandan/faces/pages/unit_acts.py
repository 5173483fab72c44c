"""The acts on the tree as forms: what each asks for, and how it is done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gandan.faces.pages.pieces import Words
from gandan.ground.organisations import operations
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Act, Line, UnitKind

LINES = (
    (Line.POLICE.value, _("Công an")),
    (Line.CIVIL.value, _("Dân vận")),
    (Line.FRONT.value, _("Mặt trận")),
    (Line.ADMINISTRATION.value, _("Hành chính")),
    (Line.POST.value, _("Bưu chính")),
)
KINDS = (
    (UnitKind.STATION.value, _("công an cấp xã")),
    (UnitKind.DEPARTMENT.value, _("phòng")),
    (UnitKind.HEADQUARTERS.value, _("cơ quan chỉ huy")),
    (UnitKind.WARD.value, _("phường, xã")),
    (UnitKind.DISTRICT.value, _("quận, huyện")),
    (UnitKind.POST.value, _("điểm trực")),
    (UnitKind.COMMISSION.value, _("ban")),
    (UnitKind.FRONT.value, _("Mặt trận")),
    (UnitKind.PARTNER.value, _("cơ quan phối hợp")),
)
NEEDED = {"required": _("Cần ghi mục này."), "invalid": _("Ngày này không có trong lịch. Xin kiểm tra lại.")}


def code_of(label: Any, hint: Any = "", *, needed: bool = True) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=400, required=needed, error_messages=NEEDED)


def words(label: Any, hint: Any = "", *, needed: bool = True, most: int = 200) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=most, required=needed, error_messages=NEEDED)


def day(label: Any, hint: Any = "", *, needed: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, required=needed, error_messages=NEEDED, widget=forms.DateInput(attrs={"type": "date"})
    )


class ActForm(forms.Form):
    """What every act rests on: a decision, and the day from which it holds."""

    effective = day(_("Có hiệu lực từ ngày"))
    number = words(_("Số văn bản"), _("Như 12/NQ-HĐND"), most=60)
    title = words(_("Về việc"), most=400)
    body = words(_("Cơ quan ban hành"), most=160)

    def act(self) -> Act:
        typed = self.cleaned_data
        return Act(number=typed["number"], title=typed["title"], body=typed["body"], source="")

    def do(self, by: Any, on: Any) -> Any:
        return self.DO(by=by, on=on, act=self.act(), effective=self.cleaned_data["effective"], **self.asked())

    DO: Callable[..., Any]

    def asked(self) -> dict[str, Any]:
        raise NotImplementedError

    def of(self, name: str) -> Any:
        return organisations.unit(self.cleaned_data[name])

    def several(self, name: str) -> list[Any]:
        return [organisations.unit(one) for one in self.cleaned_data[name].replace(",", " ").split()]


class FoundForm(ActForm):
    code = code_of(_("Mã mới"), _("Chữ in hoa và số; không dùng lại mã cũ"))
    name = words(_("Tên"))
    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS)
    above = code_of(_("Mã đơn vị cấp trên về hành chính"))
    line = forms.ChoiceField(label=_("Hệ riêng, nếu có"), choices=[("", _("chỉ hành chính")), *LINES], required=False)
    line_above = code_of(_("Mã cấp trên trong hệ đó"), needed=False)
    DO = staticmethod(operations.found)

    def asked(self) -> dict[str, Any]:
        typed = self.cleaned_data
        places: dict[Line, Any] = {Line.ADMINISTRATION: self.of("above")}
        if typed["line"] and typed["line_above"]:
            places[Line(typed["line"])] = self.of("line_above")
        return {"code": typed["code"].upper(), "name": typed["name"], "kind": UnitKind(typed["kind"]), "places": places}


class RenameForm(ActForm):
    unit = code_of(_("Mã đơn vị"))
    name = words(_("Tên mới"))
    short_name = words(_("Tên gọn"), needed=False, most=100)
    name_en = words(_("Tên tiếng Anh"), needed=False)
    DO = staticmethod(operations.rename)

    def asked(self) -> dict[str, Any]:
        typed = self.cleaned_data
        named = {name: typed[name] for name in ("name", "short_name", "name_en")}
        return {"unit": self.of("unit"), **named}


class MoveForm(ActForm):
    unit = code_of(_("Mã đơn vị"))
    line = forms.ChoiceField(label=_("Trong hệ"), choices=LINES)
    parent = code_of(_("Mã cấp trên mới"))
    DO = staticmethod(operations.move)

    def asked(self) -> dict[str, Any]:
        return {"unit": self.of("unit"), "line": Line(self.cleaned_data["line"]), "parent": self.of("parent")}


class MergeForm(ActForm):
    units = code_of(_("Mã các đơn vị kết thúc"), _("Cách nhau bằng dấu cách"))
    into = code_of(_("Mã đơn vị tiếp nhận"), _("Nếu là đơn vị mới, thành lập trước, cùng ngày"))
    DO = staticmethod(operations.merge)

    def asked(self) -> dict[str, Any]:
        return {"units": self.several("units"), "into": self.of("into")}


class DivideForm(ActForm):
    unit = code_of(_("Mã đơn vị được chia"))
    among = code_of(_("Mã các đơn vị tiếp nhận"), _("Từ hai đơn vị, cách nhau bằng dấu cách"))
    main = code_of(_("Mã đơn vị tiếp nhận chính"), _("Nhận những gì không giao riêng cho ai"))
    DO = staticmethod(operations.divide)

    def asked(self) -> dict[str, Any]:
        return {"unit": self.of("unit"), "among": self.several("among"), "main": self.of("main")}


class CloseForm(ActForm):
    unit = code_of(_("Mã đơn vị"))
    DO = staticmethod(operations.close)

    def asked(self) -> dict[str, Any]:
        return {"unit": self.of("unit")}


ACTS: dict[str, tuple[Words, type[ActForm], Words]] = {
    "found": (_("Thành lập"), FoundForm, _("Sai thì kết thúc đơn vị, rồi thành lập lại với mã khác.")),
    "rename": (_("Đổi tên"), RenameForm, _("Sai thì đổi tên lần nữa từ ngày sau.")),
    "move": (_("Chuyển vị trí"), MoveForm, _("Sai thì chuyển về chỗ cũ từ ngày sau.")),
    "merge": (_("Sáp nhập"), MergeForm, _("Không bỏ được; sai thì thành lập lại đơn vị cũ từ ngày sau.")),
    "divide": (_("Chia tách"), DivideForm, _("Không bỏ được; quá khứ của đơn vị cũ vẫn là của nó.")),
    "close": (_("Kết thúc"), CloseForm, _("Không bỏ được; sai thì thành lập lại từ ngày sau.")),
}
