"""What can happen in relief, by the codes of `kinds.py`: households and things, never whose."""

from gandan.ground.ledger.rules import KindSpec

DISASTER = {"disaster": frozenset({"flood", "storm", "fire", "epidemic", "other"})}
ITEM = {"item": frozenset({"food", "water", "milk", "blankets", "clothes", "hygiene", "lamps", "shelter"})}

OF_RELIEF: dict[str, KindSpec] = {
    "emergency.opened": KindSpec("Mở đợt cứu trợ", "Emergency opened", DISASTER),
    "emergency.ended": KindSpec("Kết thúc đợt cứu trợ", "Emergency ended", DISASTER),
    "depot.set": KindSpec("Lập kho cứu trợ", "Relief depot set up"),
    "need.received": KindSpec(
        "Hộ đăng ký cần giúp", "Household asked for help", {"channel": frozenset({"online", "phone", "counter"})}
    ),
    "need.set_aside": KindSpec("Giữ phần cho hộ ở kho", "Goods set aside for a household"),
    "need.returned": KindSpec("Trả phần đã giữ về kho", "Goods set aside put back"),
    "need.met": KindSpec("Hộ đã nhận cứu trợ", "Household helped"),
    "need.withdrawn": KindSpec("Hộ rút đăng ký", "Need withdrawn"),
    "need.declined": KindSpec("Đóng đăng ký không đáp ứng", "Need closed unmet"),
    "offer.received": KindSpec("Có người muốn góp", "Offer of help received", ITEM, amount="phần"),
    "offer.declined": KindSpec("Cảm ơn, không nhận góp", "Offer declined with thanks", ITEM),
    "relief.stocked": KindSpec("Nhập kho cứu trợ", "Relief goods came in", ITEM, amount="phần"),
    "relief.missed": KindSpec("Ghi hao hụt kho", "Relief goods found missing", ITEM, amount="phần"),
    "relief.handed_out": KindSpec("Phát hàng cứu trợ", "Relief goods handed out", ITEM, amount="phần"),
}
