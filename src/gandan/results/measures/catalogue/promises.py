"""Promises: all that units owe, from every package, kept in time or not."""

from gandan.ground.ledger.kinds import Kind
from gandan.results.measures.catalogue.units import LEDGER, OWN_DEFINITION, PERCENT, PROGRAMME, PROMISES
from gandan.results.measures.rules import Flow, Measure, Share, Stock, Worded, pick

IN_TIME = "in_time"


def _flow(code: str, name: Worded, definition: Worded, kind: Kind, *, timely: bool = False, **where: str | set[str]) -> Flow:
    return Flow(
        code=code, name=name, definition=definition, unit=PROMISES, source=LEDGER, group="promises", timely=timely,
        plus=(pick(kind, **where),),
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = (
    _flow(
        "promises-owed",
        Worded("Việc đã hẹn", "Promises made"),
        Worded(
            "Số việc có hạn mà đơn vị nhận trong kỳ: trả kết quả, trả lời, thư xin lỗi, kết luận họp, báo cáo.",
            "What units came to owe by a date in the period: results, answers, letters, conclusions, reports.",
        ),
        Kind.PROMISE_OWED,
    ),
    _flow(
        "promises-kept",
        Worded("Việc đã làm xong", "Promises kept"),
        Worded("Số việc đã hẹn làm xong trong kỳ.", "Promises kept in the period."),
        Kind.PROMISE_KEPT,
    ),
    _flow(
        "promises-kept-in-time",
        Worded("Việc làm xong đúng hạn", "Promises kept in time"),
        Worded("Số việc làm xong không muộn hơn hạn.", "Promises kept no later than the due date."),
        Kind.PROMISE_KEPT,
        timely=True,
        punctuality=IN_TIME,
    ),
    _flow(
        "promises-kept-late",
        Worded("Việc làm xong trễ hạn", "Promises kept late"),
        Worded("Số việc làm xong sau hạn.", "Promises kept after the due date."),
        Kind.PROMISE_KEPT,
        timely=True,
        punctuality="late",
    ),
    _flow(
        "promises-moved",
        Worded("Lần dời hẹn", "Promises moved"),
        Worded("Số lần hạn của một việc được dời trong kỳ.", "Times that the due date was moved in the period."),
        Kind.PROMISE_MOVED,
        timely=True,
    ),
    _flow(
        "promises-dropped",
        Worded("Việc thôi không còn phải làm", "Promises dropped"),
        Worded(
            "Số việc hết căn cứ để làm, như hồ sơ đã rút.",
            "Promises whose ground fell away, as when a dossier is withdrawn.",
        ),
        Kind.PROMISE_DROPPED,
    ),
    _flow(
        "promises-fell-overdue",
        Worded("Việc rơi vào quá hạn", "Promises that fell overdue"),
        Worded(
            "Số việc quá hạn trong kỳ, tính theo ngày thật sự quá hạn dù phát hiện muộn.",
            "Promises that fell overdue in the period, by the true day, however late it was noticed.",
        ),
        Kind.PROMISE_OVERDUE,
        timely=True,
    ),
    Stock(
        code="promises-open",
        name=Worded("Việc đang phải làm", "Promises open"),
        definition=Worded(
            "Số việc đã hẹn, chưa xong và chưa thôi, tính đến hết ngày cuối kỳ.",
            "Promises neither kept nor dropped, at the end of the period's last day.",
        ),
        unit=PROMISES, source=LEDGER, group="promises",
        plus=(pick(Kind.PROMISE_OWED), pick(Kind.PROMISE_TAKEN_OVER)),
        minus=(pick(Kind.PROMISE_KEPT), pick(Kind.PROMISE_DROPPED), pick(Kind.PROMISE_HANDED_OVER)),
    ),
    Stock(
        code="promises-overdue-open",
        name=Worded("Việc quá hạn chưa làm", "Promises open and overdue"),
        definition=Worded(
            "Số việc đang phải làm đã quá hạn, tính đến hết ngày cuối kỳ.",
            "Open promises past the due date, at the end of the period's last day.",
        ),
        unit=PROMISES, source=PROGRAMME, group="promises", better="down", timely=True,
        plus=(pick(Kind.PROMISE_OVERDUE), pick(Kind.PROMISE_TAKEN_OVER, was="overdue")),
        minus=(
            pick(Kind.PROMISE_KEPT, punctuality="late"),
            pick(Kind.PROMISE_DROPPED, was="overdue"),
            pick(Kind.PROMISE_MOVED, was="overdue"),
            pick(Kind.PROMISE_HANDED_OVER, was="overdue"),
        ),
    ),
    Share(
        code="promises-in-time-share",
        name=Worded("Tỷ lệ làm xong đúng hạn", "Share of promises kept in time"),
        definition=Worded("Việc làm xong đúng hạn chia cho việc đã làm xong.", "Promises kept in time ÷ promises kept."),
        unit=PERCENT, source=LEDGER, group="promises", better="up", timely=True,
        part=("promises-kept-in-time",), whole=("promises-kept",),
    ),
    Share(
        code="promises-honest-share",
        name=Worded("Tỷ lệ giữ hẹn thực chất", "Honest share of promises kept"),
        definition=Worded(
            "Việc làm xong đúng hạn chia cho tổng việc đã làm xong trong kỳ và việc quá hạn chưa làm cuối kỳ.",
            "Promises kept in time ÷ (promises kept in the period + promises open and overdue at its end).",
        ),
        unit=PERCENT, source=OWN_DEFINITION, group="promises", better="up", timely=True,
        part=("promises-kept-in-time",), whole=("promises-kept", "promises-overdue-open"),
    ),
)  # fmt: skip
