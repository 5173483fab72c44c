"""/components/: every piece that recurs, shown with invented content, so that changes are seen before they are everywhere."""

from datetime import date, timedelta
from io import BytesIO

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gandan.faces.pages import charts, public
from gandan.faces.pages.pieces import (
    MARKS,
    Cell,
    Chart,
    Choice,
    Column,
    Crumb,
    DotMap,
    Figure,
    Moment,
    Owed,
    Pager,
    PeriodPicker,
    Receipt,
    ReckonedDay,
    Spark,
    State,
    Table,
    TermBar,
    ViewSwitch,
)
from gandan.ground.documents.charts import Bar, Line, Spot, Tone, bars, trend
from gandan.ground.documents.rules import Status

TODAY = date(2026, 11, 20)


def components(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "pages/components.html",
        {
            "crumbs": (Crumb("Nền tảng", "/units/"), Crumb("Các mảnh ghép")),
            "marks": MARKS.values(),
            "figures": _figures(),
            "terms": _terms(),
            "moments": _moments(),
            "promises": _promises(),
            "receipt": _receipt(),
            "states": _states(),
            "table": _table(),
            "pager": Pager(50, first="?", following="?before=2026-11-03"),
            "period": PeriodPicker(
                "Quý 4/2026",
                (
                    ("Năm", (("2026", "Năm 2026"), ("2025", "Năm 2025"))),
                    ("Quý", (("2026-Q4", "Quý 4/2026"), ("2026-Q3", "Quý 3/2026"))),
                ),
                "2026-Q4",
                before="?period=2026-Q3",
            ),
            "view": ViewSwitch(
                (
                    Choice("Như lúc đó", "?view=was", True),
                    Choice("Như hiện nay", "?view=is"),
                    Choice("Như tại ngày…", "?view=at"),
                ),
                "Mỗi ngày tính theo cây tổ chức của chính ngày đó.",
                at=date(2025, 6, 30),
            ),
            "picker": {
                "ident": "pick",
                "label": "Chọn đơn vị",
                "text": "ben th",
                "to": "/units/CODE/",
                "on": TODAY,
                "found": (
                    Choice("Công an phường Bến Thành", "?unit=CAP-W26743", note="Công an Thành phố › Công an phường Bến Thành"),
                    Choice("Phường Bến Thành", "?unit=79-W26743", note="Thành phố Hồ Chí Minh › Phường Bến Thành"),
                ),
            },
            "chart": _trend(),
            "ranking": _ranking(),
            "map": _map(),
        },
    )


def public_components(request: HttpRequest) -> HttpResponse:
    """The few pieces of public pages, in their own frame."""
    on, ways = (
        TODAY,
        (
            public.Way("?", "Hồ sơ của tôi", "Đang ở bước nào, khi nào có kết quả, đổi cách nhận.", "search"),
            public.Way("?", "Phường, xã của tôi", "Ai trực, gọi số nào, có tin gì.", "map-pin"),
        ),
    )
    return public.page(
        request,
        "public/components.html",
        {
            "ways": ways,
            "roof_alerts": (public.Way("?", "Mưa lớn tối nay", "Tránh đi qua các đường trũng ở phường Sài Gòn.", tone="late"),),
            "news": (public.Way("?", "Làm căn cước lưu động tại nhà văn hoá khu phố 3", "thứ Bảy, 28/11/2026"),),
            "calls": public.Way("", "Trực ban 24/24", "Công an phường Bến Thành", phone="028 3829 7643"),
            "terms": _terms()[:1],
            "moments": _moments()[:3],
            "figure": _figures()[0],
            "table": _table(),
            "states": _states()[:2],
            "marks": MARKS.values(),
            "receipt": _receipt(),
            "on": on,
        },
    )


def _figures() -> tuple[Figure, ...]:
    return (
        Figure(
            "Hồ sơ trả đúng hẹn",
            "97,3",
            "%",
            "?",
            "?",
            12_480,
            target="95%",
            before="96,1%",
            change="tăng 1,2 điểm",
            rising=True,
            better=True,
            spark=Spark.of([91, 92, 90.5, 93, 95, 96.1, 97.3]),
        ),
        Figure(
            "Hồ sơ quá hẹn chưa xong",
            "38",
            "hồ sơ",
            "?",
            "?",
            38,
            before="21",
            change="tăng 17",
            rising=True,
            better=False,
            spark=Spark.of([12, 9, 14, 20, 18, 21, 38]),
            tone="late",
        ),
        Figure(
            "Hồ sơ đã tiếp nhận",
            "1.204.518",
            "hồ sơ",
            "?",
            "?",
            1_204_518,
            marks=(MARKS["partial"],),
            before="1.187.300",
            change="tăng 1,5%",
            rising=True,
            spark=Spark.of([80, 90, 70, None, 95, 97, 99]),
        ),
        Figure("Ý kiến người dân được trả lời", None, "ý kiến", "?"),
    )


