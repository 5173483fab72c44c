"""What people ask of their own data, and whether they are answered within the term of the law."""

from gandan.ground.ledger.kinds import Kind
from gandan.results.measures.catalogue.units import LEDGER, PERCENT, REQUESTS
from gandan.results.measures.rules import Flow, Measure, Share, Worded, pick


def _flow(code: str, name: Worded, definition: Worded, kind: Kind, *, timely: bool = False, **where: str | set[str]) -> Flow:
    return Flow(
        code=code, name=name, definition=definition, unit=REQUESTS, source=LEDGER, group="voice", timely=timely,
        plus=(pick(kind, **where),),
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = (
    _flow(
        "privacy-requests",
        Worded("Yêu cầu về dữ liệu cá nhân", "Requests about personal data"),
        Worded(
            "Số yêu cầu xem, sửa, xoá, hạn chế, phản đối, rút lại đồng ý nhận trong kỳ.",
            "Requests to see, correct, erase, restrict, object or withdraw consent received in the period.",
        ),
        Kind.PRIVACY_REQUESTED,
    ),
    _flow(
        "privacy-requests-answered",
        Worded("Yêu cầu về dữ liệu đã trả lời", "Requests about data answered"),
        Worded("Số yêu cầu trả lời trong kỳ, trừ yêu cầu đã rút.", "Requests answered in the period, not those taken back."),
        Kind.PRIVACY_ANSWERED,
    ),
    _flow(
        "privacy-requests-in-time",
        Worded("Yêu cầu về dữ liệu trả lời đúng hạn", "Requests about data answered in time"),
        Worded(
            "Số yêu cầu trả lời không muộn hơn hạn của luật, kể cả hạn đã gia hạn.",
            "Requests answered no later than the legal term, extended or not.",
        ),
        Kind.PRIVACY_ANSWERED,
        timely=True,
        punctuality="in_time",
    ),
    _flow(
        "privacy-requests-late",
        Worded("Yêu cầu về dữ liệu trả lời trễ hạn", "Requests about data answered late"),
        Worded("Số yêu cầu trả lời sau hạn của luật.", "Requests answered after the legal term."),
        Kind.PRIVACY_ANSWERED,
        timely=True,
        punctuality="late",
    ),
    Share(
        code="privacy-requests-in-time-share",
        name=Worded("Tỷ lệ trả lời đúng hạn về dữ liệu", "Share of requests about data answered in time"),
        definition=Worded(
            "Yêu cầu về dữ liệu trả lời đúng hạn chia cho yêu cầu đã trả lời.", "Requests answered in time ÷ requests answered."
        ),
        unit=PERCENT, source=LEDGER, group="voice", better="up", timely=True,
        part=("privacy-requests-in-time",), whole=("privacy-requests-answered",),
    ),
)  # fmt: skip
