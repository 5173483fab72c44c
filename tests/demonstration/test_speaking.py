"""What people of the demonstration bring: every kind of it but the formal ones, most of it answered."""

from gandan.faces.cli.demonstration import speaking
from gandan.work.voice.models import Case, Protocol
from tests.cast import TODAY


def test_the_latest_weeks_are_spoken_by_the_real_operations(cast, monkeypatch):
    monkeypatch.setattr(speaking, "WARDS", ("W1", "W2"))

    assert speaking.speak(today=TODAY, officers=(cast.binh, cast.dung)) == Case.objects.count() > 50

    kinds = set(Case.objects.values_list("kind", flat=True))
    assert kinds == {"report", "question", "compliment", "crime", "handover", "conduct"}
    assert Case.objects.filter(state="answered").exists()
    assert Case.objects.open().filter(due_on__gte=TODAY).exists()
    assert Case.objects.public().exists()
    assert set(Protocol.objects.values_list("taken_by__username", "second_by__username")) == {("binh", "dung")}
