"""A database of the benchmark's own: the real city with as many dossiers as are asked for, and one busy unit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connections

from bench.kept import filled
from gandan.ground.calendar.operations import load_defaults
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations.recording import facet_set_id
from gandan.ground.organisations.operations import enrol, load_city
from gandan.ground.organisations.queries import importer, unit
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.vietnam.text import fold
from gandan.work.dossiers.operations import load_procedures
from gandan.work.dossiers.operations.numbering import Numbers

TODAY = date(2026, 11, 20)
BUSY, OPEN = "CAP-W26740", 2000
HEAD, OFFICER = "head", "officer"
FAMILY = "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Phạm Huỳnh Hoàng Vũ Võ Phan Trương Bùi Đặng Đỗ Ngô Hồ Dương Đinh Lý Mai Tô"
MIDDLE = "Văn Văn Thị Thị Thị Hữu Đức Minh Ngọc Thanh Kim Xuân Quang Anh Gia Bảo Thu Hồng Mỹ Công"
GIVEN = (
    "An Anh Bình Châu Chi Cường Diệp Dung Dũng Duy Đạt Giang Hà Hải Hạnh Hiền Hiếu Hòa Hoa Hùng Huy Hương Khánh Khoa Lan Linh "
    "Long Ly Mai Minh My Nam Nga Nghĩa Ngọc Nhung Oanh Phong Phúc Phương Quân Quyên Sơn Tâm Tân Thảo Thắng Thuỷ Tiến Toàn Trang "
    "Trí Trung Tuấn Tú Tuyết Uyên Vân Việt Vinh Vy Xuân Yến Xuyến Khuê Đào Thoại Nhàn Quý Thịnh"
)
# Most of the passports come to one department, identity cards to every ward, vehicles to both.
FILL = """
    CREATE TEMP TABLE place AS
    SELECT row_number() OVER (ORDER BY u.id) - 1 AS nth, u.id AS unit_id, u.code, o.code AS office
    FROM organisations_unit u JOIN dossiers_office o ON o.unit_id = u.id;

    CREATE TEMP TABLE made AS
    WITH drawn AS (
        SELECT i, random() AS a, random() AS b, random() AS c, random() AS d, random() AS e, random() AS f
        FROM generate_series(1, %(size)s) i
    ), put AS (
        SELECT drawn.*, CASE
            WHEN i > %(size)s - %(open)s THEN (SELECT nth FROM place WHERE code = %(busy)s)
            WHEN e < 0.25 THEN (SELECT nth FROM place WHERE code = 'PA08')
            ELSE floor(f * (SELECT count(*) FROM place))::bigint END AS nth,
            CASE WHEN i > %(size)s - %(open)s THEN DATE %(today)s - floor(d * 18)::int
            ELSE DATE '2025-07-01' + floor(i::float / %(size)s * (DATE %(today)s - DATE '2025-07-01' - 1))::int END AS day
        FROM drawn
    ), told AS (
        SELECT put.*, place.unit_id, place.office, place.code AS place,
            CASE WHEN place.code = 'PA08' THEN 'passport' WHEN place.code = 'PC08' OR c < 0.2 THEN 'vehicle-registration'
            ELSE 'identity-card' END AS procedure,
            (%(family)s::text[])[1 + floor(a * array_length(%(family)s::text[], 1))::int] || ' ' ||
            (%(middle)s::text[])[1 + floor(b * array_length(%(middle)s::text[], 1))::int] || ' ' ||
            (%(given)s::text[])[1 + floor(c * array_length(%(given)s::text[], 1))::int] AS applicant,
            (%(family_key)s::text[])[1 + floor(a * array_length(%(family)s::text[], 1))::int] || ' ' ||
            (%(middle_key)s::text[])[1 + floor(b * array_length(%(middle)s::text[], 1))::int] || ' ' ||
            (%(given_key)s::text[])[1 + floor(c * array_length(%(given)s::text[], 1))::int] AS applicant_key
        FROM put JOIN place USING (nth)
    )
    SELECT told.*, p.id AS procedure_id, row_number() OVER (PARTITION BY unit_id, day ORDER BY i) AS serial,
        day + 10 AS due_on, i > %(size)s - %(open)s OR (day > DATE %(today)s - 8 AND d < 0.5) AS open
    FROM told JOIN dossiers_procedure p ON p.code = told.procedure AND p.during @> DATE '2025-08-01';

    INSERT INTO dossiers_dossier (number, source, source_number, procedure_id, unit_id, channel, applicant, applicant_key,
        applicant_order, status, received_on, due_on, due_stated, finished_on)
    SELECT office || '-' || to_char(day, 'YYMMDD') || '-' || lpad(serial::text, 4, '0'), '', '', procedure_id, unit_id, 'counter',
        applicant, applicant_key, convert_to(applicant_key, 'UTF8'),
        CASE WHEN open THEN 'received' ELSE 'finished' END, day, due_on, false,
        CASE WHEN open THEN NULL ELSE least(day + 5, DATE %(today)s) END
    FROM made ORDER BY i;

    INSERT INTO dossiers_dayserial (office_id, day, last)
    SELECT o.id, day, max(serial) FROM made JOIN dossiers_office o ON o.unit_id = made.unit_id GROUP BY 1, 2;

    INSERT INTO promises_promise (kind, subject, about_type, about_id, label, owed_to, unit_id, made_on, due_on, first_due_on,
        changed_on, state, settled_on, reminded, escalated)
    SELECT 'dossier.result', p.code, 'dossiers.dossier', d.id, d.number, 'citizen', d.unit_id, d.received_on, d.due_on, d.due_on,
        d.received_on, CASE WHEN d.finished_on IS NULL THEN 'open' ELSE 'kept' END, d.finished_on, 0, 0
    FROM dossiers_dossier d JOIN dossiers_procedure p ON p.id = d.procedure_id;

    INSERT INTO ledger_event (about_type, about_id, unit_id, day, by_id, facet_set_id, sign, reason)
    SELECT 'dossiers.dossier', d.id, d.unit_id, CASE WHEN f.done THEN d.finished_on ELSE d.received_on END, %(by)s, f.id, 1, ''
    FROM dossiers_dossier d JOIN dossiers_procedure p ON p.id = d.procedure_id
    JOIN unnest(%(sets)s::bigint[], %(codes)s::text[], %(dones)s::bool[]) AS f (id, code, done)
        ON f.code = p.code AND (NOT f.done OR d.finished_on IS NOT NULL);
