"""What a thief gets: the whole database, its files on the disk, a dump, the logs, temporary files. Of a sender: nothing.

Words that stand nowhere else are sent by every way that a sender has; then everything that could hold them is searched, in
the clear and in the spellings of bytes (hexadecimal, base64). A canary that is planted is found, so finding none means something.
"""

import base64
import io
import logging
import re
import tempfile
import zipfile

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections

from gandan.ground.ledger.models import Event
from gandan.ground.organisations.queries import clock
from gandan.work.tips import copies
from gandan.work.tips.door import follow
from gandan.work.tips.models import Message, Piece, ReaderSeal, Tip
from gandan.work.tips.operations import erase_ended
from gandan.work.tips.rules import Broken, Direction, Place
from gandan.work.tips.rules.sealing import from_reader
from tests.clock import held_clock as held_clock
from tests.documents.files import photo
from tests.tips.conftest import TODAY
from tests.tips.test_pages import outside as outside

TEXT, NAME, FILE = "Zubaqela Timovan", "Wexorimu Kalupe", "hemxotuvi-radolena"
ADDRESS, AGENT, CAME_FROM = "203.0.113.77", "Jopraxili/9.9", "tumevano.example"
CANARIES = (TEXT, NAME, FILE, ADDRESS, AGENT, CAME_FROM)
EXIF = "nha rieng"
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> %s"


def spellings(word: str) -> list[bytes]:
    """Return a word as bytes, in hexadecimal, and in base64 at each of three offsets."""
    raw = word.encode()
    shifted = [base64.b64encode(bytes(n) + raw)[(0, 4, 4)[n] : -4] for n in range(3)]
    return [raw, raw.hex().encode(), *(one for one in shifted if len(one) > 8)]


def found_in(data: bytes, words=CANARIES) -> list[str]:
    return [word for word in words if any(one in data or one.lower() in data.lower() for one in spellings(word))]


@pytest.fixture
def sent(outside, channel, tmp_path, monkeypatch, caplog):
    """A confidential tip with files, cleaned and original, a reply, wrong receipts, broken requests; all of it written down."""
    caplog.set_level(logging.DEBUG)
    spool = tmp_path / "tmp"
    spool.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spool))
    made = []
    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp"):
        real = getattr(tempfile, name)
        monkeypatch.setattr(tempfile, name, lambda *a, _real=real, **k: (made.append(1), _real(*a, **k))[1])
    outside.client.defaults |= {
        "REMOTE_ADDR": ADDRESS, "HTTP_X_FORWARDED_FOR": ADDRESS, "HTTP_USER_AGENT": AGENT, "HTTP_REFERER": f"https://{CAME_FROM}/",
    }  # fmt: skip
    large = photo(size=(2600, 2600)) + b"\0" * 3_000_000  # past what the usual handlers keep in memory
    receipt = outside.receipt(
        text=TEXT, pledge="confidential", identity=NAME, files=SimpleUploadedFile(f"{FILE}.jpg", large), evidence="on"
    )
    outside.follow(receipt, step="reply", text=TEXT, files=SimpleUploadedFile(f"{FILE}.jpg", photo()))
    outside.follow(f"{TEXT} {NAME}")
    outside.client.post(f"/a/?t={TEXT}&p={NAME}", {"text": TEXT})
    outside.client.post("/a/", TEXT, content_type="application/json")
    outside.client.get(f"/{FILE}/?{NAME}")
    assert made == []
    assert list(spool.iterdir()) == []
    return receipt


def rows(alias: str, *, but: str = "") -> bytes:
    """Return every row of a database, as text."""
    held = b""
    with connections[alias].cursor() as cursor:
        cursor.execute(TABLES, [but])
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            held += "\n".join(row for (row,) in cursor.fetchall()).encode()
    return held


def test_the_database_tells_nothing_of_a_sender(sent):
    held = rows("tips_owner")

    assert len(held) > 10_000
    assert found_in(held, (*CANARIES, EXIF)) == []
    assert sent.replace(" ", "").encode() not in held


def test_our_own_database_knows_of_nothing(sent):
    assert found_in(rows("default")) == []
    assert not Event.objects.filter(facet_set__kind__startswith="tip.").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)


