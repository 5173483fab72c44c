"""What is asked or written thousands of times a minute: statements that a connection plans once.

To put a small statement together costs the ORM ten times what it costs the server to answer it. Where that is felt, and there
alone, the statement is written out; its rows become the same records. Tests count these statements as they count any other.
See docs/decisions/the-hot-paths.md.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, wraps
from types import SimpleNamespace
from typing import Any, Generic, TypeVar, cast

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.models import Field, Model, QuerySet
from django.db.models.expressions import DatabaseDefault
from psycopg.types.numeric import Int8

M = TypeVar("M", bound=Model)
Given = Sequence[Any] | Mapping[str, Any]


class _Cursor(psycopg.Cursor[Any]):
    """A cursor whose statements are planned by the server at their first use and asked for by name after it."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> "_Cursor":
        more["prepare"] = True
        super().execute(query, params, **more)
        if connection.queries_logged:  # where Django reads what was asked
            written = psycopg.ClientCursor(self.connection).mogrify(query, params)
            self._query = SimpleNamespace(query=written.encode())  # type: ignore[assignment]
        return self


def cursor() -> Any:
    """Return a cursor of Django's connection: in its transaction, with its errors, seen by whoever counts statements."""
    here: Any = connections[DEFAULT_DB_ALIAS]  # `connection` would be looked up anew at each dot
    here.close_if_health_check_failed()
    here.ensure_connection()
    return here._prepare_cursor(_Cursor(here.connection))  # Django's own way


def asked(statement: str, given: Given = ()) -> list[tuple[Any, ...]]:
    """Return the rows of a statement. Numbers are always sent alike, so that it is planned once and not once for each size."""
    with cursor() as asking:
        asking.execute(statement, _sized(given))
        return cast("list[tuple[Any, ...]]", asking.fetchall())


def done(statement: str, given: Given = ()) -> int:
    """Have a statement that returns nothing done; return how many rows it concerned."""
    with cursor() as doing:
        doing.execute(statement, _sized(given))
        return int(doing.rowcount)


def _sized(given: Given) -> Given:
    if isinstance(given, Mapping):
        return {name: _size(value) for name, value in given.items()}
    return [_size(value) for value in given]


def _size(value: Any) -> Any:
    if type(value) is int:
        return Int8(value)
    return [_size(each) for each in value] if isinstance(value, list) else value


class Table(Generic[M]):
    """How the rows of a model stand in a statement that is written out."""

    def __init__(self, model: type[M], alias: str) -> None:
        self._model, self._alias = model, alias

    @cached_property
    def _fields(self) -> "list[Field[Any, Any]]":
        return list(self._model._meta.concrete_fields)

    @cached_property
    def columns(self) -> str:
        return ", ".join(f'{self._alias}."{field.column}"' for field in self._fields)

    @cached_property
    def width(self) -> int:
        return len(self._fields)

    @cached_property
    def _names(self) -> list[str]:
        return [field.attname for field in self._fields]

    @cached_property
    def _converters(self) -> list[tuple[int, Callable[..., Any]]]:
        """What the ORM does to values of some columns on their way here: texts that are sealed, JSON."""
        return [(at, each) for at, field in enumerate(self._fields) for each in field.get_db_converters(connection)]

    def record(self, row: Sequence[Any], at: int = 0) -> M:
        """Return the record whose columns begin at a place of a row."""
        values = list(row[at : at + self.width])
        for place, convert in self._converters:
            values[place] = convert(values[place], None, connection)
        return self._model.from_db(DEFAULT_DB_ALIAS, self._names, values)


def planned(put: Callable[..., QuerySet[M]]) -> Callable[..., list[M]]:
    """Make a question of a function that puts it together: the ORM does so once for the same values, and its statement is kept.

    What is put together must follow from the values alone, be of one model, whole, and without anything fetched beside it.
    """

    @lru_cache(maxsize=2000)
    def written(*values: Hashable) -> tuple[Table[M], str, tuple[Any, ...]]:
        found = put(*values)
        more = found.query.values_select or found.query.annotations or found.query.select_related
        assert not more, f"{put.__name__} asks for more than whole records."
        table = Table(found.model, found.model._meta.db_table)
        try:
            return (table, *found.query.sql_with_params())
        except EmptyResultSet:  # nothing can be among nothing
            return table, "", ()

    @wraps(put)
    def ask(*values: Hashable) -> list[M]:
        table, statement, given = written(*values)
        return [table.record(row) for row in asked(statement, given)] if statement else []

    return ask


def added(record: M) -> M:
    """Write a new record, as its `save` would."""
    values: dict[str, Any] = {}
    left: list[Field[Any, Any]] = []  # to the database
    here = connections[DEFAULT_DB_ALIAS]
    for field in record._meta.concrete_fields:
        value = field.pre_save(record, True)
        if isinstance(value, DatabaseDefault) or (field.primary_key and value is None):
            left.append(field)
        else:
            values[_column(field)] = field.get_db_prep_save(value, here)
    statement = _insert(type(record), tuple(values), tuple(map(_column, left)))
    if left:
        for field, value in zip(left, asked(statement, list(values.values()))[0], strict=True):
            setattr(record, field.attname, value)
    else:
        done(statement, list(values.values()))
    record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS
    return record


