"""What the law orders around what people bring, in the demonstration: every step, reception, another channel, a burst."""

from datetime import datetime, time

from django.utils.timezone import make_aware

from gandan.faces.cli.demonstration import formal, speaking
from gandan.ground.organisations.queries import importer
from gandan.work.voice.models import Case, Extract, Reception, Stage, Visitor
from gandan.work.voice.operations import load_services
from gandan.work.voice.queries import bursts_at
from tests.cast import TODAY


def test_steps_reception_channel_and_burst_are_lived_by_the_real_operations(cast, monkeypatch):
    monkeypatch.setattr(speaking, "WARDS", ("W1", "W2"))
    load_services(unit=cast.police, by=importer(), on=TODAY.replace(year=2016))

    formal.Formal(TODAY, cast.dung).show()

    assert set(Stage.objects.values_list("end", flat=True)) == {"", "told", "filed", "accepted", "refused"}
    assert Extract.objects.exclude(conclusion="").exists()
    assert Reception.objects.filter(called_off_on=None).count() > Reception.objects.exclude(called_off_on=None).count() > 0
    assert Visitor.objects.count() == 2
    brought = Case.objects.filter(source=formal.SOURCE)
    assert (brought.count(), brought.open().count()) == (len(formal.BY_TELEPHONE), len(formal.BY_TELEPHONE) // 2)
    (burst,) = bursts_at(cast.binh, TODAY, make_aware(datetime.combine(TODAY, time(12))))
    assert burst.many == 9
