"""Dossiers: received, finished, open, overdue, and how many on time."""

from gandan.ground.ledger.kinds import Kind
from gandan.results.measures.catalogue.units import DAYS, DOSSIERS, ONE_STOP, OWN_DEFINITION, PERCENT, SUMMARY
from gandan.results.measures.rules import Flow, Measure, NotAdditive, Share, Stock, Worded, pick

GROUP = "dossiers"
BY_DUE = {"early", "in_time"}
RESULT = "dossier.result"

# Code in measures, prefix of the procedures' codes, name.
FIELDS = (
    ("passport", "passport*", Worded("hộ chiếu", "passports")),
    ("vehicle", "vehicle*", Worded("đăng ký xe", "vehicle registration")),
    ("identity", "identity*", Worded("căn cước", "identity cards")),
)


def _received(code: str, name: Worded, definition: Worded, **where: str) -> Flow:
    return Flow(
        code=f"dossiers-received{code}", name=name, definition=definition, unit=DOSSIERS, source=ONE_STOP, group=GROUP,
        plus=(pick(Kind.DOSSIER_RECEIVED, **where),),
    )  # fmt: skip


RECEIVED = (
    _received(
        "",
        Worded("Hồ sơ đã tiếp nhận", "Dossiers received"),
        Worded(
            "Số hồ sơ được tiếp nhận trong kỳ, theo ngày tiếp nhận, tại đơn vị tiếp nhận.",
            "Dossiers received in the period, by day of receipt, at the unit that received them.",
        ),
    ),
    _received(
        "-counter",
        Worded("Hồ sơ nộp tại quầy", "Dossiers handed in at a counter"),
        Worded("Hồ sơ đã tiếp nhận mà người dân nộp trực tiếp.", "Dossiers received that people brought themselves."),
        channel="counter",
    ),
    _received(
        "-online",
        Worded("Hồ sơ nộp trực tuyến", "Dossiers handed in online"),
        Worded("Hồ sơ đã tiếp nhận qua cổng dịch vụ công.", "Dossiers received through the public service portal."),
        channel="online",
    ),
    _received(
        "-post",
        Worded("Hồ sơ gửi qua bưu điện", "Dossiers sent by post"),
        Worded("Hồ sơ đã tiếp nhận qua dịch vụ bưu chính công ích.", "Dossiers received through the public postal service."),
        channel="post",
    ),
    Share(
        code="dossiers-online-share",
        name=Worded("Tỷ lệ hồ sơ trực tuyến", "Share of dossiers online"),
        definition=Worded(
            "Hồ sơ nộp trực tuyến chia cho hồ sơ đã tiếp nhận.",
            "Dossiers handed in online ÷ dossiers received.",
        ),
        unit=PERCENT, source=SUMMARY, group=GROUP, better="up",
        part=("dossiers-received-online",), whole=("dossiers-received",),
    ),
)  # fmt: skip


def _finished(code: str, name: Worded, definition: Worded, **where: str | set[str]) -> Flow:
    return Flow(
        code=f"dossiers-finished{code}", name=name, definition=definition, unit=DOSSIERS, source=ONE_STOP, group=GROUP,
        plus=(pick(Kind.DOSSIER_FINISHED, **where),),
        timely="punctuality" in where,
    )  # fmt: skip