def _terms() -> tuple[TermBar, ...]:
    received = date(2026, 11, 12)
    days = tuple(
        ReckonedDay(received + timedelta(n), n not in {0, 2, 3, 9, 10}, nth, why)
        for n, (nth, why) in enumerate(
            [
                (None, "ngày nhận, không tính"),
                (1, ""),
                (None, "thứ Bảy"),
                (None, "Chủ nhật"),
                (2, ""),
                (3, ""),
                (4, ""),
                (5, ""),
                (6, ""),
                (None, "thứ Bảy"),
                (None, "Chủ nhật"),
                (7, ""),
                (8, ""),
            ]
        )
    )
    due = date(2026, 11, 24)
    return (
        TermBar(received, due, TODAY - timedelta(2), 4, days=days),
        TermBar(received, due, TODAY, 2),
        TermBar(date(2026, 11, 2), date(2026, 11, 19), TODAY, -1, pauses=((date(2026, 11, 6), date(2026, 11, 11)),)),
        TermBar(date(2026, 11, 2), date(2026, 11, 12), TODAY, 0, done=date(2026, 11, 11)),
        TermBar(date(2026, 11, 2), date(2026, 11, 12), TODAY, 0, done=date(2026, 11, 17)),
    )


def _moments() -> tuple[Moment, ...]:
    return (
        Moment(date(2026, 11, 2), "Tiếp nhận hồ sơ tại quầy, hẹn trả ngày 12/11/2026.", "Công an phường Bến Thành", tone="kept"),
        Moment(
            date(2026, 11, 6),
            "Dừng tính thời hạn để bổ sung giấy tờ.",
            "Công an phường Bến Thành",
            "Còn thiếu bản chụp hộ khẩu.",
            "wait",
        ),
        Moment(date(2026, 11, 13), "Quá hẹn trả kết quả.", "Công an phường Bến Thành", tone="late"),
        Moment(date(2026, 11, 13), "Gửi thư xin lỗi, hẹn lại ngày 17/11/2026.", "Công an phường Bến Thành", href="?"),
        Moment(date(2026, 11, 17), "Trả kết quả, chậm hơn ngày hẹn đầu.", "Công an phường Bến Thành", tone="kept"),
    )


def _promises() -> tuple[Owed, ...]:
    return (
        Owed(
            "000.00.79.H29-261102-0017",
            "Trả kết quả hồ sơ",
            "người nộp hồ sơ",
            "Công an phường Bến Thành",
            date(2026, 11, 19),
            MARKS["late"],
            "quá hẹn 1 ngày làm việc",
            "Nguyễn Thị Hoà",
            "?",
        ),
        Owed(
            "Báo cáo quý 4/2026 Chương trình phối hợp",
            "Nộp báo cáo",
            "Ban Tuyên giáo và Dân vận Thành ủy",
            "Phòng PA08",
            TODAY,
            MARKS["today"],
            "hôm nay",
            href="?",
        ),
        Owed(
            "Thư xin lỗi hồ sơ 261102-0021",
            "Gửi thư xin lỗi",
            "người nộp hồ sơ",
            "Công an phường Bến Thành",
            date(2026, 11, 24),
            MARKS["risk"],
            "còn 2 ngày làm việc",
            href="?",
        ),
    )


def _receipt() -> Receipt:
    out = BytesIO()
    code = segno.make_qr("000.00.79.H29-261120-0042", error="m")
    code.save(out, kind="svg", xmldecl=False, svgns=False, border=0)
    path = out.getvalue().decode().split(' d="')[1].split('"')[0]
    return Receipt(
        "Giấy tiếp nhận và hẹn trả",
        "000.00.79.H29-261120-0042",
        path,
        int(code.symbol_size(border=0)[0]),
        (
            "Giữ số này để tra cứu hoặc hỏi qua điện thoại.",
            "Đến nhận kết quả từ 8 giờ thứ Sáu, 27/11/2026.",
            "Nếu chậm, chúng tôi sẽ báo trước và xin lỗi Ông/Bà.",
        ),
        (("Hẹn trả", "thứ Sáu, 27/11/2026"), ("Nơi nhận", "Công an phường Bến Thành")),
    )


