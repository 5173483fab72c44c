"""What was frozen stays as it is, whoever asks."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION reports_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A frozen report is never changed: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION reports_refuse_section() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    parent bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.report_id ELSE NEW.report_id END;
BEGIN
    IF EXISTS (SELECT FROM reports_report r WHERE r.id = parent AND r.status = 'frozen') THEN
        RAISE EXCEPTION 'A frozen report is never changed: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION reports_refuse_cell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM new_cells c JOIN reports_frozenmeasure m ON m.id = c.measure_id JOIN reports_report r ON r.id = m.report_id
        WHERE r.status = 'frozen'
    ) THEN
        RAISE EXCEPTION 'A frozen report is never changed: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER signed BEFORE UPDATE OR DELETE ON reports_report
    FOR EACH ROW WHEN (OLD.status = 'frozen') EXECUTE FUNCTION reports_refuse_change();
CREATE TRIGGER signed BEFORE INSERT OR UPDATE OR DELETE ON reports_reportsection
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_section();
CREATE TRIGGER signed BEFORE INSERT OR DELETE ON reports_frozenmeasure
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_section();
CREATE TRIGGER kept BEFORE UPDATE ON reports_frozenmeasure FOR EACH ROW EXECUTE FUNCTION reports_refuse_change();
CREATE TRIGGER signed AFTER INSERT ON reports_frozencell
    REFERENCING NEW TABLE AS new_cells FOR EACH STATEMENT EXECUTE FUNCTION reports_refuse_cell();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON reports_frozencell
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_change();
"""
ALLOW = """
DROP TRIGGER signed ON reports_report;
DROP TRIGGER signed ON reports_reportsection;
DROP TRIGGER signed ON reports_frozenmeasure;
DROP TRIGGER kept ON reports_frozenmeasure;
DROP TRIGGER signed ON reports_frozencell;
DROP TRIGGER kept ON reports_frozencell;
DROP FUNCTION reports_refuse_change();
DROP FUNCTION reports_refuse_section();
DROP FUNCTION reports_refuse_cell();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
