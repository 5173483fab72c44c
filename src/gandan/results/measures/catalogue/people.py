"""Safety and the movement; some are indicators that no package records yet."""

from gandan.ground.ledger.kinds import Kind
from gandan.results.measures.catalogue.awaited import flow, in_time, stock
from gandan.results.measures.catalogue.units import ITEMS, LEDGER, MODELS, PEOPLE, PROGRAMME, SUMMARY, TIMES
from gandan.results.measures.rules import Flow, Measure, NotAdditive, Pick, Worded, pick

HOUSEHOLDS = Worded("hộ", "households")
SKILFUL = {"economy", "society", "security", "system"}


def _taken_in(*groups: str) -> tuple[Pick, ...]:
    """Return what was handed over of these groups of the law: see work/voice/data/arms.yaml."""
    return (pick(Kind.HANDOVER_TAKEN_IN, group=set(groups)),)


SAFETY: tuple[Measure, ...] = (
    Flow(
        code="tips-received", group="safety", name=Worded("Tin kín đã nhận", "Sealed tips received"),
        definition=Worded(
            "Số tin của kênh kín, ghi mỗi ngày một lần cho toàn thành phố. Không giao chỉ tiêu.",
            "Tips of the sealed channel, recorded once a day for the whole city. No target.",
        ),
        unit=Worded("tin", "tips"), source=SUMMARY, plus=(pick(Kind.TIP_COUNTED),), amount=True,
    ),
    flow(
        "weapons-handed-over", "safety", Worded("Vũ khí người dân giao nộp", "Weapons handed over"),
        Worded("Số vũ khí ghi trong biên bản giao nhận.", "Weapons written down in receipts of hand-over."), ITEMS,
        source=SUMMARY, amount=True, plus=_taken_in("military", "hunting", "crude", "sport"),
    ),
    flow(
        "explosives-handed-over", "safety", Worded("Vật liệu nổ người dân giao nộp", "Explosives handed over"),
        Worded("Số vật liệu nổ ghi trong biên bản giao nhận.", "Explosives written down in receipts of hand-over."), ITEMS,
        source=SUMMARY, amount=True, plus=_taken_in("explosive", "precursor"),
    ),
    flow(
        "support-tools-handed-over", "safety", Worded("Công cụ hỗ trợ người dân giao nộp", "Support tools handed over"),
        Worded("Số công cụ hỗ trợ ghi trong biên bản giao nhận.", "Support tools written down in receipts of hand-over."),
        ITEMS, source=SUMMARY, amount=True, plus=_taken_in("support"),
    ),
    flow(
        "other-arms-handed-over", "safety", Worded("Pháo, vật chưa rõ loại giao nộp", "Fireworks and other items handed over"),
        Worded(
            "Số pháo và vật chưa rõ loại ghi trong biên bản giao nhận.",
            "Fireworks and items of a kind not known yet, written down in receipts of hand-over.",
        ),
        ITEMS, source=SUMMARY, amount=True, plus=_taken_in("fireworks", "other"),
    ),
)  # fmt: skip

