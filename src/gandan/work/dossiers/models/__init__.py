"""Procedures through time, dossiers, letters of apology, deliveries by post, and imports with the rows they refused."""

from gandan.work.dossiers.models.bookings import Booking, Opening
from gandan.work.dossiers.models.deliveries import Delivery, Manifest, ManifestItem, PostPartner, Scan
from gandan.work.dossiers.models.desk import Once, SavedFilter
from gandan.work.dossiers.models.dossiers import Dossier, DossierQuerySet, StepTaken, Wait
from gandan.work.dossiers.models.drafts import Draft
from gandan.work.dossiers.models.holders import Collector, Contact, RatingTicket, ReceiptKey, TicketTaken
from gandan.work.dossiers.models.imports import Import, RefusedRow, StagedRow
from gandan.work.dossiers.models.letters import Apology, LetterBatch, LetterRule, LetterToSign
from gandan.work.dossiers.models.moves import DueMove
from gandan.work.dossiers.models.procedures import DaySerial, Office, Procedure
from gandan.work.dossiers.models.ratings import Rating, RatingWords
from gandan.work.dossiers.models.states import Channel, ImportState, ParcelState, Status

__all__ = [
    "Apology",
    "Booking",
    "Channel",
    "Collector",
    "Contact",
    "DaySerial",
    "Delivery",
    "Dossier",
    "DossierQuerySet",
    "Draft",
    "DueMove",
    "Import",
    "ImportState",
    "LetterBatch",
    "LetterRule",
    "LetterToSign",
    "Manifest",
    "ManifestItem",
    "Office",
    "Once",
    "Opening",
    "ParcelState",
    "PostPartner",
    "Procedure",
    "Rating",
    "RatingTicket",
    "RatingWords",
    "ReceiptKey",
    "RefusedRow",
    "SavedFilter",
    "Scan",
    "StagedRow",
    "Status",
    "StepTaken",
    "TicketTaken",
    "Wait",
]
