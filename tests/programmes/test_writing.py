"""The text of a programme: written by several at once, approved, signed by both parties, amended with the old one readable."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError

from gandan.ground.documents.operations import NoLongerSignatory, NotYourTurn
from gandan.ground.documents.verifying import verify_pdf
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.models import Appointment
from gandan.ground.organisations.operations import end_appointment
from gandan.ground.organisations.rules import Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.programmes import operations, queries
from gandan.results.programmes.models import DraftPart, PartVersion, Programme, Task, Turn
from gandan.results.programmes.operations import (
    AlreadyDrafted,
    BadText,
    NotBeingWritten,
    NotReady,
    UnknownDraftPart,
    add_part,
    amend,
    approve_draft,
    draft_programme,
    give_draft_back,
    leave_part,
    move_part,
    write_part,
)
from gandan.results.programmes.rules import Change, DraftState, Part, PartKind, compared, numbered
from tests.cast import TODAY
from tests.programmes.signatories import AT
from tests.programmes.signatories import both as both

FIRST, LAST = date(2027, 1, 1), date(2031, 12, 31)


@pytest.fixture
def draft(cast):
    return draft_programme(
        code="2027-2031", title="Chương trình phối hợp 2027–2031", unit=cast.city, line=Line.ADMINISTRATION, first=FIRST,
        last=LAST, parties=[(cast.unit("BTGDVTU"), "Trưởng ban"), (cast.unit("CATP"), "Giám đốc")], by=cast.giang, on=TODAY,
    )  # fmt: skip


@pytest.fixture
def hand(cast):
    return {"by": cast.giang, "on": TODAY}


def written(draft, hand):
    """Write a content with a goal, a task and an indicator; return their keys."""
    content = add_part(draft=draft, kind=PartKind.CONTENT, text="Gần dân\nNghe dân nói.", **hand).key
    goal = add_part(draft=draft, kind=PartKind.GOAL, parent=content, text="Mọi hồ sơ đúng hẹn", **hand).key
    facts = {"units": ["CATP", "BTGDVTU"], "every": "quarter"}
    task = add_part(draft=draft, kind=PartKind.TASK, parent=goal, text="Rà soát", facts=facts, **hand).key
    aim = {"measure": "dossiers-on-time-share", "targets": [{"year": 2027, "value": "96", "simulated": True, "source": ""}]}
    add_part(draft=draft, kind=PartKind.INDICATOR, parent=task, facts=aim, **hand)
    return content, goal, task


def parts(draft):
    return {part.key: part for part in queries.draft(draft.pk, TODAY).parts}


def sign(cast, draft, both):
    approve_draft(draft=draft, by=cast.khanh, on=TODAY)
    operations.put_draft_to_sign(draft=draft, people=both, at=AT, by=cast.hoa, on=TODAY)
    for person in both:
        operations.sign_draft(draft=draft, by=person, on=TODAY, at=AT)


def test_parts_are_numbered_by_themselves_and_moved_with_all_below(draft, hand):
    content, goal, task = written(draft, hand)
    second = add_part(draft=draft, kind=PartKind.CONTENT, text="Thông tin", **hand).key
    assert [parts(draft)[key].number for key in (content, goal, task, second)] == ["1", "1.1", "1.1.1", "2"]

    move_part(draft=draft, key=second, up=True, **hand)

    assert [parts(draft)[key].number for key in (content, goal, task, second)] == ["2", "2.1", "2.1.1", "1"]
    for kind, parent in ((PartKind.TASK, ""), (PartKind.GOAL, task), (PartKind.CONTENT, goal), (PartKind.TITLE, "")):
        with pytest.raises(BadText):
            add_part(draft=draft, kind=kind, parent=parent, **hand)


def test_what_was_taken_out_is_kept_and_comes_back_with_all_below(draft, hand):
    content, goal, task = written(draft, hand)
    leave_part(draft=draft, key=goal, left=True, **hand)
    assert goal not in parts(draft)
    assert task not in parts(draft)
    assert {part.key for part in queries.draft(draft.pk, TODAY).out} >= {goal, task}

    leave_part(draft=draft, key=goal, left=False, **hand)
    assert {content, goal, task} <= parts(draft).keys()


def test_two_who_write_at_once_lose_no_word(cast, draft, hand):
    content, _goal, _task = written(draft, hand)
    base = parts(draft)[content].version
    write_part(draft=draft, key=content, text="Gần dân, hiểu dân\nNghe dân nói.", base=base, by=cast.giang, on=TODAY)
    saved = write_part(draft=draft, key=content, text="Gần dân\nNghe dân nói, nói dân hiểu.", base=base, by=cast.hoa, on=TODAY)

    assert (saved.part.text, saved.both, saved.merged) == ("Gần dân, hiểu dân\nNghe dân nói, nói dân hiểu.", 0, True)
    same = write_part(draft=draft, key=content, text="Gần dân, yêu dân\nNghe dân nói.", base=base, by=cast.giang, on=TODAY)
    for words in ("hiểu dân", "yêu dân", "nói dân hiểu"):
        assert words in same.part.text
    assert same.both == 1
    sent = PartVersion.objects.filter(part__key=content).values_list("text", flat=True)
    assert "Gần dân, yêu dân\nNghe dân nói." in set(sent)  # as it was sent, too
    with pytest.raises(UnknownDraftPart):
        write_part(draft=draft, key=content, text="x", base=99, by=cast.giang, on=TODAY)


def test_a_text_that_lacks_something_is_not_approved(cast, draft, hand):
    with pytest.raises(NotReady, match="chưa có nội dung"):
        approve_draft(draft=draft, by=cast.khanh, on=TODAY)
    _content, goal, task = written(draft, hand)
    add_part(draft=draft, kind=PartKind.TASK, parent=goal, text="", **hand)
    told = {trouble.template for trouble in queries.draft(draft.pk, TODAY).lacks}
    assert told == {"Mục {number} chưa có chữ.", "Nhiệm vụ {number} chưa có đơn vị thực hiện."}
    facts = {"units": ["KHONG"], "due_on": "2040-01-01"}
    write_part(draft=draft, key=task, text="Rà soát", base=1, facts=facts, **hand)
    aim = {"measure": "crime-reports-received", "targets": [{"year": 2040, "value": "9"}]}
    add_part(draft=draft, kind=PartKind.INDICATOR, parent=task, facts=aim, **hand)
    told = [trouble.template for trouble in queries.draft(draft.pk, TODAY).lacks]
    for words in ("hôm nay không có đơn vị", "hạn nằm ngoài", "không được giao mục tiêu", "nằm ngoài chương trình"):
        assert any(words in template for template in told)


def test_both_parties_sign_one_paper_and_it_is_in_force(cast, draft, hand, both):
    written(draft, hand)
    for someone in (cast.giang, cast.dung):
        with pytest.raises(NotAllowed):
            approve_draft(draft=draft, by=someone, on=TODAY)
    approve_draft(draft=draft, by=cast.khanh, on=TODAY)
    with pytest.raises(NotBeingWritten):
        add_part(draft=draft, kind=PartKind.CONTENT, text="Muộn", **hand)
    numbered_ = operations.put_draft_to_sign(draft=draft, people=both, at=AT, by=cast.hoa, on=TODAY)
    assert numbered_.number_line == "Số: 01-CTPH/BTGDVTU-CATP"
    assert [one.draft for one in queries.texts_to_sign(both[0])] == [draft.pk]
    with pytest.raises(NotYourTurn):
        operations.sign_draft(draft=draft, by=both[1], on=TODAY, at=AT)
    for person in both:
        operations.sign_draft(draft=draft, by=person, on=TODAY, at=AT)

    programme = Programme.objects.get(code="2027-2031")
    assert (programme.signed_on, queries.draft(draft.pk, TODAY).state) == (TODAY, DraftState.IN_FORCE)
    assert [task.number for task in Task.objects.filter(programme=programme)] == ["1.1.1"]
    pdf = queries.draft_pdf(queries.draft_of(draft.pk), [], made_at=AT)
    assert [one.whole for one in verify_pdf(pdf).signatures] == [True, True]
    assert {event.kind for event in Event.objects.select_related("facet_set").filter(about_type="programmes.programme")} >= {
        "programme.drafted", "programme.edited", "programme.approved", "programme.numbered", "programme.signed",
        "programme.opened",
    }  # fmt: skip


def test_who_leaves_between_approval_and_signing_is_replaced(cast, draft, hand, both):
    written(draft, hand)
    approve_draft(draft=draft, by=cast.khanh, on=TODAY)
    operations.put_draft_to_sign(draft=draft, people=both, at=AT, by=cast.hoa, on=TODAY)
    end_appointment(appointment=Appointment.objects.get(person=both[0]), by=cast.importer, on=TODAY)
    with pytest.raises(NoLongerSignatory):
        operations.sign_draft(draft=draft, by=both[0], on=TODAY, at=AT)
    with pytest.raises(NoLongerSignatory):
        operations.name_other_draft_signer(draft=draft, position=1, person=cast.alice, by=cast.hoa, on=TODAY)
    operations.name_other_draft_signer(draft=draft, position=1, person=cast.khanh, by=cast.hoa, on=TODAY)

    assert queries.draft(draft.pk, TODAY).signing.parts[0].person_id == cast.khanh.pk


def test_an_amendment_is_signed_and_leaves_the_old_text_readable(cast, draft, hand, both):
    content, goal, task = written(draft, hand)
    sign(cast, draft, both)
    programme = Programme.objects.get(code="2027-2031")
    amended = amend(programme=programme, why="Sắp xếp đơn vị", **hand)
    with pytest.raises(AlreadyDrafted):
        amend(programme=programme, why="Hai bản cùng lúc", **hand)
    write_part(draft=amended, key=goal, text="Mọi hồ sơ trước hẹn", base=1, **hand)
    leave_part(draft=amended, key=task, left=True, **hand)
    facts = {"units": ["CATP"], "every": "month"}
    add_part(draft=amended, kind=PartKind.TASK, parent=content, text="Đọc lại phản ánh", facts=facts, **hand)
    assert programme.contents.get().goals.get().text == "Mọi hồ sơ đúng hẹn"  # until it is signed
    sign(cast, amended, both)

    changes = {one.key: one.change for one in queries.edition_changes(programme, 2)}
    assert (changes[goal], changes[task], changes[content]) == (Change.CHANGED, Change.LEFT, Change.SAME)
    assert Change.ADDED in changes.values()
    assert "Mọi hồ sơ đúng hẹn" in {row.text for row in queries.edition_rows(programme, 1)}
    assert programme.contents.get().goals.get().text == "Mọi hồ sơ trước hẹn"
    assert Task.objects.get(key=task).left_on == TODAY
    assert queries.draft(amended.pk, TODAY).number_line == "Số: 02-CTPH/BTGDVTU-CATP"


def test_what_an_amendment_leaves_is_owed_no_more(cast, programme, turn, hand, both):
    amended = amend(programme=programme, why="Bỏ việc trùng", **hand)
    leave_part(draft=amended, key=turn.task.key, left=True, **hand)
    sign(cast, amended, both)

    assert Turn.objects.get(pk=turn.pk).state == "dropped"
    assert queries.directives() == []


def test_an_indicator_defined_anew_is_told_beside_the_old_text(cast, programme, monkeypatch):
    measure = CATALOGUE["dossiers-received"]
    assert queries.redefined(queries.edition_parts(programme, 1)) == []
    monkeypatch.setitem(CATALOGUE, measure.code, replace(measure, definition=replace(measure.definition, vi="Đếm cách khác.")))

    (changed,) = queries.redefined(queries.edition_parts(programme, 1))
    assert (changed.measure, changed.was, changed.now) == ("dossiers-received", measure.definition.vi, "Đếm cách khác.")


def test_a_text_is_given_back_with_the_reason(cast, draft, hand):
    written(draft, hand)
    approve_draft(draft=draft, by=cast.khanh, on=TODAY)
    give_draft_back(draft=draft, why="Thiếu hạn", by=cast.khanh, on=TODAY)

    shown = queries.draft(draft.pk, TODAY)
    assert (shown.state, shown.returned) == (DraftState.WRITING, "Thiếu hạn")
    operations.drop_draft(draft=draft, by=cast.giang, on=TODAY)
    assert queries.drafts(Programme.objects.get(code="2027-2031")) == []


def test_two_open_drafts_can_not_be(cast, draft):
    draft.pk = None
    with pytest.raises(IntegrityError):
        draft.save()


def test_writing_is_told_to_the_ledger_once_a_day(draft, hand):
    written(draft, hand)

    assert Event.objects.filter(facet_set__kind="programme.edited").count() == 1
    assert DraftPart.objects.filter(draft=draft).count() == 11


def test_texts_are_held_against_each_other_word_by_word():
    old = [Part("a", PartKind.CONTENT, "Một hai ba"), Part("b", PartKind.TASK, "Cũ", "a")]
    new = [Part("c", PartKind.CONTENT, "Mới"), Part("a", PartKind.CONTENT, "Một hai bốn")]

    told = {one.key: one for one in compared(old, new)}
    assert [one.change for one in told["a"].words] == [Change.SAME, Change.LEFT, Change.ADDED]
    assert (told["a"].was_number, told["a"].number, told["b"].change) == ("1", "2", Change.LEFT)
    assert numbered(new) == {"c": "1", "a": "2"}
