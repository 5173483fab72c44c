from django.db import migrations

TABLES = ["audit_trace", "audit_seal", "audit_monthend"]
REFUSE = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME <> 'audit_monthend'
       AND current_setting('gandan.audit_drops', true) = 'a whole month'
       AND current_user = (SELECT relowner::regrole::text FROM pg_class WHERE oid = TG_RELID) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The log is append-only: % on % is refused. A month is dropped as a whole, when its time is up.',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
# Run with the owner's rights, so that the app's role can drop a month that is old enough, and nothing else.
DROP_MONTH = """
CREATE FUNCTION audit_drop_month(wanted date, person bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    IF wanted > date_trunc('month', now()) - interval '12 months' THEN
        RAISE EXCEPTION 'The log of % is kept for twelve months at least.', wanted
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT FROM audit_seal WHERE month < wanted) THEN
        RAISE EXCEPTION 'The oldest month is dropped first.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(7310002);
    INSERT INTO audit_monthend (month, traces, last_seal, digest, dropped_by_id)
    SELECT wanted, (SELECT sum(traces) FROM audit_seal WHERE month = wanted), number, digest, person
    FROM audit_seal WHERE month = wanted ORDER BY number DESC LIMIT 1;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    PERFORM set_config('gandan.audit_drops', 'a whole month', true);
    DELETE FROM audit_trace WHERE month = wanted;
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM audit_seal WHERE month = wanted;
    PERFORM set_config('gandan.audit_drops', '', true);
    RETURN gone;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION audit_refuse_change()"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change()",
                f"DROP TRIGGER append_only ON {table}",
            )
            for table in TABLES
        ),
        migrations.RunSQL(DROP_MONTH, "DROP FUNCTION audit_drop_month(date, bigint)"),
    ]
