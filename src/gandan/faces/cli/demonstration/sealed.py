"""A sealed channel to look at: a root, a desk of two, a custodian on each side, and threads in every state.

Its keys lie beside it as files, under the password of the demonstration: everybody who can read the folder can open it. So it is
made only where no city has a root of its own, and its folder says what it is.
"""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections

from gandan.faces.cli import tip_keys
from gandan.faces.cli.demonstration.accounts import Account
from gandan.ground.organisations import queries as people
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.tips import door, operations
from gandan.work.tips import queries as tips
from gandan.work.tips.rules import About, Direction, Key, Place, Pledge, Seat, Side, Why, bytes_of, grouped, public_of, sealing
from gandan.work.tips.vault import Vault

OWNER, DOOR = "tips_owner", "door"
SEATS = {Role.TIP_DESK: Seat.DESK, Role.CUSTODIAN: Seat.CUSTODIAN}
BACK = timedelta(days=30)
WARNING = """\
ĐÂY LÀ BẢN TRÌNH DIỄN. Khoá ở đây ai cũng mở được; mọi tin đều bịa. Không dùng một tệp nào ở đây cho việc thật.
THIS IS A DEMONSTRATION. Its keys are open to everybody, its tips are made up. Use no file of this folder for anything real.

Tệp khoá / key files: *.key.json, mật khẩu là mật khẩu của bản trình diễn / under the password of the demonstration.
Cửa nhận tin / the door: gandan serve --tips --port 8700
Biên nhận / receipts:
"""
TOLD = (
    (25, About.FRAUD, "Một nhóm cho vay qua điện thoại, tới nhà đe doạ người không trả kịp. Họ hẹn nhau ở quán đầu đường."),
    (19, About.WANTED, "Người trong ảnh truy nã dán ở phường hình như đang thuê trọ cạnh bến xe, chỉ ra ngoài buổi tối."),
    (12, About.OTHER, "Có nhà kho chứa hoá chất sát khu dân cư, tối mới chở hàng ra vào."),
    (9, About.DRUGS, "Ở đầu hẻm tối nào cũng có xe lạ dừng một lúc rồi đi. Bọn trẻ nói là mua bán ma tuý."),
    (4, About.CRIME, "Tôi làm cùng chỗ với người đã lấy trộm ở kho. Tôi sợ bị biết mặt, nhưng toà cần thì tôi sẽ nói."),
    (2, About.DRUGS, "Quán karaoke cuối đường có phòng khoá kín, khách vào phải có người dẫn."),
    (0, About.CRIME, "Đêm qua có người bẻ khoá mấy tiệm ở chợ, biển số xe của họ tôi còn nhớ."),
)  # fmt: skip


class Desk:
    """A member at their browser, who opens nothing here and seals what they say as a browser does."""

    def __init__(self, person: people.Person, key: Key, secret: bytes) -> None:
        self.person, self.key, self.secret = person, key, secret

    def say(self, tip: str, words: str, on: date, *, direction: Direction = Direction.OUT, final: bool = False) -> int:
        found = tips.thread(tip, self.person, on).sealed
        turn = 1 + max((one["sequence"] for one in found["messages"] if one["direction"] == direction), default=0)
        place, key = Place(bytes_of(found["tip"]), direction, turn), token_bytes(sealing.KEY)
        content = sealing.seal(key, sealing.padded(sealing.envelope(words)), place.bound)
        readers = [(bytes_of(one["id"]), bytes_of(one["box"])) for one in found["readers"]]
        if direction is Direction.OUT:
            readers.append((b"", bytes_of(found["public"])))
        operations.say(
            tip=tip, direction=direction, sequence=turn, content=content, final=final, by=self.person, on=on,
            signature=sealing.sign(self.secret[32:], content, place.bound),
            seals={name: sealing.to_reader(key, box, place.bound) for name, box in readers},
        )  # fmt: skip
        return turn


def show_sealed(accounts: tuple[Account, ...], *, password: str, on: date) -> Path | None:
    """Make the channel and its threads anew; return the folder of its files. None where there is a real one, or no database."""
    folder = Path(settings.DATA_DIR) / "tips" / "demonstration"
    if OWNER not in connections.settings or (settings.TIPS_ROOT and not folder.exists()):
        return None
    shutil.rmtree(folder, ignore_errors=True)
    connections.settings[DOOR] = connections.settings[OWNER]  # its owner may what the door may
    with connections[OWNER].cursor() as cursor:
        tables = ", ".join(model._meta.db_table for model in apps.get_app_config("tips").get_models())
        cursor.execute(f"TRUNCATE {tables} CASCADE")
    members = _members([one for one in accounts if one.role in SEATS], folder, password, on)
    house = door.House(_pepper(folder.parent), settings.TIPS_ROOT, Vault([Path(copy) for copy in settings.TIPS_VAULT]))
    receipts = _threads(house, [members[one.username] for one in accounts if one.role is Role.TIP_DESK], on)
    tip_keys.written(folder / "DOC-TRUOC.txt", WARNING + "\n".join(receipts) + "\n")
    for day in tips.uncounted(on):
        operations.count_day(day=day, by=people.clock(), on=on)
    operations.tell_late(by=people.clock(), on=on)
    return folder


