"""The search indexes take in what is new a few hundred dossiers at once: one by one was half of what writing a dossier cost."""

import django.contrib.postgres.indexes
from django.db import migrations, models

WORDS = "dossier_applicant_words"  # of a column that the database makes, so no model knows it
NUMBERS = {"dossier_number_parts": ("number", None), "dossier_source_number_parts": ("source_number", ~models.Q(source=""))}


def known(name, field, condition):
    index = django.contrib.postgres.indexes.GinIndex(
        fields=[field], opclasses=["gin_trgm_ops"], condition=condition, name=name, gin_pending_list_limit=128
    )
    return [migrations.RemoveIndex("dossier", name), migrations.AddIndex("dossier", index)]


def together(name, states):
    return migrations.RunSQL(
        f"ALTER INDEX {name} RESET (fastupdate); ALTER INDEX {name} SET (gin_pending_list_limit = 128)",
        f"ALTER INDEX {name} RESET (gin_pending_list_limit); ALTER INDEX {name} SET (fastupdate = off)",
        state_operations=states,
    )


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0012_sealed_parcels")]
    operations = [together(WORDS, []), *(together(name, known(name, *of)) for name, of in NUMBERS.items())]
