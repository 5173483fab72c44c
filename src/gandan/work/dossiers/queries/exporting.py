"""What can be taken out of the dossiers, row by row from the database, within what the viewer may read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import descendants, rows, tree, unit_id, visible_units
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.flow import STATES, Status
from gandan.work.dossiers.models import Dossier, DossierQuerySet
from gandan.work.dossiers.rules.portal import PortalDossier, Supplement, portal_row

CHUNK = 2_000
DAY_OF_FORM_07 = date(2025, 9, 15)  # Circular 03/2025/TT-VPCP; before, the same book was form 06 of Circular 01/2018/TT-VPCP
RIGHT = Right.READ_DOSSIERS

TABLE, PORTAL, REGISTER = "dossiers", "portal", "register"


class ExportSpec(NamedTuple):
    """A file that can be asked for: in which forms, and what it is called."""

    forms: tuple[str, ...]
    name: str


EXPORTS: Mapping[str, ExportSpec] = {
    TABLE: ExportSpec(("csv", "xlsx"), gettext_noop("Danh sách hồ sơ")),
    REGISTER: ExportSpec(("xlsx",), gettext_noop("Sổ theo dõi hồ sơ")),
    PORTAL: ExportSpec(("jsonl",), gettext_noop("Dữ liệu đồng bộ Cổng Dịch vụ công quốc gia")),
}
COLUMNS = (
    gettext_noop("Số hồ sơ"), gettext_noop("Nguồn"), gettext_noop("Số ở nguồn"), gettext_noop("Mã thủ tục"),
    gettext_noop("Thủ tục"), gettext_noop("Mã đơn vị"), gettext_noop("Đơn vị"), gettext_noop("Kênh"), gettext_noop("Người nộp"),
    gettext_noop("Tình trạng"), gettext_noop("Ngày nhận"), gettext_noop("Hẹn trả"), gettext_noop("Ngày có kết quả"),
    gettext_noop("Ngày trả kết quả"), gettext_noop("Ngày rút"), gettext_noop("Ngày dừng hoặc từ chối"), gettext_noop("Quá hẹn"),
)  # fmt: skip
REGISTER_COLUMNS = (
    gettext_noop("STT"), gettext_noop("Mã hồ sơ"), gettext_noop("Tên thủ tục hành chính"), gettext_noop("Số bộ hồ sơ"),
    gettext_noop("Tên cá nhân, tổ chức"), gettext_noop("Địa chỉ, số điện thoại"), gettext_noop("Cơ quan chủ trì giải quyết"),
    gettext_noop("Nhận hồ sơ"), gettext_noop("Hẹn trả kết quả"), gettext_noop("Có kết quả"), gettext_noop("Trả kết quả"),
    gettext_noop("Phương thức nhận kết quả"), gettext_noop("Ký nhận"), gettext_noop("Ghi chú"),
)  # fmt: skip


class BadWish(Refused):
    """What was asked for can't be made."""


@dataclass(frozen=True)
class Wish:
    """What of the dossiers is wanted; nothing set: all that the viewer may read. Codes and days, never words about people."""

    unit: str = ""
    procedure: str = ""
    status: str = ""
    since: date | None = None  # by the day of receipt
    until: date | None = None

    def kept(self) -> dict[str, str]:
        said = {"unit": self.unit, "procedure": self.procedure, "status": self.status}
        said |= {"since": str(self.since or ""), "until": str(self.until or "")}
        return {name: value for name, value in said.items() if value}

    @classmethod
    def read(cls, kept: Mapping[str, str]) -> "Wish":
        days = {name: date.fromisoformat(kept[name]) for name in ("since", "until") if kept.get(name)}
        return cls(kept.get("unit", ""), kept.get("procedure", ""), kept.get("status", ""), days.get("since"), days.get("until"))


def reach(wish: Wish, viewer: Person, on: date) -> frozenset[int]:
    """Return the units whose dossiers a wish concerns, among those that the viewer may read."""
    seen = visible_units(RIGHT, viewer, on)
    if not wish.unit:
        return seen
    unit = unit_id(wish.unit)
    below = {each.unit.id for line in tree().lines(unit) for each in descendants(unit, line, on, on + timedelta(days=1))}
    return seen & (below | {unit})


