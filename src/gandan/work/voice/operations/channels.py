"""Cases of other channels come by file, once each by their own number; what can't be taken says why, row by row."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import CODE, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.work.voice.flow import Channel
from gandan.work.voice.models import BroughtFile, SourceChannel
from gandan.work.voice.operations.receiving import KnownSource, receive
from gandan.work.voice.rules.brought import NotReady, tidy
from gandan.work.voice.rules.channels import BadMapping, Row, check_mapping, rows_of

MOST_BYTES = 10 * 2**20


@operation
def set_channel(
    *, code: str, name: str, unit: Unit, columns: Mapping[str, str], services: Mapping[str, str], webhook: str, secret: str,
    by: Person, on: date,
) -> SourceChannel:  # fmt: skip
    """Say how a channel's files are read, and where its answers are told. An empty secret leaves the one there is.

    :raises NotAllowed: if `by` may not manage channels at the unit
    :raises BadMapping: if something is missing or can't be so
    """
    require(Right.MANAGE_VOICE, by=by, unit=unit, on=on)
    if not CODE.match(code) or not tidy(name, 200):
        raise BadMapping(gettext_noop("Kênh cần một mã (chữ thường, số, gạch nối) và một tên."))
    if webhook and not (webhook.startswith("https://") and secret):
        known = SourceChannel.objects.filter(code=code).first()
        if not webhook.startswith("https://") or known is None or not known.secret:
            raise BadMapping(gettext_noop("Địa chỉ nhận trả lời phải bắt đầu bằng https:// và có khoá ký."))
    found = SourceChannel.objects.select_for_update().filter(code=code).first() or SourceChannel(code=code)
    found.name, found.unit, found.columns = tidy(name, 200), unit, check_mapping(columns)
    found.services = {tidy(theirs, 100): ours for theirs, ours in services.items() if theirs.strip() and ours}
    found.webhook, found.secret = webhook[:300], secret or found.secret
    found.save()
    record(Kind.CHANNEL_SET, about=found, unit=unit, day=on, by=by)
    return found


@operation
def bring_file(
    *, source: SourceChannel | str, content: bytes, name: str, draw: Callable[[], str], by: Person, on: date, at: datetime
) -> BroughtFile:
    """Take in a channel's file. The same file again is answered with what became of it.

    :param draw: draws a receipt's sixteen digits
    :raises NotAllowed: if `by` may not answer people at the unit that looks after the channel
    :raises Unreadable: if the file can't be read
    """
    code = source if isinstance(source, str) else source.code
    channel = SourceChannel.objects.select_for_update(of=("self",)).select_related("unit").filter(code=code).first()
    if channel is None:
        raise BadMapping(gettext_noop("Không có kênh nào mang mã {code}."), code=code[:30])
    require(Right.ANSWER_VOICE, by=by, unit=channel.unit, on=on)
    digest = hashlib.sha256(content).hexdigest()
    if known := BroughtFile.objects.filter(source=channel, digest=digest).first():
        unchanged()
        return known
    if len(content) > MOST_BYTES:
        raise BadMapping(gettext_noop("Tệp lớn hơn 10 MB; xin chia ra."))
    made = BroughtFile(source=channel, unit=channel.unit, digest=digest, name=tidy(name, 200), by=by, on=on)
    refused = []
    for row in rows_of(content, channel.columns, channel.services):
        try:
            _take(row, channel, draw, by, on, at)
            made.taken += 1
        except KnownSource:
            made.known += 1
        except NotReady as unready:
            refused.append(_why(row, list(unready.faults.values())))
        except Refused as refusal:
            refused.append(_why(row, [refusal]))
    made.refused = json.dumps(refused, ensure_ascii=False) if refused else ""
    made.save()
    record(Kind.CHANNEL_BROUGHT, about=made, unit=channel.unit, day=on, by=by, amount=made.taken)
    return made


@operation
def told_answers(*, source: SourceChannel | int, upto: int, ok: bool, by: Person, on: date) -> SourceChannel:
    """Note up to which answer a channel was told, or that it could not be.

    :param upto: the number of the last answer that was posted
    """
    unchanged()  # the answers themselves are in the ledger
    number = source if isinstance(source, int) else source.pk
    found = SourceChannel.objects.select_for_update().get(pk=number)
    found.told_upto, found.failures = (max(upto, found.told_upto), 0) if ok else (found.told_upto, found.failures + 1)
    found.save(update_fields=["told_upto", "failures"])
    return found


def _take(row: Row, channel: SourceChannel, draw: Callable[[], str], by: Person, on: date, at: datetime) -> None:
    if not row.number:
        raise BadMapping(gettext_noop("Dòng này không có số việc của kênh."))
    receive(
        brought=row.brought,
        channel=Channel.OTHER,
        code=draw(),
        by=by,
        on=on,
        at=at,
        source=channel.code,
        source_number=row.number,
    )


def _why(row: Row, reasons: list[Refused]) -> dict[str, object]:
    return {"line": row.line, "number": row.number, "why": [str(one) for one in reasons]}
