"""What an applicant is written at which step, and the parts of it that depend on how things stand, in both languages."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gandan.ground.ledger.kinds import Kind

TEMPLATES: Mapping[Kind, str] = {
    Kind.DOSSIER_RECEIVED: "dossier-receipt",
    Kind.DOSSIER_SUPPLEMENT_ASKED: "dossier-supplement",
    Kind.DOSSIER_PAYMENT_ASKED: "dossier-payment",
    Kind.DOSSIER_SUPPLEMENTED: "dossier-goes-on",
    Kind.DOSSIER_PAID: "dossier-goes-on",
    Kind.DOSSIER_REFUSED: "dossier-refused",
    Kind.DOSSIER_STOPPED: "dossier-stopped",
    Kind.DOSSIER_WITHDRAWN: "dossier-withdrawn",
    Kind.DOSSIER_FINISHED: "dossier-finished",
    Kind.DELIVERY_HANDED: "parcel-handed",
    Kind.DELIVERY_FAILED: "parcel-failed",
    Kind.DELIVERY_RETURNED: "parcel-returned",
    Kind.DELIVERY_DELIVERED: "dossier-ended",
    Kind.DELIVERY_COLLECTED: "dossier-ended",
    Kind.DOSSIER_RETURNED: "dossier-ended",
}
ENDED = "dossier-ended"  # the end is told once, however it came about


def until(day: date | None, language: str) -> str:
    """Until when an answer is asked for."""
    if day is not None:
        return f"{day:%d/%m/%Y}"
    return "as soon as you can" if language == "en" else "khi thuận tiện sớm nhất"


def where(unit: str, *, by_post: bool, language: str) -> str:
    """Where a result is got."""
    if by_post:
        return "the post brings it to you" if language == "en" else "bưu điện mang đến địa chỉ Ông/Bà đã chọn"
    return (
        f"at {unit}, with the receipt and your identity card" if language == "en" else f"tại {unit}, mang giấy tiếp nhận và CCCD"
    )


def missing(papers: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(str(paper.get("name", "")) for paper in papers)


def money(amount: int | None, language: str) -> str:
    grouped = f"{amount or 0:,}"
    return f"{grouped} VND" if language == "en" else f"{grouped.replace(',', '.')} đồng"


def tracking(number: str, language: str) -> str:
    return number or ("not given yet" if language == "en" else "chưa có")
