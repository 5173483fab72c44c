"""Relief: households that asked and were helped, things that came in and went out."""

from gandan.ground.ledger.kinds import Kind
from gandan.results.measures.catalogue.awaited import flow, in_time, stock
from gandan.results.measures.catalogue.units import LEDGER
from gandan.results.measures.rules import Measure, Worded, pick

HOUSEHOLDS = Worded("hộ", "households")
PORTIONS = Worded("phần", "portions")
NEED = "relief.need"

MEASURES: tuple[Measure, ...] = (
    flow(
        "relief-asked", "relief", Worded("Hộ đăng ký cần giúp", "Households that asked for help"),
        Worded("Số lượt hộ đăng ký cần giúp trong kỳ.", "Times a household asked for help in the period."),
        HOUSEHOLDS, source=LEDGER, plus=(pick(Kind.NEED_RECEIVED),),
    ),
    flow(
        "relief-met", "relief", Worded("Hộ đã nhận cứu trợ", "Households helped"),
        Worded("Số lượt hộ đã nhận đủ phần trong kỳ.", "Times a household was given what it needed."),
        HOUSEHOLDS, plus=(pick(Kind.NEED_MET),),
    ),
    flow(
        "relief-met-in-time", "relief", Worded("Hộ nhận trong hai ngày", "Households helped within two days"),
        Worded("Số lượt hộ nhận không muộn hơn hai ngày sau khi đăng ký.", "Helped no later than two days after asking."),
        HOUSEHOLDS, source=LEDGER, better="up", timely=True,
        plus=(pick(Kind.PROMISE_KEPT, promise=NEED, punctuality="in_time"),),
    ),
    in_time(
        "relief-in-time-share", "relief", Worded("Tỷ lệ hộ nhận trong hai ngày", "Share of households helped within two days"),
        "relief-met-in-time", "relief-met", source=LEDGER,
    ),
    stock(
        "relief-waiting", "relief", Worded("Hộ đang chờ", "Households that wait"),
        Worded("Số hộ đã đăng ký, chưa nhận, cuối kỳ.", "Households that asked and still wait, at the end of the period."),
        HOUSEHOLDS, source=LEDGER, better="down", plus=(pick(Kind.NEED_RECEIVED),),
        minus=(pick(Kind.NEED_MET), pick(Kind.NEED_WITHDRAWN), pick(Kind.NEED_DECLINED)),
    ),
    flow(
        "relief-came-in", "relief", Worded("Hàng nhập kho cứu trợ", "Relief goods that came in"),
        Worded("Số phần nhập các kho trong kỳ.", "Portions that came into depots in the period."),
        PORTIONS, source=LEDGER, amount=True, plus=(pick(Kind.RELIEF_STOCKED),),
    ),
    flow(
        "relief-handed-out", "relief", Worded("Hàng cứu trợ đã phát", "Relief goods handed out"),
        Worded("Số phần đã phát cho các hộ trong kỳ.", "Portions handed out to households in the period."),
        PORTIONS, source=LEDGER, amount=True, plus=(pick(Kind.RELIEF_HANDED_OUT),),
    ),
)  # fmt: skip
