"""Letters of apology, and results that reach people by post."""

from gandan.ground.ledger.kinds import Kind
from gandan.results.measures.catalogue.dossiers import FIELDS
from gandan.results.measures.catalogue.units import APOLOGY, LETTERS, PARCELS, PERCENT, POST
from gandan.results.measures.rules import Flow, Measure, Share, Stock, Worded, pick

LETTER = "apology.letter"

APOLOGIES: tuple[Measure, ...] = (
    Flow(
        code="letters-owed",
        name=Worded("Thư xin lỗi phải gửi", "Letters of apology owed"),
        definition=Worded(
            "Số lần trễ hẹn trả kết quả mà quy định buộc phải có thư xin lỗi, mỗi lần một thư.",
            "Times a result missed its day so that the rule requires a letter of apology, one letter each time.",
        ),
        unit=LETTERS, source=APOLOGY, group="letters", better="down",
        plus=(pick(Kind.LETTER_OWED),),
    ),
    Flow(
        code="letters-sent",
        name=Worded("Thư xin lỗi đã gửi", "Letters of apology sent"),
        definition=Worded("Số thư xin lỗi đã ký và gửi trong kỳ.", "Letters of apology signed and sent in the period."),
        unit=LETTERS, source=APOLOGY, group="letters",
        plus=(pick(Kind.LETTER_SENT),),
    ),
    Flow(
        code="letters-sent-in-time",
        name=Worded("Thư xin lỗi gửi đúng hạn", "Letters of apology sent in time"),
        definition=Worded(
            "Thư xin lỗi gửi không muộn hơn ngày quy định.", "Letters of apology sent no later than the day the rule sets."
        ),
        unit=LETTERS, source=APOLOGY, group="letters", better="up", timely=True,
        plus=(pick(Kind.LETTER_SENT, punctuality="in_time"),),
    ),
    Flow(
        code="letters-sent-late",
        name=Worded("Thư xin lỗi gửi trễ", "Letters of apology sent late"),
        definition=Worded("Thư xin lỗi gửi sau ngày quy định.", "Letters of apology sent after the day the rule sets."),
        unit=LETTERS, source=APOLOGY, group="letters", better="down", timely=True,
        plus=(pick(Kind.LETTER_SENT, punctuality="late"),),
    ),
    Stock(
        code="letters-open",
        name=Worded("Thư xin lỗi chưa gửi", "Letters of apology still owed"),
        definition=Worded(
            "Thư xin lỗi phải gửi mà chưa gửi, tính đến hết ngày cuối kỳ.",
            "Letters of apology owed and not yet sent, at the end of the period's last day.",
        ),
        unit=LETTERS, source=APOLOGY, group="letters", better="down", timely=True,
        plus=(pick(Kind.PROMISE_OWED, promise=LETTER), pick(Kind.PROMISE_TAKEN_OVER, promise=LETTER)),
        minus=(
            pick(Kind.PROMISE_KEPT, promise=LETTER),
            pick(Kind.PROMISE_DROPPED, promise=LETTER),
            pick(Kind.PROMISE_HANDED_OVER, promise=LETTER),
        ),
    ),
    Flow(
        code="letters-never-sent",
        name=Worded("Thư xin lỗi đã không gửi", "Letters of apology never sent"),
        definition=Worded(
            "Thư xin lỗi phải gửi nhưng không gửi trước khi hồ sơ có kết quả hoặc được rút.",
            "Letters owed and not sent by the time the dossier was finished or withdrawn.",
        ),
        unit=LETTERS, source=APOLOGY, group="letters", better="down", timely=True,
        plus=(pick(Kind.PROMISE_DROPPED, promise=LETTER),),
    ),
    Share(
        code="letters-sent-share",
        name=Worded("Tỷ lệ thư xin lỗi đã gửi", "Share of letters of apology sent"),
        definition=Worded(
            "Thư xin lỗi đã gửi chia cho tổng thư đã gửi, thư đã không gửi trong kỳ và thư chưa gửi cuối kỳ.",
            "Letters sent ÷ (letters sent or never sent in the period + letters still owed at its end).",
        ),
        unit=PERCENT, source=APOLOGY, group="letters", better="up", timely=True,
        part=("letters-sent",), whole=("letters-sent", "letters-never-sent", "letters-open"),
    ),
)  # fmt: skip

LATE_BY = (
    (
        "post",
        Worded("bưu điện", "the post"),
        Worded(
            "Kết quả phát sau hạn của bưu điện mà trong hạn bưu điện chưa đến phát lần nào.",
            "Results delivered after the post's term, within which it had made no attempt.",
        ),
    ),
    (
        "applicant",
        Worded("người nhận vắng", "the applicant's absence"),
        Worded(
            "Kết quả phát sau hạn của bưu điện mà trong hạn bưu điện đã đến nhưng không gặp người nhận.",
            "Results delivered after the post's term, within which it had come and found nobody.",
        ),
    ),
)

