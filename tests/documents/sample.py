"""A closing report as the city would sign it. Every figure is simulated, from a fixed seed, and says so."""

import hashlib
import random
from datetime import UTC, date, datetime

from gandan.ground.documents.charts import Bar, Frame, Line, Look, Spot, bars, svg, trend
from gandan.ground.documents.numbering import number_line
from gandan.ground.documents.profiles import profile
from gandan.ground.documents.rules import (
    Annex,
    Cell,
    Chart,
    Clause,
    Column,
    LedgerStamp,
    Letterhead,
    Level,
    Paragraph,
    Point,
    ReportDocument,
    Row,
    Run,
    Section,
    SignatureBlock,
    Status,
    Table,
)

YEARS = range(2016, 2022)
SIGNED_ON = date(2022, 6, 3)
MADE_AT = datetime(2022, 6, 3, 2, 30, tzinfo=UTC)
SITE = "https://gandan.example"
WARDS = [
    *("Phường Bến Thành", "Phường Sài Gòn", "Phường Tân Định", "Phường Cầu Ông Lãnh", "Phường Bàn Cờ", "Phường Xuân Hòa"),
    *("Phường Nhiêu Lộc", "Phường Gia Định", "Phường Thạnh Mỹ Tây", "Xã Bình Khánh", "Xã Cần Giờ", "Đặc khu Côn Đảo"),
    *("Ban Xây dựng Đảng thuộc Đảng ủy phường Bình Trị Đông và Tổ công tác phối hợp liên ngành của phường",),
]
CIVIL = Letterhead("Ban Dân vận", "Thành ủy\nThành phố Hồ Chí Minh")
POLICE = Letterhead("Công an\nThành phố Hồ Chí Minh", "Bộ Công an")
HEAD = SignatureBlock("Giám đốc", "Trần Văn Mẫu", "Công an Thành phố", rank="Thiếu tướng")
DEPUTY = SignatureBlock("Phó Giám đốc", "Lê Thị Mẫu", "KT. Giám đốc", rank="Đại tá")
CHAIR = SignatureBlock("Trưởng Ban", "Nguyễn Thị Mẫu", "Ban Dân vận Thành ủy")
INDICATORS = [
    *("Hồ sơ tiếp nhận", "Hồ sơ trả sớm hẹn", "Hồ sơ trả đúng hẹn", "Hồ sơ trả trễ hẹn", "Thư xin lỗi đã gửi"),
    *("Kết quả giao qua bưu chính: hộ chiếu", "Kết quả giao qua bưu chính: giấy chứng nhận đăng ký xe"),
    "Kết quả giao qua bưu chính: căn cước công dân",
]
LATER = ["Tin người dân tố giác tội phạm", "Vũ khí, vật liệu nổ, công cụ hỗ trợ do người dân giao nộp", "Mô hình tự quản"]


def sample(
    code: str = "police", *, wards: int = 168, annexes: int = 1, simulated: bool = True, draft: bool = False
) -> ReportDocument:
    """Return a report under a profile; `wards` and `annexes` make it as long as wanted."""
    form = profile(code, SIGNED_ON)
    letterheads = {"police": [POLICE], "state": [Letterhead("Ủy ban nhân dân\nThành phố Hồ Chí Minh")], "party": [CIVIL]}
    signatures = {
        "police": [DEPUTY],
        "state": [SignatureBlock("Chủ tịch", "Phạm Văn Mẫu", "TM. Ủy ban nhân dân")],
        "party": [SignatureBlock("Trưởng Ban", "Nguyễn Thị Mẫu")],
    }
    signs = {"police": ["CATP"], "state": ["UBND"], "party": ["BDVTU"]}
    joint = code.startswith("joint")
    return ReportDocument(
        profile=form,
        letterheads=[Letterhead("Ban Dân vận Thành ủy"), Letterhead("Công an Thành phố")] if joint else letterheads[code],
        number=number_line(form, None if draft else 5, "BC", ["BDVTU", "CATP"] if joint else signs[code]),
        place="Thành phố Hồ Chí Minh",
        signed_on=None if draft else SIGNED_ON,
        kind="Báo cáo",
        abstract="Tổng kết chương trình phối hợp về công tác dân vận\ngiai đoạn 2016 - 2021",
        sections=sections(),
        signatures=[HEAD, CHAIR] if joint else signatures[code],
        recipients=[
            "Thường trực Thành ủy",
            "Ủy ban nhân dân Thành phố",
            "Ban Dân vận Trung ương",
            "Công an các đơn vị, địa phương",
        ],
        made_at=MADE_AT,
        addressed_to=["Thường trực Thành ủy", "Ủy ban nhân dân Thành phố"],
        grounds=[
            "Căn cứ Chương trình phối hợp giai đoạn 2016 - 2021 giữa Ban Dân vận Thành ủy và Công an Thành phố",
            "Căn cứ Kế hoạch tổng kết chương trình phối hợp của hai đơn vị",
        ],
        opening=[
            Paragraph(
                "Ban Dân vận Thành ủy và Công an Thành phố báo cáo kết quả sáu năm thực hiện chương trình phối hợp như sau:"
            )
        ],
        closing="Trên đây là báo cáo tổng kết chương trình phối hợp về công tác dân vận giai đoạn 2016 - 2021",
        annexes=[annex(wards, seed) for seed in range(annexes)],
        ledger=LedgerStamp(1234, hashlib.sha256(b"sample").hexdigest(), date(2021, 12, 31), f"{SITE}/so-cai/1234/"),
        simulated=simulated,
        draft=draft,
    )


