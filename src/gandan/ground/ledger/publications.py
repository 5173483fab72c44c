"""What can happen to what bodies tell everyone: `kinds.py` has the names, these are the facets and sentences."""

from gandan.ground.ledger.facets import CHANGES, SORTS
from gandan.ground.ledger.rules import KindSpec

OF_PUBLICATIONS: dict[str, KindSpec] = {
    "publication.drafted": KindSpec("Viết bài sẽ đăng", "Publication drafted", {"sort": SORTS}),
    "publication.edited": KindSpec("Sửa bài chưa đăng", "Publication edited before it was out", {"sort": SORTS}),
    "publication.submitted": KindSpec("Trình bài để người khác duyệt", "Publication put before a second person", {"sort": SORTS}),
    "publication.sent_back": KindSpec("Trả bài để viết lại", "Publication sent back", {"sort": SORTS}),
    "publication.published": KindSpec("Đăng bài", "Published", {"sort": SORTS}),
    "publication.changed": KindSpec(
        "Sửa công khai bài đã đăng", "Publication changed in the open", {"sort": SORTS, "why": CHANGES}
    ),
    "publication.withdrawn": KindSpec("Rút công khai bài đã đăng", "Publication withdrawn in the open", {"sort": SORTS}),
    "subscription.asked": KindSpec("Một địa chỉ xin nhận tin", "An address asked for notices"),
    "subscription.confirmed": KindSpec("Một địa chỉ xác nhận nhận tin", "An address confirmed"),
    "subscription.stopped": KindSpec("Một địa chỉ thôi nhận tin", "An address stopped"),
    "contacts.set": KindSpec("Đặt số gọi của đơn vị", "Numbers to call set"),
}
