from django.db import migrations

KEY = "ALTER TABLE ledger_yeartally DROP CONSTRAINT ledger_yeartally_pkey, ADD PRIMARY KEY ({})"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_year_by_unit")]

    operations = [
        migrations.RunSQL(KEY.format("unit_id, start, facet_set_id"), KEY.format("start, unit_id, facet_set_id")),
    ]
