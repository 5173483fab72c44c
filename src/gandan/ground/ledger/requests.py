"""What happens to requests about personal data, and to the data themselves, by the codes of `kinds.py`."""

from gandan.ground.ledger.facets import ANY, OUTCOMES, PUNCTUALITY, WISHES
from gandan.ground.ledger.rules import KindSpec

OF_REQUESTS: dict[str, KindSpec] = {
    "privacy.requested": KindSpec(
        "Nhận yêu cầu về dữ liệu cá nhân",
        "Request about personal data received",
        {"wish": WISHES, "channel": frozenset({"counter", "online"})},
    ),
    "privacy.acknowledged": KindSpec(
        "Xác nhận đã nhận yêu cầu về dữ liệu cá nhân", "Request about personal data acknowledged", {"wish": WISHES}
    ),
    "privacy.extended": KindSpec(
        "Gia hạn trả lời yêu cầu về dữ liệu cá nhân", "Answer about personal data put off", {"wish": WISHES}
    ),
    "privacy.answered": KindSpec(
        "Trả lời yêu cầu về dữ liệu cá nhân",
        "Request about personal data answered",
        {"wish": WISHES, "outcome": OUTCOMES, "punctuality": PUNCTUALITY},
    ),
    "privacy.taken_back": KindSpec(
        "Người gửi rút yêu cầu về dữ liệu cá nhân", "Request about personal data taken back", {"wish": WISHES}
    ),
    "privacy.held": KindSpec("Giữ bản ghi quá thời hạn", "Record held beyond its time"),
    "privacy.released": KindSpec("Thôi giữ bản ghi quá thời hạn", "Record no longer held"),
    "privacy.erased": KindSpec(
        "Xoá dữ liệu cá nhân đã hết thời hạn", "Personal data erased as its time was up", {"records": ANY}, amount="bản ghi"
    ),
    "privacy.ruled": KindSpec("Đổi thời hạn giữ dữ liệu cá nhân", "Time of keeping personal data changed", {"records": ANY}),
    "privacy.resealed": KindSpec("Thay khoá của dữ liệu được niêm", "Sealed data put under another key"),
}
