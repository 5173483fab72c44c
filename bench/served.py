"""The site as it is served, with two bare views beside it: one reads a row, one inserts one."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.config.settings")
application = get_wsgi_application()

from django.db import models  # noqa: E402
from django.http import HttpRequest, HttpResponse, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402

from gandan.config import urls  # noqa: E402

COLUMNS = ["number", "procedure_id", "unit_id", "channel", "applicant", "applicant_key", "status", "received_on", "due_on"]


class BareDossier(models.Model):
    """The row of a dossier in a table of its own."""

    number = models.CharField(max_length=30)
    source = models.CharField(max_length=30, default="")
    source_number = models.CharField(max_length=60, default="")
    procedure_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    channel = models.CharField(max_length=8)
    applicant = models.CharField(max_length=200)
    applicant_key = models.CharField(max_length=200)
    status = models.CharField(max_length=10)
    received_on = models.DateField()
    due_on = models.DateField()
    due_stated = models.BooleanField(default=False)

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bench_dossier"


def read_one(request: HttpRequest, number: str) -> HttpResponse:
    row = BareDossier.objects.get(number=number)
    return JsonResponse({name: getattr(row, name) for name in COLUMNS})


@csrf_exempt
def insert_one(request: HttpRequest) -> HttpResponse:
    row = BareDossier.objects.create(**{name: request.POST[name] for name in COLUMNS})
    return JsonResponse({"id": row.pk}, status=201)


urls.urlpatterns[:0] = [path("bare/read/<str:number>/", read_one), path("bare/insert/", insert_one)]
