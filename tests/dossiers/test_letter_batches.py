"""Letters of apology by the batch: raised by a sweep, explained, signed, sent and printed, each once."""

import io
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from gandan.ground.documents.demonstration import make_key
from gandan.ground.documents.models import Stored
from gandan.ground.documents.queries import pdf_of
from gandan.ground.documents.signing import signatory
from gandan.ground.documents.verifying import verify_pdf
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.messages.models import Message
from gandan.ground.organisations.operations import appoint, enrol
from gandan.ground.organisations.queries import clock
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.models import Promise
from gandan.work.dossiers.models import Apology, LetterToSign
from gandan.work.dossiers.operations import (
    AlreadyApologised,
    BadRule,
    NothingToSign,
    TooManyLetters,
    ask_supplement,
    ask_to_sign,
    finish,
    give_reason,
    note_contact,
    note_printed,
    raise_letters,
    receive,
    set_letter_rule,
    sign_some,
    start,
)
from gandan.work.dossiers.queries.letters import (
    LetterFilter,
    UnknownLetter,
    batch,
    letter,
    letter_law,
    letter_pdf,
    letters,
    letters_waiting,
    preview,
    print_file,
    stuck,
)
from gandan.work.dossiers.rules.letters import Facts, NoReason

MONDAY, DUE, EVE, AGAIN = date(2026, 11, 16), date(2026, 11, 26), date(2026, 11, 25), date(2026, 12, 3)
AT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
NAME = "Công Tằng Tôn Nữ Hoàng Thị Ngọc Trân Châu"


@pytest.fixture
def head(office):
    return enrol(
        username="thao", name="Nguyễn Hoàng Thị Phương Thảo", unit=office.unit("PA08"), role=Role.UNIT_HEAD, line=Line.POLICE,
        by=office.importer, on=MONDAY,
    )  # fmt: skip


@pytest.fixture
def dossiers(office):
    """Three dossiers: one to be reached by e-mail, one by telephone and post, one by nothing."""
    made = [
        receive(procedure="passport", unit=office.unit("PA08"), applicant=f"{NAME} {nth}", by=office.alice, on=MONDAY)
        for nth in range(3)
    ]
    by_mail, by_post = {"email": "anh@example.com"}, {"phone": "0903 123 456", "address": "12 Lê Lợi, phường Bến Thành"}
    for nth, reached in enumerate((by_mail, by_post)):
        note_contact(dossier=made[nth], by=office.alice, on=MONDAY, **reached)
    return made


@pytest.fixture
def key(head, settings, tmp_path):
    settings.SIGNING_DIR = str(tmp_path)
    make_key("thao", head.name, "Phòng Quản lý xuất nhập cảnh", AT - timedelta(days=1))
    with signatory("thao", AT) as held:
        yield held


def swept(on=EVE):
    raised, after = 0, 0
    while True:
        now, after = raise_letters(by=clock(), on=on, after=after)
        raised += now
        if not after:
            return raised


def explained(office, on=EVE):
    for one in Apology.objects.filter(sent_on=None):
        give_reason(letter=one, reason="partner", by=office.alice, on=on)


def sign(head, on=EVE, at=AT, key=None, letters_=None):
    asked = ask_to_sign(letters=letters_ or letters_waiting(head, on), by=head, on=on)
    while sign_some(batch=asked, signatory=key, by=head, on=on, at=at):
        pass
    return batch(asked.pk, head, on)


