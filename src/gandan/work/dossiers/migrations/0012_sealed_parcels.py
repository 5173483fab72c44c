"""Where a parcel goes, and who may fetch a result, are sealed columns from now on.

What stands there is kept as it is, as bytes; `gandan database prepare` seals it right after the migrations, in batches.
"""

from django.db import migrations, models

EMPTY = {"blank": True, "default": b""}
SEALED = {
    "delivery": {"recipient": EMPTY, "address": EMPTY, "phone": EMPTY},
    "collector": {"name": {}, "paper_tail": {}},
}


def sealed(model, columns):
    # No text may begin with the byte by which a sealed value is known.
    changes = [
        f'ALTER "{column}" DROP DEFAULT, '
        f"""ALTER "{column}" TYPE bytea USING convert_to(ltrim("{column}", E'\\x01'), 'UTF8')"""
        for column in columns
    ]
    states = [migrations.AlterField(model, column, models.BinaryField(**given)) for column, given in columns.items()]
    return migrations.RunSQL(f"ALTER TABLE dossiers_{model} {', '.join(changes)}", state_operations=states)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0011_name_words")]
    operations = [sealed(model, columns) for model, columns in SEALED.items()]
