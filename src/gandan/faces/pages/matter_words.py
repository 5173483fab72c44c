"""Matters in words, and beside which field a refusal stands."""

from django.utils.translation import gettext_lazy as _

from gandan.faces.pages.marks import MARKS, Mark, Words
from gandan.ground.ledger.rules import Refused
from gandan.ground.privacy.rules import NamesSomebody
from gandan.ground.promises.operations import DueBefore
from gandan.work.matters.flow import State
from gandan.work.matters.operations import OneSide
from gandan.work.matters.queries import MatterRow, PledgeShown
from gandan.work.matters.rules import BadDay, BadPlace, Issue, NothingSaid, Pledged

ISSUES: dict[Issue, Words] = {
    Issue.LAND: _("Đất đai"),
    Issue.COMPENSATION: _("Bồi thường, tái định cư"),
    Issue.BUILDING: _("Xây dựng, hạ tầng"),
    Issue.ENVIRONMENT: _("Môi trường"),
    Issue.SERVICES: _("Dịch vụ, tiện ích công"),
    Issue.WORK: _("Lao động, tiền lương"),
    Issue.TRADE: _("Chợ, buôn bán"),
    Issue.ORDER: _("An ninh, trật tự"),
    Issue.OTHER: _("Việc khác"),
}
STATES: dict[State, Words] = {
    State.OPEN: _("đang giải quyết"),
    State.PROPOSED: _("chờ bên kia đồng ý"),
    State.SETTLED: _("đã giải quyết"),
}
BESIDE: dict[type[Refused], str] = {OneSide: "partner", BadPlace: "point", BadDay: "held_on", DueBefore: "settle_by"}


def beside(refusal: Refused, named: str) -> str | None:
    """The field that a refusal speaks of; None if it is the whole form.

    :param named: the field whose words may name somebody, or be missing
    """
    return named if isinstance(refusal, NamesSomebody | NothingSaid) else BESIDE.get(type(refusal))


def mark_of(row: MatterRow) -> Mark:
    if row.state is State.SETTLED:
        return Mark(STATES[row.state], "circle-check", "kept" if row.settled_in_time else "")
    if row.late:
        return MARKS["late"]
    return Mark(STATES[row.state], "clock", "risk" if row.state is State.PROPOSED else "wait")


def pledge_mark(pledge: PledgeShown) -> Mark:
    if pledge.state is Pledged.BROKEN:
        return Mark(_("không giữ được"), "x", "late")
    if pledge.state is Pledged.KEPT:
        return MARKS["done_late"] if pledge.late else MARKS["in_time"]
    return MARKS["late"] if pledge.late else MARKS["open"]
