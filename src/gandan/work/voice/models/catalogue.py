"""Services: what can be reported, with the questions that each asks."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models


class Service(models.Model):
    """One thing that can be reported, as Open311 calls it: loaded from a file with source and validity."""

    code = models.CharField(max_length=40, unique=True, validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*$")])
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=400)
    about_en = models.CharField(max_length=400, blank=True)
    group = models.CharField(max_length=100)
    group_en = models.CharField(max_length=100, blank=True)
    words = ArrayField(models.CharField(max_length=60), default=list, blank=True)  # by which it is found
    questions = models.JSONField(default=list, blank=True)  # see rules/reports/questions.py
    department = models.CharField(max_length=30, blank=True)  # the code of the unit that handles it instead of the ward's
    term = models.CharField(max_length=40, blank=True)  # its own, instead of that of all reports
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the first day without it
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["group", "name"], name="service_by_group")]
