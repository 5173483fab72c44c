"""Digital work, information, people's voice, direction: indicators of the programme that no package records yet."""

from gandan.ground.ledger.kinds import Kind
from gandan.results.measures.catalogue.awaited import flow, in_time, stock
from gandan.results.measures.catalogue.units import LEDGER, PERCENT, PROGRAMME, SUMMARY, TIMES
from gandan.results.measures.rules import Flow, Measure, Share, Worded, pick

RATINGS = Worded("phiếu", "ratings")
GRASSROOTS = "Luật Thực hiện dân chủ ở cơ sở 10/2022/QH15"
TASKS = Worded("nhiệm vụ", "tasks")


def _asked(question: str, name: Worded, about: Worded) -> tuple[Measure, ...]:
    """Return what is counted of one question of a rating: answers, good answers (4 and 5), and their share."""
    answers, good = f"ratings-{question}", f"ratings-{question}-good"
    return (
        Flow(
            code=answers, group="voice", unit=RATINGS, source=PROGRAMME,
            name=Worded(f"{name.vi}: câu trả lời", f"{name.en}: answers"),
            definition=Worded(f"Số phiếu trả lời câu hỏi về {about.vi}.", f"Ratings that say {about.en}."),
            plus=(pick(Kind.RATING_ANSWERED, question=question),),
        ),
        Flow(
            code=good, group="voice", unit=RATINGS, source=PROGRAMME,
            name=Worded(f"{name.vi}: câu trả lời tốt", f"{name.en}: good answers"),
            definition=Worded("Số câu trả lời 4 hoặc 5 trên 5.", "Answers of 4 or 5 out of 5."),
            plus=(pick(Kind.RATING_ANSWERED, question=question, score={"4", "5"}),),
        ),
        Share(
            code=f"{question}-share", group="voice", unit=PERCENT, source=PROGRAMME, better="up", name=name,
            definition=Worded("Câu trả lời tốt chia cho câu trả lời.", "Good answers ÷ answers."), part=(good,), whole=(answers,),
        ),
    )  # fmt: skip


DIGITAL: tuple[Measure, ...] = (
    flow(
        "meetings-held", "digital", Worded("Cuộc họp", "Meetings held"),
        Worded(
            "Số cuộc họp hai bên đã tổ chức.",
            "Meetings that the two sides held.",
        ), Worded("cuộc", "meetings"), source=SUMMARY, plus=(pick(Kind.MEETING_HELD),),
    ),
    flow(
        "meetings-paperless", "digital", Worded("Cuộc họp không giấy", "Paperless meetings"),
        Worded("Số cuộc họp mà tài liệu chỉ phát dạng số.", "Meetings whose papers were given out in digital form only."),
        Worded("cuộc", "meetings"), source=SUMMARY, plus=(pick(Kind.MEETING_HELD, papers="digital"),),
    ),
    Share(
        code="meetings-paperless-share", group="digital", unit=PERCENT, source=SUMMARY, better="up",
        name=Worded("Tỷ lệ họp không giấy", "Share of paperless meetings"),
        definition=Worded("Cuộc họp không giấy chia cho cuộc họp.", "Paperless meetings ÷ meetings held."),
        part=("meetings-paperless",), whole=("meetings-held",),
    ),
    flow(
        "pages-saved", "digital", Worded("Trang giấy tiết kiệm", "Pages saved"),
        Worded("Số trang không phải in, theo công thức đã công bố.", "Pages not printed, by a published formula."),
        Worded("trang", "pages"), source=SUMMARY, amount=True, plus=(pick(Kind.PAGES_SAVED),),
    ),
    flow(
        "journeys-saved", "digital", Worded("Lượt đi lại tiết kiệm", "Journeys saved"),
        Worded(
            "Số lượt đi lại không cần đến, theo công thức đã công bố.",
            "Journeys not made, by a published formula.",
        ), TIMES,
        source=SUMMARY, amount=True, plus=(pick(Kind.JOURNEYS_SAVED),),
    ),
    flow(
        "conclusions-kept", "digital", Worded("Kết luận họp đã thực hiện", "Conclusions carried out"),
        Worded("Số kết luận họp thực hiện xong trong kỳ.", "Conclusions of meetings carried out in the period."),
        Worded("kết luận", "conclusions"), plus=(pick(Kind.PROMISE_KEPT, promise="meeting.conclusion"),),
    ),
    flow(
        "conclusions-kept-in-time", "digital", Worded("Kết luận họp thực hiện đúng hạn", "Conclusions carried out in time"),
        Worded("Số kết luận thực hiện không muộn hơn hạn.", "Conclusions carried out by their due date."),
        Worded("kết luận", "conclusions"), better="up", timely=True,
        plus=(pick(Kind.PROMISE_KEPT, promise="meeting.conclusion", punctuality="in_time"),),
    ),
    in_time(
        "conclusions-in-time-share", "digital",
        Worded("Tỷ lệ kết luận thực hiện đúng hạn", "Share of conclusions carried out in time"),
        "conclusions-kept-in-time", "conclusions-kept",
    ),
)  # fmt: skip

