"""Who writes and who lets out: at the civil side, at the police of a ward; and a text that may go out."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.notices.flow import Sort
from gandan.work.notices.models import Publication
from gandan.work.notices.operations import AlertText, ClaimText, SourceText, Text, draft, publish, submit
from tests.cast import TODAY, Cast

AT = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
GOOD = {
    "can_be_checked": "yes",
    "about_services_or_safety": "yes",
    "about_conduct": "no",
    "two_sources": "yes",
    "checked_by_others": "yes",
}
SOURCES = [
    SourceText("Cổng dịch vụ công", "https://dichvucong.example/a", "https://archive.example/a", TODAY),
    SourceText("Cục Cảnh sát giao thông", "https://csgt.example/b", "https://archive.example/b", TODAY),
]


@dataclass
class Desk:
    """A newsroom: who writes and who lets out, of the civil side and of the police."""

    cast: Cast
    writer: Person
    editor: Person
    police_writer: Person
    police_editor: Person


@pytest.fixture
def desk_of_news(cast: Cast) -> Desk:
    def who(name: str, unit: str, line: Line, role: Role) -> Person:
        return enrol(username=name, name=name, unit=cast.unit(unit), role=role, line=line, by=cast.importer, on=TODAY)

    return Desk(
        cast,
        writer=who("van", "BTGDVTU", Line.CIVIL, Role.PUBLISHER),
        editor=who("yen", "BTGDVTU", Line.CIVIL, Role.PUBLISHER),
        police_writer=who("son", "CAP-W1", Line.POLICE, Role.PUBLISHER),
        police_editor=who("tam", "CAP-W1", Line.POLICE, Role.PUBLISHER),
    )


def text(**more) -> Text:
    return Text(
        **{
            "title": "Làm căn cước lưu động thứ Bảy",
            "summary": "Công an phường làm căn cước tại nhà văn hoá khu phố 3.",
            "text": "Thứ Bảy, 28/11, từ 8 giờ đến 11 giờ. Xin mang giấy khai sinh.",
            "channels": ("page", "feed", "email", "poster"),
            **more,
        }
    )


def claim(cast: Cast, **more) -> Text:
    said = {
        "claim": "Nhắn tin nộp phạt nguội qua đường dẫn lạ là của cảnh sát giao thông.",
        "met": "text_messages",
        "verdict": "false",
        "concerned": cast.unit("PC08"),
        "answers": GOOD,
        "sources": SOURCES,
    }
    return text(
        title="Tin nhắn nộp phạt nguội là lừa đảo",
        summary="Cảnh sát giao thông không nhắn đường dẫn nộp phạt.",
        text="Chỉ tra cứu và nộp phạt trên cổng dịch vụ công.",
        claim=ClaimText(**{**said, **more}),
    )


def storm(cast: Cast, **more) -> Text:
    said = {
        "category": "Met",
        "urgency": "Expected",
        "severity": "Severe",
        "certainty": "Likely",
        "expires": AT.replace(hour=23),
        "instruction": "Tránh đường trũng. Gọi 114 khi cần cứu.",
        "places": [cast.unit("W1")],
    }
    return text(
        title="Mưa lớn tối nay",
        summary="Nhiều đường ngập từ 18 giờ.",
        text="Đài dự báo mưa trên 100 mm.",
        title_en="Heavy rain tonight",
        text_en="More than 100 mm of rain are forecast.",
        alert=AlertText(**{**said, **more}),
    )


def out(desk: Desk, sort: Sort = Sort.NOTICE, said: Text | None = None) -> Publication:
    """Let something out as it happens: written by one, let out by another."""
    unit = desk.cast.unit("BTGDVTU")
    made = draft(unit=unit, sort=sort, text=said or text(), by=desk.writer, on=TODAY)
    submit(publication=made, by=desk.writer, on=TODAY)
    return publish(publication=made, by=desk.editor, on=TODAY, at=AT)
