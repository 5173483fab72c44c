from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION ledger_half(day date) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN extract(day FROM day) < 15 THEN date_trunc('month', day::timestamp)::date
                ELSE date_trunc('month', day::timestamp)::date + 14 END
$$;
CREATE FUNCTION ledger_next_half(start date) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN extract(day FROM start) < 15 THEN start + 14
                ELSE (date_trunc('month', start::timestamp) + interval '1 month')::date END
$$;
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append-only: % on % is refused. Record a correction instead.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION ledger_refuse_change();
DROP FUNCTION ledger_next_half(date);
DROP FUNCTION ledger_half(date);
"""
TABLES = ["ledger_facetset", "ledger_event", "ledger_posting", "ledger_entry"]
# The queue is emptied all the time: let it be vacuumed by what died in it, not by its size.
QUEUE = """
ALTER TABLE ledger_pending SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
ALTER TABLE ledger_tally SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE ledger_yeartally SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE ledger_event SET (autovacuum_analyze_scale_factor = 0.02);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()",
                f"DROP TRIGGER append_only ON {table}",
            )
            for table in TABLES
        ),
        migrations.RunSQL(QUEUE, migrations.RunSQL.noop),
    ]