INFORMATION: tuple[Measure, ...] = (
    flow(
        "notices-published", "information", Worded("Thông tin đã công bố", "Notices published"),
        Worded("Số thông tin công bố có tên cơ quan công bố.", "Notices published under their publisher's name."),
        Worded("tin", "notices"),
        plus=(pick(Kind.PUBLICATION_PUBLISHED, sort="notice"),),
    ),
    flow(
        "duties-to-publish-met", "information", Worded("Nội dung công khai đúng quy định", "Duties to publish met"),
        Worded(
            "Số nội dung công khai đúng hạn, đúng nơi, đủ ngày.",
            "Duties to publish met in time, in place, long enough.",
        ),
        Worded("nội dung", "duties"), source=GRASSROOTS, better="up", timely=True,
        plus=(pick(Kind.PROMISE_KEPT, promise="duty.publish", punctuality="in_time"),),
    ),
    flow(
        "duties-to-publish-done", "information", Worded("Nội dung đã công khai", "Duties to publish done"),
        Worded("Số nội dung đã công khai đủ nơi trong kỳ.", "What was published in all its places in the period."),
        Worded("nội dung", "duties"), source=GRASSROOTS, plus=(pick(Kind.PROMISE_KEPT, promise="duty.publish"),),
    ),
    in_time(
        "duties-to-publish-in-time-share", "information",
        Worded("Tỷ lệ công khai đúng hạn", "Share of duties to publish met in time"),
        "duties-to-publish-met", "duties-to-publish-done", source=GRASSROOTS,
    ),
    flow(
        "consultations-held", "information", Worded("Lần lấy ý kiến người dân", "Consultations held"),
        Worded("Số lần lấy ý kiến đã đăng trả lời trong kỳ.", "Consultations that were answered in the period."), TIMES,
        source=GRASSROOTS, plus=(pick(Kind.CONSULTATION_ANSWERED),),
    ),
    flow(
        "consultations-answered-in-time", "information",
        Worded("Lần lấy ý kiến trả lời đúng hạn", "Consultations answered in time"),
        Worded("Số lần lấy ý kiến trả lời không muộn hơn hạn.", "Consultations answered by their due date."), TIMES,
        source=GRASSROOTS, better="up", timely=True, plus=(pick(Kind.CONSULTATION_ANSWERED, punctuality="in_time"),),
    ),
    in_time(
        "consultations-in-time-share", "information",
        Worded("Tỷ lệ lấy ý kiến trả lời đúng hạn", "Share of consultations answered in time"),
        "consultations-answered-in-time", "consultations-held", source=GRASSROOTS,
    ),
    flow(
        "comments-received", "information", Worded("Góp ý cho văn bản", "Comments on texts"),
        Worded("Số góp ý người dân gửi. Không giao chỉ tiêu.", "Comments that people sent. No target."),
        Worded("góp ý", "comments"), source=GRASSROOTS, plus=(pick(Kind.COMMENT_RECEIVED),),
    ),
    flow(
        "comments-hidden", "information", Worded("Góp ý không cho hiện", "Comments not shown"),
        Worded("Số góp ý không hiện công khai, mỗi cái có lý do.", "Comments kept off the public page, each for a reason."),
        Worded("góp ý", "comments"), source=GRASSROOTS, plus=(pick(Kind.COMMENT_HIDDEN),),
    ),
    flow(
        "household-votes-held", "information", Worded("Lần bỏ phiếu của hộ dân", "Votes of households"),
        Worded("Số lần bỏ phiếu đã công bố kết quả trong kỳ.", "Votes whose result was published in the period."), TIMES,
        source=GRASSROOTS, plus=(pick(Kind.POLL_DECIDED),),
    ),
    flow(
        "household-ballots", "information", Worded("Phiếu của hộ dân", "Ballots of households"),
        Worded("Số phiếu đã bỏ. Không giao chỉ tiêu, không ghi hộ nào.", "Ballots given. No target; no household is recorded."),
        Worded("phiếu", "ballots"), source=GRASSROOTS, plus=(pick(Kind.BALLOT_GIVEN),),
    ),
    flow(
        "claims-asked", "information", Worded("Câu hỏi “có đúng không?”", "“Is this true?” questions"),
        Worded(
            "Số câu hỏi của người dân về một tin cụ thể. Không giao chỉ tiêu.",
            "People's questions about a claim of fact. No target.",
        ),
        Worded("câu hỏi", "questions"),
    ),
    flow(
        "claims-answered", "information", Worded("Câu hỏi đã trả lời", "Questions answered"),
        Worded("Số câu hỏi đã có trả lời kèm nguồn.", "Questions answered, with sources."), Worded("câu hỏi", "questions"),
    ),
    flow(
        "claims-answered-in-time", "information", Worded("Câu hỏi trả lời đúng hạn", "Questions answered in time"),
        Worded("Số câu hỏi trả lời không muộn hơn hạn.", "Questions answered by their due date."), Worded("câu hỏi", "questions"),
        better="up", timely=True,
    ),
    in_time(
        "claims-in-time-share", "information",
        Worded("Tỷ lệ câu hỏi trả lời đúng hạn", "Share of questions answered in time"),
        "claims-answered-in-time", "claims-answered",
    ),
    flow(
        "corrections-published", "information", Worded("Đính chính đã công bố", "Corrections published"),
        Worded(
            "Số đính chính về tin sai thuộc dịch vụ và an toàn, kèm nguồn. Không giao chỉ tiêu, không nêu người đưa tin.",
            "Corrections of false claims about services and safety, with sources. No target; nobody is named.",
        ),
        Worded("đính chính", "corrections"),
        plus=(pick(Kind.PUBLICATION_PUBLISHED, sort="correction"),),
    ),
    flow(
        "alerts-issued", "information", Worded("Cảnh báo thiên tai, dịch bệnh", "Alerts issued"),
        Worded("Số cảnh báo phát trong kỳ.", "Alerts issued in the period."), Worded("cảnh báo", "alerts"),
        plus=(pick(Kind.PUBLICATION_PUBLISHED, sort="alert"),),
    ),
)  # fmt: skip

