"""Why a row of an import is refused: each reason with its sentence and its remedy, in Vietnamese; faces translate."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gandan.ground.ledger.rules import gettext_noop as _


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell of one row."""

    code: str
    column: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """The sentence of a problem, and what to do about it."""

    sentence: str
    remedy: str


REASONS: dict[str, Reason] = {
    "quotes": Reason(
        _("Dấu ngoặc kép trong dòng không khớp, không tách được các ô."),
        _("Đóng ngoặc kép, hoặc gấp đôi dấu ngoặc kép nằm trong ô."),
    ),
    "cells": Reason(
        _("Dòng có {found} ô, tiêu đề có {expected} cột."),
        _("Kiểm tra dấu phân cách thừa hoặc thiếu; ô có chứa dấu phân cách phải đặt trong ngoặc kép."),
    ),
    "encoding": Reason(
        _("Có ký tự không đọc được theo bảng mã {encoding}."),
        _("Lưu lại tệp theo UTF-8, hoặc nêu đúng bảng mã bằng --encoding."),
    ),
    "control": Reason(_("Dòng có ký tự điều khiển (NUL)."), _("Xuất lại tệp từ hệ thống nguồn; tệp có thể đã hỏng.")),
    "too_long": Reason(_("Nội dung quá dài ({found} ký tự, tối đa {allowed})."), _("Rút ngắn ô này.")),
    "missing": Reason(_("Ô bắt buộc đang để trống."), _("Điền giá trị.")),
    "not_a_date": Reason(
        _("“{value}” không phải là ngày."), _("Ghi theo dạng 31/12/2024 hoặc 2024-12-31 (ngày trước, tháng sau).")
    ),
    "not_in_the_calendar": Reason(_("Ngày “{value}” không có trong lịch."), _("Kiểm tra lại ngày, tháng, năm.")),
    "in_the_future": Reason(_("Ngày “{value}” ở sau hôm nay ({today})."), _("Kiểm tra lại năm; chỉ nhập việc đã xảy ra.")),
    "unknown_unit": Reason(
        _("Không có đơn vị “{value}”."),
        _(
            "Ghi mã đơn vị (xem gandan units), hoặc khai cách hiểu trong tệp ánh xạ. Tên gần giống: {near}. Nếu dữ liệu là của "
            "một cơ quan chưa có: --unit MÃ --found-since NGÀY."
        ),
    ),
    "ambiguous_unit": Reason(_("Có nhiều đơn vị tên “{value}”: {units}."), _("Ghi mã đơn vị thay cho tên.")),
    "unit_not_yet": Reason(
        _("Đơn vị {unit} chỉ có từ ngày {from_on}, sau ngày {day}."),
        _(
            "Ghi đơn vị thực tế tiếp nhận khi đó. Đơn vị trước nó: {before}. Nếu dữ liệu là của một cơ quan khác: --unit MÃ "
            "--found-since NGÀY."
        ),
    ),
    "unit_closed": Reason(_("Đơn vị {unit} đã kết thúc ngày {closed_on}, trước ngày {day}."), _("Ghi đơn vị kế thừa: {heirs}.")),
    "unit_divided": Reason(
        _("Đơn vị {unit} đã được chia ngày {on} cho {heirs}; không rõ đơn vị nào giữ hồ sơ."),
        _("Ghi đơn vị nhận bàn giao vào cột đơn vị giải quyết."),
    ),
    "unit_does_not_handle": Reason(
        _("Đơn vị {unit} không giải quyết thủ tục {procedure} vào ngày {day}."),
        _("Kiểm tra cột đơn vị và cột thủ tục; hoặc cập nhật thủ tục (gandan dossiers procedures)."),
    ),
    "unknown_procedure": Reason(
        _("Không có thủ tục “{value}”."), _("Ghi mã thủ tục ({known}), hoặc khai cách hiểu trong tệp ánh xạ.")
    ),
    "procedure_not_in_force": Reason(
        _("Thủ tục {procedure} không có quy định nào được nạp cho ngày {day}."),
        _("Nạp quy định của thời kỳ đó, rồi nhập lại dòng này."),
    ),
    "unknown_channel": Reason(
        _("Không có cách nộp “{value}”."), _("Dùng counter, online hoặc post; hoặc khai cách hiểu trong tệp ánh xạ.")
    ),
    "unknown_outcome": Reason(
        _("Không có kết quả phát “{value}”."), _("Dùng delivered, failed hoặc returned; hoặc khai cách hiểu trong tệp ánh xạ.")
    ),
    "before_receipt": Reason(
        _("Ngày “{value}” ở trước ngày tiếp nhận ({received_on})."), _("Kiểm tra xem hai ngày có bị đổi chỗ không.")
    ),
    "before_finish": Reason(
        _("Ngày giao bưu điện “{value}” ở trước ngày có kết quả ({finished_on})."), _("Kiểm tra lại hai ngày.")
    ),
    "before_handing": Reason(_("Ngày phát “{value}” ở trước ngày giao bưu điện ({handed_on})."), _("Kiểm tra lại hai ngày.")),
    "needs": Reason(
        _("Có giá trị ở cột này thì cột {other} không được để trống."), _("Điền cột {other}, hoặc để trống cột này.")
    ),
    "finished_and_withdrawn": Reason(_("Hồ sơ vừa có ngày kết quả vừa có ngày rút."), _("Để lại một trong hai ngày.")),
    "two_ends": Reason(
        _("Hồ sơ có nhiều ngày kết thúc: {fields}."), _("Để lại một trong các ngày kết quả, rút, dừng hoặc từ chối.")
    ),
    "out_of_order": Reason(_("Ngày “{value}” ở trước ngày của cột {other} ({day})."), _("Kiểm tra lại hai ngày.")),
    "inconsistent": Reason(
        _("Các dòng của cùng hồ sơ ghi khác nhau: {values}."),
        _("Sửa cho thống nhất, hoặc chọn first, last, min, max trong tệp ánh xạ."),
    ),
    "duplicate": Reason(_("Số hồ sơ nguồn {value} đã có ở dòng {line} của tệp này."), _("Bỏ dòng thừa, hoặc sửa số.")),
    "conflict": Reason(
        _("Số hồ sơ nguồn {value} đã được nhập trước đây với nội dung khác: {differences}."),
        _("Nếu tệp này đúng, sửa hồ sơ {number} trong hệ thống; nếu không, bỏ dòng này."),
    ),
    "numbers_used_up": Reason(
        _("Đơn vị {unit} đã dùng hết 9.999 số hồ sơ của ngày {day}."),
        _("Kiểm tra cột đơn vị; một đơn vị không tiếp nhận nhiều như vậy trong ngày."),
    ),
}
