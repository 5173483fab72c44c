"""The templates of superiors, each as it holds from a day on."""

from django.db import models

from gandan.results.reports.rules import LAYOUTS


class ReportTemplate(models.Model):
    """What a superior's report looks like from a day on: rows in its words, text, layout, on which day its months begin."""

    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    layout = models.CharField(max_length=10, choices=[(one, one) for one in LAYOUTS])
    first_day = models.PositiveSmallIntegerField(default=1)
    addressed_to = models.CharField(max_length=200, blank=True)
    rows = models.JSONField(default=list)  # measure, words, heading
    sections = models.JSONField(default=list)  # title, text
    valid_from = models.DateField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_template_from_a_day", fields=["code", "valid_from"]),
            models.CheckConstraint(
                name="template_begins_within_a_month", condition=models.Q(first_day__gte=1, first_day__lte=28)
            ),
        ]
