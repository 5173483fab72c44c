from django.db import migrations


class Migration(migrations.Migration):
    """Buckets change with every try and are worth nothing after a crash: they are kept out of the journal."""

    dependencies = [("accounts", "0001_keys")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE accounts_bucket SET UNLOGGED; ALTER TABLE accounts_bucket SET (fillfactor = 50);",
            "ALTER TABLE accounts_bucket SET LOGGED;",
        )
    ]
