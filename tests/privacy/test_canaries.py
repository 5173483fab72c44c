"""What says who somebody is stands in the columns that the register names, and nowhere else: no other column, log line, address,
title, mail, session, file. The scenes are in scenario.py; each new package adds its own.
"""

import logging
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection

from gandan.ground.ledger.operations import post
from gandan.ground.privacy.fields import SealedTextField
from gandan.ground.privacy.queries import register, sealed_columns
from gandan.work.dossiers.operations import load_procedures
from tests.privacy.scenario import CANARIES, MONDAY, NAME, PHONE, SCENES, TEXT, Stage

FOUND = re.compile("|".join(re.escape(word) for canary in CANARIES for word in canary.split()), re.IGNORECASE)
ADDRESSES = re.compile(r'\b(?:href|src|action|hx-[a-z]+)="([^"]*)"')


def allowed() -> set[tuple[str, str]]:
    """Return the columns in which something of somebody may stand in the clear."""
    found = set()
    for path in register().about_people:
        label, _dot, name = path.rpartition(".")
        model = apps.get_model(label)
        field = model._meta.get_field(name)
        if not isinstance(field, SealedTextField):
            found.add((model._meta.db_table, field.column))
    return found | {(table, reckoned) for table, column, reckoned in generated() if (table, column) in found}


GENERATED = """
    SELECT c.relname, s.attname, g.attname FROM pg_attribute g JOIN pg_class c ON c.oid = g.attrelid
    JOIN pg_attrdef d ON d.adrelid = g.attrelid AND d.adnum = g.attnum
    JOIN pg_depend p ON p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid AND p.refobjid = g.attrelid
    JOIN pg_attribute s ON s.attrelid = g.attrelid AND s.attnum = p.refobjsubid
    WHERE g.attgenerated <> '' AND s.attnum <> g.attnum
"""


def generated() -> list[tuple[str, str, str]]:
    """Return each column that the database reckons by itself from another of its table."""
    with connection.cursor() as cursor:
        cursor.execute(GENERATED)
        return list(cursor.fetchall())


def holding() -> set[tuple[str, str]]:
    """Return every column of the database in which a canary stands, as text, in JSON, in an array, or as bytes."""
    words = [word for canary in CANARIES for word in canary.split()]
    patterns = [f"%{word}%" for word in words] + [f"%{word.encode().hex()}%" for word in words]
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables "
            "USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        columns = cursor.fetchall()
        for table, column in columns:
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}" WHERE "{column}"::text ILIKE ANY(%s))', [patterns])
            if cursor.fetchone()[0]:
                found.add((table, column))
    return found


@pytest.fixture
def played(cast, caplog, settings, tmp_path):
    """Everything that people do, once, with everything written down that can be."""
    settings.DEBUG = False
    settings.ADMINS = [("House", "house@example.org")]
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    caplog.set_level(logging.DEBUG, logger="gandan")
    caplog.set_level(logging.INFO)  # as much as is ever written: below it Django tells of whole pages
    load_procedures(unit=cast.police, by=cast.importer, on=MONDAY)
    stage = Stage(cast)
    for play in SCENES:
        play(stage)
    while post():
        pass
    return stage


def test_it_stands_in_no_column_but_those_of_the_register(played):
    holds = holding()

    assert ("dossiers_dossier", "applicant") in holds, "the search finds nothing, so it proves nothing"
    assert ("dossiers_refusedrow", "cells") in holds
    assert sorted(holds - allowed()) == []


def test_what_is_sealed_is_nowhere_in_the_clear(played):
    sealed = {(column.table, column.field.column) for column in sealed_columns()}

    assert ("privacy_request", "text") in sealed
    assert {("dossiers_delivery", "address"), ("dossiers_collector", "name")} <= sealed
    assert sealed & holding() == set()


def test_no_line_of_the_log_tells_it(played, caplog):
    lines = [f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records]

    assert [line for line in lines if FOUND.search(line)] == []


def test_no_address_and_no_title_tells_it(played):
    told = []
    for address, answer in played.seen:
        text = answer.content.decode(errors="replace") if not answer.streaming else ""
        title = re.findall(r"<title>(.*?)</title>", text, re.DOTALL)
        where = [address, answer.headers.get("Location", ""), answer.headers.get("Content-Disposition", ""), *title]
        told += [f"{address}: {one}" for one in (*where, *ADDRESSES.findall(text)) if FOUND.search(one)]

    assert len(played.seen) > 30
    assert [answer.status_code for _, answer in played.seen if answer.status_code >= 500] == []
    assert told == []


def test_no_mail_to_the_house_tells_it(played):
    assert [one.subject for one in mail.outbox if FOUND.search(f"{one.subject} {one.body}")] == []


def test_no_session_keeps_it(played):
    kept = [item for one in Session.objects.all() for item in one.get_decoded().items()]

    assert kept
    assert [key for key, value in kept if FOUND.search(f"{key}{value}")] == []


def test_no_file_of_the_data_folder_keeps_it(played):
    ours = (path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file() and "postgres" not in path.parts)
    files = [path for path in ours if path.stat().st_size < 2**24]

    assert [str(path) for path in files if any(canary.encode() in path.read_bytes() for canary in CANARIES)] == []


@pytest.mark.parametrize(("table", "column", "value"), [
    ("ledger_facetset", "facets", '{{"who": "{name}"}}'),
    ("promises_promise", "label", "{phone}"),
    ("procrastinate_jobs", "args", '{{"text": "{text}"}}'),
])  # fmt: skip
def test_a_leak_that_is_planted_is_found(played, table, column, value):
    value = value.format(name=NAME, phone=PHONE, text=TEXT)
    with connection.cursor() as cursor:
        if table == "ledger_facetset":
            cursor.execute("INSERT INTO ledger_facetset (kind, facets, canonical) VALUES ('x', %s, 'x')", [value])
        elif table == "promises_promise":
            cursor.execute("UPDATE promises_promise SET label = %s", [value])
        else:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args, status, attempts, priority) "
                "VALUES ('default', 'x', NULL, %s, 'todo', 0, 0)",
                [value],
            )

    assert (table, column) in holding() - allowed()
