"""Part of a number is found through trigrams."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0007_letters")]
    operations = [TrigramExtension()]
