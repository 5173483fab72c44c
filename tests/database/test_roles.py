"""The app's role owns nothing, and may not change what was recorded."""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction

from gandan.config.prepare import APPEND_ONLY

CHANGES = ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]


def attempt(change: str, table: str, alias: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", [table])
        ((column,),) = cursor.fetchall()
        with transaction.atomic(using=alias):
            cursor.execute(change.format(table, column, column))


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", CHANGES)
def test_the_app_adds_to_the_book_and_changes_nothing_in_it(db, table, change):
    with pytest.raises(ProgrammingError, match="permission denied"):
        attempt(change, table, "default")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_not_even_the_owner_empties_the_book(committed, table):
    with pytest.raises(DatabaseError, match=r"(?i)append|never"):
        attempt("TRUNCATE {} CASCADE", table, "owner")


def test_the_app_may_do_in_every_other_table_what_it_needs(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, has_table_privilege(c.oid, 'SELECT, INSERT') AND has_table_privilege(c.oid, 'UPDATE')"
            " AND has_table_privilege(c.oid, 'DELETE') FROM pg_class c"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
        )
        limited = {table for table, all_rights in cursor.fetchall() if not all_rights}

    assert limited == {*APPEND_ONLY, "django_migrations"}


def test_the_app_owns_nothing(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)
