"""Procedures: what each asks, how long it may take and by which law, from when; a new rule is tried before it holds."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import administration, errors, unit_acts, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.dossiers import reckoned_days
from gandan.faces.pages.mine import SignedIn, body_of
from gandan.faces.pages.pieces import Cell, Column, Crumb, State, Table, TermBar
from gandan.faces.pages.privacy_words import UNITS as TERM_UNITS
from gandan.faces.pages.privacy_words import term
from gandan.faces.pages.rehearsal import rehearsed
from gandan.faces.pages.units import name_of
from gandan.ground.calendar import queries as calendar
from gandan.ground.calendar.rules import Term, TermUnit, working_days_between
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers import operations
from gandan.work.dossiers import queries as dossiers
from gandan.work.dossiers.rules.papers import COUNTS, read_papers
from gandan.work.dossiers.rules.procedures import ProcedureData

HERE = Crumb(gettext_lazy("Thủ tục"), "/settings/procedures/")
SPARE = 4  # empty lines below the papers of a form
NAMED = 12  # units that are named in a preview


class ProcedureForm(forms.Form):
    """One rule of a procedure. The papers stand in lines of their own: a name, and how many of each sort."""

    code = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]*$",
        label=gettext_lazy("Mã"),
        max_length=40,
        help_text=gettext_lazy("Chữ thường không dấu, số, gạch: như driving-licence. Mã không đổi về sau."),
        error_messages={**unit_acts.NEEDED, "invalid": gettext_lazy("Mã chỉ gồm a–z, 0–9, dấu chấm, gạch.")},
    )
    name = unit_acts.words(gettext_lazy("Tên thủ tục"))
    name_en = unit_acts.words(gettext_lazy("Tên tiếng Anh"), needed=False)
    field_code = unit_acts.words(gettext_lazy("Mã lĩnh vực"), needed=False, most=40)
    start = unit_acts.day(gettext_lazy("Có hiệu lực từ ngày"))
    end = unit_acts.day(
        gettext_lazy("Hết hiệu lực từ ngày"), gettext_lazy("Để trống nếu chưa biết; quy định sau tự kết thúc quy định này."),
        needed=False,
    )  # fmt: skip
    term_amount = forms.IntegerField(
        label=gettext_lazy("Thời hạn"), min_value=0, max_value=3660, help_text=gettext_lazy("0: trả ngay trong ngày nhận."),
        error_messages=unit_acts.NEEDED,
    )  # fmt: skip
    term_unit = forms.ChoiceField(label=gettext_lazy("Tính bằng"), choices=[(unit.value, TERM_UNITS[unit]) for unit in TermUnit])
    term_roll = forms.BooleanField(label=gettext_lazy("Hết hạn vào ngày nghỉ thì dời sang ngày làm việc sau"), required=False)
    verify_days = forms.IntegerField(
        label=gettext_lazy("Số ngày xác minh trước khi tính thời hạn"), min_value=0, max_value=365, required=False,
        help_text=gettext_lazy("Ngày theo lịch. Để trống nếu không phải xác minh."),
    )  # fmt: skip
    post_days = forms.IntegerField(
        label=gettext_lazy("Số ngày làm việc bưu điện được giao để phát"), min_value=0, max_value=60, required=False
    )
    fee = forms.IntegerField(label=gettext_lazy("Lệ phí (đồng)"), min_value=0, max_value=2_000_000_000, required=False)
    fee_note = unit_acts.words(gettext_lazy("Ghi chú về lệ phí"), needed=False, most=300)
    handled_by = unit_acts.code_of(
        gettext_lazy("Đơn vị tiếp nhận"),
        gettext_lazy("Mã đơn vị, cách nhau bằng dấu cách; CAP-* là mọi mã bắt đầu bằng CAP-."),
    )
    decided_by = unit_acts.words(
        gettext_lazy("Ai quyết định"), gettext_lazy("Như Trưởng phòng, Trưởng Công an phường"), needed=False
    )
    forms_used = forms.CharField(
        label=gettext_lazy("Mẫu đơn, tờ khai"), help_text=gettext_lazy("Mỗi dòng một mẫu."), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    delivery = forms.BooleanField(label=gettext_lazy("Trả kết quả qua bưu điện được"), required=False, initial=True)
    online = forms.BooleanField(label=gettext_lazy("Nộp trực tuyến được"), required=False, initial=True)
    legal_basis = unit_acts.words(gettext_lazy("Căn cứ pháp lý"), most=300)
    source = unit_acts.words(gettext_lazy("Lấy từ đâu"), gettext_lazy("Văn bản hoặc trang đã đọc"), most=300)
    verified = forms.BooleanField(label=gettext_lazy("Đã đối chiếu với văn bản gốc"), required=False)

    def clean_handled_by(self) -> tuple[str, ...]:
        codes = tuple(self.cleaned_data["handled_by"].replace(",", " ").upper().split())
        if not dossiers.handlers(codes, localdate()):
            raise forms.ValidationError(_("Hôm nay không có đơn vị nào mang mã này."))
        return codes

    def papers(self) -> list[dict[str, Any]]:
        """The lines as they were typed; those without a name are left out."""
        data: Any = self.data
        names = data.getlist("paper_name") if isinstance(data, QueryDict) else []
        counts = [data.getlist(f"paper_{count}") for count in COUNTS] if names else []
        typed = [
            {"name": name.strip(), **{count: _small(column, nth) for count, column in zip(COUNTS, counts, strict=True)}}
            for nth, name in enumerate(names)
            if name.strip()
        ]
        return typed or (self.initial.get("papers") or [] if not self.is_bound else [])

    def lines(self) -> list[dict[str, Any]]:
        return [*self.papers(), *({"name": "", **dict.fromkeys(COUNTS, 0)} for _nth in range(SPARE))]

    @property
    def term(self) -> Term:
        typed = self.cleaned_data
        return Term(typed["term_amount"], TermUnit(typed["term_unit"]), typed["term_roll"])

    def row(self) -> ProcedureData:
        """:raises BadTerm: if the term is longer than any"""
        typed = {**self.cleaned_data}
        for name in ("term_amount", "term_unit", "term_roll"):
            typed.pop(name)
        used = tuple(line.strip() for line in typed.pop("forms_used").splitlines() if line.strip())
        verify = typed.pop("verify_days") or 0
        return ProcedureData(**typed, term=self.term, verify_days=verify, forms=used, papers=tuple(read_papers(self.papers())))


def _small(column: list[str], nth: int) -> int:
    typed = column[nth].strip() if nth < len(column) else ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 0


@login_required
def procedure_list(request: SignedIn) -> HttpResponse:
    """Every procedure by its rule of today, or the last it had. Where there is none yet, those of the product can be loaded."""
    today = Asked(request).today
    if Right.MANAGE_PROCEDURES not in organisations.rights(request.user, today):
        return errors.no_right(request)
    if request.method == "POST":
        return _loaded(request, today)
    every: dict[str, list[Any]] = {}
    for rule in dossiers.procedures():
        every.setdefault(rule.code, []).append(rule)
    rows = [_listed(rules, today) for rules in every.values()]
    columns = (
        Column(_("Thủ tục"), head=True),
        Column(_("Thời hạn")),
        Column(_("Lệ phí"), number=True),
        Column(_("Từ ngày"), number=True),
        Column(_("Căn cứ")),
    )
    empty = State(
        _("Chưa có thủ tục nào"),
        _("Nạp những thủ tục có sẵn, mỗi quy định kèm căn cứ, rồi sửa hoặc thêm; hoặc tự thêm từ đầu."),
        icon="file-text",
    )
    context = {
        "crumbs": (administration.ROOF, Crumb(HERE.words)),
        "table": Table.of(_("Thủ tục"), columns, rows, empty=empty),
    }
    return render(request, "administration/procedures.html", context)


def _loaded(request: SignedIn, today: date) -> HttpResponse:
    if dossiers.procedures():  # what was changed here stays as it is
        return redirect("procedures")
    try:
        loaded = operations.load_procedures(
            unit=organisations.unit(body_of(request, Right.MANAGE_PROCEDURES).code), by=request.user, on=today
        )
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refusal:
        messages.error(request, words.refusal(refusal))
    else:
        messages.success(request, _("Đã nạp %(number)s quy định.") % {"number": words.number(loaded.added)})
    return redirect("procedures")


def _listed(rules: list[Any], today: date) -> tuple[Cell, ...]:
    now = next((rule for rule in rules if today in rule.during), None)
    shown = now or rules[-1]
    note = _("%(number)s quy định qua các thời kỳ") % {"number": words.number(len(rules))} if len(rules) > 1 else shown.code
    gone = _("không còn hiệu lực") if shown.during.lower <= today else _("chưa có hiệu lực")
    return (
        Cell(words.named(shown.name, shown.name_en), f"/settings/procedures/{shown.code}/", note=note),
        Cell(term(shown.term), note="" if now else gone),
        Cell(words.number(shown.fee) if shown.fee is not None else "—"),
        Cell(words.day(shown.during.lower)),
        Cell(shown.legal_basis, note="" if shown.verified else _("chưa đối chiếu")),
    )


@login_required
def procedure(request: SignedIn, code: str) -> HttpResponse:
    """A procedure through time: each rule whole, and how many open dossiers keep it."""
    today = Asked(request).today
    if Right.MANAGE_PROCEDURES not in organisations.rights(request.user, today):
        return errors.no_right(request)
    try:
        rules = dossiers.rules_of(code)
    except Refused as refused:
        return errors.refused(request, refused, actions=(HERE,))
    name = words.named(rules[0].rule.name, rules[0].rule.name_en)
    context = {
        "crumbs": (administration.ROOF, HERE, Crumb(name)),
        "code": code,
        "name": name,
        "rules": [(one, _facts(one), today in one.rule.during) for one in rules],
    }
    return render(request, "administration/procedure.html", context)


def _facts(one: dossiers.RuleShown) -> list[tuple[Any, str]]:
    rule = one.rule
    told = [
        (_("Tên"), words.named(rule.name, rule.name_en)),
        (_("Thời hạn"), term(rule.term)),
        (_("Xác minh trước"), _("%(days)s ngày") % {"days": rule.verify_days} if rule.verify_days else ""),
        (_("Lệ phí"), " · ".join(filter(None, (f"{words.number(rule.fee)} đ" if rule.fee is not None else "", rule.fee_note)))),
        (_("Tiếp nhận tại"), ", ".join(rule.handled_by)),
        (_("Ai quyết định"), rule.decided_by),
        (_("Thành phần hồ sơ"), "; ".join(str(paper["name"]) for paper in rule.papers)),
        (_("Mẫu đơn, tờ khai"), "; ".join(rule.forms)),
        (_("Bưu điện"), _("trả qua bưu điện được") if rule.delivery_allowed else _("không trả qua bưu điện")),
        (_("Nộp trực tuyến"), _("được") if rule.online_allowed else _("không")),
        (_("Căn cứ pháp lý"), rule.legal_basis),
        (_("Lấy từ đâu"), rule.source),
        (_("Hồ sơ đang mở giữ quy định này"), words.number(one.open)),
    ]
    return [(what, said) for what, said in told if said]


@login_required
def write(request: SignedIn) -> HttpResponse:
    """A rule: typed, tried on a dossier of its first day, shown with what follows, put in force.

    `of` and `start` name the rule from which it begins: as a correction on the same day, as a new one on another.
    """
    asked = Asked(request)
    if Right.MANAGE_PROCEDURES not in organisations.rights(request.user, asked.today):
        return errors.no_right(request)
    body = body_of(request, Right.MANAGE_PROCEDURES)
    begun = _begun(asked)
    form = ProcedureForm(request.POST or None, initial=begun or {"start": asked.today, "delivery": True, "online": True})
    preview: Mapping[str, Any] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            row = form.row()

            def put() -> Any:
                return operations.set_procedure(row=row, unit=organisations.unit(body.code), by=request.user, on=asked.today)

            if request.POST.get("sure"):
                put()
                messages.success(request, _("Đã ghi quy định từ ngày %(day)s.") % {"day": words.day(row.start)})
                return redirect("procedure", row.code)
            preview = _preview(row, rehearsed(put, request.user), asked.today)
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
    title = _("Quy định mới") if begun else _("Thủ tục mới")
    context = {
        "crumbs": (administration.ROOF, HERE, Crumb(title)),
        "title": title,
        "form": form,
        "lines": form.lines(),
        "preview": preview,
    }
    return render(request, "administration/procedure_form.html", context, status=400 if form.errors else 200)


def _begun(asked: Asked) -> dict[str, Any]:
    """What a form begins with: the rule that the address names, all but its dates where it is to be a new one."""
    code = asked.text("of")
    if not code:
        return {}
    try:
        rules = [one.rule for one in dossiers.rules_of(code)]
    except Refused:
        return {}
    rule = next((one for one in rules if one.during.lower.isoformat() == asked.text("start")), None)
    given = rule or next((one for one in rules if asked.today in one.during), rules[0])
    told = {
        name: getattr(given, name)
        for name in (
            "code", "name", "name_en", "field_code", "term_amount", "term_unit", "term_roll", "verify_days", "fee", "fee_note",
            "decided_by", "legal_basis", "source", "verified", "papers",
        )
    }  # fmt: skip
    return told | {
        "post_days": given.post_amount,
        "handled_by": " ".join(given.handled_by),
        "forms_used": "\n".join(given.forms),
        "delivery": given.delivery_allowed,
        "online": given.online_allowed,
        "start": given.during.lower if rule else asked.today,
        "end": given.during.upper if rule else None,
        "verified": given.verified if rule else False,
    }


def _preview(row: ProcedureData, told: Any, today: date) -> dict[str, Any]:
    """What would be promised on the first day of the rule, where it would be received, which rule it ends."""
    received = max(row.start, today) if row.end is None or row.end > today else row.start
    handled = dossiers.handlers(row.handled_by, received)
    where = handled[0].id if handled else None
    reckoning = dossiers.tried(row.term, row.verify_days, received, where)
    left = working_days_between(received, reckoning.due, calendar.working_calendar(where))
    try:
        before = next((one for one in dossiers.rules_of(row.code) if one.rule.during.lower < row.start), None)
    except Refused:
        before = None
    ends = before is not None and (before.rule.during.upper is None or before.rule.during.upper > row.start)
    return {
        "received": received,
        "term": TermBar(received, reckoning.due, received, int(left), days=reckoned_days(reckoning)),
        "units": [name_of(unit) for unit in handled[:NAMED]],
        "more": max(0, len(handled) - NAMED),
        "ends": before if ends else None,
        "nothing": not told,
    }
