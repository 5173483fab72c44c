"""Papers with their versions and who has read them; minutes by sections, each with all its revisions."""

from django.db import models

from gandan.ground.documents.models import Attachment
from gandan.ground.organisations.models import Person
from gandan.work.meetings.models.meetings import AgendaItem, Meeting, OfMeetings


class Paper(models.Model):
    """One paper for a point of the agenda."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, db_index=False, related_name="papers")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    last = models.PositiveSmallIntegerField(default=0)  # the number of its last version

    class Meta:
        constraints = [models.UniqueConstraint(name="a_paper_has_its_place", fields=["meeting", "position"])]


class PaperVersion(models.Model):
    """One version of a paper, as it was put before the meeting."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(Attachment, models.PROTECT, db_index=False, related_name="+")
    pages = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_version_has_its_number", fields=["paper", "number"])]


class Reading(models.Model):
    """Somebody has opened a version. Whoever has read an older one than the last is told."""

    version = models.ForeignKey(PaperVersion, models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="read_once", fields=["version", "person"])]


class SectionQuerySet(OfMeetings["Section"]):
    """As the meeting whose minutes they are."""


class Section(models.Model):
    """The minutes of one point of the agenda, as they stand."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sections")
    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="section")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    both = models.BooleanField(default=False)  # two wrote at one place: to be read over

    objects = SectionQuerySet.as_manager()


class RevisionQuerySet(OfMeetings["Revision"]):
    """As the meeting whose minutes they are."""

    meeting = "section__meeting__"


class Revision(models.Model):
    """One saving of a section: who, from which version, what it became. Nothing that was written is lost."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    text = models.TextField(blank=True)  # as it stood afterwards
    typed = models.TextField(blank=True)  # as it was sent
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=80, blank=True)  # sent again after a lost answer, it is the same one

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_revision_has_its_number", fields=["section", "version"]),
            models.UniqueConstraint(name="a_revision_is_sent_once", fields=["section", "by", "key"], condition=~models.Q(key="")),
        ]
