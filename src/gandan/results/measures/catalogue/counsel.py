"""Advice that waits for an answer; joint inspections, what they found and what was remedied in time."""

from gandan.ground.ledger.kinds import Kind
from gandan.results.measures.catalogue.awaited import flow, in_time, stock
from gandan.results.measures.catalogue.units import LEDGER
from gandan.results.measures.rules import Measure, Worded, pick

PAPERS = Worded("văn bản", "papers")
REMEDY = "inspection.remedy"

MEASURES: tuple[Measure, ...] = (
    stock(
        "advice-unanswered", "leadership", Worded("Tham mưu chưa được trả lời", "Advice unanswered"),
        Worded("Số tham mưu chưa có trả lời, cuối kỳ.", "Advice without an answer, at the end of the period."),
        PAPERS, source=LEDGER, plus=(pick(Kind.ADVICE_GIVEN),), minus=(pick(Kind.ADVICE_ANSWERED),),
    ),
    flow(
        "inspections-held", "leadership", Worded("Đợt kiểm tra hai bên cùng làm", "Joint inspections held"),
        Worded("Số đợt kiểm tra đã tiến hành trong kỳ.", "Inspections that both sides held in the period."),
        Worded("đợt", "inspections"), source=LEDGER, plus=(pick(Kind.INSPECTION_HELD),),
    ),
    flow(
        "inspection-findings", "leadership", Worded("Việc phát hiện phải khắc phục", "Findings to be remedied"),
        Worded("Số việc phát hiện, có hạn khắc phục.", "What joint inspections found, to be remedied by a day."),
        Worded("việc", "findings"), source=LEDGER, plus=(pick(Kind.INSPECTION_FOUND),),
    ),
    flow(
        "remedies-done", "leadership", Worded("Việc đã khắc phục", "Findings remedied"),
        Worded("Số việc đã khắc phục trong kỳ.", "Findings remedied in the period."),
        Worded("việc", "findings"), source=LEDGER, plus=(pick(Kind.PROMISE_KEPT, promise=REMEDY),),
    ),
    flow(
        "remedies-in-time", "leadership", Worded("Việc khắc phục đúng hạn", "Findings remedied in time"),
        Worded("Số việc khắc phục không muộn hơn hạn.", "Findings remedied by their day."),
        Worded("việc", "findings"), source=LEDGER, better="up", timely=True,
        plus=(pick(Kind.PROMISE_KEPT, promise=REMEDY, punctuality="in_time"),),
    ),
    in_time(
        "remedies-in-time-share", "leadership", Worded("Tỷ lệ khắc phục đúng hạn", "Share of findings remedied in time"),
        "remedies-in-time", "remedies-done", source=LEDGER,
    ),
)  # fmt: skip
