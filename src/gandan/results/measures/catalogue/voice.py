"""What people bring: received, answered, in time, merged, satisfied; each kind by itself. Nobody has a target for how many."""

from gandan.ground.ledger.kinds import Kind
from gandan.results.measures.catalogue.awaited import flow, in_time
from gandan.results.measures.catalogue.units import CASES, PERCENT, SUMMARY
from gandan.results.measures.rules import Measure, Share, Worded, pick

INDEX = "Quyết định 766/QĐ-TTg"
NO_TARGET = Worded("Không giao chỉ tiêu, không xếp hạng.", "No target, no ranking.")


def _of(code: str, case: str, group: str, vi: str, en: str, unit: Worded, source: str = SUMMARY) -> tuple[Measure, ...]:
    """Return what is counted of one kind of case."""
    answered = pick(Kind.VOICE_ANSWERED, case=case)
    return (
        flow(
            f"{code}-received", group, Worded(f"{vi} đã nhận", f"{en} received"),
            Worded(f"Số việc loại “{vi}” đã nhận. {NO_TARGET.vi}", f"Cases of this kind that were received. {NO_TARGET.en}"),
            unit, source=source, plus=(pick(Kind.VOICE_RECEIVED, case=case),),
        ),
        flow(
            f"{code}-answered", group, Worded(f"{vi} đã trả lời", f"{en} answered"),
            Worded("Số việc mà người gửi đã có câu trả lời, kể cả việc gộp.", "Cases whose sender was answered, doubles too."),
            unit, source=source, plus=(answered,),
        ),
        flow(
            f"{code}-answered-in-time", group, Worded(f"{vi} trả lời đúng hạn", f"{en} answered in time"),
            Worded("Số việc trả lời không muộn hơn hạn.", "Cases answered by their due date."),
            unit, source=source, better="up", timely=True, plus=(pick(Kind.VOICE_ANSWERED, case=case, punctuality="in_time"),),
        ),
        flow(
            f"{code}-answered-late", group, Worded(f"{vi} trả lời trễ hạn", f"{en} answered late"),
            Worded("Số việc trả lời sau hạn.", "Cases answered after their due date."),
            unit, source=source, better="down", plus=(pick(Kind.VOICE_ANSWERED, case=case, punctuality="late"),),
        ),
        in_time(
            f"{code}-in-time-share", group, Worded(f"Tỷ lệ trả lời đúng hạn: {vi.lower()}", f"Share in time: {en.lower()}"),
            f"{code}-answered-in-time", f"{code}-answered", source=INDEX if case == "report" else source,
        ),
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = (
    *_of("reports", "report", "voice", "Phản ánh, kiến nghị", "Reports of problems", Worded("phản ánh", "reports"), INDEX),
    flow(
        "reports-merged", "voice", Worded("Phản ánh trùng đã gộp", "Reports merged"),
        Worded("Số phản ánh gộp vào một việc khác cùng nội dung.", "Reports that were merged into their doubles."),
        Worded("phản ánh", "reports"),
        plus=(pick(Kind.VOICE_MERGED, case="report"),), minus=(pick(Kind.VOICE_PARTED, case="report"),),
    ),
    flow(
        "reports-not-dissatisfied", "voice", Worded("Phản ánh không bị chê", "Reports without dissatisfaction"),
        Worded(
            "Phản ánh đã trả lời trừ số người gửi nói chưa hài lòng (công thức của Quyết định 766).",
            "Reports answered, less those whose senders were not satisfied (the formula of Decision 766).",
        ),
        Worded("phản ánh", "reports"), source=INDEX,
        plus=(pick(Kind.VOICE_ANSWERED, case="report"),),
        minus=(pick(Kind.VOICE_APPRAISED, case="report", said="not_satisfied"),),
    ),
    Share(
        code="reports-satisfaction-share", group="voice", unit=PERCENT, source=INDEX, better="up",
        name=Worded("Tỷ lệ hài lòng về trả lời phản ánh", "Satisfaction with answers to reports"),
        definition=Worded(
            "(Tổng phản ánh − số bị nói chưa hài lòng) chia cho tổng phản ánh đã trả lời.",
            "(Reports answered − not satisfied) ÷ reports answered.",
        ),
        part=("reports-not-dissatisfied",), whole=("reports-answered",),
    ),
    flow(
        "voice-hidden", "voice", Worded("Việc không cho hiện công khai", "Cases not shown in public"),
        Worded(
            "Số việc người gửi muốn hiện mà không cho hiện, theo từng lý do.",
            "Cases that their senders wished shown and that were not, by reason.",
        ),
        CASES, plus=(pick(Kind.VOICE_HIDDEN),),
    ),
    *_of("questions", "question", "voice", "Câu hỏi của người dân", "People's questions", Worded("câu hỏi", "questions")),
    *_of("compliments", "compliment", "voice", "Lời khen", "Compliments", Worded("lời khen", "compliments")),
    *_of("conduct-reports", "conduct", "voice", "Phản ánh về cách phục vụ", "Reports about conduct", CASES),
    *_of("complaints", "complaint", "voice", "Khiếu nại", "Complaints", CASES),
    *_of("denunciations", "denunciation", "voice", "Tố cáo", "Denunciations", CASES),
    *_of("hand-overs", "handover", "safety", "Báo giao nộp vũ khí, vật liệu nổ", "Hand-overs announced", CASES),
    *(
        part
        for code, kind, case, vi, en in (
            ("crime-reports-told", Kind.CRIME_TOLD, {}, "Tố giác đã báo cơ quan điều tra", "Crime reports told to investigators"),
            ("complaints-accepted", Kind.COMPLAINT_ACCEPTED, {"case": "complaint"}, "Khiếu nại đã thụ lý", "Complaints accepted"),
            (
                "denunciations-accepted", Kind.COMPLAINT_ACCEPTED, {"case": "denunciation"}, "Tố cáo đã thụ lý",
                "Denunciations accepted",
            ),
        )
        for part in (
            flow(
                code, "safety" if kind is Kind.CRIME_TOLD else "voice", Worded(vi, en),
                Worded(f"Số việc đã xong bước này. {NO_TARGET.vi}", f"Cases that have come past this step. {NO_TARGET.en}"),
                CASES, source=SUMMARY, plus=(pick(kind, **case),),
            ),
            flow(
                f"{code}-in-time", "safety" if kind is Kind.CRIME_TOLD else "voice",
                Worded(f"{vi}, đúng hạn", f"{en}, in time"),
                Worded("Xong trong thời hạn luật định, tính đến phút.", "Done within the term of the law, to the minute."),
                CASES, source=SUMMARY, better="up", timely=True, plus=(pick(kind, **case, punctuality="in_time"),),
            ),
            in_time(
                f"{code}-in-time-share", "safety" if kind is Kind.CRIME_TOLD else "voice",
                Worded(f"Tỷ lệ đúng hạn: {vi.lower()}", f"Share in time: {en.lower()}"), f"{code}-in-time", code,
                source=SUMMARY,
            ),
        )
    ),
    *_of("crime-reports", "crime", "safety", "Tố giác, tin báo về tội phạm", "Crime reports", CASES),
)  # fmt: skip
