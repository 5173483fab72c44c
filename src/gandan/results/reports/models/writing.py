"""How a report comes about: each version of its text, what is said beside it, each step of its way."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from gandan.results.reports.models.reports import Report, ReportSection
from gandan.results.reports.rules import WayStep


class SectionVersion(models.Model):
    """The text of a section as somebody saved it. `base` is the version that they had before them."""

    section = models.ForeignKey(ReportSection, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    merged = models.BooleanField(default=False)  # with what others had saved meanwhile
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="one_version_per_number", fields=["section", "number"])]
        ordering = ["number"]


class ReportComment(models.Model):
    """What somebody says beside a section, until it is settled."""

    section = models.ForeignKey(ReportSection, models.CASCADE, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        ordering = ["pk"]


class Explanation(models.Model):
    """Why a figure changed so much: what the unit says of it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="explanations")
    code = models.CharField(max_length=60)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_explanation_per_measure", fields=["report", "code"])]


class ReportStep(models.Model):
    """A step on the way of a report: submitted, sent back with a reason, approved, numbered, signed, published, restated."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10, choices=[(step.value, step.value) for step in WayStep])
    reason = models.TextField(blank=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, db_index=False, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
