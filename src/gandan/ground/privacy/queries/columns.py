"""Which columns are sealed, and how much of each still stands under an older key."""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection

from gandan.ground.privacy.fields import BlindIndexField, SealedTextField, keyring
from gandan.ground.privacy.rules import VERSION

OLD = "{column} <> ''::bytea AND substring({column} FROM 2 FOR 4) <> %s"
PLAIN = "{column} <> ''::bytea AND get_byte({column}, 0) <> %s"  # a migration that seals a column lets no text begin like this


@dataclass(frozen=True)
class SealedColumn:
    """A sealed column with the columns by which something is found in it."""

    table: str
    key: str  # the primary key's column
    field: SealedTextField
    indexes: tuple[BlindIndexField, ...]

    @property
    def name(self) -> str:
        return f"{self.table}.{self.field.column}"


def sealed_columns() -> list[SealedColumn]:
    found = []
    for model in apps.get_models():
        fields = model._meta.concrete_fields
        for field in fields:
            if isinstance(field, SealedTextField):
                indexes = tuple(one for one in fields if isinstance(one, BlindIndexField) and one.of == field.name)
                found.append(SealedColumn(model._meta.db_table, str(model._meta.pk.column), field, indexes))
    return sorted(found, key=lambda column: column.name)


def once_plain_columns() -> list[SealedColumn]:
    """Return the columns in which something may stand from before they were sealed."""
    return [column for column in sealed_columns() if column.field.once_plain]


def holds_plain(column: SealedColumn) -> bool:
    """Whether something still stands in a column from before it was sealed."""
    plain = PLAIN.format(column=f'"{column.field.column}"')
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT EXISTS (SELECT FROM "{column.table}" WHERE {plain})', [VERSION[0]])
        return bool(cursor.fetchone()[0])


def left_to_reseal(column: SealedColumn) -> int:
    """Return how many values of a column are sealed with another key than the newest."""
    old = OLD.format(column=f'"{column.field.column}"')
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{column.table}" WHERE {old}', [keyring().newest])
        return int(cursor.fetchone()[0])