def sections() -> list[Section]:
    luck = random.Random(2021)
    received = {year: luck.randrange(12_000, 19_000) for year in YEARS}
    late = {
        year: round(received[year] * share) for year, share in zip(YEARS, (0.08, 0.065, 0.05, 0.04, 0.055, 0.03), strict=True)
    }
    early = {year: round(received[year] * 0.3) for year in YEARS}
    on_time = {year: 100 * (received[year] - late[year]) / received[year] for year in YEARS}
    letters = {year: round(late[year] * 0.97) for year in YEARS}
    return [
        Section(
            "Đặc điểm tình hình",
            [
                Paragraph(
                    "Thành phố có 22 quận, huyện và thành phố trực thuộc với 273 phường, xã, thị trấn. Hai đơn vị thực hiện "
                    "chương trình phối hợp ở cả ba cấp; mỗi kết quả nêu ở đây được đếm từ công việc đã ghi, không nhập tay."
                ),
                Paragraph(
                    [
                        Run("Trong sáu năm, các đơn vị tiếp nhận "),
                        Run(
                            f"{sum(received.values()):,}".replace(",", ".") + " hồ sơ",
                            bold=True,
                            link=f"{SITE}/chi-tieu/dossiers-received/",
                        ),
                        Run(", trong đó năm 2021 chịu ảnh hưởng của dịch bệnh nên số lượng giảm so với năm trước."),
                    ]
                ),
            ],
        ),
        Section(
            "Kết quả thực hiện chương trình phối hợp",
            [
                Clause(
                    "Giải quyết thủ tục hành chính và thư xin lỗi",
                    [
                        Paragraph("Tỷ lệ trả kết quả đúng hẹn tăng đều qua các năm; hồ sơ trễ hẹn đều có thư xin lỗi:"),
                        Point("Hồ sơ hộ chiếu được tiếp nhận tại ba địa điểm của Phòng Quản lý xuất nhập cảnh;"),
                        Point("Hồ sơ đăng ký xe được tiếp nhận tại Phòng Cảnh sát giao thông và công an quận, huyện;"),
                        Point("Hồ sơ căn cước công dân được tiếp nhận tại công an quận, huyện;"),
                        Point("Kết quả được chuyển phát nhanh đến nhà theo yêu cầu của người dân;"),
                        Point("Thư xin lỗi nêu rõ lý do và ngày hẹn mới, do thủ trưởng đơn vị ký."),
                        by_year(received, early, late, letters),
                        Chart(
                            svg(
                                trend(
                                    [
                                        Line(
                                            "Đúng hẹn trở lên",
                                            [
                                                Spot(str(y), on_time[y], Status.STATED if y == 2016 else Status.COUNTED)
                                                for y in YEARS
                                            ],
                                        )
                                    ],
                                    Frame("% hồ sơ đã trả", decimals=1, suffix="%", look=Look.PAPER),
                                    target=95,
                                )
                            ),
                            "Tỷ lệ hồ sơ trả đúng hẹn trở lên, 2016 - 2021",
                            "Tỷ lệ tăng từ 92,0% năm 2016 lên 97,0% năm 2021; chỉ tiêu 95%.",
                        ),
                    ],
                ),
                Clause(
                    "Chuyển phát kết quả qua bưu chính",
                    [
                        Paragraph(
                            "Số kết quả giao qua bưu chính tăng theo từng năm, cao nhất là giấy chứng nhận căn cước công dân."
                        ),
                        Chart(
                            svg(
                                trend(
                                    [
                                        Line(
                                            name,
                                            [Spot(str(y), round(received[y] * share * (0.5 + 0.1 * (y - 2016)))) for y in YEARS],
                                        )
                                        for name, share in (("Căn cước", 0.5), ("Đăng ký xe", 0.3), ("Hộ chiếu", 0.28))
                                    ],
                                    Frame("Kết quả đã giao", look=Look.PAPER, width=430),
                                )
                            ),
                            "Kết quả giao qua bưu chính theo loại, 2016 - 2021",
                            "Ba đường đều tăng; căn cước cao nhất.",
                        ),
                        Chart(
                            svg(
                                bars(
                                    [
                                        Bar(f"Công an {name}", luck.randrange(500, 4000))
                                        for name in ("Quận 1", "Quận 3", "quận Bình Thạnh", "huyện Củ Chi")
                                    ]
                                    + [
                                        Bar("Phòng Quản lý xuất nhập cảnh (ba địa điểm tiếp nhận)", 5210),
                                        Bar("Công an huyện Cần Giờ", None),
                                    ],
                                    Frame("Hồ sơ tiếp nhận năm 2021", look=Look.PAPER, width=360),
                                    reference=("Bình quân", 2100),
                                )
                            ),
                            "Hồ sơ tiếp nhận theo đơn vị, năm 2021",
                            "Phòng Quản lý xuất nhập cảnh nhiều nhất; Công an huyện Cần Giờ chưa có số liệu.",
                        ),
                    ],
                ),
            ],
        ),
        Section(
            "Đánh giá chung",
            [
                Clause("Ưu điểm", [Paragraph(WORDS), Paragraph(WORDS)]),
                Clause("Hạn chế, nguyên nhân", [Paragraph(WORDS)]),
            ],
        ),
        Section(
            "Phương hướng giai đoạn 2022 - 2026",
            [Paragraph(WORDS), Point("Tiếp tục ứng dụng công nghệ thông tin;"), Point("Mở rộng chuyển phát.")],
        ),
        Section("Kiến nghị", [Paragraph("Đề nghị các cấp quan tâm bố trí nguồn lực cho việc số hóa và chuyển phát kết quả.")]),
    ]


