"""Reading requests for reports: who was asked what, how far each is, the whole in one table and one document."""

from gandan.results.requests.queries.gathering import Gathered, GatheredRow, gathered, request_docx, request_pdf, request_xlsx
from gandan.results.requests.queries.lists import (
    AnswerRow,
    RequestRow,
    UnknownAsked,
    answer,
    answer_by_number,
    answers,
    report_request,
    report_requests,
    request_row,
    right_below,
    way,
)
from gandan.results.requests.queries.prefilling import AnsweredFigure, figures_of, period_of, prefilled

__all__ = [
    "AnswerRow",
    "AnsweredFigure",
    "Gathered",
    "GatheredRow",
    "RequestRow",
    "UnknownAsked",
    "answer",
    "answer_by_number",
    "answers",
    "figures_of",
    "gathered",
    "period_of",
    "prefilled",
    "report_request",
    "report_requests",
    "request_docx",
    "request_pdf",
    "request_row",
    "request_xlsx",
    "right_below",
    "way",
]
