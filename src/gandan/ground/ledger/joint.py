"""What can happen in work that both sides own: matters, by the codes of `kinds.py`, which has them all."""

from gandan.ground.ledger.facets import PUNCTUALITY
from gandan.ground.ledger.rules import KindSpec

ISSUES = frozenset({"land", "compensation", "building", "environment", "services", "work", "trade", "order", "other"})
ISSUE = {"issue": ISSUES}

OF_JOINT_WORK: dict[str, KindSpec] = {
    "matter.opened": KindSpec("Mở theo dõi vụ việc", "Matter taken up", ISSUE),
    "matter.changed": KindSpec("Sửa thông tin vụ việc", "Matter set right", ISSUE),
    "matter.asked": KindSpec("Ghi thêm đề nghị của người dân", "Further ask of a matter noted", ISSUE),
    "matter.discussed": KindSpec("Đối thoại với người dân", "Dialogue held with residents", ISSUE, amount="lượt"),
    "matter.pledged": KindSpec("Cam kết với người dân", "Promise made to residents", ISSUE),
    "matter.pledge_broken": KindSpec("Không giữ được cam kết, có nêu lý do", "Promise broken, for a reason", ISSUE),
    "matter.proposed": KindSpec("Một bên đề nghị kết thúc vụ việc", "Called settled by one side", ISSUE),
    "matter.returned": KindSpec("Bên kia chưa đồng ý kết thúc", "Not agreed to by the other side", ISSUE),
    "matter.settled": KindSpec("Giải quyết xong vụ việc", "Matter settled", {**ISSUE, "punctuality": PUNCTUALITY}),
    "matter.reopened": KindSpec("Mở lại vụ việc", "Matter reopened", ISSUE),
    "matter.handed_over": KindSpec("Bàn giao vụ việc", "Matter handed over", ISSUE),
    "matter.taken_over": KindSpec("Tiếp nhận vụ việc", "Matter taken over", ISSUE),
}
