"""What became of the dated promises of a matter."""

from gandan.ground.promises.models import Promise
from gandan.ground.promises.rules import State as Owed
from gandan.work.matters.models import Matter, Pledge
from gandan.work.matters.rules import Fate, Pledged

TYPE, PLEDGE_TYPE = Matter._meta.label_lower, Pledge._meta.label_lower
STATES = {Owed.OPEN: Pledged.OPEN, Owed.KEPT: Pledged.KEPT, Owed.DROPPED: Pledged.BROKEN}


def fates(matter: Matter) -> list[Fate]:
    """Return what became of each dated promise since the matter was opened last."""
    last = Promise.objects.filter(about_type=TYPE, about_id=matter.pk).order_by("-pk").first()
    if last is None:
        return []
    pledges = Pledge.objects.filter(matter=matter, made_on__gte=last.made_on).values_list("pk", flat=True)
    made = [last, *Promise.objects.filter(about_type=PLEDGE_TYPE, about_id__in=list(pledges))]
    return [Fate(STATES[Owed(one.state)], one.first_due_on, one.settled_on) for one in made]
