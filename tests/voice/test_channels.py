"""Cases of other channels: by file with a saved mapping, once each, rows refused with reasons; answers go back, signed."""

import io
import json
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from gandan.faces.jobs import channels as job
from gandan.ground.documents.tables_read import Unreadable
from gandan.ground.ledger.rules import NotAllowed
from gandan.work.voice import queries
from gandan.work.voice.flow import Outcome
from gandan.work.voice.models import Case, SourceChannel
from gandan.work.voice.operations import answer, bring_file, merge, set_channel
from gandan.work.voice.rules.channels import BadMapping
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock as held_clock
from tests.messages.conftest import SECRET
from tests.voice.conftest import AT

COLUMNS = {"number": "Mã phản ánh", "text": "Nội dung", "service": "Lĩnh vực", "ward": "Phường", "phone": "SĐT"}
CSV = """Mã phản ánh;Nội dung;Lĩnh vực;Phường;SĐT
77;Đèn đỏ hỏng;Giao thông;W1;
78;Nước ngập hẻm;Khác;X9;
79;;Khác;W1;12
;Ồn;;W1;
"""


def channel(town, **more):
    given = {
        "code": "1022", "name": "Tổng đài 1022", "unit": town.unit("CAP-W1"), "columns": COLUMNS,
        "services": {"Giao thông": "traffic-light"}, "webhook": "https://1022.example/answers", "secret": "s3", "by": town.lan,
        "on": TODAY,
    }  # fmt: skip
    return set_channel(**given | more)


def brought(town, content, **more):
    codes = count(1)
    given = {"source": "1022", "name": "1022.csv", "draw": lambda: f"{next(codes) + len(content):016}", "by": town.binh}
    return bring_file(content=content if isinstance(content, bytes) else content.encode(), on=TODAY, at=AT, **given | more)


def test_a_mapping_names_what_it_must_and_is_set_by_who_manages(town):
    for wrong in (
        {"columns": {"number": "Mã"}}, {"code": "Có dấu"}, {"name": ""}, {"webhook": "http://1022.example"}, {"secret": ""},
    ):  # fmt: skip
        with pytest.raises(BadMapping):
            channel(town, **wrong)
    with pytest.raises(NotAllowed):
        channel(town, by=town.binh)
    channel(town)
    assert channel(town, secret="").secret == "s3"


def test_rows_come_once_each_and_what_can_not_be_taken_says_why(town):
    channel(town)
    made = brought(town, CSV)
    assert (made.taken, made.known) == (1, 0)
    case = Case.objects.get()
    assert (case.source, case.source_number, case.service.code, case.unit) == ("1022", "77", "traffic-light", town.unit("PC08"))
    (file,) = queries.brought_files(town.binh, TODAY)
    assert [(row["line"], row["number"], len(row["why"])) for row in file.refused] == [(3, "78", 1), (4, "79", 2), (5, "", 1)]
    assert queries.brought_files(town.chi, TODAY) == []

    assert brought(town, CSV).pk == made.pk  # the very file
    again = brought(town, CSV.replace("X9", "W1"))
    assert (again.taken, again.known) == (1, 1)
    with pytest.raises(NotAllowed):
        brought(town, "x", by=town.chi)
    for bad in ("", "Mã phản ánh;x\n1;2", b"\xff\xfe", b"PKxx", '{"items": 3}', "[1"):
        with pytest.raises(Unreadable):
            brought(town, bad)


def test_a_sheet_and_json_are_read_by_the_same_mapping(town):
    channel(town)
    book, held = Workbook(), io.BytesIO()
    book.active.append(list(COLUMNS.values()))
    book.active.append([80, "Cột điện nghiêng", "Khác", "W1", None])
    book.save(held)
    assert brought(town, held.getvalue()).taken == 1
    items = [{"Mã phản ánh": "81", "Nội dung": "Hố ga mất nắp", "Phường": "W1"}]
    assert brought(town, json.dumps({"items": items})).taken == 1