def _members(accounts: list[Account], folder: Path, password: str, on: date) -> dict[str, Desk]:
    """A ceremony as in the guide, in one go: a root, a key of recovery, and a key of each member, signed and brought."""
    public = folder.parent / "root.pub"
    public.unlink(missing_ok=True)
    settings.TIPS_ROOT = bytes.fromhex(tip_keys.make_root(folder)["root"])
    tip_keys.written(public, settings.TIPS_ROOT.hex() + "\n")
    root = tip_keys.together([folder / "root.part-1.txt", folder / "root.part-2.txt"])
    since, until = on - BACK, on + timedelta(days=365)
    tip_keys.make_recovery(folder, root, since, until)
    made = {}
    for one in accounts:
        person, secret = people.person(one.username), token_bytes(64)
        box, verify = public_of(secret)
        side = Side.POLICE if one.line is Line.POLICE else Side.CIVIL
        key = tip_keys.signed(Key(SEATS[one.role], side, one.username, box, verify, since, until), root)
        tip_keys.written(folder / f"{one.username}.key.json", tip_keys.locked(secret, password, one.username))
        operations.add_key(key=key, by=person, on=since)
        made[one.username] = Desk(person, key, secret)
    custodian = next(one.username for one in accounts if one.role is Role.CUSTODIAN)
    recovery = tip_keys.read_certificate(folder / "recovery.signed.json")
    operations.add_key(key=recovery, by=made[custodian].person, on=since)
    return made


def _pepper(folder: Path) -> bytes:
    path = folder / "pepper"
    if not path.exists():
        tip_keys.written(path, token_hex(32))
    return bytes.fromhex(path.read_text().strip())


def _threads(house: door.House, desk: list[Desk], on: date) -> list[str]:
    """Send each tip, let the desk do with it what its turn is, and return what whoever sent it would have on paper."""
    steps: tuple[Callable[..., None], ...] = (_closed, _rewarded, _late, _asked, _identity, _extract, _new)
    lines = []
    for (ago, about, words), step in zip(TOLD, steps, strict=True):
        day, more = on - timedelta(days=ago), {}
        if step is _identity:
            more = {"pledge": Pledge.CONFIDENTIAL, "identity": "Người gửi bịa đặt, 0900 000 000 (trình diễn)"}
        asked: dict[str, Any] = {"pledge": Pledge.ANONYMOUS} | more
        sent = door.send(house, about=about, text=words, on=day, **asked)
        step(house, sent, desk, day, on)
        lines.append(f"{sent.number}  {grouped(sent.receipt)}  {day:%d/%m/%Y}")
    return lines


def _later(day: date, days: int, on: date) -> date:
    return min(day + timedelta(days=days), on)


def _closed(house: door.House, sent: door.Sent, desk: list[Desk], day: date, on: date) -> None:
    desk[0].say(sent.number, "Cảm ơn Ông/Bà. Công an phường đã xác minh và đang xử lý nhóm này.", _later(day, 6, on), final=True)
    operations.close_thread(tip=sent.number, by=desk[0].person, on=_later(day, 15, on))


def _rewarded(house: door.House, sent: door.Sent, desk: list[Desk], day: date, on: date) -> None:
    desk[1].say(sent.number, "Đúng là người đang bị truy nã. Thành phố có thưởng cho tin này.", _later(day, 5, on), final=True)
    operations.grant_reward(tip=sent.number, amount=5_000, by=desk[0].person, on=_later(day, 8, on))


def _late(house: door.House, sent: door.Sent, desk: list[Desk], day: date, on: date) -> None:
    """Nobody has read it, and its day has passed."""


def _asked(house: door.House, sent: door.Sent, desk: list[Desk], day: date, on: date) -> None:
    desk[0].say(sent.number, "Cảm ơn Ông/Bà. Xe hay dừng vào khoảng tối nào trong tuần?", _later(day, 3, on))
    door.reply(house, receipt=sent.receipt, text="Nhiều nhất là thứ Sáu và thứ Bảy.", on=_later(day, 5, on))


def _identity(house: door.House, sent: door.Sent, desk: list[Desk], day: date, on: date) -> None:
    operations.acknowledge(tip=sent.number, by=desk[1].person, on=_later(day, 1, on))
    operations.ask_identity(tip=sent.number, why=Why.COURT, by=desk[1].person, on=_later(day, 3, on))


def _extract(house: door.House, sent: door.Sent, desk: list[Desk], day: date, on: date) -> None:
    operations.acknowledge(tip=sent.number, by=desk[0].person, on=_later(day, 1, on))
    words = "Có dấu hiệu tổ chức sử dụng trái phép chất ma tuý tại một cơ sở karaoke."
    turn = desk[0].say(sent.number, words, _later(day, 1, on), direction=Direction.NOTE)
    unit = people.unit(people.row(people.tree().main_heir(people.unit_id("CAP-W26743"), on)).code)
    operations.draft_extract(tip=sent.number, sequence=turn, unit=unit, by=desk[0].person, on=_later(day, 1, on))


def _new(house: door.House, sent: door.Sent, desk: list[Desk], day: date, on: date) -> None:
    """It came today."""
