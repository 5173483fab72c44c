"""Who may sign for a body: the choice in every form that lays a paper before those who sign it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gandan.faces.pages import naming
from gandan.faces.pages.mine import SignedIn
from gandan.ground.documents.queries import PartRow
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.queries import Person, UnitRow
from gandan.ground.organisations.rights import Right


@dataclass(frozen=True)
class Signers:
    """A party of a paper, and whom it may have sign: those of its own unit first."""

    body: str
    signs_as: str
    people: tuple[tuple[str, str], ...]  # user name, words
    chosen: str


def signers(unit: int, signs_as: str, on: date, *, but: int | None = None) -> Signers:
    """Who may sign for a unit; whoever is the only one there is chosen beforehand.

    :param but: who is not to be offered: another is looked for in their place
    """
    bearing = [pair for pair in organisations.bearers(Right.SIGN_DOCUMENTS, unit=unit, on=on) if pair[0].pk != but]
    own = [one.username for one, of in bearing if of == unit]
    return Signers(
        organisations.row(unit, on).name, signs_as, tuple((one.username, _said(one, of, unit, on)) for one, of in bearing),
        own[0] if len(own) == 1 else "",
    )  # fmt: skip


def _said(one: Person, of: int, unit: int, on: date) -> str:
    words = naming.person_chosen(one)
    return words if of == unit else f"{words}, {organisations.row(of, on).name}"


def parties(issuing: Iterable[tuple[UnitRow, str]], on: date, typed: Sequence[str] = ()) -> list[Signers]:
    """The parties of a paper in their order, each with whom it may have sign.

    :param typed: who was chosen before, where the form comes back
    """
    made = [signers(unit.id, signs_as, on) for unit, signs_as in issuing]
    return [replace(one, chosen=name) for one, name in zip(made, typed, strict=True)] if len(typed) == len(made) else made


def another(part: PartRow, on: date) -> Signers | None:
    """Whom a party may have sign in the place of who was to, as long as nobody has signed there."""
    if part.signed_on:
        return None
    heir = organisations.standing_heir(organisations.unit(organisations.row(part.unit_id).code), on)
    return signers(heir.pk, part.signs_as, on, but=part.person_id)


def named(request: SignedIn) -> list[Person]:
    """Who was chosen, in the order of the parties.

    :raises UnknownPerson: if one has no account
    """
    return [organisations.person(name) for name in request.POST.getlist("signer") if name.strip()]
