"""The steps of the flow: what was asked of applicants, refused, stopped, handed over."""

from gandan.ground.ledger.kinds import Kind
from gandan.results.measures.catalogue.units import DOSSIERS, ONE_STOP, PERCENT
from gandan.results.measures.rules import Flow, Measure, Share, Worded, pick

GROUP = "dossiers"


def _step(code: str, kind: Kind, name: Worded, definition: Worded, **where: str | set[str]) -> Flow:
    return Flow(
        code=f"dossiers-{code}", name=name, definition=definition, unit=DOSSIERS, source=ONE_STOP, group=GROUP,
        plus=(pick(kind, **where),),
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = (
    _step(
        "registered",
        Kind.DOSSIER_REGISTERED,
        Worded("Hồ sơ nộp trực tuyến gửi đến", "Dossiers handed in online"),
        Worded(
            "Số hồ sơ người dân gửi trực tuyến trong kỳ, kể cả hồ sơ sau đó bị từ chối hoặc chưa được tiếp nhận.",
            "Dossiers that people sent online in the period, those refused later or not yet taken in included.",
        ),
    ),
    _step(
        "refused",
        Kind.DOSSIER_REFUSED,
        Worded("Hồ sơ không được tiếp nhận", "Dossiers refused"),
        Worded("Số hồ sơ bị từ chối tiếp nhận trong kỳ.", "Dossiers that were not taken in, in the period."),
    ),
    _step(
        "refused-incomplete",
        Kind.DOSSIER_REFUSED,
        Worded("Từ chối vì hồ sơ chưa đủ hoặc không hợp lệ", "Refused as incomplete or not valid"),
        Worded(
            "Hồ sơ bị từ chối vì thiếu thành phần hoặc giấy tờ không hợp lệ: nơi hướng dẫn chưa rõ.",
            "Dossiers refused because something was missing or not valid: where guidance is not clear.",
        ),
        why={"incomplete", "not_valid"},
    ),
    _step(
        "supplements-asked",
        Kind.DOSSIER_SUPPLEMENT_ASKED,
        Worded("Lần yêu cầu bổ sung", "Supplements asked for"),
        Worded(
            "Số lần yêu cầu người dân bổ sung giấy tờ trong kỳ; một hồ sơ có thể có nhiều lần.",
            "Times that applicants were asked for further papers in the period; one dossier may have several.",
        ),
    ),
    _step(
        "supplemented",
        Kind.DOSSIER_SUPPLEMENTED,
        Worded("Lần đã bổ sung đủ", "Supplements brought"),
        Worded("Số lần người dân đã bổ sung đủ trong kỳ.", "Times that applicants brought what was missing, in the period."),
    ),
    _step(
        "payments-asked",
        Kind.DOSSIER_PAYMENT_ASKED,
        Worded("Lần yêu cầu nghĩa vụ tài chính", "Payments asked for"),
        Worded("Số lần yêu cầu thực hiện nghĩa vụ tài chính trong kỳ.", "Times that a payment was asked for, in the period."),
    ),
    _step(
        "paid",
        Kind.DOSSIER_PAID,
        Worded("Lần đã thực hiện nghĩa vụ tài chính", "Payments made"),
        Worded("Số lần đã thực hiện nghĩa vụ tài chính trong kỳ.", "Times that a payment was made, in the period."),
    ),
    _step(
        "stopped",
        Kind.DOSSIER_STOPPED,
        Worded("Hồ sơ dừng giải quyết", "Dossiers stopped"),
        Worded("Số hồ sơ dừng giải quyết trong kỳ.", "Dossiers stopped without a result in the period."),
    ),
    _step(
        "returned",
        Kind.DOSSIER_RETURNED,
        Worded("Hồ sơ đã trả kết quả", "Results handed over"),
        Worded("Số kết quả đã trao cho người dân trong kỳ.", "Results that reached their applicants in the period."),
    ),
    Share(
        code="dossiers-supplement-share",
        name=Worded("Số lần yêu cầu bổ sung trên hồ sơ tiếp nhận", "Supplements asked for per dossier received"),
        definition=Worded(
            "Số lần yêu cầu bổ sung chia cho hồ sơ đã tiếp nhận.",
            "Supplements asked for ÷ dossiers received.",
        ),
        unit=PERCENT, source=ONE_STOP, group=GROUP, better="down",
        part=("dossiers-supplements-asked",), whole=("dossiers-received",),
    ),
)  # fmt: skip
