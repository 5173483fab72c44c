"""Dossiers lived step by step, to hold against those that came from a file."""

from collections.abc import Callable
from datetime import date

from gandan.ground.ledger.models import Event
from gandan.ground.promises.operations import sweep
from gandan.work.dossiers import operations
from gandan.work.dossiers.models import Apology, Delivery, Dossier
from tests.dossiers.files import COLUMNS, MAPPING, TODAY, row

OUTCOMES = {"đã phát": operations.deliver, "failed": operations.fail, "returned": operations.return_to_office}
LEFT_OUT = {"id", "about_id", "dossier", "label", "overdue_event", "reminded", "escalated", "next_on", "tracking"}


def told(dossier):
    """Return what the ledger was told of a dossier: kind, unit, day and facets. What the sweep reminds of is not its life."""
    events = Event.objects.filter(about_type="dossiers.dossier", about_id=dossier.pk).select_related("facet_set", "unit")
    left_out = {"promise.reminded", "promise.escalated"}
    return [(e.kind, e.unit.code, e.day, e.facets) for e in events.order_by("id") if e.kind not in left_out]


def kept(record) -> dict:
    """Return what a row says, but for its number, and what it points at."""
    return {field.name: getattr(record, field.name) for field in record._meta.fields if field.name not in LEFT_OUT}


def live(office, changed) -> Dossier:
    """Do with one dossier, step by step and each on its day, what a row of a file tells of another."""
    cells = dict(zip(COLUMNS, row("x", **changed).split(","), strict=True))
    day = {name: date(int(text[6:]), int(text[3:5]), int(text[:2])) for name, text in cells.items() if text[2:3] == "/"}
    by = office.importer
    procedure = MAPPING["fields"]["procedure"]["values"][cells["Thủ tục"]]
    unit, wanted = office.unit(cells["Đơn vị"]), "Gửi đi" in day
    dossier = operations.receive(procedure=procedure, unit=unit, applicant="A", by_post=wanted, by=by, on=day["Nhận"])
    to = office.unit(cells["Nơi xong"]) if cells["Nơi xong"] else None
    letter, parcel = Apology.objects.filter(dossier=dossier), Delivery.objects.filter(dossier=dossier)
    steps: dict[str, Callable[[date], object]] = {
        "Nợ thư": lambda on: operations.owe_apology(dossier=dossier, by=by, on=on),
        "Gửi thư": lambda on: operations.send_apology(apology=letter.get(), new_due_on=day["Hẹn lại"], by=by, on=on),
        "Xử lý": lambda on: operations.start(dossier=dossier, by=by, on=on),
        "Hỏi thêm": lambda on: operations.ask_supplement(
            dossier=dossier, papers=[{"name": "Ảnh", "original": 1}], words="Thiếu ảnh", by=by, on=on
        ),
        "Bổ sung": lambda on: operations.supplemented(dossier=dossier, by=by, on=on),
        "Dừng": lambda on: operations.stop(dossier=dossier, why="other", words="Không đủ", by=by, on=on),
        "sắp xếp": lambda on: operations.follow_succession(unit=dossier.unit, rest=to, by=by, on=on),
        "Xong": lambda on: operations.finish(dossier=dossier, by=by, on=on),
        "Rút": lambda on: operations.withdraw(dossier=dossier, by=by, on=on),
        "Trả": lambda on: operations.return_result(dossier=dossier, how="counter", by=by, on=on),
        "Gửi đi": lambda on: operations.hand_to_post(dossier=dossier, by=by, on=on),
        "Phát": lambda on: OUTCOMES[cells["Kết quả"]](delivery=parcel.get(), by=by, on=on),
    }
    closed_on = dossier.unit.closed_on
    if closed_on and closed_on <= day.get("Xong", TODAY):
        day["sắp xếp"] = closed_on
    order = list(steps)
    for name in sorted(day.keys() & steps.keys(), key=lambda name: (day[name], order.index(name))):
        steps[name](day[name])
    sweep(by=by, on=TODAY)
    return Dossier.objects.get(pk=dossier.pk)
