"""A dossier as the national portal's synchronisation takes it (DongBoHoSo): all values as strings, moments as yyyyMMddHHmmss.

The fields come from public code of a provincial system, not from the portal's own specification: docs/guides/exports.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

CHANNELS = {"counter": "1", "online": "2", "post": "3"}  # KenhThucHien
HANDED_BACK = {"": "0", "post": "1"}  # HinhThuc: at the counter, by post


@dataclass(frozen=True)
class Supplement:
    """What an applicant was asked for, and when it came."""

    asked_on: date
    words: str
    answered_on: date | None


@dataclass(frozen=True)
class PortalDossier:
    """What the portal asks of a dossier."""

    number: str
    procedure: str
    procedure_name: str
    field: str
    channel: str
    applicant: str
    received_on: date
    handed_in_on: date
    due_on: date
    status: int
    finished_on: date | None
    returned_on: date | None
    refused_on: date | None
    unit_name: str
    by_post: bool
    fee: int | None
    supplements: Sequence[Supplement] = ()


def portal_row(one: PortalDossier) -> dict[str, object]:
    """Return the row as it is sent. What isn't kept here is there and empty, as the portal expects each field."""
    return {
        "MaHoSo": one.number,
        "MaTTHC": one.procedure,
        "TenTTHC": one.procedure_name,
        "MaLinhVuc": one.field,
        "KenhThucHien": CHANNELS[one.channel],
        "ChuHoSo": one.applicant,
        "SoGiayToChuHoSo": "",
        "LoaiDoiTuong": "1",
        "NgayTiepNhan": moment(one.received_on),
        "NgayHenTra": moment(one.due_on),
        "TrangThaiHoSo": str(one.status),
        "NgayTra": moment(one.returned_on),
        "HinhThuc": HANDED_BACK["post" if one.by_post else ""],
        "NgayKetThucXuLy": moment(one.finished_on),
        "DonViXuLy": one.unit_name,
        "TaiLieuNop": [],
        "DanhSachLePhi": [] if one.fee is None else [{"TenPhiLePhi": one.procedure_name, "SoTien": str(one.fee)}],
        "DanhSachHoSoBoSung": [
            {
                "NgayYeuCau": moment(each.asked_on),
                "NoiDung": each.words,
                "NgayBoSung": moment(each.answered_on),
            }
            for each in one.supplements
        ],
        "DanhSachGiayToKetQua": [],
        "NoiNopHoSo": "",
        "HoSoCoThanhPhanSoHoa": "0",
        "TaiKhoanDuocXacThucVoiVNeID": "0",
        "DuocThanhToanTrucTuyen": "0",
        "NgayTuChoi": moment(one.refused_on),
        "DinhDanhCHS": "",
        "NgayNopHoSo": moment(one.handed_in_on),
    }


def moment(day: date | None) -> str:
    """Write a day as the portal does; days are kept here without an hour, so it is the first of the day."""
    return "" if day is None else f"{day:%Y%m%d}000000"
