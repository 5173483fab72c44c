"""`gandan tips`: a root that two of three sign with, recovery rehearsed and used, a canary that rings; what the clock does."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gandan.faces.jobs import tips as jobs
from gandan.ground.ledger.models import Event
from gandan.work.tips.canary import Canary
from gandan.work.tips.models import MemberKey, ReaderSeal, Tip
from gandan.work.tips.rules import About, Seat, Side, public_of
from tests.accounts.proving import signed_in
from tests.clock import held_clock as held_clock
from tests.tips.conftest import certified, keep
from tests.tips.member import Browser
from tests.tips.test_pages import outside as outside


def run(*arguments):
    out = StringIO()
    call_command("tips", *map(str, arguments), "--json", stdout=out)
    return json.loads(out.getvalue())


def parts(folder, name, *which):
    return [f"--part={folder / f'{name}.part-{nth}.txt'}" for nth in which]


@pytest.fixture
def rooted(channel, tmp_path, settings):
    """A root made by the command, and a key of recovery signed by two of its parts."""
    folder = tmp_path / "ceremony"
    settings.TIPS_ROOT = bytes.fromhex(run("root", "--out", folder)["root"])
    MemberKey.objects.all().delete()
    run("recovery", "--out", folder, *parts(folder, "root", 1, 2), "--since=2026-01-01", "--until=2030-01-01")
    return folder


def sign(folder, name, seat, side, which=(1, 3)):
    secret = bytes(range(64))[::-1] if name == "thao" else bytes(range(64))
    box, verify = public_of(secret)
    asked = {"seat": seat, "side": side, "holder": name, "box": box.hex(), "verify": verify.hex()}
    (folder / f"{name}.request.json").write_text(json.dumps(asked))
    run("sign", folder / f"{name}.request.json", *parts(folder, "root", *which), "--since=2026-01-01", "--until=2030-01-01")
    return folder / f"{name}.signed.json", secret


def test_a_root_signs_with_two_of_three_parts(rooted, channel):
    certificate, _ = sign(rooted, "an", "custodian", "police")
    run("add", certificate, "--by=an")

    assert MemberKey.objects.get().holder == "an"
    assert all(path.stat().st_mode & 0o077 == 0 for path in rooted.iterdir() if path.name.startswith("root.part"))
    with pytest.raises(CommandError):
        run("root", "--out", rooted)
    with pytest.raises(CommandError):
        run("sign", rooted / "an.request.json", *parts(rooted, "root", 1))


def test_recovery_is_rehearsed_with_two_of_three_and_the_ledger_is_told(rooted, channel):
    run("add", sign(rooted, "an", "custodian", "police")[0], "--by=an")
    run("add", rooted / "recovery.signed.json", "--by=an")

    assert run("rehearse", *parts(rooted, "recovery", 2, 3), "--by=an")["opens"] is True
    assert Event.objects.filter(facet_set__kind="tip.recovery_rehearsed").count() == 1
    for wrong in (parts(rooted, "recovery", 1), parts(rooted, "recovery", 1, 1), parts(rooted, "root", 1, 2)):
        with pytest.raises(CommandError):
            run("rehearse", *wrong, "--by=an")


def test_lost_keys_are_made_up_for(rooted, channel, settings):
    channel.house.__dict__["root"] = settings.TIPS_ROOT
    run("add", sign(rooted, "an", "custodian", "police")[0], "--by=an")
    run("add", rooted / "recovery.signed.json", "--by=an")
    run("add", sign(rooted, "thao", "desk", "police")[0], "--by=thao")
    number = channel.send("Trước khi mất khoá").number
    MemberKey.objects.filter(holder="thao").delete()
    ReaderSeal.objects.filter(reader=channel.members["thao"].key.id).delete()
    settings_root = channel.root_seed
    assert settings_root
    secret = bytes(range(1, 65))
    box, verify = public_of(secret)
    (rooted / "new.request.json").write_text(
        json.dumps({"seat": "desk", "side": "police", "holder": "thao", "box": box.hex(), "verify": verify.hex()})
    )
    run("sign", rooted / "new.request.json", *parts(rooted, "root", 2, 3), "--since=2026-01-01", "--until=2030-01-01")
    run("add", rooted / "new.signed.json", "--by=thao")

    assert run("recover", *parts(rooted, "recovery", 1, 3), "--to=thao", "--by=an") == {"made": 1, "behind": 1}
    member = channel.members["thao"]
    member.secret, member.key = secret, certified(channel.root_seed, Seat.DESK, Side.POLICE, "thao", secret)[0]
    assert Browser(signed_in(channel.thao), member).read(number) == ["Trước khi mất khoá"]
    assert Event.objects.filter(facet_set__kind="tip.keys_recovered").count() == 1


def test_members_are_listed_with_what_is_behind(channel):
    channel.send()
    new, _ = certified(channel.root_seed, Seat.DESK, Side.POLICE, "thao")
    keep(new, channel.thao)

    assert {row["holder"]: row["behind"] for row in run("members") if row["behind"]} == {"thao": 1}


def test_a_canary_sings_and_rings_when_the_channel_is_broken(outside, channel, monkeypatch, caplog, settings):
    settings.TIPS_URL = "http://door.example"

    def through(method):
        def ask(address, data=None, **_more):
            answer = getattr(outside.client, method)(address.removeprefix("http://door.example"), data)
            answer.text = answer.content.decode()
            return answer

        return ask

    monkeypatch.setattr(jobs, "Canary", lambda address: Canary(address, through("post"), through("get")))
    assert jobs.try_door() is True
    assert Tip.objects.get().about == About.CANARY
    page = signed_in(channel.thao)
    monkeypatch.undo()
    assert page is not None

    MemberKey.objects.all().delete()
    broken = Canary("http://door.example", through("post"), through("get"))
    monkeypatch.setattr(jobs, "Canary", lambda address: broken)
    assert jobs.try_door() is False
    assert "The sealed channel is broken" in caplog.text


def test_the_clock_erases_counts_and_tells(channel):
    for nth in range(3):
        channel.send(on=channel.cast.city.founded_on.replace(year=2026, month=11, day=10 + nth))

    assert jobs.watch_tips() == 3
    assert jobs.count_tips() == 3
    assert jobs.count_tips() == 0
    assert jobs.erase_tips() == 0
    Tip.objects.all().update(erase_on="2026-11-20")
    assert jobs.erase_tips() == 3
    assert not Tip.objects.exists()