"""


@contextmanager
def town(size: int, *, keep: bool = False) -> Iterator[str]:
    """Point Django at a database that holds the city with this many dossiers, filling it if it isn't there yet."""
    with filled("town", size, FILL + FAMILY + MIDDLE + GIVEN, _fill, keep=keep) as name:
        yield name


def _fill(size: int) -> None:
    by = importer()
    load_city(by=by, on=TODAY)
    load_defaults(by=by, on=TODAY)
    load_procedures(unit=unit("CATP"), by=by, on=TODAY)
    enrol(username=HEAD, name="Phạm Anh Dũng", unit=unit("CATP"), role=Role.UNIT_HEAD, line=Line.POLICE, by=by, on=TODAY)
    enrol(username=OFFICER, name="Trần Văn Bình", unit=unit(BUSY), role=Role.DESK_OFFICER, line=Line.POLICE, by=by, on=TODAY)
    kinds = [(Kind.DOSSIER_RECEIVED, {"channel": "counter"}), (Kind.DOSSIER_FINISHED, {"punctuality": "early"})]
    codes = ("identity-card", "passport", "vehicle-registration")
    sets = [
        (facet_set_id(kind, {"procedure": code, **more}), code, kind is Kind.DOSSIER_FINISHED)
        for kind, more in kinds
        for code in codes
    ]
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT id FROM organisations_unit WHERE code ~ '^CAP-W' OR code IN ('PA08', 'PC08') ORDER BY id")
        Numbers([(unit_id, TODAY) for (unit_id,) in cursor.fetchall()])  # every one of them has its code
        cursor.execute("DELETE FROM dossiers_dayserial")
        cursor.execute("SELECT setseed(0.5)")
        names = {"family": FAMILY.split(), "middle": MIDDLE.split(), "given": GIVEN.split()}
        values = {
            "size": size, "open": min(OPEN, size // 2), "busy": BUSY, "today": TODAY, "by": by.pk,
            "sets": [one[0] for one in sets], "codes": [one[1] for one in sets], "dones": [one[2] for one in sets],
            **names, **{f"{part}_key": [fold(name) for name in several] for part, several in names.items()},
        }  # fmt: skip
        for statement in FILL.split(";\n"):
            if statement.strip():
                cursor.execute(statement, values)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
