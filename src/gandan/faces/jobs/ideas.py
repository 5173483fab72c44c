"""What the clock does with calls for ideas: supports are counted, calls end, the night proposes groups."""

from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations
from gandan.work.voice.queries import ideas as queries


@app.task(queueing_lock="count_supports", lock="count_supports", name="count_supports")
def count_supports(timestamp: int | None = None) -> int:
    """Count the ballots of the days that are over, in no order, and end the calls whose last day is over."""
    today, counted = localdate(), 0
    while more := operations.count_supports(by=organisations.clock(), on=today):
        counted += more
    for call in queries.ending(today):
        operations.end_call(call=call, by=organisations.clock(), on=today)
    operations.erase_unsent(by=organisations.clock(), on=today)
    return counted


@app.task(queueing_lock="group_ideas", lock="group_ideas", name="group_ideas")
def group_ideas(timestamp: int | None = None) -> int:
    """Propose which ideas say the same, for people to confirm; by their text and call alone."""
    made = 0
    for call in queries.to_be_grouped():
        found = queries.clusters(call)
        made += operations.propose_groups(call=call, clusters=found, by=organisations.clock(), on=localdate())
    return made
