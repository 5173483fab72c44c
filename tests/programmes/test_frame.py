"""The days and parties of a programme are part of its text: amended, signed by who comes and who goes, the old one readable."""

from datetime import date, timedelta

import pytest

from gandan.ground.documents.demonstration import make_key
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.models import Promise
from gandan.results.programmes import operations, queries
from gandan.results.programmes.models import Programme, Turn
from gandan.results.programmes.operations import NotReady, amend, approve_draft, derive_plan, leave_part, write_part
from gandan.results.programmes.queries.paper import document
from gandan.results.programmes.rules import Change, Part, PartKind, TurnState, read_parties, read_period
from tests.cast import TODAY
from tests.programmes.signatories import AT
from tests.programmes.signatories import both as both

SHORTER, LONGER = date(2026, 12, 25), date(2030, 6, 30)


@pytest.fixture
def hand(cast):
    return {"by": cast.giang, "on": TODAY}


@pytest.fixture
def amended(programme, hand):
    return amend(programme=programme, why="Đổi thời gian và các bên", **hand)


def part(draft, kind):
    return next(one for one in queries.draft(draft.pk, TODAY).parts if one.kind is kind)


def say(draft, kind, text, hand):
    write_part(draft=draft, key=part(draft, kind).key, text=text, base=part(draft, kind).version, **hand)


def sign(cast, draft, people):
    approve_draft(draft=draft, by=cast.khanh, on=TODAY)
    operations.put_draft_to_sign(draft=draft, people=people, at=AT, by=cast.hoa, on=TODAY)
    for person in people:
        operations.sign_draft(draft=draft, by=person, on=TODAY, at=AT)


def due(programme, text):
    return Turn.objects.get(task__programme=programme, task__text=text, state=TurnState.OPEN.value).due_on


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Từ 01/01/2027 đến hết 31/12/2031", (date(2027, 1, 1), date(2031, 12, 31))),
        ("1/1/2027 - 31/12/2031.", (date(2027, 1, 1), date(2031, 12, 31))),
        ("Từ 31/12/2031 đến hết 01/01/2027", None), ("Từ 31/02/2027 đến hết 31/12/2031", None), ("năm 2027", None), ("", None),
    ],
)  # fmt: skip
def test_a_period_is_two_days_in_order(text, days):
    assert read_period(text) == days


def test_parties_are_a_line_each():
    assert read_parties("CATP Giám đốc\n\n MTTQ: Chủ tịch \nBDTP") == (("CATP", "Giám đốc"), ("MTTQ", "Chủ tịch"), ("BDTP", ""))


def test_a_task_outside_a_shorter_period_is_moved_or_left_before_it_is_approved(cast, programme, amended, hand, both):
    plan = derive_plan(programme=programme, unit=cast.unit("CAP-W1"), by=cast.dung, on=TODAY)
    for row in queries.draft(plan.pk, TODAY).parts:
        assert row.kind not in {PartKind.PERIOD, PartKind.PARTIES}  # a plan has those of the programme
    approve_draft(draft=plan, by=cast.dung, on=TODAY)
    say(amended, PartKind.PERIOD, "Từ 01/01/2026 đến hết 25/12/2026", hand)
    with pytest.raises(NotReady, match="hạn nằm ngoài thời gian của chương trình"):
        approve_draft(draft=amended, by=cast.khanh, on=TODAY)
    task = next(one for one in queries.draft(amended.pk, TODAY).parts if one.text == "Rà soát hồ sơ quá hẹn")
    leave_part(draft=amended, key=task.key, left=True, **hand)
    assert due(programme, "Thông tin theo giai đoạn") == date(2028, 12, 31)  # until it is signed
    sign(cast, amended, both)

    now = Programme.objects.get(code="thu-2026")
    assert (now.during.lower, now.during.upper) == (date(2026, 1, 1), SHORTER + timedelta(1))
    for one in (now, Programme.objects.get(upper=now)):
        turns = Turn.objects.filter(task__programme=one, task__text="Thông tin theo giai đoạn", state=TurnState.OPEN.value)
        assert {turn.due_on for turn in turns} == {SHORTER}
        assert one.during.upper == SHORTER + timedelta(1)
    quarterly = Turn.objects.filter(task__programme=now, task__every="quarter", state=TurnState.OPEN.value)
    assert {turn.due_on for turn in quarterly} == {SHORTER}
    assert {one.due_on for one in Promise.objects.filter(kind="task.programme", state="open")} == {SHORTER}
    assert "Từ 01/01/2026 đến hết 31/12/2028" in {row.text for row in queries.edition_rows(now, 1)}
    changed = {one.kind for one in queries.edition_changes(now, 2) if one.change is Change.CHANGED}
    assert changed == {PartKind.PERIOD}
    paper = queries.draft_pdf(amended, queries.draft_parts(amended), made_at=AT)
    assert paper.startswith(b"%PDF")


