"""A database that is made at once is what all migrations, one after another, would have made of it."""

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from gandan.config import fresh
from tests.rig import Committed, Rig

OURS = "'public'::regnamespace"
TABLES = f"(SELECT oid FROM pg_class WHERE relnamespace = {OURS} AND relkind = 'r')"
CATALOGUE = {
    "columns": f"""
        SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
               attstorage, attcollation::regcollation::text, coalesce(pg_get_expr(adbin, adrelid), '')
        FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attnum > 0 AND NOT attisdropped AND attrelid IN {TABLES}""",
    "constraints": f"""
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = {OURS} AND contype <> 'n'""",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": f"SELECT proname, pg_get_function_arguments(oid), prosrc FROM pg_proc WHERE pronamespace = {OURS}",
    "relations": f"""
        SELECT relname, relkind::text, relpersistence::text, coalesce(reloptions::text, '') FROM pg_class
        WHERE relnamespace = {OURS}""",
    "types": f"""
        SELECT typname, coalesce(enumlabel, '') FROM pg_type LEFT JOIN pg_enum ON enumtypid = pg_type.oid
        WHERE typnamespace = {OURS} AND typtype = 'e'""",
    "extensions": "SELECT extname FROM pg_extension",
    "migrations": "SELECT app, name FROM django_migrations",
    "first units": "SELECT code, name FROM organisations_unit",
    "first people": "SELECT username, name FROM organisations_person",
}


def catalogue(database: Committed) -> dict[str, set[tuple[object, ...]]]:
    with psycopg.connect(database.owner_url) as connection:
        return {name: set(connection.execute(query).fetchall()) for name, query in CATALOGUE.items()}


@pytest.mark.site
def test_a_database_made_at_once_is_what_migrations_make(rig: Rig, committed: Committed):
    made = catalogue(committed)
    with rig.empty() as empty:
        assert fresh.is_new(connections["owner"])
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        assert not fresh.is_new(connections["owner"])
        migrated = catalogue(empty)

    assert len(made["columns"]) > 1500
    assert len(made["triggers"]) > 20
    for name, rows in migrated.items():
        assert made[name] ^ rows == set(), name