VOICE: tuple[Measure, ...] = (
    Flow(
        code="ratings-given", group="voice", unit=RATINGS, source=PROGRAMME, name=Worded("Lượt đánh giá", "Ratings given"),
        definition=Worded(
            "Số phiếu đánh giá sau phục vụ; mỗi lần phục vụ một phiếu. Dưới 5 thì không hiện.",
            "Ratings after a service; one ticket for each. Fewer than 5 are not shown.",
        ),
        plus=(pick(Kind.RATING_GIVEN),),
    ),
    Flow(
        code="ratings-satisfied", group="voice", unit=RATINGS, source=PROGRAMME,
        name=Worded("Lượt đánh giá hài lòng", "Ratings that were satisfied"),
        definition=Worded("Số phiếu hài lòng hoặc rất hài lòng.", "Ratings satisfied or very satisfied."),
        plus=(pick(Kind.RATING_GIVEN, satisfied="yes"),),
    ),
    *_asked("courtesy", Worded("Lịch sự, tôn trọng", "Courtesy"), Worded("lịch sự, tôn trọng", "how polite the officers were")),
    *_asked("clarity", Worded("Hướng dẫn rõ ràng", "Clarity"), Worded("hướng dẫn rõ ràng", "how clear the guidance was")),
    Share(
        code="satisfaction-share", group="voice", unit=PERCENT, source="Quyết định 766/QĐ-TTg", better="up",
        name=Worded("Tỷ lệ hài lòng", "Share satisfied"),
        definition=Worded("Phiếu hài lòng chia cho phiếu đánh giá.", "Ratings satisfied ÷ ratings given."),
        part=("ratings-satisfied",), whole=("ratings-given",),
    ),
)  # fmt: skip