def test_no_column_holds_a_time_of_day(sent):
    kinds = {field.get_internal_type() for model in apps.get_app_config("tips").get_models() for field in model._meta.fields}
    assert not kinds & {"DateTimeField", "TimeField", "DurationField"}

    held = rows("tips_owner", but="django_migrations").decode(errors="replace")
    assert TODAY.isoformat() in held
    assert re.findall(r"\b\d\d:\d\d:\d\d\b", held) == []


def test_what_is_stored_of_texts_and_files_is_ciphertext(sent):
    contents = [bytes(one.content) for model in (Message, Piece) for one in model.objects.all()]

    assert len(contents) > 40
    assert [found for one in contents if (found := found_in(one, (*CANARIES, EXIF)))] == []


def test_a_dump_tells_nothing_and_no_order(sent, outside, tmp_path):
    for _ in range(8):
        outside.send()
    copies.dump(tmp_path / "a.tar")
    copies.dump(tmp_path / "b.tar")
    one, other = (tmp_path / "a.tar").read_bytes(), (tmp_path / "b.tar").read_bytes()

    assert found_in(one, (*CANARIES, EXIF)) == []
    assert one != other
    assert len(one) == len(other)
    assert (tmp_path / "a.tar").stat().st_mode & 0o077 == 0


def test_logs_and_files_tell_nothing(sent, caplog, channel, tmp_path):
    told = [one for one in caplog.records if one.name.startswith("gandan") or one.levelno >= logging.ERROR]
    lines = "\n".join(f"{one.getMessage()} {one.exc_text or ''} {one.args}" for one in told)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]

    assert found_in(lines.encode()) == []
    assert [str(path) for path in files if found_in(path.read_bytes())] == []
    assert {copy.name for copy in channel.house.vault.copies} <= {path.name for path in files}


def test_a_dump_without_the_store_opens_nothing_even_with_a_members_key(sent, channel):
    member = channel.members["thao"]
    for seal in ReaderSeal.objects.select_related("message").filter(reader=member.key.id):
        place = Place(seal.message.tip_id.bytes, Direction(seal.message.direction), seal.message.sequence)
        with pytest.raises(Broken):
            from_reader(bytes(seal.wrapped), member.key.box, member.secret[:32], place.bound)


def test_lengths_tell_one_of_four(sent, outside):
    for text in ("x", "x" * 500, "x" * 900):
        outside.send(text=text)

    first = Message.objects.filter(direction="in", sequence=1, tip__pledge="anonymous")
    assert len({len(one.content) for one in first}) == 1


def test_an_original_kept_as_evidence_is_whole_and_a_cleaned_one_bare(sent, channel):
    assert Piece.objects.count() > 40
    said = follow(channel.house, receipt=sent, on=TODAY).said
    assert [one.files for one in said] == [(f"{FILE}.jpg",), ("tep-1.jpg",)]


def test_a_backup_of_last_week_doesnt_bring_back_what_was_erased(sent, outside, channel, tmp_path):
    kept = outside.receipt(text="Còn giữ")
    gone = Tip.objects.exclude(pledge="anonymous").get()
    copies.dump(tmp_path / "last-week.tar")
    Tip.objects.filter(pk=gone.pk).update(erase_on=TODAY)
    assert erase_ended(by=clock(), on=TODAY) == 1
    with connections["tips_owner"].cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(copies.tables()))
    copies.restore(tmp_path / "last-week.tar")

    assert Tip.objects.filter(pk=gone.pk).exists(), "the rows are back"
    assert channel.house.vault.secret(gone.pk) is None, "but nothing opens them"
    assert follow(channel.house, receipt=sent, on=TODAY) is None
    assert follow(channel.house, receipt=kept, on=TODAY) is not None
    assert erase_ended(by=clock(), on=TODAY) == 1
    assert not Tip.objects.filter(pk=gone.pk).exists()


@pytest.mark.parametrize("word", CANARIES)
def test_a_canary_that_is_planted_is_found(word):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as kept:
        kept.writestr("a", word)

    raw = word.encode()
    for planted in (raw, raw.hex().encode(), base64.b64encode(b"ab" + raw + b"c"), packed.getvalue()):
        assert found_in(b"xx" + planted + b"yy") == [word]
