"""What stands in the city that is asked at random: one record of each kind that an address names, where somebody may reach it."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from gandan.ground.calendar.queries import period
from gandan.ground.documents.models import Export
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import clock
from gandan.work.community.operations import note, register
from gandan.work.community.rules import Field, Form, Noting, Topic
from gandan.work.dossiers.models import Apology, Delivery
from gandan.work.dossiers.operations import finish, pack, raise_letters, receive
from gandan.work.matters.operations import Told, open_matter
from gandan.work.matters.rules import Issue
from gandan.work.meetings.operations import plan
from gandan.work.voice.flow import Channel
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.operations import receive as take_down
from gandan.work.voice.operations import set_channel
from gandan.work.voice.rules.brought import Brought
from tests.cast import TODAY, Cast
from tests.relief.test_relief import asked, opened
from tests.statements.test_statements import state

NOW = datetime.combine(TODAY, time(2), UTC)
WARD = "CAP-W1"


def records(cast: Cast, reader: Person, name: str) -> dict[str, list[Any]]:
    """Put one of each at a ward, or with the one who asks most; return by what paths that begin so name it.

    :param name: of an applicant, which nobody may be told who doesn't read the ward's dossiers; the post is told another
    """
    by, ward = cast.importer, cast.unit(WARD)
    late = receive(procedure="anywhere", unit=ward, applicant=name, by=by, on=TODAY - timedelta(60))
    raise_letters(by=clock(), on=TODAY)
    parcel = receive(procedure="anywhere", unit=ward, applicant="Trần Văn Bá", by=by, on=TODAY - timedelta(1), by_post=True)
    finish(dossier=parcel, by=by, on=TODAY)
    manifest = pack(unit=ward, partner=cast.unit("BDTP"), deliveries=[Delivery.objects.get(dossier=parcel).pk], by=by, on=TODAY)
    meeting = plan(
        unit=ward, title="Giao ban", starts_at=NOW, ends_at=NOW + timedelta(hours=1), chair=cast.alice, secretary=cast.phuc,
        by=by, on=TODAY,
    )  # fmt: skip
    model = register(unit=ward, field=Field.SOCIETY, name="Bếp ấm", summary="", by=by, on=TODAY)
    held = note(unit=ward, noting=Noting(Form.VISIT, TODAY, "Hội trường", Topic.LAW, "", 12), by=by, on=TODAY)
    told = Told(Issue.LAND, "Lối đi chung", "Hẻm sau chợ", cast.unit("W1"))
    matter = open_matter(unit=ward, partner=cast.unit("MTTQ"), told=told, asks=[], settle_by=TODAY, by=by, on=TODAY)
    brought = Brought(kind=CaseKind.QUESTION, text="Giờ tiếp dân thế nào?")
    case = take_down(brought=brought, channel=Channel.COUNTER, code="1", unit=ward, by=by, on=TODAY, at=NOW)
    set_channel(
        code="1022", name="1022", unit=ward, columns={"number": "a", "text": "b"}, services={}, webhook="", secret="", by=by,
        on=TODAY,
    )  # fmt: skip
    export = Export.objects.create(
        token="asked-for-before-it-is-asked", what="dossiers", form="csv", wanted={}, right="read_dossiers",
        units=[ward.pk], unit=ward, language="vi", by=reader, asked_on=TODAY, keep_until=TODAY,
    )  # fmt: skip
    flood = opened(cast)
    asked(cast, flood)
    stated = state(cast, period(None, "2016"))
    return {
        "activities": [held.pk],
        "exports": [export.token],
        "letters": [Apology.objects.get(dossier=late).pk],
        "manifests": [manifest.number],
        "matters": [matter.pk],
        "meetings": [meeting.pk],
        "models": [model.pk],
        "procedures": ["passport", "anywhere"],
        "relief": [flood.pk],
        "statements": [stated.pk],
        "voice": [case.number],
        "voice/channels": ["1022"],
    }
