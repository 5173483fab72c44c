"""The people of the demonstration, one for each kind of work. Names are made up; the password comes with the first start."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from gandan.ground.documents.demonstration import make_key
from gandan.ground.documents.signing import has_key
from gandan.ground.organisations import queries
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line


@dataclass(frozen=True)
class Account:
    """Who signs in by which name, and what for."""

    username: str
    name: str
    unit: str
    line: Line
    role: Role
    work: str


ACCOUNTS = (
    Account("hochieu", "Lê Minh Anh", "PA08-1", Line.POLICE, Role.DESK_OFFICER, "tiếp nhận hộ chiếu tại PA08"),
    Account("benthanh", "Trần Thu Hà", "CAP-W26743", Line.POLICE, Role.DESK_OFFICER, "tiếp nhận tại Công an phường Bến Thành"),
    Account("truongbenthanh", "Phạm Quốc Bảo", "CAP-W26743", Line.POLICE, Role.UNIT_HEAD, "trưởng Công an phường Bến Thành"),
    Account("congan", "Ngô Thanh Tùng", "CATP", Line.POLICE, Role.UNIT_HEAD, "chỉ huy Công an Thành phố"),
    Account(
        "phoihop", "Đặng Mỹ Linh", "79", Line.ADMINISTRATION, Role.PROGRAMME_OFFICER_CIVIL, "chuyên viên phối hợp, bên dân vận"
    ),
    Account("dangbai", "Lý Thu Thảo", "BTGDVTU", Line.CIVIL, Role.PUBLISHER, "viết tin, đính chính, cảnh báo"),
    Account("duyetbai", "Đoàn Gia Huy", "BTGDVTU", Line.CIVIL, Role.PUBLISHER, "duyệt và đăng bài người khác viết"),
    Account(
        "mattran", "Tô Bích Vân", "MTTQ", Line.FRONT, Role.PROGRAMME_OFFICER_CIVIL, "tổ chức bỏ phiếu của hộ dân, bên Mặt trận"
    ),
    Account(
        "phoihopca",
        "Trịnh Hoài Nam",
        "79",
        Line.ADMINISTRATION,
        Role.PROGRAMME_OFFICER_POLICE,
        "chuyên viên, bên công an",
    ),
    Account("truongban", "Huỳnh Kim Ngân", "BDVTU", Line.CIVIL, Role.SIGNATORY, "ký thay mặt bên dân vận"),
    Account("kyten", "Vũ Đình Long", "79", Line.ADMINISTRATION, Role.SIGNATORY, "ký báo cáo"),
    Account("thanhtra", "Phan Đức Thịnh", "CATP", Line.POLICE, Role.INSPECTORATE, "thanh tra: khiếu nại, tố cáo, xét lại"),
    Account("bantin", "Tô Ngọc Lan", "CATP", Line.POLICE, Role.TIP_DESK, "bàn tiếp nhận tin kín"),
    Account("bantin2", "Mai Quốc Việt", "CATP", Line.POLICE, Role.TIP_DESK, "bàn tiếp nhận tin kín, kiểm tra bản trích"),
    Account("giukhoaca", "Đinh Hoài Ân", "CATP", Line.POLICE, Role.CUSTODIAN, "giữ nửa khoá danh tính, bên Công an"),
    Account("giukhoamt", "Cao Hải Yến", "MTTQ", Line.FRONT, Role.CUSTODIAN, "giữ nửa khoá danh tính, bên Mặt trận"),
    Account("kiemtra", "Bùi Ngọc Mai", "79", Line.ADMINISTRATION, Role.AUDITOR, "kiểm tra số liệu, không sửa"),
    Account("quantri", "Hồ Văn Nam", "79", Line.ADMINISTRATION, Role.ADMINISTRATOR, "quản trị, không xem hồ sơ"),
)


THERE_FOR = timedelta(30)
THERE_BEFORE = {Role.PUBLISHER, Role.TIP_DESK, Role.CUSTODIAN, Role.UNIT_HEAD}  # those whose work of the latest weeks is shown


def enrol_all(*, password: str, on: date) -> Iterator[Account]:
    """Add the accounts that are not here yet, and yield each that is new."""
    for account in ACCOUNTS:
        try:
            queries.person(account.username)
        except queries.UnknownPerson:
            unit = queries.unit(queries.row(queries.tree().main_heir(queries.unit_id(account.unit), on)).code)
            since = max(on - THERE_FOR, unit.founded_on) if account.role in THERE_BEFORE else on
            enrol(
                username=account.username, name=account.name, unit=unit, role=account.role, line=account.line,
                password=password, by=queries.importer(), on=since,
            )  # fmt: skip
            if account.role in {Role.UNIT_HEAD, Role.SIGNATORY} and not has_key(account.username):
                make_key(account.username, account.name, unit.name, datetime.combine(on, time.min, UTC))
            yield account