LEADERSHIP: tuple[Measure, ...] = (
    flow(
        "advice-given", "leadership", Worded("Lần tham mưu", "Advice given"),
        Worded("Số văn bản tham mưu Thành ủy, UBND.", "Advice given to the city's leaders."), Worded("văn bản", "papers"),
        plus=(pick(Kind.ADVICE_GIVEN),),
    ),
    flow(
        "advice-taken", "leadership", Worded("Tham mưu được chấp thuận", "Advice taken"),
        Worded("Số tham mưu được chấp thuận toàn bộ hoặc một phần.", "Advice taken, in whole or in part."),
        Worded("văn bản", "papers"), plus=(pick(Kind.ADVICE_ANSWERED, answer={"accepted", "in_part"}),),
    ),
    flow(
        "tasks-kept", "leadership", Worded("Nhiệm vụ chương trình đã hoàn thành", "Tasks of the programme done"),
        Worded("Số nhiệm vụ hoàn thành trong kỳ.", "Tasks done in the period."), TASKS, source=LEDGER,
        plus=(pick(Kind.PROMISE_KEPT, promise="task.programme"),),
    ),
    flow(
        "tasks-kept-in-time", "leadership", Worded("Nhiệm vụ hoàn thành đúng hạn", "Tasks done in time"),
        Worded("Số nhiệm vụ hoàn thành không muộn hơn hạn.", "Tasks done by their due date."), TASKS,
        source=LEDGER, better="up", timely=True,
        plus=(pick(Kind.PROMISE_KEPT, promise="task.programme", punctuality="in_time"),),
    ),
    in_time(
        "tasks-in-time-share", "leadership", Worded("Tỷ lệ nhiệm vụ hoàn thành đúng hạn", "Share of tasks done in time"),
        "tasks-kept-in-time", "tasks-kept",
    ),
    flow(
        "directives-answered", "leadership", Worded("Chỉ đạo đã có nhiệm vụ trả lời", "Directives answered by tasks"),
        Worded(
            "Số văn bản chỉ đạo mà trong kỳ mọi điểm đã có nhiệm vụ, hoặc có lý do không cần.",
            "Directives of which, in the period, each point came to have a task, or a reason why it needs none.",
        ),
        Worded("văn bản", "papers"), source=LEDGER, plus=(pick(Kind.DIRECTIVE_COMPLETE),),
    ),
    stock(
        "units-with-plan", "leadership", Worded("Đơn vị có kế hoạch riêng", "Units with a plan of their own"),
        Worded(
            "Số kế hoạch do đơn vị lập theo chương trình, đã ban hành và chưa kết thúc, tính đến hết ngày cuối kỳ.",
            "Plans that units derived from the programme, issued and not ended, at the end of the period's last day.",
        ),
        Worded("đơn vị", "units"), source=LEDGER, better="up", plus=(pick(Kind.PLAN_ISSUED),), minus=(pick(Kind.PLAN_ENDED),),
    ),
)  # fmt: skip

MEASURES: tuple[Measure, ...] = DIGITAL + INFORMATION + VOICE + LEADERSHIP
