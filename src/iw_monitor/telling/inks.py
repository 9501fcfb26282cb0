"""How a level and a chart look: the inks of both themes, and the marks of the five levels.

Colour is spent on the abnormal only, and never alone: a level is number, word, shape and colour together. Lightness is
monotone with the level in both themes (darker on light, brighter on dark), so that a monochrome print still ranks.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

SHAPES = MappingProxyType({1: "○", 2: "●", 3: "◆", 4: "▲", 5: "■"})  # they grow with the level
UNKNOWN = "?"
NO_ASSESSMENT = "NO ASSESSMENT"
FONT = '"Source Sans", "Source Sans 3", system-ui, sans-serif'  # Streamlit brings Source Sans along


@dataclass(frozen=True, slots=True, kw_only=True)
class Inks:
    """The colours of one theme. Text inks reach 4.5:1 on ``page`` and ``card``, ``outline`` and ``line`` 3:1."""

    name: str
    page: str
    card: str  # cards and the sidebar
    text: str
    muted: str  # second text
    outline: str  # around marks that are paler than 3:1, and behind hatching
    grid: str  # decoration only
    levels: tuple[str, str, str, str, str]
    on_levels: tuple[str, str, str, str, str]  # text upon the level's colour
    ranges: tuple[str, str, str, str, str]  # one hue: bullet graphs and the backgrounds of time charts
    unknown: str  # fill of what is not known, always hatched
    measure: str  # needle, bullet, line
    interval: str
    raises: str  # moves a problem up
    lowers: str

    def level(self, level: int | None) -> str:
        """Return the fill of a level; grey when it is unknown."""
        return self.unknown if level is None else self.levels[level - 1]

    def on_level(self, level: int | None) -> str:
        """Return the ink of text upon a level's fill."""
        return self.text if level is None else self.on_levels[level - 1]


LIGHT = Inks(
    name="light",
    page="#FFFFFF",
    card="#F4F6F8",
    text="#16212B",
    muted="#55636E",
    outline="#6B7984",
    grid="#DDE3E8",
    levels=("#D6E0E5", "#A6C0CF", "#CB8615", "#B84A1B", "#7E1527"),
    on_levels=("#16212B", "#16212B", "#10181F", "#FFFFFF", "#FFFFFF"),
    ranges=("#F2F5F7", "#E6ECF0", "#DAE2E8", "#CDD8DF", "#BFCCD5"),
    unknown="#E3E6E8",
    measure="#16212B",
    interval="#3F6C8A",
    raises="#A8431A",
    lowers="#3F6C8A",
)

DARK = Inks(
    name="dark",
    page="#10171D",
    card="#182129",
    text="#EDF2F5",
    muted="#A3B1BC",
    outline="#7C8B97",
    grid="#2A353E",
    levels=("#26323B", "#36566D", "#8F6618", "#D8692A", "#FF7A70"),
    on_levels=("#FFFFFF", "#FFFFFF", "#FFFFFF", "#04080B", "#04080B"),
    ranges=("#161F26", "#1D2830", "#25323B", "#2E3D47", "#394A56"),
    unknown="#2B333A",
    measure="#EDF2F5",
    interval="#7FB2D3",
    raises="#F0925A",
    lowers="#7FB2D3",
)


def inks(theme_type: str | None) -> Inks:
    """Return the inks of ``st.context.theme.type``; the light ones when the viewer's theme is not known."""
    return DARK if theme_type == "dark" else LIGHT


def level_mark(level: int | None) -> str:
    """Return shape and number, ``▲ 4``, or ``?`` when there is no level."""
    return UNKNOWN if level is None else f"{SHAPES[level]} {level}"


def level_label(level: int | None, word: str = "") -> str:
    """Return shape, number and word, ``▲ 4 HIGH``, or ``? NO ASSESSMENT``."""
    return f"{UNKNOWN} {NO_ASSESSMENT}" if level is None else f"{level_mark(level)} {word}".rstrip()