WORDS = (
    "Việc phối hợp được duy trì thường xuyên, có phân công rõ đơn vị chủ trì, đơn vị phối hợp và thời hạn; những việc "
    "trễ hẹn được nhìn thấy sớm, nêu đúng nguyên nhân và có người chịu trách nhiệm. Công tác tuyên truyền gắn với từng "
    "giai đoạn, từng đối tượng; người dân được trả lời đúng hẹn, được xin lỗi khi cơ quan chậm trễ."
)


def by_year(received, early, late, letters) -> Table:
    columns = [
        Column("TT", centred=True),
        Column("Chỉ tiêu", figures=False, width=1),
        *(Column(str(y), "Năm") for y in YEARS),
        Column("Cộng"),
    ]

    def row(nth: int, name: str, values: dict[int, int], **first) -> Row:
        cells = [
            Cell(v, Status(first.get("status", "counted")) if y == 2016 else Status.COUNTED, link=f"{SITE}/chi-tieu/{nth}/{y}/")
            for y, v in values.items()
        ]
        return Row([str(nth), name, *cells, Cell(sum(values.values()))], note=first.get("note", ""))

    rows = [
        Row(["A. Thủ tục hành chính"], Level.GROUP),
        row(1, "Hồ sơ tiếp nhận", received, status="stated"),
        row(2, "Hồ sơ trả sớm hẹn", early),
        row(3, "Hồ sơ trả trễ hẹn", late, note="Gồm hồ sơ trễ do bưu chính giao chậm."),
        row(4, "Thư xin lỗi đã gửi", letters),
        Row(["B. Phong trào toàn dân bảo vệ an ninh Tổ quốc"], Level.GROUP),
        *(Row([str(nth), name, *[Cell(status=Status.NO_DATA)] * 7]) for nth, name in enumerate(LATER, start=5)),
        Row(
            [
                "",
                "Tỷ lệ đúng hẹn trở lên",
                *(Cell(100 - 100 * late[y] / received[y], decimals=1, suffix="%") for y in YEARS),
                Cell(status=Status.NO_DATA),
            ],
            Level.TOTAL,
        ),
    ]
    return Table("Kết quả giải quyết thủ tục hành chính theo năm", columns, rows, unit="Đơn vị tính: hồ sơ, thư")


def annex(wards: int, seed: int) -> Annex:
    luck = random.Random(seed)
    columns = [
        Column("TT", centred=True),
        Column("Đơn vị", figures=False, width=5),
        *(Column(str(year), group, width=1) for group in ("Hồ sơ tiếp nhận", "Trả trễ hẹn") for year in YEARS),
        Column("Tỷ lệ đúng hẹn", width=1.3),
    ]
    rows = []
    for nth in range(wards):
        name = WARDS[nth] if nth < len(WARDS) else f"Phường số {nth + 1}"
        received = [luck.randrange(200, 2400) for _ in YEARS]
        late = [round(n * luck.uniform(0.01, 0.09)) for n in received]
        status = Status.PARTIAL if nth % 7 == 3 else Status.COUNTED
        cells = [Cell(n, status if year == 2016 else Status.COUNTED) for year, n in zip(YEARS, received, strict=True)]
        if nth % 20 == 11:
            cells = [Cell(status=Status.NO_DATA)] * 4 + cells[4:]
        rows.append(
            Row(
                [
                    str(nth + 1),
                    name,
                    *cells,
                    *(Cell(n) for n in late),
                    Cell(100 - 100 * sum(late) / sum(received), decimals=1, suffix="%"),
                ]
            )
        )
    return Annex(
        "Kết quả theo từng phường, xã, đặc khu", [Table("", columns, rows, unit="Đơn vị tính: hồ sơ", small=True)], landscape=True
    )
