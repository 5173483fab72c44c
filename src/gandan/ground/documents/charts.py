"""Charts: one Vega-Lite specification, drawn as SVG on paper and public pages, interactive on staff pages.

Lines and bars only, labelled directly, beginning at zero. Colour is never alone: each line carries its name, each kind of
figure its shape. Numbers follow the language: 1.234,5 or 1,234.5.
"""

import itertools
import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

from gandan.ground.documents.rules import Status
from gandan.ground.vietnam.numbers import number_vi

Spec = dict[str, Any]

FONTS = Path(__file__).parent / "fonts"
VEGA_LITE = "6.1"  # the version that Altair writes; staff pages load the same
LETTERS = 14  # pixels: nothing on a page is smaller (paper shrinks a chart to about three quarters)
NAME_WIDTH = 34  # letters of a unit's name before it is wrapped


class Look(StrEnum):
    """Where a chart is seen."""

    SCREEN = "screen"
    DARK = "dark"
    PAPER = "paper"


class Tone(StrEnum):
    """What a line or bar stands for; the colours are those of every page."""

    MAIN = "main"
    RISK = "risk"
    LATE = "late"
    WAITING = "waiting"
    PLAIN = "plain"


SANS = "Be Vietnam Pro, system-ui, sans-serif"
LIGHT = {"main": "#0F766E", "risk": "#B45309", "late": "#B42318", "waiting": "#52667A", "plain": "#1B2733"}
COLOURS: dict[Look, dict[str, str]] = {
    Look.SCREEN: {**LIGHT, "ink": "#1B2733", "faint": "#D9D4CA", "soft": "#52606D", "font": SANS, "ground": "#FFFFFF"},
    Look.PAPER: {
        **LIGHT,
        "ink": "#000000",
        "faint": "#DDDDDD",
        "soft": "#333333",
        "font": "Liberation Serif",
        "ground": "#FFFFFF",
    },
    Look.DARK: {
        "main": "#2DD4BF",
        "risk": "#F0A04B",
        "late": "#F2786B",
        "waiting": "#A9B8C6",
        "plain": "#E8EDF2",
        "ink": "#E8EDF2",
        "faint": "#34475A",
        "soft": "#B7C4D0",
        "font": SANS,
        "ground": "#16222E",
    },
}
ORDER = (Tone.MAIN, Tone.RISK, Tone.WAITING, Tone.LATE, Tone.PLAIN)
SHAPES = {Status.COUNTED: "circle", Status.STATED: "square", Status.PARTIAL: "diamond", Status.CHECKING: "triangle-up"}
WORDS = {
    "vi": {
        "target": "Mục tiêu",
        "no_data": "chưa có số liệu",
        "counted": "đếm từ sổ cái",
        "stated": "số nêu",
        "partial": "chưa gồm một phần đơn vị bị chia",
        "checking": "đang kiểm tra",
        "figure": "Số liệu",
        "period": "Kỳ",
        "unit": "Đơn vị",
    },
    "en": {
        "target": "Target",
        "no_data": "no data yet",
        "counted": "counted from the ledger",
        "stated": "as stated",
        "partial": "without a part of a divided unit",
        "checking": "under check",
        "figure": "Figure",
        "period": "Period",
        "unit": "Unit",
    },
}
LOCALES = {
    "vi": alt.NumberLocale(decimal=",", thousands=".", grouping=[3], currency=["", " ₫"]),
    "en": alt.NumberLocale(decimal=".", thousands=",", grouping=[3], currency=["", " VND"]),
}


@dataclass(frozen=True)
class Spot:
    """A figure of a line at a period; None where there is no data yet."""

    period: str
    value: float | None
    status: Status = Status.COUNTED


@dataclass(frozen=True)
class Line:
    """An indicator through time, under its name."""

    name: str
    spots: Sequence[Spot]
    tone: Tone | None = None


@dataclass(frozen=True)
class Bar:
    """A unit's figure."""

    name: str
    value: float | None
    status: Status = Status.COUNTED
    tone: Tone = Tone.MAIN


@dataclass(frozen=True)
class Frame:
    """How a chart is written: the unit of measure above it, decimals, language, look, and its room in pixels."""

    measured_in: str
    decimals: int = 0
    suffix: str = ""
    language: str = "vi"
    look: Look = Look.SCREEN
    width: int = 480
    height: int = 240


