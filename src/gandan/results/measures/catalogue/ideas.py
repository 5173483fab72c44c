"""What people propose to calls for ideas, and what becomes of it; comments and why some do not stand. No target on how many."""

from gandan.ground.ledger.kinds import Kind
from gandan.results.measures.catalogue.awaited import flow, in_time
from gandan.results.measures.catalogue.units import OWN_DEFINITION, TIMES
from gandan.results.measures.rules import Measure, Worded, pick

IDEAS, GROUPS = Worded("ý kiến", "ideas"), Worded("nhóm ý kiến", "groups of ideas")
MILESTONES, COMMENTS = Worded("mốc việc", "milestones"), Worded("bình luận", "comments")


def _flow(code: str, unit: Worded, vi: str, en: str, said_vi: str, said_en: str, *kinds: Kind, **facets: str) -> Measure:
    return flow(
        code, "voice", Worded(vi, en), Worded(said_vi, said_en), unit, source=OWN_DEFINITION,
        plus=tuple(pick(kind, **facets) for kind in kinds),
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = (
    _flow(
        "ideas-received", IDEAS, "Ý kiến hiến kế đã nhận", "Ideas received",
        "Số ý kiến gửi đến các lời kêu gọi. Không giao chỉ tiêu, không xếp hạng.",
        "Ideas sent to calls. No target, no ranking.", Kind.IDEA_RECEIVED,
    ),
    _flow(
        "ideas-hidden", IDEAS, "Ý kiến hiến kế không cho hiện", "Ideas not shown in public",
        "Số ý kiến người gửi muốn hiện mà không cho hiện, theo từng lý do.",
        "Ideas that their senders wished shown and that were not, by reason.", Kind.IDEA_HIDDEN,
    ),
    flow(
        "ideas-grouped", "voice", Worded("Ý kiến đã vào nhóm", "Ideas in groups"),
        Worded(
            "Số ý kiến đã được người phụ trách xếp vào một nhóm, trừ số tách ra.",
            "Ideas that a person put into a group, less those parted from one.",
        ),
        IDEAS, source=OWN_DEFINITION, amount=True, plus=(pick(Kind.IDEAS_GROUPED),), minus=(pick(Kind.IDEAS_PARTED),),
    ),
    flow(
        "ideas-answered", "voice", Worded("Ý kiến đã có trả lời", "Ideas answered"),
        Worded("Số ý kiến trong các nhóm đã được trả lời công khai.", "Ideas in groups that were answered in public."),
        IDEAS, source=OWN_DEFINITION, amount=True, plus=(pick(Kind.IDEAS_ANSWERED),),
    ),
    flow(
        "ideas-answered-in-time", "voice", Worded("Ý kiến trả lời đúng hạn", "Ideas answered in time"),
        Worded("Số ý kiến trong các nhóm trả lời không muộn hơn hạn.", "Ideas in groups answered by the day promised."),
        IDEAS, source=OWN_DEFINITION, better="up", timely=True, amount=True,
        plus=(pick(Kind.IDEAS_ANSWERED, punctuality="in_time"),),
    ),
    in_time(
        "ideas-in-time-share", "voice", Worded("Tỷ lệ hiến kế trả lời đúng hạn", "Share of ideas answered in time"),
        "ideas-answered-in-time", "ideas-answered", source=OWN_DEFINITION,
    ),
    _flow(
        "idea-groups-answered", GROUPS, "Nhóm ý kiến đã trả lời", "Groups of ideas answered",
        "Số nhóm ý kiến đã được trả lời công khai.", "Groups of ideas that were answered in public.", Kind.IDEAS_ANSWERED,
    ),
    flow(
        "idea-groups-answered-in-time", "voice", Worded("Nhóm ý kiến trả lời đúng hạn", "Groups of ideas answered in time"),
        Worded("Số nhóm trả lời không muộn hơn hạn đã hứa.", "Groups answered by the day promised."),
        GROUPS, source=OWN_DEFINITION, better="up", timely=True, plus=(pick(Kind.IDEAS_ANSWERED, punctuality="in_time"),),
    ),
    in_time(
        "idea-groups-in-time-share", "voice", Worded("Tỷ lệ nhóm ý kiến trả lời đúng hạn", "Share of groups answered in time"),
        "idea-groups-answered-in-time", "idea-groups-answered", source=OWN_DEFINITION,
    ),
    _flow(
        "idea-supports", TIMES, "Lượt ủng hộ ý kiến", "Supports of ideas",
        "Số lượt ủng hộ, đếm gộp mỗi ngày; không biết của ai, cho ý nào.",
        "Supports, counted together each day; nobody knows whose, or for what.", Kind.IDEA_SUPPORTED,
    ),
    _flow(
        "milestones-set", MILESTONES, "Mốc việc đã hứa từ ý kiến", "Milestones promised from ideas",
        "Số mốc việc đã hứa công khai.", "Milestones promised in public.", Kind.MILESTONE_SET,
    ),
    _flow(
        "milestones-reached", MILESTONES, "Mốc việc đã đạt từ ý kiến", "Milestones from ideas reached",
        "Số mốc việc đã làm xong.", "Milestones that were reached.", Kind.MILESTONE_REACHED,
    ),
    flow(
        "milestones-reached-in-time", "voice", Worded("Mốc việc đạt đúng hẹn", "Milestones reached in time"),
        Worded("Số mốc việc làm xong không muộn hơn ngày đã hứa.", "Milestones reached by the day promised."),
        MILESTONES, source=OWN_DEFINITION, better="up", timely=True, plus=(pick(Kind.MILESTONE_REACHED, punctuality="in_time"),),
    ),
    _flow(
        "remarks-received", COMMENTS, "Bình luận dưới thông báo, lời kêu gọi", "Comments under notices and calls",
        "Số bình luận gửi đến. Không giao chỉ tiêu.", "Comments that came. No target.", Kind.REMARK_RECEIVED,
    ),
    _flow(
        "remarks-hidden", COMMENTS, "Bình luận dưới thông báo, lời kêu gọi không cho hiện",
        "Comments under notices and calls not shown",
        "Số bình luận không cho hiện, theo từng lý do, công khai.", "Comments not shown, by reason, in public.",
        Kind.REMARK_HIDDEN,
    ),
    _flow(
        "remark-appeals", COMMENTS, "Đề nghị xem lại bình luận", "Appeals about comments",
        "Số lần người viết đề nghị xem lại.", "Appeals of authors whose comments were not shown.", Kind.REMARK_APPEALED,
    ),
)  # fmt: skip