def _states() -> tuple[State, ...]:
    return (
        State(
            "Không có gì quá hẹn",
            "Đơn vị đang giữ mọi lời hẹn. Việc đến hẹn trong tuần này có ở danh sách dưới.",
            "circle-check",
            "good",
        ),
        State(
            "Chưa có hồ sơ nào khớp",
            "Thử bỏ bớt điều kiện lọc, hoặc chọn kỳ dài hơn.",
            "inbox",
            "empty",
            (Crumb("Bỏ mọi điều kiện", "?"),),
        ),
        State(
            "Ngày 31/02/2026 không có trong lịch",
            "Xin kiểm tra lại ngày bắt đầu.",
            "alert-circle",
            "error",
            (Crumb("Chọn lại kỳ", "?"),),
        ),
        State(
            "Hồ sơ này thuộc Công an phường Bến Thành",
            "Nếu cần xem, hãy nêu lý do; đơn vị đó sẽ được báo.",
            "lock",
            "noright",
            (Crumb("Về trang Hôm nay", "/"),),
        ),
    )


def _table() -> Table:
    columns = (
        Column("Đơn vị", head=True),
        Column("Tiếp nhận", True),
        Column("Đúng hẹn", True),
        Column("Quá hẹn", True),
        Column("Tình trạng"),
    )
    rows = (
        ("Công an phường Bến Thành", "12.480", 97.3, "38", "late"),
        ("Công an phường Sài Gòn", "9.118", 99.1, "2", "risk"),
        ("Công an phường Tân Định", "7.045", 98.4, "0", "kept"),
        ("Công an đặc khu Côn Đảo", "311", 100.0, "0", "kept"),
    )
    table = Table.of(
        "Các đơn vị trực thuộc, quý 4/2026",
        columns,
        [
            (
                Cell(name, "?"),
                Cell(received),
                Cell(f"{share:.1f}%".replace(".", ","), share=share),
                Cell(late, "?"),
                Cell(mark=MARKS[mark]),
            )
            for name, received, share, late, mark in rows
        ],
    )
    return table.with_total((Cell("Cộng"), Cell("28.954"), Cell("98,2%"), Cell("40"), Cell()))


def _trend() -> Chart:
    years = ["2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026"]
    values = [88.2, 89.5, 84.1, 91.3, 94.0, 95.8, 93.9, 97.3]
    spots = [Spot(y, v, Status.PARTIAL if y == "2025" else Status.COUNTED) for y, v in zip(years, values, strict=True)]
    spec = trend([Line("Đúng hẹn", spots)], charts.frame("Hồ sơ trả đúng hẹn, %", decimals=1, width=300, height=240), target=95.0)
    rows = [(Cell(y), Cell(f"{v}".replace(".", ","))) for y, v in zip(years, values, strict=True)]
    table = Table.of("Hồ sơ trả đúng hẹn theo năm", (Column("Năm", head=True), Column("%", True)), rows)
    return charts.chart("trend-sample", "Tỷ lệ trả đúng hẹn theo năm", spec, table, "Năm 2025 chưa gồm một phần phường bị chia.")


def _ranking() -> Chart:
    units = [
        ("Công an phường Bến Thành", 38, Tone.LATE),
        ("Công an phường Sài Gòn", 12, Tone.MAIN),
        ("Công an phường Tân Định", 5, Tone.MAIN),
    ]
    spec = bars([Bar(name, value, tone=tone) for name, value, tone in units], charts.frame("Hồ sơ quá hẹn", width=420))
    table = Table.of(
        "Hồ sơ quá hẹn", (Column("Đơn vị", head=True), Column("Hồ sơ", True)), [(Cell(n), Cell(str(v))) for n, v, _ in units]
    )
    return charts.chart("ranking-sample", "Quá hẹn nhiều nhất", spec, table)


def _map() -> DotMap:
    names = ("Sài Gòn", "Bến Thành", "Tân Định", "Thủ Đức", "Củ Chi", "Cần Giờ", "Vũng Tàu", "Dĩ An", "Thủ Dầu Một", "Bình Chánh")
    spots = (
        (10.776, 106.700),
        (10.770, 106.690),
        (10.790, 106.690),
        (10.850, 106.770),
        (11.000, 106.500),
        (10.410, 106.950),
        (10.346, 107.080),
        (10.905, 106.770),
        (10.980, 106.650),
        (10.690, 106.580),
    )
    places = [
        charts.Place(
            name,
            lat,
            lon,
            None if name == "Cần Giờ" else (nth * 37) % 90 + 5,
            "?",
            f"{name}: {(nth * 37) % 90 + 5} hồ sơ",
            "late" if nth == 1 else "",
        )
        for nth, (name, (lat, lon)) in enumerate(zip(names, spots, strict=True))
    ]
    legend = (("", "diện tích chấm: số hồ sơ tiếp nhận"), ("late", "dưới mục tiêu đúng hẹn"), ("none", "chưa có số liệu"))
    return charts.dot_map("Theo vị trí phường", places, missing=2, legend=legend)
