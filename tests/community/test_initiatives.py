"""Initiatives: proposed, tried, recognised under a number, copied once by each unit; commendations; their page."""

from datetime import date, timedelta

import pytest

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.queries import clock
from gandan.ground.privacy.queries import held as kept_ones
from gandan.work.community import operations as community
from gandan.work.community import queries
from gandan.work.community.models import Commendation, Initiative
from gandan.work.community.rules import Merit, NamesSomebody, Step
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.privacy.keeping import keep, kept


@pytest.fixture
def initiative(cast):
    return community.propose(
        unit=cast.unit("CAP-W1"), title="Hẹn giờ qua loa khu phố", summary="Bà con bớt chờ", by=cast.binh, on=TODAY
    )


def recognised(cast, initiative):
    community.try_out(initiative=initiative.pk, result="Giảm một nửa thời gian chờ", by=cast.binh, on=TODAY)
    return community.recognise_initiative(initiative=initiative.pk, by=cast.khanh, on=TODAY)


def test_an_initiative_is_tried_recognised_and_copied_once(cast, initiative):
    with pytest.raises(community.WrongStep):
        community.recognise_initiative(initiative=initiative.pk, by=cast.khanh, on=TODAY)
    made = recognised(cast, initiative)
    assert made.decision == "01/CNSK-CAP-W1"
    for _nth in range(2):
        community.copy(initiative=initiative.pk, unit=cast.unit("CAP-W2"), by=cast.chi, on=TODAY)

    (row,) = queries.initiatives(cast.chi, TODAY).rows
    assert (row.step, [unit.code for unit in row.copies]) == (Step.RECOGNISED, ["CAP-W2"])
    assert Event.objects.filter(facet_set__kind="initiative.copied", unit=cast.unit("CAP-W2")).count() == 1
    with pytest.raises(community.WrongStep):
        community.copy(initiative=initiative.pk, unit=cast.unit("CAP-W1"), by=cast.binh, on=TODAY)


def test_what_is_not_recognised_is_seen_by_its_own_side_alone(cast, initiative):
    assert queries.initiatives(cast.chi, TODAY).rows == []
    with pytest.raises(NotAllowed):
        community.try_out(initiative=initiative.pk, result="x", by=cast.chi, on=TODAY)
    with pytest.raises(NamesSomebody):
        community.propose(unit=cast.unit("CAP-W1"), title="Theo cách ông Tám", summary="", by=cast.binh, on=TODAY)
    community.try_out(initiative=initiative.pk, result="Không hơn", by=cast.binh, on=TODAY)
    community.decline_initiative(initiative=initiative.pk, by=cast.khanh, on=TODAY)
    assert Initiative.objects.get().step == Step.DECLINED


def test_commendations_have_numbers_without_gaps_and_names_end(cast):
    for name in ("Tổ 3", "Tổ 4"):
        community.commend(
            unit=cast.unit("CAP-W1"), merit=Merit.COLLECTIVE, name=name, reason="Giữ khu phố yên", by=cast.khanh, on=TODAY
        )
    assert [one.decision for one in queries.commendations(cast.giang, TODAY).rows] == ["02/QĐ-KT-CAP-W1", "01/QĐ-KT-CAP-W1"]
    number = f"KT-{Commendation.objects.get(decision='01/QĐ-KT-CAP-W1').pk}"
    assert (keep(cast.chi, number), keep(cast.binh, number)) == (400, 302)
    assert number in kept(cast.binh)
    held = kept_ones("community.commendation", TODAY)
    assert len(community.erase_commended(before=TODAY + timedelta(1), but=held, by=clock(), on=TODAY)) == 1
    assert keep(cast.binh, number, step="release") == 302
    later = date(2050, 1, 1)
    assert len(community.erase_commended(before=TODAY + timedelta(1), but=frozenset(), by=clock(), on=later)) == 1
    assert {one.name for one in Commendation.objects.all()} == {""}


def test_the_page_takes_an_initiative_from_proposal_to_copy(cast):
    binh, khanh, chi = map(signed_in, (cast.binh, cast.khanh, cast.chi))
    named = binh.post("/initiatives/", {"do": "propose", "title": "Cách ông Tám", "summary": "Nhanh hơn"})
    assert (named.status_code, "Nhanh hơn" in named.content.decode()) == (422, True)
    assert binh.post("/initiatives/", {"do": "propose", "title": "Hẹn giờ"}).status_code == 302
    number = str(Initiative.objects.get().pk)
    assert binh.post("/initiatives/", {"do": "try", "initiative": number, "result": "Tốt"}).status_code == 302
    assert khanh.post("/initiatives/", {"do": "recognise", "initiative": number}).status_code == 302
    assert "Đơn vị tôi làm theo" in chi.get("/initiatives/").content.decode()
    assert chi.post("/initiatives/", {"do": "copy", "initiative": number}).status_code == 302
    assert "Công an phường Bến Thành" in binh.get("/initiatives/").content.decode()
    commended = {"merit": "collective", "name": "Tổ 3", "reason": "Giữ khu phố yên"}
    assert binh.post("/commendations/", commended).status_code == 403
    khanh.post("/my-unit/", {"unit": "79"})
    assert khanh.post("/commendations/", commended).status_code == 302
    assert "01/QĐ-KT-79" in khanh.get("/commendations/").content.decode()
