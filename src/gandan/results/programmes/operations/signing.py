"""From a written text to one in force: approved, numbered, signed by each party in order; or given back, or dropped."""

from collections.abc import Sequence
from datetime import date, datetime

from gandan.ground.documents.numbering import number_line
from gandan.ground.documents.operations import Signer, open_signing, replace_signer, sign_next
from gandan.ground.documents.typesetting import typeset_signable
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.results.programmes.models import Draft
from gandan.results.programmes.operations.drafting import ENDED, NotBeingWritten, taken_draft
from gandan.results.programmes.operations.enacting import enact
from gandan.results.programmes.operations.taking import require_over, said, standing
from gandan.results.programmes.queries.drafts import draft_parts, lacks
from gandan.results.programmes.queries.issuing import Issue, form_of, issuers, layout_of, place_of
from gandan.results.programmes.queries.paper import document
from gandan.results.programmes.rules import DraftState


class NotReady(Refused):
    """The text still lacks something."""


class MissingSigner(Refused):
    """Each party has one who signs for it."""


@operation
def approve_draft(*, draft: Draft, by: Person, on: date) -> Draft:
    """Approve a text: its words stand. A unit's own plan is in force with that; a programme is numbered and signed then.

    :raises NotAllowed: if `by` does not sign for the unit
    :raises NotBeingWritten: if it is not being written
    :raises NotReady: if it lacks something, naming the first
    """
    fresh = _taken(draft, DraftState.WRITING)
    programme = fresh.programme
    require(Right.SIGN_DOCUMENTS, by=by, unit=standing(programme.unit, on), on=on)
    if found := lacks(fresh, draft_parts(fresh), on):
        raise NotReady(found[0].template, **found[0].params)
    fresh.state, fresh.approved_on, fresh.returned = DraftState.APPROVED.value, on, ""
    unit = standing(programme.unit, on)
    record(Kind.PROGRAMME_APPROVED, about=programme, unit=unit, day=on, by=by)
    if programme.upper_id is not None:
        first = not programme.editions.exists()
        fresh.state, fresh.signed_on = DraftState.IN_FORCE.value, on
        fresh.save()
        enact(programme, draft_parts(fresh), by=by, on=on, day=on, draft=fresh)
        if first:
            programme.signed_on = on
            programme.save(update_fields=["signed_on"])
        record(Kind.PLAN_ISSUED if first else Kind.PROGRAMME_AMENDED, about=programme, unit=unit, day=on, by=by)
    fresh.save()
    return fresh


@operation
def give_draft_back(*, draft: Draft, why: str, by: Person, on: date) -> Draft:
    """Give a text back to those who write it: as approved, it has something that must change first.

    :raises NotAllowed: if `by` does not sign for the unit
    :raises NotBeingWritten: if it is numbered, signed or dropped
    :raises NothingWritten: if it doesn't say why
    """
    fresh = _taken(draft, DraftState.WRITING, DraftState.APPROVED)
    unit = standing(fresh.programme.unit, on)
    require(Right.SIGN_DOCUMENTS, by=by, unit=unit, on=on)
    fresh.state, fresh.approved_on, fresh.returned = DraftState.WRITING.value, None, said(why)[:500]
    fresh.save()
    record(Kind.PROGRAMME_RETURNED, about=fresh.programme, unit=unit, day=on, by=by)
    return fresh


@operation
def drop_draft(*, draft: Draft, by: Person, on: date) -> Draft:
    """Drop a text that is being written; what is in force stays so.

    :raises NotAllowed: if `by` may not write the programme
    :raises NotBeingWritten: if it is approved, numbered, signed or dropped
    """
    fresh = taken_draft(draft, by, on)
    fresh.state = DraftState.DROPPED.value
    fresh.save(update_fields=["state"])
    record(Kind.PROGRAMME_DROPPED, about=fresh.programme, unit=standing(fresh.programme.unit, on), day=on, by=by)
    return fresh


