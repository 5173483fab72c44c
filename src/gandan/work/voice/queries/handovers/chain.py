"""How the links of a chain of hands are proved, from the records."""

from gandan.work.voice.models import Item, Link, Protocol
from gandan.work.voice.rules.handovers.chain import Signed


def first_link(protocol: Protocol) -> Signed:
    """Return what both have signed when it was taken in."""
    assert protocol.second_by_id is not None
    assert protocol.second_at is not None
    return Signed(
        before="", items=[_said(one) for one in protocol.items.order_by("nth")], from_unit=protocol.ground,
        to_unit=protocol.unit.code, given_by=protocol.taken_by_id, taken_by=protocol.second_by_id,
        given_at=protocol.taken_at, taken_at=protocol.second_at, words=f"{protocol.number}/{protocol.year}",
    )  # fmt: skip


def signed_link(link: Link) -> Signed:
    """Return what who gave and who took have signed."""
    assert link.taken_by_id is not None
    assert link.taken_at is not None
    last = link.protocol.links.filter(nth__lt=link.nth).order_by("-nth").first()
    return Signed(
        before=last.digest if last else link.protocol.digest, items=[_said(one) for one in link.items.order_by("nth")],
        from_unit=link.from_unit.code, to_unit=link.to_unit.code, given_by=link.given_by_id, taken_by=link.taken_by_id,
        given_at=link.given_at, taken_at=link.taken_at, words=f"{link.words}\n{link.remarks}\n{link.to_depot}",
    )  # fmt: skip


def holds(protocol: Protocol) -> bool:
    """Say whether the chain is as it was signed: every link, each after the one before."""
    if protocol.second_by_id is None:
        return True
    links = protocol.links.exclude(digest="").select_related("from_unit", "to_unit", "protocol").order_by("nth")
    return protocol.digest == first_link(protocol).digest and all(one.digest == signed_link(one).digest for one in links)


def _said(item: Item) -> dict[str, str | int]:
    return {
        "nth": item.nth, "kind": item.kind, "name": item.name, "mark": item.mark, "quantity": item.quantity,
        "measure": item.measure, "condition": item.condition, "seal": item.seal,
    }  # fmt: skip