DELIVERIES: tuple[Measure, ...] = (
    Flow(
        code="deliveries-handed",
        name=Worded("Kết quả giao bưu điện", "Results handed to the post"),
        definition=Worded("Số kết quả bàn giao cho bưu điện trong kỳ.", "Results handed to the post in the period."),
        unit=PARCELS, source=POST, group="post",
        plus=(pick(Kind.DELIVERY_HANDED),),
    ),
    Flow(
        code="deliveries-delivered",
        name=Worded("Kết quả đã phát đến người dân", "Results delivered by post"),
        definition=Worded("Số kết quả bưu điện đã phát trong kỳ.", "Results that the post delivered in the period."),
        unit=PARCELS, source=POST, group="post",
        plus=(pick(Kind.DELIVERY_DELIVERED),),
    ),
    Flow(
        code="deliveries-delivered-in-time",
        name=Worded("Kết quả phát đúng hạn", "Results delivered in time"),
        definition=Worded(
            "Kết quả bưu điện phát không muộn hơn ngày đã hẹn; chậm của bưu điện tách khỏi chậm của cơ quan.",
            "Results that the post delivered no later than it promised; the post's lateness stands apart from the office's.",
        ),
        unit=PARCELS, source=POST, group="post", better="up", timely=True,
        plus=(pick(Kind.DELIVERY_DELIVERED, punctuality="in_time"),),
    ),
    Share(
        code="deliveries-in-time-share",
        name=Worded("Tỷ lệ bưu điện phát đúng hạn", "Share of results delivered in time"),
        definition=Worded(
            "Kết quả phát đúng hạn chia cho kết quả đã phát.",
            "Results delivered in time ÷ results delivered.",
        ),
        unit=PERCENT, source=POST, group="post", better="up", timely=True,
        part=("deliveries-delivered-in-time",), whole=("deliveries-delivered",),
    ),
    Flow(
        code="deliveries-failed",
        name=Worded("Lần phát không thành", "Failed attempts"),
        definition=Worded(
            "Số lần bưu điện đến mà không phát được; một bưu gửi có thể có nhiều lần.",
            "Attempts at delivery that failed; one item may have several.",
        ),
        unit=Worded("lần", "attempts"), source=POST, group="post", better="down",
        plus=(pick(Kind.DELIVERY_FAILED),),
    ),
    Flow(
        code="deliveries-returned",
        name=Worded("Kết quả bưu điện trả lại", "Results returned by the post"),
        definition=Worded("Số kết quả bưu điện chuyển hoàn trong kỳ.", "Results that the post returned in the period."),
        unit=PARCELS, source=POST, group="post", better="down",
        plus=(pick(Kind.DELIVERY_RETURNED),),
    ),
    Flow(
        code="deliveries-handed-late",
        name=Worded("Kết quả cơ quan giao bưu điện trễ hẹn", "Results handed to the post late"),
        definition=Worded(
            "Kết quả cơ quan bàn giao cho bưu điện sau ngày đã hẹn với người dân: chậm của cơ quan.",
            "Results handed to the post after the day appointed to the applicant: the office's own lateness.",
        ),
        unit=PARCELS, source=POST, group="post", better="down", timely=True,
        plus=(pick(Kind.DELIVERY_HANDED, handed="late"),),
    ),
    *(
        Flow(
            code=f"deliveries-late-by-{code}",
            name=Worded(f"Kết quả phát trễ do {name.vi}", f"Results delivered late because of {name.en}"),
            definition=definition,
            unit=PARCELS, source=POST, group="post", better="down", timely=True,
            plus=(pick(Kind.DELIVERY_DELIVERED, late_by=code),),
        )
        for code, name, definition in LATE_BY
    ),
    Flow(
        code="deliveries-collected",
        name=Worded("Kết quả hoàn trả được nhận tại quầy", "Returned results collected at the counter"),
        definition=Worded(
            "Kết quả bưu điện hoàn trả mà người dân sau đó đến nhận.",
            "Results that the post returned and the applicant then collected.",
        ),
        unit=PARCELS, source=POST, group="post",
        plus=(pick(Kind.DELIVERY_COLLECTED),),
    ),
    Stock(
        code="deliveries-open",
        name=Worded("Kết quả đang trên đường", "Results on their way"),
        definition=Worded(
            "Kết quả đã giao bưu điện, chưa phát và chưa trả lại, tính đến hết ngày cuối kỳ.",
            "Results handed to the post, neither delivered nor returned, at the end of the period's last day.",
        ),
        unit=PARCELS, source=POST, group="post",
        plus=(pick(Kind.DELIVERY_HANDED),),
        minus=(pick(Kind.DELIVERY_DELIVERED), pick(Kind.DELIVERY_RETURNED)),
    ),
    Share(
        code="deliveries-delivered-share",
        name=Worded("Tỷ lệ phát thành công", "Share of results delivered"),
        definition=Worded(
            "Kết quả đã phát chia cho tổng kết quả đã phát và trả lại trong kỳ.",
            "Results delivered ÷ (results delivered + results returned) in the period.",
        ),
        unit=PERCENT, source=POST, group="post", better="up",
        part=("deliveries-delivered",), whole=("deliveries-delivered", "deliveries-returned"),
    ),
    Share(
        code="deliveries-share",
        name=Worded("Tỷ lệ kết quả trả qua bưu điện", "Share of results sent by post"),
        definition=Worded(
            "Kết quả giao bưu điện chia cho hồ sơ đã giải quyết trong kỳ.",
            "Results handed to the post ÷ dossiers finished.",
        ),
        unit=PERCENT, source=POST, group="post",
        part=("deliveries-handed",), whole=("dossiers-finished",),
    ),
    *(
        Flow(
            code=f"deliveries-delivered-{code}",
            name=Worded(f"Kết quả {name.vi} đã phát qua bưu điện", f"Results delivered by post: {name.en}"),
            definition=Worded(f"Kết quả đã phát, lĩnh vực {name.vi}.", f"Results delivered, field: {name.en}."),
            unit=PARCELS, source=POST, group="post",
            plus=(pick(Kind.DELIVERY_DELIVERED, procedure=prefix),),
        )
        for code, prefix, name in FIELDS
    ),
)  # fmt: skip

MEASURES = APOLOGIES + DELIVERIES
