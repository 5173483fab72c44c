"""The words in which dossiers, their channels, parcels and imports are described."""

from enum import StrEnum

from gandan.work.dossiers.flow import Status as Status


class Channel(StrEnum):
    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"


class ParcelState(StrEnum):
    WANTED = "wanted"
    PACKED = "packed"
    HANDED = "handed"
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"
    FAILED = "failed"  # an attempt found nobody
    RETURNED = "returned"
    COLLECTED = "collected"  # at the counter, after it came back
    DROPPED = "dropped"  # no longer wanted by post


class ImportState(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    LEFT = "left"  # never finished: the file was imported anew in another way


def choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]
