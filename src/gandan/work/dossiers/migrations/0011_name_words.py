"""The words of a name and every two of them, kept beside it: several common words are found as fast as one rare one.

The column is made by the database from `applicant_key` and is empty where that is; nothing else of ours reads or writes it.
See docs/decisions/the-hot-paths.md.
"""

from django.db import migrations

FUNCTION = """
    CREATE FUNCTION dossiers_name_words(name text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
        SELECT array_to_tsvector(array(
            SELECT w FROM unnest(string_to_array(name, ' ')) w WHERE w <> ''
            UNION
            SELECT a.w || '+' || b.w FROM unnest(string_to_array(name, ' ')) WITH ORDINALITY a(w, n)
                JOIN unnest(string_to_array(name, ' ')) WITH ORDINALITY b(w, n) ON a.n <> b.n
            WHERE a.w <> '' AND b.w <> ''
        ))
    $$
"""
COLUMN = """
    ALTER TABLE dossiers_dossier ADD COLUMN applicant_words tsvector
    GENERATED ALWAYS AS (dossiers_name_words(applicant_key)) STORED
"""
INDEX = "CREATE INDEX dossier_applicant_words ON dossiers_dossier USING gin (applicant_words) WITH (fastupdate = off)"


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0010_ratings")]
    operations = [
        migrations.RemoveIndex("dossier", "dossier_name_words"),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION dossiers_name_words(text)"),
        migrations.RunSQL(COLUMN, "ALTER TABLE dossiers_dossier DROP COLUMN applicant_words"),
        migrations.RunSQL("ALTER TABLE dossiers_dossier ALTER applicant_words SET STATISTICS 1000", migrations.RunSQL.noop),
        migrations.RunSQL(INDEX, "DROP INDEX dossier_applicant_words"),
        migrations.RunSQL("ANALYZE dossiers_dossier (applicant_words)", migrations.RunSQL.noop),
    ]