def text(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_letters_are_raised_a_day_before_and_once(office, dossiers):
    assert swept(EVE - timedelta(days=1)) == 0
    assert swept() == 3
    assert swept() == swept(DUE + timedelta(days=9)) == 0

    assert {one.appointed_on for one in Apology.objects.all()} == {DUE}
    assert Event.objects.filter(facet_set__kind="letter.owed").count() == 3
    assert Promise.objects.filter(kind="apology.letter", due_on=DUE, state="open").count() == 3


def test_however_late_anybody_looks(office, dossiers):
    late = DUE + timedelta(days=40)
    assert swept(late) == 3

    assert {one.due_on for one in Promise.objects.filter(kind="apology.letter")} == {late}


def test_one_that_is_finished_or_waits_for_its_applicant_owes_none(office, dossiers):
    finish(dossier=dossiers[0], by=office.alice, on=MONDAY + timedelta(days=2))
    start(dossier=dossiers[1], by=office.alice, on=MONDAY)
    ask_supplement(
        dossier=dossiers[1], papers=[{"name": "Ảnh"}], words="thiếu ảnh", by=office.alice, on=MONDAY + timedelta(days=1)
    )

    assert swept() == 1


def test_a_missed_new_appointment_owes_the_next_letter(office, dossiers, head):
    swept()
    explained(office)
    sign(head)

    assert swept(AGAIN - timedelta(days=2)) == 0
    assert swept(AGAIN) == 3
    assert set(Apology.objects.filter(sent_on=None).values_list("appointed_on", flat=True)) == {AGAIN}


def test_a_second_new_appointment_needs_a_right(office, dossiers, head):
    swept()
    explained(office)
    sign(head)
    swept(AGAIN)
    explained(office, AGAIN)
    refused = sign(head, on=AGAIN)
    assert (refused.signed, refused.refused) == (0, 3)
    assert {code for _, _, code, _ in refused.rows} == {"no_more_appointments"}
    assert "đã hẹn lại 1 lần" in refused.rows[0][3]

    appoint(person=head, unit=office.unit("PA08"), role=Role.SIGNATORY, line=Line.POLICE, by=office.importer, on=AGAIN)
    assert sign(head, on=AGAIN).signed == 3


def test_signing_numbers_freezes_keeps_and_tells(office, dossiers, head):
    swept()
    explained(office)
    shown = sign(head)

    assert (shown.signed, shown.refused, shown.waiting) == (3, 0, 0)
    papers = list(Stored.objects.order_by("pk"))
    assert [one.number_line for one in papers] == ["Số: 01/XLGH-PA08", "Số: 02/XLGH-PA08", "Số: 03/XLGH-PA08"]
    first = Apology.objects.order_by("pk").first()
    said = text(pdf_of(first.paper_id))
    for words in (f"{NAME} 0", dossiers[0].number, "chưa trả lời kết quả xác minh", "26/11/2026", "03/12/2026", "TRƯỞNG PHÒNG"):
        assert words in said
    assert (first.sent_on, first.new_due_on) == (EVE, AGAIN)
    assert Event.objects.filter(facet_set__kind="letter.sent", facet_set__facets__punctuality="in_time").count() == 3
    assert Promise.objects.filter(kind="apology.letter", state="kept").count() == 3


def test_what_was_sent_stays_whatever_becomes_of_the_dossier(office, dossiers, head):
    swept()
    explained(office)
    sign(head)
    sent = Apology.objects.order_by("pk").first()
    before = pdf_of(sent.paper_id)
    type(dossiers[0]).objects.filter(pk=dossiers[0].pk).update(applicant="Another")

    row, pdf = letter_pdf(sent.pk, office.alice, EVE)
    assert pdf == before
    assert Facts.read(sent.facts).applicant == f"{NAME} 0"
    assert row.number_line == "Số: 01/XLGH-PA08"


def test_each_is_reached_as_it_can_be(office, dossiers, head, key):
    swept()
    explained(office)
    sign(head, key=key)

    sent = {(one.about_id, one.channel): one for one in Message.objects.all()}
    assert set(sent) == {(dossiers[0].pk, "email"), (dossiers[1].pk, "sms")}
    assert sent[dossiers[0].pk, "email"].enclosed == Apology.objects.get(dossier=dossiers[0]).paper_id
    assert "Hẹn lại 03/12/2026" in sent[dossiers[1].pk, "sms"].content
    assert [one.dossier_id for one in Apology.objects.filter(to_print=True).order_by("pk")] == [dossiers[1].pk, dossiers[2].pk]


def test_a_sealed_letter_can_be_checked(office, dossiers, head, key):
    swept()
    explained(office)
    sign(head, key=key)

    paper = Stored.objects.order_by("pk").first()
    found = verify_pdf(pdf_of(paper.pk))
    assert found.intact
    assert found.digest == paper.digest
    assert paper.signed_by == found.signatures[0].name == head.name


def test_a_letter_without_a_reason_isn_t_signed_and_the_others_are(office, dossiers, head):
    swept()
    first = Apology.objects.order_by("pk").first()
    give_reason(letter=first, reason="other", words="máy in hỏng.", by=office.alice, on=EVE)
    assert letters_waiting(head, EVE) == [first.pk]
    shown = sign(head, letters_=list(Apology.objects.values_list("pk", flat=True)))

    assert (shown.signed, shown.refused) == (1, 2)
    assert {code for _, _, code, _ in shown.rows} == {"", "no_reason"}
    assert "máy in hỏng" in text(pdf_of(Apology.objects.get(pk=first.pk).paper_id))
    assert [one.number for one in Stored.objects.all()] == [1]


def test_a_double_click_signs_once(office, dossiers, head):
    swept()
    explained(office)
    numbers = letters_waiting(head, EVE)
    ask_to_sign(letters=numbers, by=head, on=EVE)
    with pytest.raises(NothingToSign):
        ask_to_sign(letters=numbers, by=head, on=EVE)
    assert LetterToSign.objects.count() == 3


def test_who_may_not_sign(office, dossiers, head):
    swept()
    explained(office)
    numbers = letters_waiting(head, EVE)
    assert letters_waiting(office.alice, EVE) == []
    with pytest.raises(NotAllowed):
        ask_to_sign(letters=numbers, by=office.alice, on=EVE)
    with pytest.raises(TooManyLetters):
        ask_to_sign(letters=list(range(501)), by=head, on=EVE)


def test_a_superior_signs_in_the_name_of_its_own_body(office, dossiers):
    swept()
    explained(office)
    assert sign(office.dung).signed == 3

    paper = Stored.objects.order_by("pk").first()
    assert paper.number_line == "Số: 01/XLGH-CATP"
    assert "GIÁM ĐỐC" in text(pdf_of(paper.pk))


@pytest.mark.parametrize(
    "given", [{"reason": ""}, {"reason": "gossip"}, {"reason": "other"}, {"reason": "partner", "words": "x" * 301}]
)
def test_a_reason_is_from_the_list_or_written(office, dossiers, given):
    swept()
    with pytest.raises(NoReason):
        give_reason(letter=Apology.objects.first(), by=office.alice, on=EVE, **given)


def test_a_letter_that_was_sent_is_explained_no_more(office, dossiers, head):
    swept()
    explained(office)
    sign(head)
    with pytest.raises(AlreadyApologised):
        give_reason(letter=Apology.objects.first(), reason="partner", by=office.alice, on=EVE)


def test_an_officer_may_choose_the_day(office, dossiers, head):
    swept()
    one = Apology.objects.order_by("pk").first()
    give_reason(letter=one, reason="partner", wanted_on=date(2026, 12, 10), by=office.alice, on=EVE)
    sign(head, letters_=[one.pk])

    assert Apology.objects.get(pk=one.pk).new_due_on == date(2026, 12, 10)


def test_a_preview_is_a_draft_without_a_number(office, dossiers, head):
    swept()
    explained(office)
    said = text(preview(Apology.objects.first().pk, head, EVE, AT))

    assert "DỰ THẢO" in said
    assert NAME in said
    assert not Stored.objects.exists()
    with pytest.raises(UnknownLetter):
        preview(Apology.objects.first().pk, office.binh, EVE, AT)


def test_what_goes_on_paper_is_one_file_by_route(office, dossiers, head, key):
    swept()
    explained(office)
    sign(head, key=key)
    waiting = letters(head, EVE, LetterFilter.PRINT)
    made = print_file([one.id for one in waiting], head, EVE, AT)

    pages = PdfReader(io.BytesIO(made)).pages
    assert len(pages) == 4
    assert f"{NAME} 2" in " ".join(pages[0].extract_text().split())
    assert "12 Lê Lợi" in pages[2].extract_text()
    assert note_printed(letters=[one.id for one in waiting], by=office.alice, on=EVE) == 2
    assert note_printed(letters=[one.id for one in waiting], by=office.alice, on=EVE) == 0
    assert letters(head, EVE, LetterFilter.PRINT) == []
    with pytest.raises(UnknownLetter):
        print_file([one.id for one in waiting], office.binh, EVE, AT)


def test_the_watchdog_counts_working_days(office, dossiers, head):
    swept()
    assert stuck(head, DUE + timedelta(days=1)).all == 0  # Friday: a working day has not passed
    assert stuck(head, DUE + timedelta(days=5)).unsigned == 3
    explained(office)
    sign(head)
    assert stuck(head, EVE + timedelta(days=1)).all == 0
    assert stuck(head, EVE + timedelta(days=2)).unprinted == 3
    assert stuck(office.binh, EVE + timedelta(days=9)).all == 0
    assert {one.stuck for one in letters(head, EVE + timedelta(days=2), LetterFilter.STUCK)} == {"unprinted"}


def test_lists_go_on_where_they_ended(office, dossiers):
    swept()
    first = letters(office.alice, EVE, limit=2)
    rest = letters(office.alice, EVE, after=first[-1].after)

    assert len({one.id for one in [*first, *rest]}) == 3
    assert letters(office.binh, EVE) == []
    assert letter(first[0].id, office.alice, EVE).row.dossier == dossiers[0].number


def test_a_body_has_its_own_rule_and_those_below_it_follow(office, dossiers):
    rule = {"days_before": 3, "again": "10 working_days", "max_reappointments": 2, "source": "QĐ 1"}
    rule |= {"by": office.dung, "on": MONDAY}
    set_letter_rule(unit=office.unit("CATP"), valid_from=MONDAY, **rule)

    assert letter_law(office.unit("PA08").pk, MONDAY).days_before == 3
    assert letter_law(office.unit("PA08").pk, MONDAY - timedelta(days=1)).days_before == 1
    assert swept(date(2026, 11, 23)) == 3
    for wrong in ({"days_before": 16}, {"max_reappointments": 10}, {"again": "0 working_days"}, {"source": " "}):
        with pytest.raises(BadRule):
            set_letter_rule(unit=office.unit("CATP"), valid_from=MONDAY, **(rule | wrong))
    with pytest.raises(NotAllowed):
        set_letter_rule(unit=office.unit("CATP"), valid_from=MONDAY, **(rule | {"by": office.alice}))
