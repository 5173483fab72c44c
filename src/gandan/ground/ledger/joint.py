"""What can happen in matters, advice and joint inspections, by the codes of `kinds.py`, which has them all."""

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
    "advice.given": KindSpec("Tham mưu cho cấp trên", "Superior advised"),
    "advice.answered": KindSpec(
        "Tham mưu được trả lời", "Advice answered", {"answer": frozenset({"accepted", "in_part", "refused"})}
    ),
    "advice.directed": KindSpec(
        "Ghi văn bản chỉ đạo từ tham mưu", "Directive that came of advice named", {"directive": frozenset({"first", "changed"})}
    ),
    "inspection.planned": KindSpec("Lên kế hoạch kiểm tra chung", "Joint inspection planned"),
    "inspection.held": KindSpec("Hai bên cùng kiểm tra", "Joint inspection held"),
    "inspection.found": KindSpec("Ghi điều phát hiện khi kiểm tra", "Finding of an inspection noted"),
    "inspection.closed": KindSpec("Khắc phục xong, đóng đợt kiểm tra", "Inspection closed, all remedied"),
    "inspection.cancelled": KindSpec("Huỷ đợt kiểm tra", "Inspection called off"),
}