def trend(lines: Sequence[Line], frame: Frame, *, target: float | None = None) -> Spec:
    """Return the lines of one or more indicators by period, each with its name at its end, and the target."""
    colours, words = COLOURS[frame.look], WORDS[frame.language]
    periods = list(dict.fromkeys(spot.period for line in lines for spot in line.spots))
    rows = [row for nth, line in enumerate(lines) for row in _line_rows(line, _tone(line, nth), frame, target)]
    # Room above the highest figure for its label; the same scale serves figures, names and target.
    top = (max([row["value"] for row in rows] + [target or 0], default=0) or 1) * 1.1
    x = alt.X("period:N", sort=periods, scale=alt.Scale(domain=periods), axis=_period_axis(), title=None)
    y = alt.Y("value:Q", axis=_value_axis(frame), scale=alt.Scale(domain=[0, top]), title=None)
    colour = _colour(colours)
    tooltip = [
        alt.Tooltip("name:N", title=words["figure"]),
        alt.Tooltip("period:N", title=words["period"]),
        alt.Tooltip("label:N", title=frame.measured_in),
        alt.Tooltip("status_words:N", title=" "),
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=y, color=colour)
    layers: list[alt.Chart] = []
    if target is not None:
        goal = alt.Chart(alt.InlineData(values=[{"value": target}])).encode(y="value:Q")
        layers.append(goal.mark_rule(strokeDash=[6, 4], color=colours["ink"], strokeWidth=1.2, aria=False))
    layers += [
        base.mark_line(strokeWidth=2, aria=False).encode(detail="stretch:N"),
        base.mark_point(size=48, strokeWidth=1.6, opacity=1, aria=False).encode(
            shape=alt.Shape("status:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), legend=None),
            fill=alt.condition("datum.status == 'counted'", colour, alt.value(colours["ground"])),
            tooltip=tooltip,
        ),
    ]
    if len(lines) == 1:
        # A figure below the target is labelled below its point, so that the label never lies on the line of the target.
        for side, dy in (("above", -LETTERS), ("below", LETTERS + 3)):
            labels = base.transform_filter(alt.datum.side == side)
            layers.append(labels.mark_text(dy=dy, fontSize=LETTERS - 1, aria=False).encode(text="label:N"))
    ends = _line_ends(lines if len(lines) > 1 else (), frame, top, target)
    if ends:
        named = alt.Chart(alt.InlineData(values=ends)).encode(y=alt.Y("at:Q", title=None), color=colour, text="words:N")
        layers.append(
            named.mark_text(align="left", fontSize=LETTERS, fontWeight="bold", aria=False).encode(x=alt.value(frame.width + 6))
        )
    return _finished(layers, frame, frame.height, _told(rows, frame))


def bars(units: Sequence[Bar], frame: Frame, *, reference: tuple[str, float] | None = None) -> Spec:
    """Return a bar for each unit, longest first, units without data last, and a line to compare with (the city's figure)."""
    colours, words = COLOURS[frame.look], WORDS[frame.language]
    rows: list[Spec] = [
        {
            "name": name,
            "lines": name.count("\n") + 1,
            "value": float(bar.value or 0),
            "tone": bar.tone.value,
            "label": words["no_data"] if bar.value is None else _written(bar.value, frame),
            "status_words": words[bar.status.value],
        }
        for bar in sorted(units, key=lambda bar: (bar.value is None, -(bar.value or 0)))
        for name in ["\n".join(textwrap.wrap(bar.name, NAME_WIDTH))]
    ]
    names = [row["name"] for row in rows]
    tallest = max((row["lines"] for row in rows), default=1)
    height = len(names) * (tallest * (LETTERS + 2) + 8)
    top = max([row["value"] for row in rows] + ([reference[1]] if reference else []), default=1) or 1
    y = alt.Y("name:N", sort=names, title=None, axis=None, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.2))
    x = alt.X("value:Q", title=None, scale=alt.Scale(domain=[0, top * 1.12], nice=True), axis=_value_axis(frame))
    tooltip = [
        alt.Tooltip("name:N", title=words["unit"]),
        alt.Tooltip("label:N", title=frame.measured_in),
        alt.Tooltip("status_words:N", title=" "),
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=y)
    # Names are marks and not labels of the axis, because an axis does not centre a name of several lines on its bar.
    named = alt.Chart(alt.InlineData(values=rows)).encode(y=y, x=alt.value(-8), text="name:N", color=alt.value(colours["soft"]))
    layers = [
        *(
            named.transform_filter(alt.datum.lines == lines).mark_text(
                align="right",
                baseline="middle",
                fontSize=LETTERS,
                lineBreak="\n",
                lineHeight=LETTERS + 2,
                dy=-(LETTERS + 2) / 2 * (lines - 1),
                aria=False,
            )
            for lines in range(1, tallest + 1)
        ),
        base.mark_bar(aria=False).encode(color=_colour(colours), tooltip=tooltip),
    ]
    if reference and rows:
        name, value = reference
        line = alt.Chart(alt.InlineData(values=[{"value": value, "words": f"{name}: {_written(value, frame)}"}])).encode(
            x="value:Q"
        )
        layers += [
            line.mark_rule(strokeDash=[4, 3], color=colours["ink"], strokeWidth=1.2, aria=False),
            line.mark_text(
                align="center", baseline="bottom", dy=-4, fontSize=LETTERS - 1, color=colours["ink"], aria=False
            ).encode(y=alt.value(0), text="words:N"),
        ]
        # A rim of the ground's colour keeps a figure legible where the line to compare with runs through it.
        reach = (LETTERS * 0.6 * max(len(row["label"]) for row in rows) + 5) * top * 1.12 / frame.width
        crossed = base.transform_filter((alt.datum.value < value) & (alt.datum.value > value - reach))
        rim = crossed.mark_text(align="left", dx=5, fontSize=LETTERS - 1, aria=False, stroke=colours["ground"], strokeWidth=4)
        layers.append(rim.encode(text="label:N"))
    labels = base.mark_text(align="left", dx=5, fontSize=LETTERS - 1, aria=False, color=colours["ink"])
    layers.append(labels.encode(text="label:N"))
    return _finished(layers, frame, height, _told(rows, frame))


