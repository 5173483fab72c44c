"""Statements that are planned once: what they read and write is what the ORM reads and writes, and they are counted alike."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from gandan.ground.ledger.answering import answering, forget, learnt, once
from gandan.ground.ledger.operations import operation, part, unchanged
from gandan.ground.ledger.prepared import Table, added, all_added, all_changed, asked, changed, done, planned
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations.models import Person
from gandan.work.dossiers.models import Contact, Dossier, Procedure
from gandan.work.dossiers.operations import load_procedures, reach, receive

MONDAY = date(2026, 11, 2)


@pytest.fixture
def dossier(cast):
    load_procedures(unit=cast.police, by=cast.importer, on=MONDAY)
    return receive(
        procedure="passport", unit=cast.unit("PA08"), applicant="Trần Thị Hoà", by=cast.alice, on=MONDAY,
        papers=[{"name": "Tờ khai", "original": 1}], reach=reach(phone="0903 123 456", email="hoa@example.org"),
    )  # fmt: skip


def values(record):
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def test_a_record_is_read_as_the_orm_reads_it(dossier):
    for model, pk in ((Dossier, dossier.pk), (Procedure, dossier.procedure_id), (Contact, dossier.contact.pk)):
        table = Table(model, "t")
        (row,) = asked(f"SELECT 1, {table.columns} FROM {model._meta.db_table} t WHERE id = %s", [pk])

        assert values(table.record(row, 1)) == values(model.objects.get(pk=pk))


def test_some_fields_of_many_are_written_in_one_statement_and_no_others(dossier, cast, django_assert_num_queries):
    again = receive(procedure="passport", unit=cast.unit("PA08"), applicant="Lê Văn Tám", by=cast.alice, on=MONDAY)
    dossier.applicant, dossier.version, dossier.finished_on = "Ai khác", 7, None
    again.version = 8

    with django_assert_num_queries(1):
        all_changed([dossier, again], ["version", "finished_on", "unit"])
    all_changed([], ["version"])

    fresh = Dossier.objects.get(pk=dossier.pk)
    assert (fresh.version, fresh.applicant, fresh.finished_on) == (7, "Trần Thị Hoà", None)
    assert Dossier.objects.get(pk=again.pk).version == 8


def test_sealed_words_of_many_are_written_as_they_would_be_saved(dossier):
    contact = dossier.contact
    contact.email, contact.address = "an@example.org", "12 Lê Lợi"

    all_changed([contact], ["email", "address"])

    fresh = Contact.objects.get(pk=contact.pk)
    assert (fresh.email, fresh.address) == ("an@example.org", "12 Lê Lợi")


def test_many_are_added_in_one_statement_in_their_order(dossier, cast, django_assert_num_queries):
    rows = [
        Contact(
            dossier=receive(procedure="passport", unit=cast.unit("PA08"), applicant=name, by=cast.alice, on=MONDAY), email=name
        )
        for name in ("an@example.org", "binh@example.org", "chi@example.org")
    ]
    with django_assert_num_queries(1):
        made = all_added(rows)

    assert all_added([]) == []
    assert [one.pk for one in made] == sorted(one.pk for one in made)
    for one in made:
        assert values(Contact.objects.get(pk=one.pk)) == values(one)


def test_who_is_gone_is_told_of(dossier):
    gone = Contact.objects.get(pk=dossier.contact.pk)
    Contact.objects.all().delete()
    with pytest.raises(DatabaseError, match="1 of 1 Contact"):
        all_changed([gone], ["email"])


def test_what_is_put_together_once_is_asked_anew_each_time(dossier, django_assert_num_queries):
    put = []

    @planned
    def named(numbers, applicant, limit):
        put.append(numbers)
        return Dossier.objects.filter(pk__in=numbers, applicant=applicant).order_by("-pk")[:limit]

    def ask():
        return [values(one) for one in named((dossier.pk, 0), "Trần Thị Hoà", 5)]

    assert ask() == [values(Dossier.objects.get(pk=dossier.pk))]
    Dossier.objects.filter(pk=dossier.pk).update(version=9)
    with django_assert_num_queries(1):
        assert ask()[0]["version"] == 9
    assert named((dossier.pk,), "Ai khác", 5) == named((), "Trần Thị Hoà", 5) == []
    assert put == [(dossier.pk, 0), (dossier.pk,), ()]


def test_only_whole_records_are_put_together_once(dossier):
    with pytest.raises(AssertionError, match="whole records"):
        planned(lambda: Dossier.objects.select_related("procedure"))()


def test_a_new_record_is_written_as_it_would_be_saved(dossier):
    saved = values(dossier.contact)
    dossier.contact.delete()

    written = added(Contact(dossier=dossier, **reach(phone="0903 123 456", email="hoa@example.org").plain()))

    again = values(Contact.objects.get(pk=written.pk))
    assert {**again, "id": None} == {**saved, "id": None}
    assert Contact.objects.get(phone_index="0903123456") == written
    assert not written._state.adding


def test_some_fields_are_written_and_no_others(dossier):
    dossier.applicant, dossier.version = "Ai khác", 7

    changed(dossier, ["version"])

    fresh = Dossier.objects.get(pk=dossier.pk)
    assert (fresh.version, fresh.applicant) == (7, "Trần Thị Hoà")


def test_a_statement_is_counted_and_planned_once_whatever_the_numbers(db, django_assert_num_queries):
    with django_assert_num_queries(3) as counted:
        rows = [asked("SELECT %s::bigint + 1", [number]) for number in (1, 70_000, 5_000_000_000)]

    assert "70000" in counted.captured_queries[1]["sql"]
    assert [number for ((number,),) in rows] == [2, 70_001, 5_000_000_001]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1::bigint + 1'")
        assert cursor.fetchone() == (1,)


def test_it_stands_in_the_transaction_of_everything_else(db):
    with transaction.atomic():
        done("UPDATE organisations_person SET name = 'Ai khác' WHERE username = 'clock'")
        transaction.set_rollback(True)

    assert Person.objects.get(username="clock").name != "Ai khác"


def test_one_request_asks_once_until_something_may_have_changed():
    numbers = iter(range(10))

    def ask():
        return once("number", lambda: next(numbers))

    assert [ask(), ask()] == [0, 1]  # nobody is being answered
    with answering():
        assert [ask(), ask()] == [2, 2]
        forget()
        assert ask() == 3
        learnt("number", 9)
        assert ask() == 9
    assert ask() == 4


def test_an_operation_asks_anew_and_so_does_what_follows_it(db):
    numbers = iter(range(10))

    @operation
    def act(*, by, on):
        unchanged()
        return [once("number", lambda: next(numbers)) for _ in range(2)]

    with answering():
        assert once("number", lambda: next(numbers)) == 0
        assert act(by=None, on=MONDAY) == [1, 1]
        assert once("number", lambda: next(numbers)) == 2


def test_which_tree_stands_is_kept_after_an_operation_and_not_after_a_failed_one(db):
    @operation
    def act(*, fails, by, on):
        learnt("tree", "new")
        unchanged()
        if fails:
            raise Refused("no")

    with answering():
        learnt("tree", "old")
        act(fails=False, by=None, on=MONDAY)
        assert once("tree", lambda: "asked") == "new"
        with pytest.raises(Refused):
            act(fails=True, by=None, on=MONDAY)
        assert once("tree", lambda: "asked") == "asked"


def test_a_part_of_an_operation_refuses_the_whole(db):
    @operation
    def inner(*, refuse):
        unchanged()
        done("UPDATE organisations_person SET name = 'Ai khác' WHERE username = 'clock'")
        if refuse:
            raise Refused("Không.")

    @operation
    def outer(*, refuse):
        part(inner)(refuse=refuse)

    with pytest.raises(RuntimeError):
        part(inner)(refuse=False)
    with pytest.raises(Refused):
        outer(refuse=True)
    assert Person.objects.get(username="clock").name != "Ai khác"
    outer(refuse=False)
    assert Person.objects.get(username="clock").name == "Ai khác"
