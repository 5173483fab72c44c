"""Add people, give and end their roles, and say who may do what and why."""

import sys
from datetime import date
from getpass import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand, day
from gandan.ground.accounts import operations as account_operations
from gandan.ground.accounts import queries as accounts
from gandan.ground.organisations import operations, queries
from gandan.ground.organisations.rights import RIGHTS, Right, Role
from gandan.ground.organisations.rules import Line, Nature

ROLES, RIGHT_CODES, LINES = ([one.value for one in words] for words in (Role, Right, Line))


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "add": "add someone with a first role",
        "appoint": "give someone a role at a unit",
        "end": "end a role",
        "can": "say whether someone has a right at a unit on a day, and why",
        "code": "print the code by which the first account is made on a page",
        "password": "set somebody's password; the local way in while an identity provider is away",
        "reset": "take the second factors from somebody who lost them",
        "list": "list who holds a role at a unit",
    }

    def arguments_add(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("name", metavar="NAME", help="as it is shown: Nguyễn Thị Alice")
        _role(parser)
        parser.add_argument("--program", action="store_true", help="a partner's program, which comes with keys (gandan keys)")
        secret = parser.add_mutually_exclusive_group()
        secret.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
        secret.add_argument("--no-password", action="store_true", help="nobody signs in by this name yet")

    def arguments_appoint(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        _role(parser)
        parser.add_argument("--until", type=day, metavar="DAY", help="the first day without the role")

    def arguments_end(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("role", choices=ROLES)
        parser.add_argument("unit", metavar="UNIT")
        _on(parser, "the first day without it")

    def arguments_can(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("right", choices=RIGHT_CODES)
        parser.add_argument("unit", metavar="UNIT")
        _on(parser, "the day that is meant")

    def arguments_list(self, parser: CommandParser) -> None:
        parser.add_argument("unit", metavar="UNIT")
        parser.add_argument("--below", action="store_true", help="and at the units below it")
        parser.add_argument("--line", choices=LINES, default=Line.ADMINISTRATION.value, help="below along it (%(default)s)")
        _on(parser, "the day that is meant")

    def arguments_password(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("--password-stdin", action="store_true", help="read it from standard input")

    def arguments_reset(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")

    def run_code(self, options: dict[str, Any]) -> dict[str, Any]:
        if not accounts.nobody_yet():
            raise CommandError(_("Đã có tài khoản; mã thiết lập không còn dùng."))
        return {"address": f"{settings.BASE_URL}/first-account/", "code": accounts.beginning_code()}

    def show_code(self, answer: dict[str, Any]) -> None:
        self.stdout.write(_("Chưa ai có tài khoản. Mở {address} và nhập mã: {code}").format(**answer))

    def run_password(self, options: dict[str, Any]) -> dict[str, Any]:
        person = queries.person(options["username"])
        given = self.password(from_stdin=options["password_stdin"])
        account_operations.set_password(person=person, password=given, by=queries.importer(), on=localdate())
        return {"username": person.username}

    def show_password(self, answer: dict[str, Any]) -> None:
        self.stdout.write(_("Đã đặt mật khẩu mới cho {username}.").format(**answer))

    def run_reset(self, options: dict[str, Any]) -> dict[str, Any]:
        person = queries.person(options["username"])
        gone = account_operations.reset_factors(person=person, by=queries.importer(), on=localdate())
        return {"username": person.username, "count": gone}

    def show_reset(self, answer: dict[str, Any]) -> None:
        self.stdout.write(_("Đã gỡ {count} lớp xác thực thứ hai của {username}.").format(**answer))

    def run_add(self, options: dict[str, Any]) -> dict[str, Any]:
        without = options["no_password"] or options["program"]
        person = operations.enrol(
            username=options["username"],
            name=options["name"],
            unit=queries.unit(options["unit"]),
            role=Role(options["role"]),
            line=Line(options["line"]),
            nature=Nature.PROGRAM if options["program"] else Nature.PERSON,
            password=None if without else self.password(from_stdin=options["password_stdin"]),
            by=queries.importer(),
            on=options["on"] or localdate(),
        )
        return {"username": person.username, "name": person.name, "role": options["role"], "unit": options["unit"].upper()}

    def show_add(self, answer: dict[str, Any]) -> None:
        self.stdout.write(_("Đã thêm {name} ({username}): {role} tại {unit}.").format(**answer))

    def run_appoint(self, options: dict[str, Any]) -> dict[str, Any]:
        person = queries.person(options["username"])
        operations.appoint(
            person=person,
            unit=queries.unit(options["unit"]),
            role=Role(options["role"]),
            line=Line(options["line"]),
            by=queries.importer(),
            on=options["on"] or localdate(),
            until=options["until"],
        )
        return {"username": person.username, "name": person.name, "role": options["role"], "unit": options["unit"].upper()}

    def show_appoint(self, answer: dict[str, Any]) -> None:
        self.stdout.write(_("Đã phân công {name} ({username}): {role} tại {unit}.").format(**answer))

    def run_end(self, options: dict[str, Any]) -> dict[str, Any]:
        on = options["on"] or localdate()
        person, unit = queries.person(options["username"]), queries.unit_id(options["unit"])
        held = [one for one in queries.appointments(person, on) if (one.unit, one.role) == (unit, options["role"])]
        if not held:
            said = _("{name} không giữ vai trò {role} tại {unit} vào ngày {day}.")
            raise CommandError(
                said.format(name=person.name, role=options["role"], unit=options["unit"], day=f"{on:%d/%m/%Y}")
            )  # fmt: skip
        for one in held:
            operations.end_appointment(appointment=one.id, by=queries.importer(), on=on)
        return {
            "username": person.username,
            "name": person.name,
            "role": options["role"],
            "unit": options["unit"].upper(),
            "on": on,
        }

    def show_end(self, answer: dict[str, Any]) -> None:
        said = _("{name} ({username}) thôi giữ vai trò {role} tại {unit} từ ngày {day}.")
        self.stdout.write(said.format(**answer, day=f"{answer['on']:%d/%m/%Y}"))

    def run_can(self, options: dict[str, Any]) -> dict[str, Any]:
        on, right = options["on"] or localdate(), Right(options["right"])
        person, unit = queries.person(options["username"]), queries.unit(options["unit"])
        found = queries.explain(right, by=person, unit=unit, on=on)
        rows = queries.rows({one.unit for one in found.held})
        answer = {
            "may": found.may,
            "because": found.because.value,
            "username": person.username,
            "right": right.value,
            "unit": unit.code,
            "on": on,
            "roles": [
                {
                    "role": one.role.value,
                    "unit": rows[one.unit].code,
                    "line": one.line.value,
                    "start": one.start,
                    "end": one.end,
                    "carries": one.role in RIGHTS[right],
                    "gives": one == found.by,
                }
                for one in found.held
            ],
            "path": [row.code for row in found.path],
            "carried_by": [role.value for role in found.carried_by],
        }
        return {**answer, "why": why(answer, found.because, unit.name)}

    def is_no_can(self, answer: dict[str, Any]) -> bool:
        return not answer["may"]

    def show_can(self, answer: dict[str, Any]) -> None:
        said = _("Được") if answer["may"] else _("Không được")
        self.stdout.write(f"{said}: {answer['username']} · {answer['right']} · {answer['unit']} · {answer['on']:%d/%m/%Y}")
        self.stdout.write(answer["why"])

    def run_list(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        on, top = options["on"] or localdate(), queries.unit_id(options["unit"])
        units = [queries.row(top, on)]
        if options["below"]:
            units = _and_below(units, Line(options["line"]), on)
        return [
            {
                "username": person.username,
                "name": person.name,
                "role": held.role.value,
                "unit": row.code,
                "line": held.line.value,
                "start": held.start,
                "end": held.end,
                "active": person.is_active,
            }
            for row in units
            for person, held in queries.staff(row.id, on)
        ]

    def show_list(self, answer: list[dict[str, Any]]) -> None:
        if not answer:
            self.stdout.write(_("Không có ai giữ vai trò nào ở đó vào ngày này."))
            return
        columns = (_("Tên đăng nhập"), _("Họ tên"), _("Vai trò"), _("Đơn vị"), _("Hệ"), _("Từ ngày"), _("Đến trước ngày"))
        self.table(columns, [
            (one["username"], one["name"], one["role"], one["unit"], one["line"], _day(one["start"]), _day(one["end"]))
            for one in answer
        ])  # fmt: skip

    def password(self, *, from_stdin: bool) -> str:
        """Ask for a password, twice if somebody types it, and hold it against the rules for passwords."""
        if from_stdin:
            given = sys.stdin.readline().rstrip("\n")
        else:
            given = getpass(_("Mật khẩu: "))
            if getpass(_("Nhập lại mật khẩu: ")) != given:
                raise CommandError(_("Hai lần nhập không giống nhau."))
        try:
            validate_password(given)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        return given


def why(answer: dict[str, Any], because: queries.Because, unit: str) -> str:
    """Say what a right comes from, or what is lacking."""
    gives = next((f"{one['role']} · {one['unit']} · {one['line']}" for one in answer["roles"] if one["gives"]), "")
    carrying = "; ".join(f"{one['role']} · {one['unit']} · {one['line']}" for one in answer["roles"] if one["carries"])
    said = {
        queries.Because.APPOINTED: _("Theo phân công: {gives}; đường đi trong cây: {path}."),
        queries.Because.STANDS_IN: _("Làm thay người khác: {gives}; đường đi trong cây: {path}."),
        queries.Because.AFTER_MERGER: _("Đơn vị cũ vừa kết thúc, tạm làm tại đơn vị kế thừa: {gives}."),
        queries.Because.OWN_HAND: _("Đây là tác nhân của chính hệ thống; quyền của nó không theo phân công."),
        queries.Because.LEFT: _("Tài khoản đã ngừng hoạt động."),
        queries.Because.NO_ROLE: _("Không giữ vai trò nào vào ngày này."),
        queries.Because.ENDED: _("Vai trò có quyền này đã kết thúc trước ngày này."),
        queries.Because.ROLE_LACKS_IT: _("Vai trò đang giữ ({held}) không có quyền này; quyền này thuộc về: {carried}."),
        queries.Because.OTHER_LINE: _("{unit} thuộc hệ khác với phân công có quyền này ({carrying})."),
        queries.Because.OUT_OF_REACH: _("Phân công có quyền này ({carrying}) không vươn tới {unit} vào ngày này."),
    }[because]
    return said.format(
        gives=gives,
        carrying=carrying,
        unit=unit,
        path=" → ".join(answer["path"]),
        held=", ".join(one["role"] for one in answer["roles"]),
        carried=", ".join(answer["carried_by"]),
    )


def _and_below(tops: list[queries.UnitRow], line: Line, on: date) -> list[queries.UnitRow]:
    found, ahead = [], list(reversed(tops))
    while ahead:
        row = ahead.pop()
        found.append(row)
        ahead += reversed(queries.children(row.id, line, on))
    return found


def _role(parser: CommandParser) -> None:
    parser.add_argument("--role", choices=ROLES, required=True)
    parser.add_argument("--unit", metavar="CODE", required=True)
    parser.add_argument("--line", choices=LINES, required=True, help="the hierarchy along which the role reaches down")
    _on(parser, "the first day of the role")


def _on(parser: CommandParser, explained: str) -> None:
    parser.add_argument("--on", type=day, metavar="DAY", help=f"2025-06-30 or 30/06/2025, today by default: {explained}")


def _day(when: date | None) -> str:
    return f"{when:%d/%m/%Y}" if when else ""
