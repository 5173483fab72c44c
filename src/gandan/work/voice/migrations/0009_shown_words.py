"""What stands in public is found by its words: an index of an expression, so no model knows it (ground/ledger/folding.py)."""

from django.db import migrations

WORDS = (
    "(' ' || regexp_replace(lower(translate(regexp_replace(normalize(shown_words, NFKD), "
    r"'[\u0300-\u036F]', '', 'g'), 'đĐ', 'dd')), '[^a-z0-9]+', ' ', 'g'))"
)


class Migration(migrations.Migration):
    dependencies = [("voice", "0008_shown_lately")]
    operations = [
        migrations.RunSQL(
            f"CREATE INDEX case_shown_words ON voice_case USING gin ({WORDS} gin_trgm_ops) WITH (fastupdate = off) WHERE showing = 'shown'",
            "DROP INDEX case_shown_words",
        ),
    ]