MOVEMENT: tuple[Measure, ...] = (
    stock(
        "models-active", "movement", Worded("Mô hình tự phòng, tự quản đang hoạt động", "Self-managed models at work"),
        Worded(
            "Số mô hình đã đăng ký, còn hoạt động cuối kỳ.",
            "Models registered and still at work at the end of the period.",
        ),
        MODELS, source=SUMMARY,
        plus=(pick(Kind.MODEL_REGISTERED, field="self_managed"), pick(Kind.MODEL_TAKEN_OVER, field="self_managed")),
        minus=(pick(Kind.MODEL_LAPSED, field="self_managed"), pick(Kind.MODEL_HANDED_OVER, field="self_managed")),
    ),
    stock(
        "models-standing", "movement", Worded("Mô hình các lĩnh vực đang hoạt động", "Models of all fields at work"),
        Worded("Số mô hình đã đăng ký, chưa thôi, cuối kỳ.", "Models registered and not lapsed, at the end of the period."),
        MODELS, source=LEDGER,
        plus=(pick(Kind.MODEL_REGISTERED), pick(Kind.MODEL_TAKEN_OVER)),
        minus=(pick(Kind.MODEL_LAPSED), pick(Kind.MODEL_HANDED_OVER)),
    ),
    stock(
        "models-recognised-standing", "movement", Worded("Mô hình đang được công nhận", "Models recognised at the time"),
        Worded("Số mô hình có giấy chứng nhận còn giá trị, cuối kỳ.", "Models whose certificate holds at the end of the period."),
        MODELS, source=LEDGER,
        plus=(pick(Kind.MODEL_RECOGNISED), pick(Kind.MODEL_TAKEN_OVER, was="recognised")),
        minus=(pick(Kind.MODEL_LAPSED, was="recognised"), pick(Kind.MODEL_HANDED_OVER, was="recognised")),
    ),
    flow(
        "models-replicated", "movement", Worded("Mô hình được nhân rộng", "Models replicated"),
        Worded("Số lần một đơn vị khác làm theo mô hình đã công nhận.", "Times another unit took up a recognised model."),
        TIMES, source=LEDGER, plus=(pick(Kind.MODEL_REPLICATED),),
    ),
    flow(
        "skilful-models-registered", "movement",
        Worded("Mô hình Dân vận khéo đăng ký", "Skilful mobilisation models registered"),
        Worded("Số mô hình Dân vận khéo đăng ký trong kỳ.", "Models registered in the period."), MODELS,
        plus=(pick(Kind.MODEL_REGISTERED, field=SKILFUL),),
    ),
    flow(
        "skilful-models-recognised", "movement",
        Worded("Mô hình Dân vận khéo được công nhận", "Skilful mobilisation models recognised"),
        Worded(
            "Số mô hình hai bên công nhận theo tiêu chí đã công bố.",
            "Models that both sides recognised by published criteria.",
        ),
        MODELS, plus=(pick(Kind.MODEL_RECOGNISED, field=SKILFUL),),
    ),
    flow(
        "areas-safe", "movement", Worded("Khu dân cư, phường, xã đạt an toàn về an ninh, trật tự", "Areas found safe"),
        Worded("Số nơi được công nhận theo Thông tư 124/2021/TT-BCA.", "Areas recognised under Circular 124/2021/TT-BCA."),
        Worded("nơi", "areas"), source="Thông tư 124/2021/TT-BCA", plus=(pick(Kind.MODEL_RECOGNISED, field="safe_area"),),
    ),
    flow(
        "initiatives-recognised", "movement", Worded("Sáng kiến, cách làm hay được công nhận", "Initiatives recognised"),
        Worded("Số sáng kiến được công nhận trong kỳ.", "Initiatives recognised in the period."),
        Worded("sáng kiến", "initiatives"), source=SUMMARY, plus=(pick(Kind.INITIATIVE_RECOGNISED),),
    ),
    flow(
        "initiatives-copied", "movement", Worded("Lần sáng kiến được nhân rộng", "Initiatives copied elsewhere"),
        Worded(
            "Số lần một đơn vị khác áp dụng sáng kiến đã công nhận.",
            "Times another unit took up a recognised initiative.",
        ),
        TIMES, source=SUMMARY, plus=(pick(Kind.INITIATIVE_COPIED),),
    ),
    flow(
        "commendations", "movement", Worded("Tập thể, cá nhân được khen thưởng", "Commendations"),
        Worded("Số quyết định khen thưởng trong kỳ.", "Decisions of commendation in the period."),
        Worded("quyết định", "decisions"), source=SUMMARY, plus=(pick(Kind.COMMENDATION_GIVEN),),
    ),
    flow(
        "activities-held", "movement", Worded("Hoạt động vận động, gặp gỡ người dân", "Activities with residents"),
        Worded(
            "Số buổi gặp gỡ, diễn đàn, ngày ra quân hai bên cùng tổ chức.",
            "Meetings with residents, forums, campaign days of both sides.",
        ),
        Worded("buổi", "activities"), plus=(pick(Kind.ACTIVITY_HELD),),
    ),
    flow(
        "activities-of-both-sides", "movement", Worded("Hoạt động hai bên cùng tổ chức", "Activities of both sides"),
        Worded("Số buổi có cả hai bên đứng tổ chức.", "Activities that both sides organised."),
        Worded("buổi", "activities"), plus=(pick(Kind.ACTIVITY_HELD, sides="both"),),
    ),
    flow(
        "points-raised", "movement", Worded("Việc người dân nêu tại các buổi gặp", "Points raised at activities"),
        Worded(
            "Số việc được ghi lại, không ghi ai nêu. Không giao chỉ tiêu.", "Points noted, without who raised them. No target."
        ),
        Worded("việc", "points"), source=LEDGER, plus=(pick(Kind.POINT_RAISED),),
    ),
    flow(
        "points-answered", "movement", Worded("Việc đã trả lời người dân", "Points answered"),
        Worded("Số việc nêu tại các buổi gặp đã được trả lời.", "Points raised at activities that were answered."),
        Worded("việc", "points"), source=LEDGER, plus=(pick(Kind.PROMISE_KEPT, promise="activity.answer"),),
    ),
    flow(
        "points-answered-in-time", "movement", Worded("Việc trả lời đúng hạn", "Points answered in time"),
        Worded("Số việc được trả lời không muộn hơn ngày đã hẹn.", "Points answered no later than the day promised."),
        Worded("việc", "points"), source=LEDGER, better="up", timely=True,
        plus=(pick(Kind.PROMISE_KEPT, promise="activity.answer", punctuality="in_time"),),
    ),
    in_time(
        "points-in-time-share", "movement", Worded("Tỷ lệ việc trả lời đúng hạn", "Share of points answered in time"),
        "points-answered-in-time", "points-answered", source=LEDGER,
    ),
    flow(
        "activities-attendance", "movement", Worded("Lượt người tham dự", "Attendances"),
        Worded(
            "Tổng số lượt người dự các hoạt động: đếm đầu người từng buổi, một người dự hai buổi là hai lượt.",
            "Heads counted at each activity; who comes twice counts twice.",
        ),
        TIMES, amount=True, plus=(pick(Kind.ACTIVITY_HELD),),
    ),
    NotAdditive(
        code="people-reached", group="movement", unit=PEOPLE, source=PROGRAMME,
        name=Worded("Số người được vận động", "Different people reached"),
        definition=Worded(
            "Số người khác nhau đã dự ít nhất một hoạt động. Không đếm được vì không ghi tên người dự.",
            "Different people who came to at least one activity. Can't be counted: nobody's name is kept.",
        ),
        reason=Worded(
            "Không ghi tên người dự nên không biết ai dự nhiều buổi; xin dùng lượt người tham dự.",
            "Names are not kept, so nobody knows who came twice; use attendances instead.",
        ),
    ),
    flow(
        "households-supported", "movement", Worded("Lượt hộ được hỗ trợ an sinh", "Household supports"),
        Worded(
            "Tổng số lượt hộ được hỗ trợ, không kèm danh sách.",
            "Supports given to households, without any list.",
        ), HOUSEHOLDS,
        amount=True, plus=(pick(Kind.HOUSEHOLDS_SUPPORTED),),
    ),
    flow(
        "partners-took-part", "movement", Worded("Lượt cá nhân, tổ chức tự nguyện tham gia", "Partners who took part"),
        Worded(
            "Số lượt tham gia tự nguyện, với tư cách cá nhân hoặc tổ chức; không ghi ai theo gì, thuộc gì.",
            "Times a person or organisation took part of their own will; nothing is kept of belief or belonging.",
        ),
        TIMES, plus=(pick(Kind.PARTNER_JOINED),),
    ),
)  # fmt: skip

MEASURES: tuple[Measure, ...] = SAFETY + MOVEMENT