FINISHED = (
    _finished(
        "",
        Worded("Hồ sơ đã giải quyết", "Dossiers finished"),
        Worded(
            "Số hồ sơ có kết quả trong kỳ, theo ngày có kết quả, tại đơn vị giải quyết.",
            "Dossiers with a result in the period, by the day of the result, at the unit that gave it.",
        ),
    ),
    _finished(
        "-early",
        Worded("Giải quyết trước hạn", "Finished early"),
        Worded("Hồ sơ có kết quả trước ngày hẹn trả.", "Dossiers with a result before the due date."),
        punctuality="early",
    ),
    _finished(
        "-in-time",
        Worded("Giải quyết đúng hạn", "Finished in time"),
        Worded("Hồ sơ có kết quả đúng ngày hẹn trả.", "Dossiers with a result on the due date."),
        punctuality="in_time",
    ),
    _finished(
        "-late",
        Worded("Giải quyết trễ hạn", "Finished late"),
        Worded("Hồ sơ có kết quả sau ngày hẹn trả.", "Dossiers with a result after the due date."),
        punctuality="late",
    ),
    _finished(
        "-by-due",
        Worded("Giải quyết trước và đúng hạn", "Finished by the due date"),
        Worded("Hồ sơ có kết quả không muộn hơn ngày hẹn trả.", "Dossiers with a result no later than the due date."),
        punctuality=BY_DUE,
    ),
    Share(
        code="dossiers-on-time-share",
        name=Worded("Tỷ lệ giải quyết đúng hạn", "On-time share"),
        definition=Worded(
            "Hồ sơ giải quyết trước và đúng hạn chia cho hồ sơ đã giải quyết trong kỳ.",
            "Dossiers finished by the due date ÷ dossiers finished in the period.",
        ),
        unit=PERCENT, source=ONE_STOP, group=GROUP, better="up", timely=True,
        part=("dossiers-finished-by-due",), whole=("dossiers-finished",),
    ),
    Share(
        code="dossiers-honest-on-time-share",
        name=Worded("Tỷ lệ đúng hạn thực chất", "Honest on-time share"),
        definition=Worded(
            "Hồ sơ giải quyết trước và đúng hạn chia cho tổng hồ sơ đã giải quyết trong kỳ và hồ sơ quá hạn chưa giải quyết "
            "cuối kỳ. Để hồ sơ quá hạn nằm lại không làm tỷ lệ này đẹp lên.",
            "Dossiers finished by the due date ÷ (dossiers finished in the period + dossiers open and overdue at its end). "
            "Leaving late dossiers open does not make it look better.",
        ),
        unit=PERCENT, source=OWN_DEFINITION, group=GROUP, better="up", timely=True,
        part=("dossiers-finished-by-due",), whole=("dossiers-finished", "dossiers-overdue-open"),
    ),
)  # fmt: skip