def check_wish(what: str, form: str, wish: Wish) -> None:
    """:raises BadWish: if there is no such file, state, or stretch of days"""
    spec = EXPORTS.get(what)
    if spec is None or form not in spec.forms:
        known = "; ".join(f"{name}: {', '.join(each.forms)}" for name, each in EXPORTS.items())
        raise BadWish(gettext_noop("Không có loại tệp {what} dạng {form}. Có: {known}."), what=what, form=form, known=known)
    if wish.status and wish.status not in {*map(str, Status), "open"}:
        raise BadWish(gettext_noop("Không có tình trạng {status}."), status=wish.status)
    if wish.since and wish.until and wish.until < wish.since:
        raise BadWish(gettext_noop("Ngày cuối ở trước ngày đầu."))
    if what == REGISTER and not wish.since:
        raise BadWish(gettext_noop("Sổ theo dõi hồ sơ cần ngày: từ ngày nào đến ngày nào."))


def wished(units: frozenset[int], wish: Wish, viewer: Person, on: date) -> DossierQuerySet:
    """Return the dossiers that are wanted and may be read, in the order of their receipt."""
    found = Dossier.objects.visible_to(viewer, on).at(units)
    if wish.procedure:
        found = found.filter(procedure__code=wish.procedure)
    if wish.status:
        found = found.open() if wish.status == "open" else found.filter(status=wish.status)
    if wish.since:
        found = found.filter(received_on__gte=wish.since)
    if wish.until:
        found = found.filter(received_on__lte=wish.until)
    return found.order_by("received_on", "pk")


Line = Sequence[str | int | date | None]


def table_rows(found: DossierQuerySet, on: date) -> Iterator[Line]:
    """Yield the dossiers as rows of a table."""
    for chunk in _chunks(found.select_related("procedure")):
        names = rows({one.unit_id for one in chunk})
        for one in chunk:
            late = (one.ended_on or on) > one.due_on and one.status not in {Status.WITHDRAWN, Status.REFUSED, Status.STOPPED}
            unit = names[one.unit_id]
            yield (
                one.number, one.source, one.source_number, one.procedure.code, one.procedure.name, unit.code, unit.name,
                one.channel, one.applicant, STATES[Status(one.status)].name, one.received_on, one.due_on, one.finished_on,
                one.returned_on, one.withdrawn_on, one.closed_on, "x" if late else "",
            )  # fmt: skip


def register_rows(found: DossierQuerySet) -> Iterator[Line]:
    """Yield the dossiers as rows of the book in which they are followed (form 07)."""
    count = 0
    for chunk in _chunks(found.select_related("procedure", "contact").prefetch_related("deliveries")):
        names = rows({one.unit_id for one in chunk})
        for nth, one in enumerate(chunk, start=count + 1):
            reached = getattr(one, "contact", None)
            said = ", ".join(filter(None, (reached.address, reached.phone))) if reached else ""
            post = any(each.state != "dropped" for each in one.deliveries.all())
            yield (
                nth, one.number, one.procedure.name, 1, one.applicant, said, names[one.unit_id].name, one.received_on,
                one.due_on, one.finished_on, one.returned_on, "Bưu chính" if post else "Trực tiếp", "",
                STATES[Status(one.status)].name,
            )  # fmt: skip
        count += len(chunk)


def portal_rows(found: DossierQuerySet) -> Iterator[dict[str, object]]:
    """Yield the dossiers as the national portal's synchronisation takes them."""
    for chunk in _chunks(found.select_related("procedure").prefetch_related("deliveries", "waits")):
        names = rows({one.unit_id for one in chunk})
        for one in chunk:
            status = Status(one.status)
            yield portal_row(
                PortalDossier(
                    number=one.number,
                    procedure=one.procedure.code,
                    procedure_name=one.procedure.name,
                    field=one.procedure.field_code,
                    channel=one.channel,
                    applicant=one.applicant,
                    received_on=one.received_on,
                    handed_in_on=one.handed_in_on or one.received_on,
                    due_on=one.due_on,
                    status=STATES[status].national,
                    finished_on=one.finished_on,
                    returned_on=one.returned_on,
                    refused_on=one.closed_on if status is Status.REFUSED else None,
                    unit_name=names[one.unit_id].name,
                    by_post=any(each.state != "dropped" for each in one.deliveries.all()),
                    fee=one.procedure.fee,
                    supplements=[
                        Supplement(wait.since, wait.words, wait.until)
                        for wait in sorted(one.waits.all(), key=lambda wait: wait.pk)
                        if wait.status == Status.SUPPLEMENT
                    ],
                )
            )


def _chunks(found: DossierQuerySet) -> Iterator[list[Dossier]]:
    """Read by the key of the order, so that neither server nor client ever holds more than a chunk."""
    after: Dossier | None = None
    while True:
        page = found
        if after is not None:
            page = page.filter(Q(received_on__gt=after.received_on) | Q(received_on=after.received_on, pk__gt=after.pk))
        chunk = list(page[:CHUNK])
        if chunk:
            yield chunk
        if len(chunk) < CHUNK:
            return
        after = chunk[-1]
