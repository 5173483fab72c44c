"""How far the figures of reports are counted here, and how far they are stated from outside; figures that were stated."""

from gandan.ground.ledger.kinds import Kind
from gandan.results.measures.catalogue.awaited import flow, in_time
from gandan.results.measures.catalogue.units import OWN_DEFINITION, PERCENT, REQUESTS
from gandan.results.measures.rules import Measure, Share, Worded, pick

FIGURES = Worded("số liệu", "figures")
STATEMENTS = Worded("số nêu", "stated figures")

MEASURES: tuple[Measure, ...] = (
    flow(
        "figures-counted",
        "leadership",
        Worded("Số liệu báo cáo đếm từ sổ cái", "Reported figures counted here"),
        Worded(
            "Số liệu trong bảng của các báo cáo đã duyệt trong kỳ, đếm từ việc làm ngay trên hệ thống.",
            "Figures in the tables of reports approved in the period that are counted from work done here.",
        ),
        FIGURES,
        source=OWN_DEFINITION,
        amount=True,
        plus=(pick(Kind.FIGURES_REPORTED, how="counted"),),
    ),
    flow(
        "figures-stated",
        "leadership",
        Worded("Số liệu báo cáo nêu từ ngoài", "Reported figures stated from outside"),
        Worded(
            "Số liệu trong bảng của các báo cáo đã duyệt trong kỳ, do một bên nêu và bên kia duyệt.",
            "Figures in the tables of reports approved in the period that one side stated and the other approved.",
        ),
        FIGURES,
        source=OWN_DEFINITION,
        amount=True,
        plus=(pick(Kind.FIGURES_REPORTED, how="stated"),),
    ),
    Share(
        code="figures-counted-share",
        name=Worded("Tỷ lệ số liệu đếm được", "Share of counted figures"),
        definition=Worded(
            "Số liệu đếm từ sổ cái chia cho tổng số liệu đếm được và số liệu nêu từ ngoài, trong báo cáo đã duyệt.",
            "Figures counted here ÷ (figures counted here + figures stated), in approved reports.",
        ),
        unit=PERCENT,
        source=OWN_DEFINITION,
        group="leadership",
        better="up",
        part=("figures-counted",),
        whole=("figures-counted", "figures-stated"),
    ),
    flow(
        "statements-made",
        "leadership",
        Worded("Số được nêu từ ngoài", "Figures stated"),
        Worded(
            "Số lần nêu số liệu từ ngoài hệ thống trong kỳ, kể cả sửa.", "Figures stated in the period, corrections included."
        ),
        STATEMENTS,
        source=OWN_DEFINITION,
        plus=(pick(Kind.STATEMENT_MADE),),
        minus=(pick(Kind.STATEMENT_TAKEN_BACK),),
    ),
    flow(
        "statements-approved",
        "leadership",
        Worded("Số nêu được bên kia duyệt", "Stated figures approved"),
        Worded("Số nêu từ ngoài được bên kia duyệt trong kỳ.", "Stated figures that the other side approved in the period."),
        STATEMENTS,
        source=OWN_DEFINITION,
        plus=(pick(Kind.STATEMENT_ANSWERED, answer="approved"),),
    ),
    flow(
        "requests-answered",
        "leadership",
        Worded("Yêu cầu báo cáo đã trả lời", "Requests for reports answered"),
        Worded("Số câu trả lời yêu cầu báo cáo trong kỳ.", "Answers given to requests for reports in the period."),
        REQUESTS,
        source=OWN_DEFINITION,
        plus=(pick(Kind.REQUEST_ANSWERED),),
    ),
    flow(
        "requests-answered-in-time",
        "leadership",
        Worded("Yêu cầu báo cáo trả lời đúng hạn", "Requests for reports answered in time"),
        Worded("Số câu trả lời không muộn hơn hạn.", "Answers given no later than the due day."),
        REQUESTS,
        source=OWN_DEFINITION,
        timely=True,
        plus=(pick(Kind.REQUEST_ANSWERED, punctuality="in_time"),),
    ),
    in_time(
        "requests-in-time-share",
        "leadership",
        Worded("Tỷ lệ trả lời yêu cầu báo cáo đúng hạn", "Share of requests for reports answered in time"),
        "requests-answered-in-time",
        "requests-answered",
        source=OWN_DEFINITION,
    ),
)
