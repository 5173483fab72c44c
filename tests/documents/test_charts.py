"""Charts: labelled directly, from zero, in the language asked for, without a way out; one specification for paper and screen."""

import json
import re
from itertools import pairwise

import pytest

from gandan.ground.documents.charts import COLOURS, Bar, Frame, Line, Look, Spot, Tone, bars, svg, trend
from gandan.ground.documents.rules import Status

RATES = [Spot("2019", 91.25), Spot("2020", None), Spot("2021", 96.5, Status.STATED), Spot("2022", 1234.5)]
UNITS = [
    Bar("Công an phường Bến Thành", 1234),
    Bar("Công an đặc khu Côn Đảo", None),
    Bar("Phòng Quản lý xuất nhập cảnh, Công an Thành phố Hồ Chí Minh", 4321),
]


def texts(picture: str) -> list[str]:
    return re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", picture)


def figures(spec: dict) -> list[dict]:
    return [row for rows in spec["datasets"].values() for row in rows]


def test_a_line_is_labelled_with_its_figures_and_the_target():
    told = texts(svg(trend([Line("Đúng hẹn", RATES)], Frame("% hồ sơ", decimals=1, suffix="%"), target=95)))
    assert {"91,3%", "96,5%", "1.234,5%", "Mục tiêu: 95,0%", "% hồ sơ", "2019", "2022"} <= set(told)


def test_english_writes_its_own_numbers():
    told = texts(svg(trend([Line("On time", RATES)], Frame("% of dossiers", decimals=1, language="en"), target=95)))
    assert {"1,234.5", "Target: 95.0"} <= set(told)


def test_axes_speak_the_language_too():
    many = [Spot("2019", 12000), Spot("2020", 15000)]
    assert "10.000" in texts(svg(trend([Line("a", many)], Frame("Hồ sơ"))))
    assert "10,000" in texts(svg(trend([Line("a", many)], Frame("Dossiers", language="en"))))


def test_lines_begin_at_zero():
    spec = trend([Line("Đúng hẹn", [Spot("2019", 96), Spot("2020", 97)])], Frame("%"))
    assert '"domain": [0,' in json.dumps(spec)
    assert "0" in texts(svg(spec))


def test_a_missing_figure_breaks_the_line():
    rows = figures(trend([Line("Đúng hẹn", RATES)], Frame("%")))
    stretches = {row["period"]: row["stretch"] for row in rows if "stretch" in row}
    assert stretches["2019"] != stretches["2021"] == stretches["2022"]
    assert "2020" not in stretches


def test_several_lines_carry_their_names_apart():
    lines = [
        Line(name, [Spot("2021", value), Spot("2022", value)]) for name, value in (("Sớm", 100), ("Đúng", 101), ("Trễ", 102))
    ]
    picture = svg(trend(lines, Frame("Hồ sơ")))
    heights = {
        name: float(re.search(rf'translate\([\d.]+,([\d.-]+)\)"[^>]*>{name}: ', picture)[1]) for name in ("Sớm", "Đúng", "Trễ")
    }
    ordered = sorted(heights.values(), reverse=True)
    assert [heights[name] for name in ("Sớm", "Đúng", "Trễ")] == ordered
    assert all(below - above >= 14 for below, above in pairwise(ordered))


def test_bars_are_sorted_and_those_without_data_come_last():
    spec = bars(UNITS, Frame("Hồ sơ"), reference=("Bình quân", 2100))
    names = [row["name"].replace("\n", " ") for row in figures(spec) if "tone" in row]
    assert names[:3] == [UNITS[2].name, UNITS[0].name, UNITS[1].name]
    told = texts(svg(spec))
    assert {"4.321", "1.234", "chưa có số liệu", "Bình quân: 2.100"} <= set(told)


def test_a_long_name_is_wrapped_and_not_cut():
    told = " ".join(texts(svg(bars(UNITS, Frame("Hồ sơ")))))
    assert "Phòng Quản lý xuất nhập cảnh, Công an Thành phố Hồ Chí Minh" in told


@pytest.mark.parametrize("look", Look)
def test_a_picture_refers_to_nothing_outside(look):
    for spec in (trend([Line("a", RATES)], Frame("%", look=look), target=90), bars(UNITS, Frame("Hồ sơ", look=look))):
        picture = svg(spec)
        outside = set(re.findall(r'https?://[^"\s<)]+', picture))
        assert outside <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
        assert "<script" not in picture
        assert "<image" not in picture
        assert COLOURS[look]["main"] in picture


def test_the_same_figures_give_the_same_picture_and_specification():
    first, second = (trend([Line("a", RATES)], Frame("%"), target=90) for _ in range(2))
    assert json.dumps(first) == json.dumps(second)
    assert svg(first) == svg(second)


def test_the_specification_can_be_embedded():
    spec = json.loads(json.dumps(trend([Line("a", RATES, Tone.LATE)], Frame("% hồ sơ", decimals=1))))
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert "% hồ sơ. a, 2019: 91,3; a, 2021: 96,5" in spec["description"]


def test_nothing_to_show_is_still_a_picture():
    for spec in (trend([], Frame("%")), trend([Line("a", [Spot("2020", None)])], Frame("%"), target=5), bars([], Frame("%"))):
        assert svg(spec).startswith("<svg")


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", Look)
def test_lines_and_labels_stand_out_from_their_ground(look):
    ground = COLOURS[look]["ground"]
    for tone in (*(tone.value for tone in Tone), "ink", "soft"):
        assert contrast(COLOURS[look][tone], ground) >= 4.5, (look, tone)
