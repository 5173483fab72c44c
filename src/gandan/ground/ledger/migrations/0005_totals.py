from django.db import migrations

# PostgreSQL sums bigint as numeric, lest it overflow. This stays bigint, a fifth faster over a grid, and overflowing is an error.
MAKE = """
    CREATE AGGREGATE ledger_total(bigint)
        (SFUNC = int8pl, STYPE = bigint, INITCOND = '0', COMBINEFUNC = int8pl, PARALLEL = SAFE)
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_year_by_unit_key")]

    operations = [migrations.RunSQL(MAKE, "DROP AGGREGATE ledger_total(bigint)")]