def svg(spec: Spec) -> str:
    """Return the picture of a specification: no script, no outside reference, the same bytes for the same figures."""
    return _drawn(json.dumps(spec, sort_keys=True))


@lru_cache(maxsize=64)
def _drawn(spec: str) -> str:
    """Draw a picture once: a report's PDF, DOCX and the one that is signed show the same."""
    _fonts()
    return str(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[]))


@cache
def _fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


def _tone(line: Line, nth: int) -> Tone:
    return line.tone or ORDER[nth % len(ORDER)]


def _written(value: float, frame: Frame) -> str:
    written = number_vi(value, frame.decimals) if frame.language == "vi" else f"{value:,.{frame.decimals}f}"
    return written + frame.suffix


def _line_rows(line: Line, tone: Tone, frame: Frame, target: float | None) -> Iterator[Spec]:
    """Yield the figures of a line; where data are missing it breaks, and the next stretch begins."""
    stretch = 0
    for spot in line.spots:
        if spot.value is None:
            stretch += 1
            continue
        yield {
            "name": line.name,
            "tone": tone.value,
            "period": spot.period,
            "value": float(spot.value),
            "label": _written(spot.value, frame),
            "status": spot.status.value,
            "status_words": WORDS[frame.language][spot.status.value],
            "stretch": f"{line.name}/{stretch}",
            "side": "below" if target is not None and spot.value < target else "above",
        }


def _line_ends(lines: Sequence[Line], frame: Frame, top: float, target: float | None) -> list[Spec]:
    """Return the names at the right of the lines and of the target, moved apart where they would touch."""
    ends: list[Spec] = []
    if target is not None:
        words = f"{WORDS[frame.language]['target']}: {_written(target, frame)}"
        ends.append({"at": float(target), "words": words, "tone": Tone.PLAIN.value})
    for nth, line in enumerate(lines):
        told = [spot.value for spot in line.spots if spot.value is not None]
        if told:
            words = f"{line.name}: {_written(told[-1], frame)}"
            ends.append({"at": float(told[-1]), "words": words, "tone": _tone(line, nth).value})
    ends.sort(key=lambda end: end["at"])
    apart = top / frame.height * (LETTERS + 2)
    for below, above in itertools.pairwise(ends):
        above["at"] = max(above["at"], below["at"] + apart)
    return ends


def _colour(colours: dict[str, str]) -> alt.Color:
    tones = [tone.value for tone in Tone]
    return alt.Color("tone:N", scale=alt.Scale(domain=tones, range=[colours[tone] for tone in tones]), legend=None)


def _value_axis(frame: Frame) -> alt.Axis:
    least = 10**-frame.decimals  # no two lines that are written alike
    return alt.Axis(
        format=f",.{frame.decimals}f", tickCount=5, tickMinStep=least, domain=False, ticks=False, grid=True, labelPadding=6
    )


def _period_axis() -> alt.Axis:
    return alt.Axis(labelAngle=0, labelOverlap=True, grid=False, ticks=False, labelPadding=8)


def _told(rows: Sequence[Spec], frame: Frame) -> str:
    """Return the figures in words, for who listens to a page."""
    said = "; ".join(
        f"{row['name']}, {row['period']}: {row['label']}" if "period" in row else f"{row['name']}: {row['label']}" for row in rows
    )
    return f"{frame.measured_in}. {said}.".replace("\n", " ")


def _finished(layers: Sequence[alt.Chart], frame: Frame, height: int, told: str) -> Spec:
    colours = COLOURS[frame.look]
    title = alt.TitleParams(
        frame.measured_in, anchor="start", fontSize=LETTERS, fontWeight="normal", color=colours["soft"], offset=10
    )
    drawn = (
        alt.LayerChart(layer=list(layers))
        .properties(width=frame.width, height=height, title=title, description=told)
        .configure(background="transparent", font=colours["font"], locale=alt.Locale(number=LOCALES[frame.language]))
        .configure_view(stroke=None)
        .configure_axis(
            aria=False,  # its words would be English; the whole picture has a description of its own
            labelColor=colours["soft"],
            gridColor=colours["faint"],
            domainColor=colours["soft"],
            labelFontSize=LETTERS,
            labelFont=colours["font"],
        )
        .configure_text(font=colours["font"])
    )
    spec: Spec = drawn.to_dict()
    return spec
