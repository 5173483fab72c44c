from django.db import migrations

# A paper that was sent is what it is. All that may happen to it is that its content is erased when its time is up.
FUNCTIONS = """
CREATE FUNCTION documents_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'documents_stored' THEN
        IF OLD.erased_on IS NULL AND to_jsonb(NEW) - 'erased_on' = to_jsonb(OLD) - 'erased_on' THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'documents_storedcontent' THEN
        IF EXISTS (SELECT FROM documents_stored WHERE id = OLD.stored_id AND erased_on IS NOT NULL) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'A paper is kept as it was sent: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
TABLES = ["documents_stored", "documents_storedcontent"]


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_stored")]

    operations = [
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION documents_refuse_change()"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER as_sent BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION documents_refuse_change()",
                f"DROP TRIGGER as_sent ON {table}",
            )
            for table in TABLES
        ),
        # PDF is compressed already: no time is lost on compressing it again.
        migrations.RunSQL(
            "ALTER TABLE documents_storedcontent ALTER COLUMN pdf SET STORAGE EXTERNAL", migrations.RunSQL.noop
        ),
    ]
