"""The simulated past of the real city goes through the import without one refused row."""

from collections import Counter
from datetime import date
from pathlib import Path

import yaml

from gandan.faces.cli.demonstration import simulation, stage
from gandan.ground.calendar.operations import load_defaults
from gandan.ground.ledger.models import Event
from gandan.ground.organisations.operations import load_city
from gandan.ground.organisations.queries import importer, unit
from gandan.ground.promises.models import Promise
from gandan.work.dossiers import queries
from gandan.work.dossiers.models import Dossier
from gandan.work.dossiers.operations import Request, Run, load_procedures

TODAY = date(2026, 11, 20)


def test_every_simulated_row_of_the_real_city_is_taken_in(db, tmp_path):
    by = importer()
    load_city(by=by, on=TODAY)
    load_defaults(by=by, on=TODAY)
    load_procedures(unit=unit("CATP"), by=by, on=TODAY)
    simulation.write(stage.scene(today=TODAY, size=1500), tmp_path / "past.csv.gz")
    mapping = yaml.safe_load(Path(simulation.__file__).with_name("mapping.yaml").read_text("utf-8"))

    *_, went = Run(Request(tmp_path / "past.csv.gz", mapping, "simulated", TODAY, unit("79"), simulated=True), by=by, on=TODAY)

    assert (went.taken, went.refused) == (1500, 0), list(queries.refused_rows(went.import_id, limit=3))
    assert queries.simulated()
    told = Counter(Event.objects.filter(about_type="dossiers.dossier").values_list("facet_set__kind", flat=True))
    assert told["dossier.received"] == told["promise.owed"] - told["letter.owed"] == 1500
    assert told["dossier.finished"] == Dossier.objects.filter(status="finished").count()
    assert told["dossier.handed_over"] == told["dossier.taken_over"]
    assert told["delivery.handed"] > told["delivery.delivered"] > 100
    assert (
        Promise.objects.filter(state="open", kind="dossier.result").count() == Dossier.objects.filter(status="received").count()
    )
    assert not Dossier.objects.filter(status="received", unit__closed_on__isnull=False).exists()
