"""The forms in which duties are declared, texts written, votes prepared."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gandan.faces.pages.democracy import said
from gandan.faces.pages.publishing_forms import area, day, line
from gandan.work.democracy.rules.dated import consultation_rules, duty_rules, poll_rules


class RuledForm(forms.Form):
    """A form whose first question is which rule it is about, of those that hold today."""

    rule = forms.ChoiceField(label=gettext_lazy("Loại việc theo quy định"))
    read: Any

    def __init__(self, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["rule"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = said.rules(type(self).read(), on)


class DutyForm(RuledForm):
    read = staticmethod(duty_rules)
    title = line(gettext_lazy("Nội dung phải công khai"), 200)
    born_on = day(gettext_lazy("Có từ ngày (ký, quyết định)"))


class ConsultationForm(RuledForm):
    read = staticmethod(consultation_rules)
    title = line(gettext_lazy("Tên văn bản"), 200)
    lead = line(gettext_lazy("Về việc gì, điều gì còn có thể sửa"), 600)
    text = area(
        gettext_lazy("Toàn văn"), rows=14, hint=gettext_lazy("Để trống một dòng giữa hai đoạn; mỗi đoạn được góp ý riêng.")
    )


class PollForm(RuledForm):
    read = staticmethod(poll_rules)
    neighbourhood = line(gettext_lazy("Khu phố, ấp"), 100)
    title = line(gettext_lazy("Việc gì"), 200)
    question = area(gettext_lazy("Câu hỏi ghi trên phiếu"), rows=4)
    closes_on = day(gettext_lazy("Nhận phiếu đến hết ngày"))
