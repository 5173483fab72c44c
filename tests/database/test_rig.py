"""The ground that all tests stand on does what it promises."""

import os
import socket
from contextlib import closing
from http.client import HTTPConnection

import psycopg
import pytest
from django.db import connection, connections
from psycopg.errors import InsufficientPrivilege

from tests.rig import Committed


def test_a_test_runs_as_the_role_of_the_app(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()")
        user, owner = cursor.fetchone()

    assert user == connection.settings_dict["USER"]
    assert user != owner


def test_the_role_of_the_app_makes_no_tables(committed: Committed):
    with committed.connect() as app, pytest.raises(InsufficientPrivilege):
        app.execute("CREATE TABLE public.mine (id int)")


def test_what_is_committed_is_seen_by_another_connection(committed: Committed):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('key', 'data', now())")
    with committed.connect() as other:
        assert other.execute("SELECT session_data FROM django_session").fetchall() == [("data",)]


def test_a_committed_test_begins_with_nothing_of_the_last(committed: Committed):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT current_database(), (SELECT count(*) FROM django_session)")
        assert cursor.fetchone() == (committed.name, 0)


def test_a_database_goes_with_its_test(rig, django_db_blocker):
    with django_db_blocker.unblock(), rig.database() as database, database.connect() as left_open:
        left_open.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        database.connect()


def test_another_run_sweeps_what_a_dead_one_left_and_nothing_else(rig, django_db_blocker):
    with django_db_blocker.unblock(), rig.database() as alive:
        dead = f"gandan_test_{os.getpid()}_dead"
        rig.keeper.execute(f"CREATE DATABASE {dead}")
        other = type(rig)()
        try:
            names = {name for (name,) in other.keeper.execute("SELECT datname FROM pg_database")}
        finally:
            other.close()

    assert alive.name in names
    assert dead not in names


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 80)])
def test_no_test_leaves_this_machine(address):
    with pytest.raises(RuntimeError, match="stay on this machine"):
        socket.create_connection(address)


def test_a_served_site_works_in_a_committed_database(live_server, committed: Committed):
    with closing(HTTPConnection(live_server.thread.host, live_server.thread.port, timeout=30)) as browser:
        browser.request("GET", "/sign-in/")
        answer = browser.getresponse()
        page = answer.read().decode()

    assert (answer.status, "csrfmiddlewaretoken" in page) == (200, True)
    assert connection.settings_dict["NAME"] == committed.name
