"""The poster at work: posts what waits, then lets follow what follows, for as long as the process lives."""

import logging
from threading import Event as Signal

from django.db import Error, connection

from gandan.faces.jobs.reactions import react
from gandan.ground.ledger.operations import post_all

EVERY = 2.0  # seconds; figures don't wait for it, reactions do
log = logging.getLogger(__name__)


def keep_posting(stop: Signal, *, every: float = EVERY) -> None:
    """Post and react until told to stop. A database that is away for a while is waited for."""
    while not stop.wait(every):
        try:
            post_all()
            while react():
                pass
        except Error:
            log.exception("Posting failed; it is tried again in %s seconds.", every)
            connection.close()
    connection.close()
