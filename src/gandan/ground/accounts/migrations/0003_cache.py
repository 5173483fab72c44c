from django.db import migrations


class Migration(migrations.Migration):
    """What is true for minutes, for all processes: codes of second factors that were used, so that none is used twice."""

    dependencies = [("accounts", "0002_not_logged")]
    operations = [
        migrations.RunSQL(
            "CREATE UNLOGGED TABLE accounts_cache ("
            " cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);"
            "CREATE INDEX accounts_cache_expires ON accounts_cache (expires);",
            "DROP TABLE accounts_cache;",
        )
    ]
