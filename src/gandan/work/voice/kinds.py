"""What people bring: one table. A kind says who handles it, what is owed, what may be shown, and what is asked.

All kinds share one inbox, one receipt, one promise. What is a kind's own stands in folders of its name.
"""

from dataclasses import dataclass
from enum import StrEnum

from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line

ANSWER, COMPLAINT = "voice.answer", "complaint.answer"  # the promises
DEPOT = "handover.depot"  # items that were handed over are owed to the depot


class CaseKind(StrEnum):
    REPORT = "report"
    CRIME = "crime"
    HANDOVER = "handover"
    CONDUCT = "conduct"  # phản ánh về thái độ
    COMPLAINT = "complaint"  # khiếu nại
    DENUNCIATION = "denunciation"  # tố cáo
    COMPLIMENT = "compliment"
    QUESTION = "question"


class Route(StrEnum):
    """Who handles a new case."""

    WARD = "ward"  # the police of the ward; of the city, where no ward is named
    INSPECTORATE = "inspectorate"  # of the police: never the unit that is spoken of


@dataclass(frozen=True)
class KindSpec:
    """One kind of case.

    `sealed`: its words are kept under a key, and nothing looks for words in them.
    `shown`: it may stand on the public pages, if its sender wishes so and a moderator has looked.
    `nameless`: it may be sent without a name.
    `read`, `work`: what it takes to read such cases, and to work on them; nobody else finds them in a list.
    `line`: it is passed on only to units of this line.
    """

    sign: str
    name: str
    lead: str
    ask: str  # what the words are to say
    route: Route = Route.WARD
    promise: str = ANSWER
    sealed: bool = False
    shown: bool = False
    nameless: bool = True
    places: bool = True  # where it is may be said
    about_unit: bool = False  # it speaks of a unit
    services: bool = False  # it is one of the services of the list
    read: Right = Right.READ_VOICE
    work: Right = Right.ANSWER_VOICE
    line: Line = Line.POLICE
    own_page: bool = False  # sent from a page of its own


KINDS: dict[CaseKind, KindSpec] = {
    CaseKind.REPORT: KindSpec(
        "PA", gettext_noop("Phản ánh, kiến nghị"),
        gettext_noop("Một việc ở khu phố cần cơ quan giải quyết: tiếng ồn, xe lấn vỉa hè, đèn tín hiệu hỏng…"),
        gettext_noop("Việc gì, từ khi nào, ảnh hưởng ra sao."),
        shown=True, services=True,
    ),
    CaseKind.QUESTION: KindSpec(
        "HD", gettext_noop("Hỏi đáp"),
        gettext_noop("Làm việc này thế nào? Tin này có đúng không?"),
        gettext_noop("Câu hỏi của Ông/Bà. Hỏi về một tin: xin ghi nội dung tin, không cần ghi ai đưa tin."),
        shown=True, places=False,
    ),
    CaseKind.COMPLIMENT: KindSpec(
        "KT", gettext_noop("Khen ngợi"),
        gettext_noop("Một việc làm tốt của cán bộ hay đơn vị."),
        gettext_noop("Việc gì, khi nào, vì sao Ông/Bà hài lòng."),
        shown=True, places=False, about_unit=True,
    ),
    CaseKind.CRIME: KindSpec(
        "TB", gettext_noop("Tố giác, tin báo về tội phạm"),
        gettext_noop("Đã xảy ra hoặc có dấu hiệu xảy ra tội phạm. Đang nguy hiểm: gọi 113 trước."),
        gettext_noop("Việc gì, ở đâu, khi nào, ai liên quan, còn dấu vết gì."),
        sealed=True, nameless=False, own_page=True,
    ),
    CaseKind.HANDOVER: KindSpec(
        "GN", gettext_noop("Giao nộp vũ khí, vật liệu nổ, công cụ hỗ trợ"),
        gettext_noop("Đừng chạm vào, đừng di chuyển. Báo để có người đến."),
        gettext_noop("Vật gì, mấy cái, đang để ở đâu. Không cần ghi tên."),
        sealed=True, own_page=True,
    ),
    CaseKind.CONDUCT: KindSpec(
        "TĐ", gettext_noop("Phản ánh về cách phục vụ"),
        gettext_noop("Cán bộ nói năng, làm việc chưa đúng mực. Chuyển thẳng đến thanh tra, không về đơn vị bị phản ánh."),
        gettext_noop("Việc gì đã xảy ra, khi nào, ở bộ phận nào."),
        route=Route.INSPECTORATE, promise=COMPLAINT, sealed=True, places=False, about_unit=True,
        read=Right.HANDLE_COMPLAINTS, work=Right.HANDLE_COMPLAINTS, own_page=True,
    ),
    CaseKind.COMPLAINT: KindSpec(
        "KN", gettext_noop("Khiếu nại"),
        gettext_noop("Một quyết định hoặc hành vi hành chính làm Ông/Bà bị thiệt: đề nghị xem lại."),
        gettext_noop("Quyết định hay hành vi nào, ngày nào, vì sao Ông/Bà cho là trái pháp luật, Ông/Bà đề nghị gì."),
        route=Route.INSPECTORATE, promise=COMPLAINT, sealed=True, nameless=False, places=False, about_unit=True,
        read=Right.HANDLE_COMPLAINTS, work=Right.HANDLE_COMPLAINTS, own_page=True,
    ),
    CaseKind.DENUNCIATION: KindSpec(
        "TC", gettext_noop("Tố cáo"),
        gettext_noop("Báo một hành vi vi phạm pháp luật của cán bộ. Danh tính người tố cáo được niêm lại."),
        gettext_noop("Hành vi nào, của bộ phận nào, khi nào, có gì chứng minh."),
        route=Route.INSPECTORATE, promise=COMPLAINT, sealed=True, nameless=False, places=False, about_unit=True,
        read=Right.HANDLE_COMPLAINTS, work=Right.HANDLE_COMPLAINTS, own_page=True,
    ),
}  # fmt: skip

SIGNS = {spec.sign: kind for kind, spec in KINDS.items()}
READ_RIGHTS = frozenset(spec.read for spec in KINDS.values())


def kinds_of(rights: frozenset[Right] | Right) -> frozenset[CaseKind]:
    """Return the kinds that these rights let one read."""
    held = frozenset({rights}) if isinstance(rights, Right) else rights
    return frozenset(kind for kind, spec in KINDS.items() if spec.read in held)
