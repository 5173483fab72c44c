"""Hand-overs: nothing that may explode is brought, two people sign at each link, and the chain leads to the depot."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.queries import clock
from gandan.ground.promises.models import Promise
from gandan.work.voice import queries
from gandan.work.voice.flow import MissingWords, WrongState
from gandan.work.voice.models import Case, Item, Link, Protocol
from gandan.work.voice.operations import arrange, follow_items, give, take, take_back, take_in, witness
from gandan.work.voice.operations.passing import NotTheirWork
from gandan.work.voice.rules.brought import NotReady
from gandan.work.voice.rules.handovers.arms import UnknownArms, arms, arms_of, arms_on, pieces
from gandan.work.voice.rules.handovers.chain import MayExplode, NotInHand, SamePerson
from gandan.work.voice.rules.handovers.things import Thing
from tests.cast import TODAY
from tests.voice.conftest import AT

KNIFE = Thing("blade", "Dao găm cán gỗ", "MS 112", "2", "rusted", "NP-01")
ROUNDS = Thing("cartridge", "", "", "35", "unknown")
CODE = f"{1:016}"


def appointed(town, case, **more):
    given = {
        "collected": True, "day": TODAY + timedelta(1), "begins": time(8), "ends": time(9), "place": "hẻm 12",
        "words": "Hai cán bộ mặc sắc phục đến.", "by": town.binh, "on": TODAY, "at": AT,
    }  # fmt: skip
    return arrange(case=case, **given | more)


def written(town, case, things=(KNIFE, ROUNDS), **more):
    given = {
        "ground": "found", "place": "Công an phường Sài Gòn", "giver": "", "giver_address": "", "circumstances": "Sửa nhà gặp.",
        "by": town.binh, "on": TODAY, "at": AT,
    }  # fmt: skip
    return take_in(case=case, things=things, **given | more)


@pytest.fixture
def taken_in(town, send):
    case = send("handover", "Thấy hai con dao và ít đạn")
    written(town, case)
    return witness(case=case, by=town.dung, on=TODAY, at=AT)


def test_the_law_of_the_day_says_what_can_be_handed_over():
    assert {one.group for one in arms_on(TODAY)} >= {"military", "crude", "explosive", "support"}
    assert arms_of("weapon-2017", date(2020, 5, 1)).source == "Luật 14/2017/QH14, Điều 3"
    with pytest.raises(UnknownArms):
        arms_of("weapon-2017", TODAY)
    assert all(one.source and one.name_en for one in arms())
    assert (pieces("kg", 12), pieces("viên", 35)) == (1, 35)


def test_a_day_is_appointed_and_its_giver_reads_it(town, send):
    case = send("handover", "Nghi là bom cũ", phone="0909123456", answers={"what": ["bomb"]})
    with pytest.raises(MayExplode):
        appointed(town, case, collected=False)
    with pytest.raises(NotAllowed):
        appointed(town, case, by=town.chi)
    days = [({"day": day}, "day") for day in (TODAY - timedelta(1), date.max)]
    for wrong, field in (*days, ({"ends": time(7)}, "ends"), ({"place": " "}, "place")):
        with pytest.raises(MissingWords) as refused:
            appointed(town, case, **wrong)
        assert refused.value.field == field

    appointed(town, case)

    assert queries.visit_of(case).words == "Hai cán bộ mặc sắc phục đến."
    assert Promise.objects.get(about_id=case.pk).due_on == TODAY + timedelta(1)
    event = Event.objects.get(facet_set__kind="handover.arranged")
    assert event.facet_set.facets == {"how": "collected"}


def test_two_people_take_it_in_and_each_class_is_counted(town, send):
    case = send("handover", "Thấy hai con dao và ít đạn")
    written(town, case, [KNIFE])
    written(town, case)  # anew, before anybody else has signed
    assert queries.protocol_of(case, None, TODAY) is None
    assert not Event.objects.filter(facet_set__kind="handover.taken_in").exists()
    with pytest.raises(SamePerson):
        witness(case=case, by=town.binh, on=TODAY, at=AT)

    protocol = witness(case=case, by=town.dung, on=TODAY, at=AT)

    assert (protocol.number, Item.objects.count()) == (1, 2)
    told = Event.objects.filter(facet_set__kind="handover.taken_in").order_by("pk")
    assert [(one.facet_set.facets, one.amount) for one in told] == [
        ({"group": "crude", "arms": "blade"}, 2), ({"group": "military", "arms": "cartridge"}, 35),
    ]  # fmt: skip
    assert Case.objects.get().outcome == "done"
    assert dict(Promise.objects.values_list("kind", "state")) == {"voice.answer": "kept", "handover.depot": "open"}
    held = queries.held(CODE, TODAY)
    assert "01/BBGN" in held.replies[0].words
    assert queries.protocol_of(case, None, TODAY).number == f"01/BBGN-CAP-W1/{TODAY.year}"
    with pytest.raises(WrongState):
        witness(case=case, by=town.dung, on=TODAY, at=AT)


@pytest.mark.parametrize(("given", "field"), [
    ({"things": []}, "things"),
    ({"things": [Thing("weapon-2017")]}, "thing-1"),
    ({"things": [KNIFE, Thing("", "vật lạ")]}, "thing-2"),
    ({"things": [Thing("blade", quantity="0")]}, "thing-1"),
    ({"things": [Thing("blade", quantity="nhiều")]}, "thing-1"),
    ({"things": [Thing("blade", condition="new")]}, "thing-1"),
    ({"ground": ""}, "ground"),
    ({"place": ""}, "place"),
])  # fmt: skip
def test_what_can_not_be_so_is_said_beside_its_row(town, send, given, field):
    case = send("handover", "Thấy hai con dao")
    with pytest.raises(NotReady) as refused:
        written(town, case, **given)
    assert set(refused.value.faults) == {field}


def test_the_paper_says_what_was_given_and_leaves_out_who_wishes_so(town, send, taken_in):
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(queries.protocol_pdf(taken_in.case))).pages)
    for said in ("BIÊN BẢN GIAO NHẬN", "Dao găm cán gỗ", "MS 112", "35 viên", "không để lại tên", "Trần Văn Bình"):
        assert said in " ".join(text.split()), said
    assert queries.protocol_pdf(taken_in.case) == queries.protocol_pdf(taken_in.case)

    other = send("handover", "Một cây kiếm")
    with pytest.raises(queries.UnknownCase):
        queries.protocol_pdf(other)


def test_the_chain_leads_to_the_depot_with_two_hands_at_each_link(town, taken_in):
    hand = {"on": TODAY, "at": AT}
    link = give(
        protocol=taken_in, items=[1, 2], to=town.unit("PC08"), to_depot=False, words="Thùng niêm phong", by=town.binh, **hand
    )
    with pytest.raises(NotInHand):
        give(protocol=taken_in, items=[1], to=town.unit("PC08"), to_depot=True, words="", by=town.binh, **hand)
    for by, why in ((town.binh, NotAllowed), (town.chi, NotAllowed)):
        with pytest.raises(why):
            take(link=link, remarks="", by=by, **hand)
    (waiting,) = queries.on_the_way(town.phuc, TODAY)
    assert (waiting.may_take, waiting.items[0].name) == (True, "Dao găm cán gỗ")
    assert queries.on_the_way(town.chi, TODAY) == []

    take(link=link, remarks="Niêm phong còn nguyên", by=town.phuc, **hand)
    assert Promise.objects.get(kind="handover.depot").unit == town.unit("PC08")
    stored = give(protocol=taken_in, items=[1, 2], to=town.unit("PC08"), to_depot=True, words="", by=town.phuc, **hand)
    with pytest.raises(SamePerson):
        take(link=stored, remarks="", by=town.phuc, **hand)
    take(link=stored, remarks="", by=town.dung, **hand)

    assert {one.where for one in Item.objects.all()} == {"stored"}
    assert Promise.objects.get(kind="handover.depot").state == "kept"
    shown = queries.protocol_of(taken_in.case, town.binh, TODAY)
    assert shown.holds
    assert [(one.given_by, one.taken_by) for one in shown.links] == [
        ("Trần Văn Bình", "Lý Hồng Phúc"), ("Lý Hồng Phúc", "Phạm Anh Dũng"),
    ]  # fmt: skip
    assert len(queries.held_items(town.phuc, TODAY, stored=True)) == 2


def test_who_changes_a_word_afterwards_breaks_the_chain(town, taken_in):
    link = give(
        protocol=taken_in, items=[1], to=town.unit("PC08"), to_depot=False, words="", by=town.binh, on=TODAY, at=AT
    )  # fmt: skip
    take(link=link, remarks="", by=town.phuc, on=TODAY, at=AT)
    assert queries.protocol_of(taken_in.case, town.binh, TODAY).holds
    Item.objects.filter(nth=1).update(quantity=1)
    assert not queries.protocol_of(taken_in.case, town.binh, TODAY).holds
    Item.objects.filter(nth=1).update(quantity=2)
    Link.objects.update(remarks="khác")
    assert not queries.protocol_of(taken_in.case, town.binh, TODAY).holds


def test_what_nobody_took_can_be_kept_and_only_the_police_hold_it(town, taken_in):
    hand = {"by": town.binh, "on": TODAY}
    link = give(protocol=taken_in, items=[2], to=town.unit("PC08"), to_depot=True, words="", at=AT, **hand)
    take_back(link=link, **hand)
    assert Item.objects.get(nth=2).where == "held"
    with pytest.raises(WrongState):
        take_back(link=link.pk or 0, **hand)
    for unit in ("BXDD-W1", "CAP-W1"):
        with pytest.raises(NotTheirWork):
            give(protocol=taken_in, items=[2], to=town.unit(unit), to_depot=False, words="", at=AT, **hand)


def test_items_of_a_unit_that_ended_are_its_heirs(town, send):
    before = date(2025, 6, 20)
    case = send("handover", "Một cây kiếm cũ", ward="O1", on=before)
    at = AT.replace(year=2025, month=6, day=20)
    written(town, case, [KNIFE], by=town.importer, on=before, at=at)
    witness(case=case, by=town.dung, on=before, at=at)

    assert follow_items(unit=town.unit("CAP-O1"), by=clock(), on=date(2025, 7, 1)) == 1

    assert Item.objects.get().holder == town.unit("CAP-W1")
    assert Promise.objects.get(kind="handover.depot").unit == town.unit("CAP-W1")
    assert Protocol.objects.get().unit == town.unit("CAP-O1")
