"""What is published is found by its words: an index of an expression, so no model knows it (ground/ledger/folding.py)."""

from django.db import migrations

WORDS = (
    "(' ' || regexp_replace(lower(translate(regexp_replace(normalize(name, NFKD), "
    r"'[\u0300-\u036F]', '', 'g'), 'đĐ', 'dd')), '[^a-z0-9]+', ' ', 'g'))"
)


class Migration(migrations.Migration):
    dependencies = [("community", "0005_alike"), ("dossiers", "0008_trigrams")]
    operations = [
        migrations.RunSQL(
            f"""CREATE INDEX model_published_words ON community_communitymodel USING gin ({WORDS} gin_trgm_ops)
                WITH (fastupdate = off) WHERE published_on IS NOT NULL""",
            "DROP INDEX model_published_words",
        ),
    ]
