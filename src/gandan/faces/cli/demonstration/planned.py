"""Directives, an amendment that both parties sign, the plans of thirty wards, and tasks on their way: all simulated."""

from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import make_aware

from gandan.ground.organisations import queries as people
from gandan.results.programmes import operations, queries
from gandan.results.programmes.rules import DraftState, PartKind

CODE = "2022-2026"
WARDS = 30
WHY = "Sắp xếp đơn vị hành chính hai cấp (mô phỏng)"
ADDED = (
    ("Mỗi Công an phường, xã lập kế hoạch riêng gắn với chương trình của Thành phố", ["CATP"], "year", ["ct-mo-phong-01", 2]),
    ("Tổ chức diễn đàn Công an lắng nghe ý kiến Nhân dân", ["CATP"], "quarter", ["ct-mo-phong-01", 3]),
)


def direct(*, on: date) -> None:
    """Note the directives that come with the product."""
    operations.load_directives(text=operations.DIRECTIVES.read_text("utf-8"), by=people.importer(), on=on)


def amend_and_sign(*, on: date) -> None:
    """Write an amendment and have both parties sign it, as far as it has not come yet."""
    programme, officer = queries.programme(CODE), people.person("phoihop")
    if any(draft.number for draft in queries.drafts(programme)):
        return
    draft = operations.amend(programme=programme, why=WHY, by=officer, on=on)
    content = next(part for part in queries.draft(draft.pk, on).parts if part.kind is PartKind.CONTENT)
    for text, units, every, answers in ADDED:
        facts = {"units": units, "every": every, "answers": [answers]}
        operations.add_part(draft=draft, kind=PartKind.TASK, parent=content.key, text=text, facts=facts, by=officer, on=on)
    lacking = {trouble.key for trouble in queries.draft(draft.pk, on).lacks}
    for part in queries.draft(draft.pk, on).parts:  # a party of the signing has been succeeded since
        if part.key in lacking and part.facts.get("units"):
            heirs = [_today(code, on) for code in part.facts["units"]]
            facts = {**part.facts, "units": list(dict.fromkeys(heirs))}
            operations.write_part(draft=draft, key=part.key, text=part.text, base=part.version, facts=facts, by=officer, on=on)
    operations.approve_draft(draft=draft, by=people.person("kyten"), on=on)
    both, at = [people.person("truongban"), people.person("congan")], make_aware(datetime.combine(on, time(9)))
    operations.put_draft_to_sign(draft=draft, people=both, at=at, by=officer, on=on)
    for person in both:
        operations.sign_draft(draft=draft, by=person, on=on, at=at)


def _today(code: str, on: date) -> str:
    return people.row(people.tree().main_heir(people.unit_id(code), on), on).code


def plan(*, on: date) -> None:
    """Have some wards derive their plans and begin; each third has done its first tasks, with what shows it."""
    programme, head = queries.programme(CODE), people.person("congan")
    seen = queries.cascade(programme, on)
    for nth, row in enumerate([row for row in seen.rows if not row.code][: WARDS - (len(seen.rows) - seen.without)]):
        unit = people.unit(row.unit.code)
        draft = operations.derive_plan(programme=programme, unit=unit, by=head, on=on)
        if queries.draft(draft.pk, on).state is DraftState.WRITING and nth < WARDS - 2:  # two are still being written
            operations.approve_draft(draft=draft, by=head, on=on)
            _work(unit.pk, nth, on)


def _work(unit: int, nth: int, on: date) -> None:
    head = people.person("congan")
    owed = queries.turns(head, on, units=[unit], limit=4).rows
    for at, row in enumerate(owed):
        given: dict[str, Any] = {"turn": queries.turn_of(row.id, head, on), "by": head, "on": on}
        if (nth + at) % 3 == 0:
            operations.show(note="Biên bản lưu tại đơn vị (mô phỏng)", **given)
            operations.finish(outcome="Đã làm xong theo kế hoạch (mô phỏng).", **given)
        elif (nth + at) % 3 == 1:
            operations.plan_steps(steps=["Phân công", "Thực hiện", "Báo cáo kết quả"], **given)
            operations.tick(step=1, done=True, **given)