def answered(town):
    channel(town)
    brought(town, "Mã phản ánh;Nội dung;Lĩnh vực;Phường;SĐT\n90;Nước ngập;Khác;W1;\n91;Nước ngập;Khác;W1;\n")
    first, second = Case.objects.order_by("pk")
    merge(into=first, cases=[second.pk], by=town.binh, on=TODAY, at=AT)
    answer(case=first, words="Đã bơm nước.", outcome=Outcome.DONE, by=town.binh, on=TODAY, at=AT)


def test_answers_go_back_as_a_file_and_to_programs_by_their_own_numbers(town, ask):
    answered(town)
    desk = signed_in(town.binh)
    file = desk.get("/voice/channels/1022/answers.csv").content.decode()
    assert ["90,PA-" in file, "91,PA-" in file, file.count("Đã bơm nước.")] == [True, True, 2]
    assert signed_in(town.chi).get("/voice/channels/1022/answers.csv").status_code == 403
    found = ask("binh", "voice/channels/1022/answers").body["items"]
    assert [one["source_number"] for one in found] == ["90", "91"]
    assert ask("binh", "voice/channels/1022/answers", after=found[-1]["id"]).body["items"] == []
    assert ask("chi", "voice/channels/1022/answers").refusal == (403, "not_allowed")


def test_answers_are_posted_signed_and_again_until_they_are_taken(town, gateway, settings):
    answered(town)
    SourceChannel.objects.update(webhook=settings.GATEWAY_URL, secret=SECRET)
    gateway.answer = 503
    assert job.tell_channels() == 0
    assert SourceChannel.objects.get().failures == 1

    gateway.answer = 200
    assert job.tell_channels() == 2
    assert job.tell_channels() == 0
    ((key, said),) = gateway.taken.items()
    assert [one["source_number"] for one in said["answers"]] == ["90", "91"]
    assert key.startswith("1022:")
    assert (gateway.calls, SourceChannel.objects.get().failures) == (2, 0)


def test_answers_that_were_taken_unknown_to_us_are_not_taken_again(town, gateway, settings):
    answered(town)
    SourceChannel.objects.update(webhook=settings.GATEWAY_URL, secret=SECRET)
    assert job.tell_channels() == 2
    SourceChannel.objects.update(told_upto=0)  # as after a machine that died before it noted the answer
    assert job.tell_channels() == 2
    assert (gateway.calls, len(gateway.taken)) == (2, 1)


def test_answers_follow_nobody_elsewhere_and_a_silent_host_stops_nothing(town, gateway, settings):
    answered(town)
    SourceChannel.objects.update(webhook=settings.GATEWAY_URL, secret=SECRET)
    gateway.answer, gateway.moved = 302, settings.GATEWAY_URL + "/elsewhere"
    assert job.tell_channels() == 0
    assert gateway.calls == 1
    SourceChannel.objects.update(webhook="http://127.0.0.1:9/")
    assert job.tell_channels() == 0
    assert SourceChannel.objects.get().failures == 2


def test_the_desk_brings_a_file_on_its_page(town):
    admin, desk = signed_in(town.lan), signed_in(town.binh)
    form = {"do": "set", "code": "1022", "name": "Tổng đài 1022", "unit": "CAP-W1", "services": "Giao thông = traffic-light"}
    form |= {f"column-{field}": column for field, column in COLUMNS.items()}
    wrong = admin.post("/voice/channels/", {**form, "column-text": ""})
    assert (wrong.status_code, "Mã phản ánh" in wrong.content.decode()) == (422, True)
    assert admin.post("/voice/channels/", form).status_code == 302
    assert desk.post("/voice/channels/", {"do": "bring", "source": "1022"}).status_code == 422
    file = SimpleUploadedFile("1022.csv", CSV.encode())
    assert desk.post("/voice/channels/", {"do": "bring", "source": "1022", "file": file}).status_code == 302
    page = desk.get("/voice/channels/").content.decode()
    assert "Không có phường, xã nào mang mã X9" in page
