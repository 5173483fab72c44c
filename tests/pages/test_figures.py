"""Dashboards, measures and the events behind them: what they say, and to whom."""

import csv
import io

import pytest


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_dashboard_counts_what_happened(worked, desk):
    text = text_of(desk(worked.dung).get("/units/CATP/?period=2025"))

    assert "Hồ sơ đã tiếp nhận" in text
    assert "Công an phường Sài Gòn" in text
    assert "/measures/dossiers-received/events/" in text


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("alice", "/units/PA08/", 200),
        ("alice", "/units/CATP/", 403),
        ("alice", "/units/CAP-W1/", 403),
        ("binh", "/units/CAP-W1/", 200),
        ("binh", "/units/CAP-O1/", 200),  # its history came to this ward
        ("dung", "/units/PA08/", 200),
        ("quyen", "/units/CAP-W1/", 403),
        ("hoa", "/units/79/", 200),
        ("alice", "/measures/dossiers-received/?unit=CATP", 403),
        ("alice", "/measures/dossiers-received/events/?unit=CATP", 403),
        ("alice", "/measures/dossiers-received/events/csv/?unit=CATP", 403),
        ("alice", "/measures/?unit=CATP", 403),
        ("alice", "/programmes/2022-2026/?unit=CATP", 404),  # there is no programme yet
    ],
)
def test_figures_are_seen_by_who_may(worked, desk, who, address, status):
    answer = desk(getattr(worked, who)).get(address)

    assert answer.status_code == status
    if status == 403:
        assert "Trang này chưa mở với Ông/Bà" in text_of(answer)


def test_a_figure_opens_to_its_events(worked, desk):
    client = desk(worked.dung)
    text = text_of(client.get("/measures/dossiers-received/events/?unit=PA08&period=2024&line=police"))

    assert text.count("Tiếp nhận hồ sơ") == 12
    assert "trực tuyến" in text


def test_events_go_on_from_page_to_page_without_a_gap(worked, desk, monkeypatch):
    monkeypatch.setattr("gandan.faces.pages.events.PAGE", 5)
    client, address, seen = desk(worked.dung), "/measures/dossiers-received/events/?unit=PA08&period=2024", []
    while address:
        text = text_of(client.get(address))
        days = [part.split("<")[0] for part in text.split('data-label="Ngày"><span>')[1:]]
        seen += days
        following = text.partition('rel="next"')[0].rpartition('href="')[2].split('"')[0] if 'rel="next"' in text else ""
        address = f"/measures/dossiers-received/events/{following.replace('&amp;', '&')}" if following else ""

    assert len(seen) == 12
    assert seen == sorted(seen, key=lambda day: day.split("/")[::-1], reverse=True)


def test_events_are_narrowed_by_facet(worked, desk):
    address = "/measures/dossiers-finished/events/?unit=PA08&period=2024"
    every, late = (text_of(desk(worked.dung).get(address + more)) for more in ("", "&f.punctuality=late"))

    assert (every.count('data-label="Tính"'), late.count('data-label="Tính"')) == (12, 2)


def test_the_file_holds_what_the_page_shows(worked, desk):
    answer = desk(worked.dung).get("/measures/dossiers-received/events/csv/?unit=PA08&period=2024")
    content = b"".join(answer.streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))

    assert content.startswith("\ufeff")
    assert len(rows) == 12
    assert {row["Mã đơn vị"] for row in rows} == {"PA08"}


def test_a_figure_without_data_says_so(worked, desk):
    text = text_of(desk(worked.dung).get("/measures/claims-asked/"))

    assert "chưa có số liệu" in text


def test_what_cant_be_added_up_says_why(worked, desk):
    text = text_of(desk(worked.dung).get("/measures/people-reached/"))

    assert "Không cộng được" in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("period=2026-13", "Không có kỳ “2026-13”"),
        ("view=sideways", "Không hiểu cách nhìn “sideways”"),
        ("line=moon", "Không có hệ tổ chức nào"),
    ],
)
def test_what_cant_be_read_is_named_and_the_page_still_answers(worked, desk, asked, said):
    answer = desk(worked.dung).get(f"/units/CATP/?{asked}")

    assert answer.status_code == 200
    assert said in text_of(answer)


def test_the_same_figure_as_was_as_is_and_as_at(worked, desk):
    """What the old ward O1 received follows it into W1 as is, and stays its own as was."""
    client = desk(worked.dung)
    address = "/measures/dossiers-received/?unit=CAP-W1&period=2024"
    as_was, as_is = text_of(client.get(address)), text_of(client.get(f"{address}&view=as-is"))

    assert "không có trong kỳ" in as_was or "chưa có số liệu" in as_was
    assert '<div class="value"><span>12</span>' in as_is


@pytest.mark.parametrize("asked", ["period=2024-Q9", "view=as-at:31/02/2025", "line=navy", "period=2024%0D%0AX:1"])
def test_a_file_is_of_what_was_asked_or_it_is_none(worked, desk, asked):
    client = desk(worked.dung)
    answer = client.get(f"/measures/dossiers-received/events/csv/?unit=PA08&{asked}")

    assert answer.status_code == 302
    assert answer.url.startswith("/measures/dossiers-received/events/?unit=PA08&")
    assert client.get(answer.url).context["look"].wrong
