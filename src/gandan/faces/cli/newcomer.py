"""A first import from a stranger's file: a mapping guessed from the log, a body founded for it, a report of what was used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext

from gandan.faces.cli.bringing import mapping_from
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.operations import found
from gandan.ground.organisations.queries import UnknownUnit, importer, unit, unit_id
from gandan.ground.organisations.rules import Act, Line, UnitKind
from gandan.ground.vietnam.text import fold
from gandan.work.dossiers.rules import XES, Shape, kind_of, log_shape, read_mapping
from gandan.work.dossiers.rules.logs import Census, Guess, Usage, guess, take_census, usage
from gandan.work.dossiers.rules.logs.usage import ODD, WHY

UNSURE: dict[str, str] = {
    "no_name": gettext_noop(
        "Hồ sơ trong tệp không có số (concept:name): lấy thứ tự trong tệp làm số, nên đừng nhập tệp khác cùng nguồn."
    ),
    "no_end": gettext_noop(
        'Không rõ bước nào kết thúc hồ sơ: mọi hồ sơ coi như đang giải quyết. Chọn một bước ở bảng trên: --finished "TÊN BƯỚC".'
    ),
    "no_moments": gettext_noop("Phần lớn sự kiện không có thời điểm đọc được: không tính được ngày tiếp nhận."),
}


class NoMapping(Refused):
    """A table needs somebody to say what its columns mean."""


class WhichUnit(Refused):
    """A log doesn't say whose it is."""


class NotThere(Refused):
    """The unit that was named doesn't exist, and nobody has said to found it."""


@dataclass(frozen=True)
class Understood:
    """A file with the mapping it is brought in by, and, if it is a log, what was seen in it."""

    mapping: dict[str, Any]
    form: Shape | None = None
    census: Census | None = None
    guessed: Guess | None = None

    def used(self) -> Usage | None:
        if self.census is None:
            return None
        mapping = read_mapping(self.mapping)
        named = (
            self.guessed.activity
            if self.guessed
            else next((source.where[0] for source in mapping.sources.values() if source.where), "concept:name")
        )
        return usage(self.census, mapping, named)


def understand(
    path: Path, named: str, *, unit_code: str, procedure: str, finished: list[str], withdrawn: list[str]
) -> Understood:
    """Read the mapping that was named, or guess one from an event log.

    :raises NoMapping: if the file is no log and no mapping was named
    :raises WhichUnit: if the log was not said to be anybody's
    """
    if kind_of(path) != XES:
        if not named:
            raise NoMapping(
                gettext_noop(
                    "Tệp bảng cần --mapping: tệp YAML cho biết mỗi cột nghĩa là gì (xem docs/guides/bringing-in-files.md)."
                )
            )
        return Understood(mapping_from(named, unit_code=unit_code, procedure=procedure))
    census = take_census(path)
    if named:
        return Understood(mapping_from(named, unit_code=unit_code, procedure=procedure), log_shape(census), census)
    guessed = guess(census, finished=finished, withdrawn=withdrawn)
    if not unit_code:
        raise WhichUnit(
            gettext_noop(
                "Nhật ký không cho biết là của đơn vị nào. Thêm --unit MÃ; nếu cơ quan này chưa có trong hệ thống, thêm cả "
                "--found-since {since} (ngày đầu tiên trong tệp)."
            ),
            since=_since(census, guessed) or "2010-01-01",
        )
    guessed.mapping["fields"]["unit"] = {"value": unit_code}
    if procedure:
        guessed.mapping["fields"]["procedure"] = {"value": procedure}
    return Understood(guessed.mapping, log_shape(census), census, guessed)


def _since(census: Census, guessed: Guess) -> str:
    source = guessed.mapping["fields"]["received_on"]
    return census.earliest(source if isinstance(source, str) else source["column"])


def settle(code: str, *, since: date | None, name: str, on: date) -> bool:
    """Found the body whose data it is, if it isn't there yet; say whether it was founded.

    :raises NotThere: if it isn't there and no day was given
    """
    try:
        unit_id(code)
    except UnknownUnit:
        if since is None:
            raise NotThere(
                gettext_noop(
                    "Không có đơn vị {code}. Xem gandan units find; nếu là cơ quan chưa có trong hệ thống, thêm "
                    "--found-since NGÀY (và --unit-name TÊN) để lập đơn vị này từ ngày đó."
                ),
                code=code,
            ) from None
        act = Act(number=f"NHAP/{code}"[:60], title=gettext("Lập để nhập dữ liệu"), body="")
        found(
            code=code.upper(), name=name or code, kind=UnitKind.PARTNER, places={Line.ADMINISTRATION: None}, act=act,
            by=importer(), on=on, effective=since,
        )  # fmt: skip
        return True
    unit(code)
    return False


def source_of(path: Path) -> str:
    """Make a system's short name of a file's name."""
    stem = path.name.split(".")[0]
    return re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-")[:30] or "file"


def save_mapping(mapping: Mapping[str, Any], path: Path) -> None:
    path.write_text(yaml.safe_dump(dict(mapping), allow_unicode=True, sort_keys=False), encoding="utf-8")


def told(understood: Understood) -> dict[str, Any]:
    """Return what the file held and what became of each part of it, in words."""
    used = understood.used()
    if used is None:
        return {}
    return {
        "mapping": understood.mapping,
        "guessed": understood.guessed is not None,
        "unsure": [gettext(UNSURE[code]) for code in (understood.guessed.unsure if understood.guessed else ())],
        "log": {
            "traces": used.traces,
            "cases": used.cases,
            "events": used.events,
            "extensions": used.extensions,
            "classifiers": used.classifiers,
            "attributes": [
                {"name": a.name, "kinds": a.kinds, "filled": a.filled, "of": a.of, "used_as": a.used_as,
                 "why": gettext(WHY[a.why]) if a.why else ""}
                for a in used.attributes
            ],
            "activities": [
                {"name": a.name, "count": a.count, "first": a.first, "last": a.last, "used_as": a.used_as}
                for a in used.activities
            ],
            "odd": [{"code": code, "count": count, "sentence": gettext(ODD[code])} for code, count in used.odd.items()],
        },
    }  # fmt: skip
