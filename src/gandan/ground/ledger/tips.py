"""What happens to the sealed channel, by the codes of `kinds.py`, which has them all."""

from gandan.ground.ledger.facets import SEATS, WHY_OPENED
from gandan.ground.ledger.rules import KindSpec

OF_TIPS: dict[str, KindSpec] = {
    "tip.counted": KindSpec("Đếm tin của kênh kín trong ngày", "Tips of the sealed channel counted", amount="tin", sealed=True),
    "tip.rewarded": KindSpec(
        "Quyết định thưởng cho một tin của kênh kín", "Reward decided for a sealed tip", amount="nghìn đồng", sealed=True
    ),
    "tip.identity_opened": KindSpec(
        "Hai bên cùng mở danh tính một người gửi tin",
        "A sender's identity opened by both sides",
        {"why": WHY_OPENED},
        sealed=True,
    ),
    "tip.key_added": KindSpec("Nạp khoá đọc của kênh kín", "Key of the sealed channel brought in", {"seat": SEATS}),
    "tip.key_removed": KindSpec("Thôi dùng khoá đọc của kênh kín", "Key of the sealed channel taken away", {"seat": SEATS}),
    "tip.keys_recovered": KindSpec("Dùng khoá phục hồi của kênh kín", "Key of recovery of the sealed channel used"),
    "tip.recovery_rehearsed": KindSpec("Diễn tập phục hồi khoá của kênh kín", "Recovery of the sealed channel's keys rehearsed"),
}
