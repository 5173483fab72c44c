"""Complex matters: taken up, settled in time, prolonged; and what residents were promised in them."""

from gandan.ground.ledger.kinds import Kind
from gandan.results.measures.catalogue.awaited import flow, in_time, stock
from gandan.results.measures.catalogue.units import CASES, LEDGER, PERCENT, SUMMARY, TIMES
from gandan.results.measures.rules import Measure, Share, Worded, pick

PLEDGES = Worded("cam kết", "promises")
SETTLE = "matter.settle"

MEASURES: tuple[Measure, ...] = (
    flow(
        "matters-opened", "matters", Worded("Vụ việc phức tạp phát sinh", "Complex matters opened"),
        Worded(
            "Số vụ việc giữa người dân và cơ quan (đất đai, bồi thường, dịch vụ) được mở theo dõi trong kỳ.",
            "Matters between people and authorities (land, compensation, services) taken up in the period.",
        ),
        CASES, source=SUMMARY, plus=(pick(Kind.MATTER_OPENED),),
    ),
    flow(
        "matters-settled", "matters", Worded("Vụ việc đã giải quyết", "Matters settled"),
        Worded("Số vụ việc giải quyết xong trong kỳ, cả hai bên đồng ý.", "Matters settled in the period, as both sides agree."),
        CASES, source=SUMMARY, plus=(pick(Kind.MATTER_SETTLED),),
    ),
    flow(
        "matters-settled-in-time", "matters", Worded("Vụ việc giải quyết kịp thời", "Matters settled in time"),
        Worded("Số vụ việc mà mọi cam kết có hạn đều được giữ.", "Matters in which every dated promise was kept."),
        CASES, source=SUMMARY, better="up", timely=True, plus=(pick(Kind.MATTER_SETTLED, punctuality="in_time"),),
    ),
    in_time(
        "matters-in-time-share", "matters", Worded("Tỷ lệ vụ việc giải quyết kịp thời", "Share of matters settled in time"),
        "matters-settled-in-time", "matters-settled", source=SUMMARY,
    ),
    stock(
        "matters-prolonged", "matters", Worded("Vụ việc kéo dài quá hạn", "Matters prolonged past their day"),
        Worded(
            "Số vụ việc chưa giải quyết đã quá hạn cam kết, cuối kỳ.",
            "Open matters past a promised day, at the end of the period.",
        ),
        CASES, source=SUMMARY, better="down", timely=True,
        plus=(pick(Kind.PROMISE_OVERDUE, promise=SETTLE), pick(Kind.PROMISE_TAKEN_OVER, promise=SETTLE, was="overdue")),
        minus=(
            pick(Kind.PROMISE_KEPT, promise=SETTLE, punctuality="late"),
            pick(Kind.PROMISE_MOVED, promise=SETTLE, was="overdue"),
            pick(Kind.PROMISE_HANDED_OVER, promise=SETTLE, was="overdue"),
        ),
    ),
    stock(
        "matters-standing", "matters", Worded("Vụ việc đang theo dõi", "Matters that stand open"),
        Worded("Số vụ việc chưa giải quyết xong, cuối kỳ.", "Matters not yet settled, at the end of the period."),
        CASES, source=LEDGER,
        plus=(pick(Kind.MATTER_OPENED), pick(Kind.MATTER_REOPENED), pick(Kind.MATTER_TAKEN_OVER)),
        minus=(pick(Kind.MATTER_SETTLED), pick(Kind.MATTER_HANDED_OVER)),
    ),
    flow(
        "matters-reopened", "matters", Worded("Vụ việc phải mở lại", "Matters reopened"),
        Worded("Số lần một vụ việc đã gọi là xong phải mở lại.", "Times that a matter called settled was opened again."),
        TIMES, source=LEDGER, better="down", plus=(pick(Kind.MATTER_REOPENED),),
    ),
    flow(
        "dialogues-held", "matters", Worded("Cuộc đối thoại với người dân", "Dialogues held"),
        Worded("Số cuộc đối thoại đã tổ chức trong các vụ việc.", "Dialogues held in matters."),
        Worded("cuộc", "dialogues"), source=LEDGER, plus=(pick(Kind.MATTER_DISCUSSED),),
    ),
    flow(
        "pledges-made", "matters", Worded("Cam kết với người dân", "Promises made to residents"),
        Worded("Số cam kết có người chịu trách nhiệm và có hạn.", "Promises with an owner and a day."),
        PLEDGES, source=LEDGER, plus=(pick(Kind.MATTER_PLEDGED),),
    ),
    flow(
        "pledges-kept", "matters", Worded("Cam kết đã giữ", "Promises to residents kept"),
        Worded("Số cam kết với người dân đã thực hiện.", "Promises to residents that were carried out."),
        PLEDGES, source=LEDGER, plus=(pick(Kind.PROMISE_KEPT, promise="matter.pledge"),),
    ),
    flow(
        "pledges-kept-in-time", "matters", Worded("Cam kết giữ đúng hạn", "Promises to residents kept in time"),
        Worded("Số cam kết thực hiện không muộn hơn ngày đã hẹn.", "Those carried out no later than the day promised."),
        PLEDGES, source=LEDGER, better="up", timely=True,
        plus=(pick(Kind.PROMISE_KEPT, promise="matter.pledge", punctuality="in_time"),),
    ),
    flow(
        "pledges-broken", "matters", Worded("Cam kết không giữ được", "Promises to residents broken"),
        Worded("Số cam kết mà đơn vị nói rõ là không giữ được, vì sao.", "Promises of which it was said why they can't be kept."),
        PLEDGES, source=LEDGER, better="down", timely=True, plus=(pick(Kind.MATTER_PLEDGE_BROKEN),),
    ),
    Share(
        code="pledges-in-time-share", group="matters", unit=PERCENT, source=LEDGER, better="up", timely=True,
        name=Worded("Tỷ lệ cam kết giữ đúng hạn", "Share of promises to residents kept in time"),
        definition=Worded(
            "Cam kết giữ đúng hạn chia cho cam kết đã xong, kể cả không giữ được.",
            "Promises kept in time ÷ promises that ended, broken ones with them.",
        ),
        part=("pledges-kept-in-time",), whole=("pledges-kept", "pledges-broken"),
    ),
)  # fmt: skip