@lru_cache(maxsize=200)
def _insert(model: type[Model], columns: tuple[str, ...], left: tuple[str, ...]) -> str:
    places = ", ".join(["%s"] * len(columns))
    returning = f" RETURNING {_listed(left)}" if left else ""
    return f'INSERT INTO "{model._meta.db_table}" ({_listed(columns)}) VALUES ({places}){returning}'


def all_added(records: Sequence[M]) -> Sequence[M]:
    """Write new records of one model in one statement, as `bulk_create` would. None of its columns may be an array."""
    if not records:
        return records
    model, here = type(records[0]), connections[DEFAULT_DB_ALIAS]
    fields: list[Field[Any, Any]] = []
    columns: list[list[Any]] = []
    left: list[Field[Any, Any]] = []  # to the database
    for field in model._meta.concrete_fields:
        values = [field.pre_save(record, True) for record in records]
        if isinstance(values[0], DatabaseDefault) or (field.primary_key and values[0] is None):
            left.append(field)
        else:
            fields.append(field)
            columns.append([field.get_db_prep_save(value, here) for value in values])
    told = left or [_pk(model)]
    statement = _insert_all(model, tuple(map(_column, fields)), tuple(map(_type, fields)), tuple(map(_column, told)))
    for record, row in zip(records, asked(statement, columns), strict=True):
        for field, value in zip(told, row, strict=True):
            setattr(record, field.attname, value)
        record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS
    return records


@lru_cache(maxsize=200)
def _insert_all(model: type[Model], columns: tuple[str, ...], types: tuple[str, ...], told: tuple[str, ...]) -> str:
    values = ", ".join(f"%s::{each}[]" for each in types)
    return (
        f"INSERT INTO {_quoted(model._meta.db_table)} ({_listed(columns)})"
        f" SELECT {_listed(columns)} FROM unnest({values}) WITH ORDINALITY AS new ({_listed((*columns, 'its place'))})"
        f" ORDER BY {_quoted('its place')} RETURNING {_listed(told)}"
    )


def _pk(model: type[Model]) -> "Field[Any, Any]":
    assert model._meta.pk is not None, "the model has a key"
    return model._meta.pk


def changed(record: Model, names: Iterable[str]) -> None:
    """Write some fields of a record, as its `save` would with `update_fields`."""
    fields = [cast("Field[Any, Any]", record._meta.get_field(name)) for name in names]
    here = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(field.pre_save(record, False), here) for field in fields]
    if done(_update(type(record), tuple(map(_column, fields))), [*values, record.pk]) != 1:
        raise DatabaseError(f"{record!r} is not there any more.")


@lru_cache(maxsize=200)
def _update(model: type[Model], columns: tuple[str, ...]) -> str:
    setting = ", ".join(f"{_quoted(column)} = %s" for column in columns)
    return f"UPDATE {_quoted(model._meta.db_table)} SET {setting} WHERE {_quoted(_column(_pk(model)))} = %s"


def all_changed(records: Sequence[Model], names: Iterable[str]) -> None:
    """Write some fields of many records of one model in one statement, as `bulk_update` would."""
    if not records:
        return
    model, given = type(records[0]), [cast("Field[Any, Any]", records[0]._meta.get_field(name)) for name in names]
    pk = _pk(model)
    here = connections[DEFAULT_DB_ALIAS]
    columns = [[field.get_db_prep_save(field.pre_save(record, False), here) for record in records] for field in (pk, *given)]
    many = done(_update_all(model, (_column(pk), *map(_column, given)), tuple(map(_type, (pk, *given)))), columns)
    if many != len(records):
        raise DatabaseError(f"{len(records) - many} of {len(records)} {model.__name__} are not there any more.")


@lru_cache(maxsize=200)
def _update_all(model: type[Model], columns: tuple[str, ...], types: tuple[str, ...]) -> str:
    table, (pk, *others) = _quoted(model._meta.db_table), columns
    setting = ", ".join(f"{_quoted(column)} = new.{_quoted(column)}" for column in others)
    values = ", ".join(f"%s::{each}[]" for each in types)
    return (
        f"UPDATE {table} SET {setting} FROM unnest({values}) AS new ({_listed(columns)})"
        f" WHERE {table}.{_quoted(pk)} = new.{_quoted(pk)}"
    )


def _type(field: "Field[Any, Any]") -> str:
    said = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
    assert said is not None, "the field has a column"
    assert not said.endswith("]"), "an array would come apart"
    return said


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(map(_quoted, columns))


def _column(field: "Field[Any, Any]") -> str:
    assert field.column is not None, "the field has a column"
    return field.column


def _quoted(column: str) -> str:
    return f'"{column}"'