def test_a_longer_period_leaves_each_task_once(cast, programme, amended, hand, both):
    say(amended, PartKind.PERIOD, "Từ 01/01/2026 đến hết 30/06/2030", hand)
    sign(cast, amended, both)

    assert due(Programme.objects.get(code="thu-2026"), "Thông tin theo giai đoạn") == LONGER
    open_ = Turn.objects.filter(state=TurnState.OPEN.value)
    assert open_.count() == len(set(open_.values_list("task", "unit")))


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (PartKind.PERIOD, "đến khi xong", "Thời gian ghi hai ngày"),
        (PartKind.PERIOD, "Từ 01/02/2026 đến hết 31/12/2028", "ngày bắt đầu giữ nguyên là 01/01/2026"),
        (PartKind.PERIOD, "Từ 01/01/2026 đến hết 01/11/2026", "Không lùi ngày kết thúc về trước hôm nay"),
        (PartKind.PARTIES, "CATP", "mỗi bên ghi chức vụ người ký"),
        (PartKind.PARTIES, "CATP Giám đốc\nCATP Phó Giám đốc", "Bên ký CATP ghi hai lần"),
        (PartKind.PARTIES, "CATP Giám đốc\nKHONG Trưởng ban", "không có đơn vị nào mang mã KHONG"),
    ],
)
def test_a_frame_that_can_not_be_is_said_before_it_is_approved(cast, amended, hand, kind, text, said):
    say(amended, kind, text, hand)

    assert any(said in one.template.format(**one.params) for one in queries.draft(amended.pk, TODAY).lacks)
    with pytest.raises(NotReady, match=said):
        approve_draft(draft=amended, by=cast.khanh, on=TODAY)


def test_who_comes_and_who_goes_sign_the_amendment(cast, programme, amended, hand, both):
    vinh = enrol(
        username="vinh", name="Đỗ Quang Vinh", unit=cast.unit("MTTQ"), role=Role.SIGNATORY, line=Line.FRONT, by=cast.importer,
        on=date(2026, 1, 5),
    )  # fmt: skip
    make_key("vinh", vinh.name, "Cơ quan", AT - timedelta(days=9))
    say(amended, PartKind.PARTIES, "MTTQ Chủ tịch\nCATP Giám đốc", hand)
    thuan, dung = both
    with pytest.raises(operations.MissingSigner, match="3 người ký"):
        sign(cast, amended, [vinh, dung])
    operations.give_draft_back(draft=amended, why="Thiếu người ký", by=cast.khanh, on=TODAY)
    sign(cast, amended, [vinh, dung, thuan])

    now = queries.programme("thu-2026")
    assert [(one.unit.code, one.signs_as) for one in now.parties.all()] == [("MTTQ", "Chủ tịch"), ("CATP", "Giám đốc")]
    assert "BTGDVTU Trưởng ban\nCATP Giám đốc" in {row.text for row in queries.edition_rows(now, 1)}


def test_a_ground_begins_as_the_decree_wants_it(programme):
    parts = [Part("a", PartKind.TITLE, "Thử"), Part("b", PartKind.BASIS, "Nghị quyết số 01\nCăn cứ Luật số 10")]

    assert list(document(programme, parts, made_at=AT).grounds) == ["Căn cứ nghị quyết số 01", "Căn cứ Luật số 10"]