@operation
def put_draft_to_sign(*, draft: Draft, people: Sequence[Person], at: datetime, by: Person, on: date) -> Draft:
    """Give an approved text its number and lay it before those who sign it, in the order of the parties.

    :param people: who signs for each party, in that order
    :raises NotAllowed: if `by` may not write the programme
    :raises NotBeingWritten: if it is not approved
    :raises MissingSigner: if a party has nobody
    :raises NoLongerSignatory: if one of them does not sign for their body
    """
    fresh = _taken(draft, DraftState.APPROVED)
    programme = fresh.programme
    require_over(programme, by, on)
    parts = draft_parts(fresh)
    issuing = issuers(programme, on, parts)
    if len(people) != len(issuing):
        raise MissingSigner(
            gettext_noop("Chương trình này cần {count} người ký: {bodies}."),
            count=len(issuing), bodies="; ".join(unit.name for unit, _ in issuing),
        )  # fmt: skip
    units = Unit.objects.in_bulk([unit.id for unit, _ in issuing])
    signers = [Signer(units[unit.id], signs_as, who) for (unit, signs_as), who in zip(issuing, people, strict=True)]
    layout, form = layout_of(programme, on, parts), form_of(programme, parts)
    names = tuple(person.name for person in people)
    signing = open_signing(
        about=fresh, title=programme.title[:300], form=form, unit=standing(signers[0].unit, on), signers=signers,
        line=lambda number: number_line(layout, number, form.sign, [one.unit.code for one in signers]),
        typeset=lambda line: typeset_signable(
            document(programme, parts, made_at=at, number=fresh.number, issue=Issue(line, on, names))
        ),
        place=place_of(programme.unit_id, on), by=by, on=on,
    )  # fmt: skip
    fresh.state, fresh.number_line = DraftState.SIGNING.value, signing.number_line
    fresh.save()
    record(Kind.PROGRAMME_NUMBERED, about=programme, unit=standing(programme.unit, on), day=on, by=by)
    return fresh


@operation
def sign_draft(*, draft: Draft, by: Person, on: date, at: datetime) -> Draft:
    """Sign a text as the next of its parties. With the last signature it is in force, and the one before no longer.

    :raises NotBeingWritten: if it is not being signed
    :raises NotAllowed: if `by` is not among those who sign
    :raises NotYourTurn: if another signs first, or `by` has signed
    :raises NoLongerSignatory: if `by` does not sign for the body any more
    :raises WrongCertificate: if the key's certificate names somebody else
    :raises NoKey: if `by` has no key
    :raises KeyUnusable: if the key can't be opened, or its certificate has ended
    """
    fresh = _taken(draft, DraftState.SIGNING)
    programme = fresh.programme
    signing = sign_next(about=fresh, reason=programme.title, form=form_of(programme, draft_parts(fresh)), by=by, on=on, at=at)
    unit = standing(programme.unit, on)
    record(Kind.PROGRAMME_SIGNED, about=programme, unit=unit, day=on, by=by)
    if signing.finished_on is None:
        return fresh
    fresh.state, fresh.signed_on = DraftState.IN_FORCE.value, on
    fresh.save()
    first = not programme.editions.exists()
    enact(programme, draft_parts(fresh), by=by, on=on, day=on, draft=fresh)
    if first:
        programme.signed_on = on
        programme.save(update_fields=["signed_on"])
    record(Kind.PROGRAMME_OPENED if first else Kind.PROGRAMME_AMENDED, about=programme, unit=unit, day=on, by=by)
    return fresh


@operation
def name_other_draft_signer(*, draft: Draft, position: int, person: Person, by: Person, on: date) -> Draft:
    """Have another sign for a party, as long as nobody has signed there: who was to sign has left, say.

    :raises NotAllowed: if `by` may not write the programme
    :raises NotBeingWritten: if it is not being signed
    :raises NotYourTurn: if it was signed there already
    :raises NoLongerSignatory: if they do not sign for the party
    """
    fresh = _taken(draft, DraftState.SIGNING)
    require_over(fresh.programme, by, on)
    replace_signer(about=fresh, position=position, person=person, by=by, on=on)
    unchanged()
    return fresh


def _taken(draft: Draft, *states: DraftState) -> Draft:
    fresh = Draft.objects.select_for_update(of=("self",)).select_related("programme__unit", "programme__upper").get(pk=draft.pk)
    if fresh.state not in {state.value for state in states}:
        raise NotBeingWritten(
            gettext_noop("Bản này đã kết thúc.") if fresh.state in ENDED
            else gettext_noop("Bản này chưa đến, hoặc đã qua bước đó.")
        )  # fmt: skip
    return fresh
