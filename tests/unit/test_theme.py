"""The look: levels rank without colour, marks and text can be read, also by the colour-blind."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dashboard import theme
from dashboard.theme import DARK, LIGHT, Inks

BOTH = pytest.mark.parametrize("inks", [LIGHT, DARK], ids=["light", "dark"])
LUMINANCE = (0.2126, 0.7152, 0.0722)  # WCAG 2.2, relative luminance
# Machado, Oliveira, Fernandes 2009 (doi:10.1109/TVCG.2009.113), severity 1.0, on linear RGB.
EYES = {
    "greyscale": (LUMINANCE, LUMINANCE, LUMINANCE),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
ANY_EYES = pytest.mark.parametrize("eyes", EYES)


def linear(colour: str) -> tuple[float, ...]:
    shares = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return tuple(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)


def luminance(colour: str, eyes: str | None = None) -> float:
    seen = linear(colour)
    if eyes is not None:
        seen = tuple(min(1.0, max(0.0, sum(a * b for a, b in zip(row, seen, strict=True)))) for row in EYES[eyes])
    return sum(weight * share for weight, share in zip(LUMINANCE, seen, strict=True))


def contrast(one: str, other: str, eyes: str | None = None) -> float:
    dark, light = sorted((luminance(one, eyes), luminance(other, eyes)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)  # the known smallest grey that passes


@BOTH
@ANY_EYES
def test_neighbouring_levels_differ_in_lightness_for_all_eyes(inks: Inks, eyes: str) -> None:
    assert all(contrast(one, other, eyes) >= 1.2 for one, other in pairwise(inks.levels))


@ANY_EYES
def test_levels_grow_darker_on_light_and_brighter_on_dark(eyes: str) -> None:
    on_light = [luminance(colour, eyes) for colour in LIGHT.levels]
    on_dark = [luminance(colour, eyes) for colour in DARK.levels]
    assert on_light == sorted(on_light, reverse=True)
    assert on_dark == sorted(on_dark)


@BOTH
def test_text_can_be_read_on_page_and_card(inks: Inks) -> None:
    for ground in (inks.page, inks.card, inks.ranges[0]):
        for ink in (inks.text, inks.muted):
            assert contrast(ink, ground) >= 4.5, (ink, ground)


@BOTH
@ANY_EYES
def test_text_can_be_read_upon_each_level_and_on_what_is_unknown(inks: Inks, eyes: str) -> None:
    for level in (None, 1, 2, 3, 4, 5):
        assert contrast(inks.on_level(level), inks.level(level), eyes) >= 4.5, level


@BOTH
def test_text_can_be_read_upon_the_bands_of_charts(inks: Inks) -> None:
    assert all(contrast(inks.text, band) >= 4.5 for band in inks.ranges)


@BOTH
@ANY_EYES
def test_marks_stand_out_from_the_page_and_from_the_bands_of_charts(inks: Inks, eyes: str) -> None:
    for mark in (inks.measure, inks.interval, inks.raises, inks.lowers):
        for ground in (inks.page, *inks.ranges):
            assert contrast(mark, ground, eyes) >= 3.0, (mark, ground)


@BOTH
def test_a_button_can_be_read_and_so_can_a_choice_in_its_colour(inks: Inks) -> None:
    pressed = inks.interval  # Streamlit's primary colour: under the text of a button, and the text of what is chosen
    assert contrast(inks.page, pressed) >= 4.5
    assert contrast(pressed, inks.card) >= 4.5


@BOTH
def test_pale_levels_are_outlined_by_an_ink_that_stands_out(inks: Inks) -> None:
    assert contrast(inks.outline, inks.page) >= 3.0
    assert contrast(inks.outline, inks.card) >= 3.0


@BOTH
def test_the_levels_that_alarm_stand_out_without_an_outline(inks: Inks) -> None:
    assert all(contrast(inks.level(level), inks.page) >= 3.0 for level in (3, 4, 5))


@BOTH
def test_what_is_unknown_is_grey_and_never_green(inks: Inks) -> None:
    red, green, blue = (int(inks.unknown[place : place + 2], 16) for place in (1, 3, 5))
    assert max(red, green, blue) - min(red, green, blue) <= 16
    assert green <= max(red, blue)


@BOTH
def test_no_level_is_green(inks: Inks) -> None:
    for colour in inks.levels:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        assert green <= max(red, blue), colour


def test_each_level_has_a_shape_of_its_own() -> None:
    assert [theme.SHAPES[level] for level in range(1, 6)] == ["○", "●", "◆", "▲", "■"]


def test_a_level_is_told_by_shape_number_and_word() -> None:
    assert theme.level_mark(4) == "▲ 4"
    assert theme.level_label(4, "HIGH") == "▲ 4 HIGH"
    assert theme.level_mark(None) == "?"
    assert theme.level_label(None) == "? NO ASSESSMENT"


def test_the_viewers_theme_chooses_the_inks() -> None:
    assert theme.inks("dark") is DARK
    assert theme.inks("light") is LIGHT
    assert theme.inks(None) is LIGHT


def test_streamlit_is_given_both_themes_and_options_it_knows() -> None:
    from streamlit import config

    known = config.get_config_options()
    assert {key for key in theme.STREAMLIT_THEME if key not in known} == set()
    for inks in (LIGHT, DARK):
        assert theme.STREAMLIT_THEME[f"theme.{inks.name}.backgroundColor"] == inks.page


def test_the_stylesheet_asks_for_nothing_from_outside_and_lines_numbers_up() -> None:
    assert "tabular-nums" in theme.CSS
    assert "url(" not in theme.CSS
    assert "http" not in theme.CSS
    assert "@import" not in theme.CSS