STANDING = (
    Flow(
        code="dossiers-withdrawn",
        name=Worded("Hồ sơ rút hoặc dừng giải quyết", "Dossiers withdrawn or stopped"),
        definition=Worded(
            "Số hồ sơ người dân rút hoặc dừng giải quyết trong kỳ.",
            "Dossiers withdrawn by their applicants, or stopped, in the period.",
        ),
        unit=DOSSIERS, source=ONE_STOP, group=GROUP,
        plus=(pick(Kind.DOSSIER_WITHDRAWN), pick(Kind.DOSSIER_STOPPED)),
    ),
    Flow(
        code="dossiers-taken-over",
        name=Worded("Hồ sơ nhận bàn giao", "Dossiers taken over"),
        definition=Worded(
            "Số hồ sơ đang giải quyết được đơn vị khác bàn giao sang trong kỳ, kể cả khi sắp xếp đơn vị hành chính.",
            "Open dossiers that came from another unit in the period, also when units were reorganised.",
        ),
        unit=DOSSIERS, source=ONE_STOP, group=GROUP,
        plus=(pick(Kind.DOSSIER_TAKEN_OVER),),
    ),
    Stock(
        code="dossiers-open",
        name=Worded("Hồ sơ đang giải quyết", "Dossiers open"),
        definition=Worded(
            "Số hồ sơ đã tiếp nhận hoặc nhận bàn giao, chưa có kết quả, chưa rút, chưa bàn giao đi, tính đến hết ngày cuối kỳ.",
            "Dossiers received or taken over, not yet finished, withdrawn or handed over, at the end of the period's last day.",
        ),
        unit=DOSSIERS, source=ONE_STOP, group=GROUP,
        plus=(pick(Kind.DOSSIER_RECEIVED), pick(Kind.DOSSIER_TAKEN_OVER)),
        minus=(
            pick(Kind.DOSSIER_FINISHED),
            pick(Kind.DOSSIER_WITHDRAWN),
            pick(Kind.DOSSIER_STOPPED),
            pick(Kind.DOSSIER_HANDED_OVER),
        ),
    ),
    Stock(
        code="dossiers-overdue-open",
        name=Worded("Hồ sơ quá hạn chưa giải quyết", "Dossiers open and overdue"),
        definition=Worded(
            "Số hồ sơ đang giải quyết đã qua ngày hẹn trả, tính đến hết ngày cuối kỳ.",
            "Open dossiers past the due date, at the end of the period's last day.",
        ),
        unit=DOSSIERS, source=ONE_STOP, group=GROUP, better="down", timely=True,
        plus=(pick(Kind.PROMISE_OVERDUE, promise=RESULT), pick(Kind.PROMISE_TAKEN_OVER, promise=RESULT, was="overdue")),
        minus=(
            pick(Kind.PROMISE_KEPT, promise=RESULT, punctuality="late"),
            pick(Kind.PROMISE_DROPPED, promise=RESULT, was="overdue"),
            pick(Kind.PROMISE_MOVED, promise=RESULT, was="overdue"),
            pick(Kind.PROMISE_HANDED_OVER, promise=RESULT, was="overdue"),
        ),
    ),
    NotAdditive(
        code="dossiers-median-days",
        name=Worded("Số ngày giải quyết trung vị", "Median days to finish"),
        definition=Worded(
            "Một nửa số hồ sơ có kết quả sau không quá chừng ấy ngày.",
            "Half of the dossiers had a result within so many days.",
        ),
        unit=DAYS, source=ONE_STOP, group=GROUP, better="down", timely=True,
        reason=Worded(
            "Trung vị của các đơn vị không cộng thành trung vị của thành phố.",
            "The medians of units don't add up to the city's median.",
        ),
    ),
)  # fmt: skip


def _of_field(code: str, prefix: str, name: Worded) -> tuple[Measure, ...]:
    """The same four measures for each of the three fields that the programme names."""
    return (
        _received(
            f"-{code}",
            Worded(f"Hồ sơ {name.vi} đã tiếp nhận", f"Dossiers received: {name.en}"),
            Worded(f"Hồ sơ đã tiếp nhận, lĩnh vực {name.vi}.", f"Dossiers received, field: {name.en}."),
            procedure=prefix,
        ),
        _finished(
            f"-{code}",
            Worded(f"Hồ sơ {name.vi} đã giải quyết", f"Dossiers finished: {name.en}"),
            Worded(f"Hồ sơ đã giải quyết, lĩnh vực {name.vi}.", f"Dossiers finished, field: {name.en}."),
            procedure=prefix,
        ),
        _finished(
            f"-by-due-{code}",
            Worded(f"Hồ sơ {name.vi} giải quyết trước và đúng hạn", f"Finished by the due date: {name.en}"),
            Worded(f"Giải quyết trước và đúng hạn, lĩnh vực {name.vi}.", f"Finished by the due date, field: {name.en}."),
            procedure=prefix,
            punctuality=BY_DUE,
        ),
        Share(
            code=f"dossiers-on-time-share-{code}",
            name=Worded(f"Tỷ lệ giải quyết đúng hạn: {name.vi}", f"On-time share: {name.en}"),
            definition=Worded(
                f"Giải quyết trước và đúng hạn chia cho đã giải quyết, lĩnh vực {name.vi}.",
                f"Finished by the due date ÷ finished, field: {name.en}.",
            ),
            unit=PERCENT, source=ONE_STOP, group=GROUP, better="up", timely=True,
            part=(f"dossiers-finished-by-due-{code}",), whole=(f"dossiers-finished-{code}",),
        ),
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = RECEIVED + FINISHED + STANDING + tuple(m for f in FIELDS for m in _of_field(*f))
