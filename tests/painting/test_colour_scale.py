"""The scale of colours: even to the eye, in grey, and to eyes that see two colours.

Reckoned in CIELAB with the D65 white, which the scale itself does not use. Eyes without one kind
of cone: Machado, Oliveira & Fernandes 2009, their matrices for a severity of 1, on linear light.
"""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.painting.colour_scale import MOST_STOPS, SCALE, STEPS, colours, legend_stops

Colours = NDArray[np.float64]
XYZ = np.array([
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
])  # fmt: skip
WHITE = XYZ @ np.ones(3)
EYES = {
    "usual": np.eye(3),
    "without red": np.array([
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ]),
    "without green": np.array([
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]),
    "without blue": np.array([
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ]),
}  # fmt: skip


def linear(rgb: NDArray[np.uint8]) -> Colours:
    shown = rgb / 255
    return np.where(shown <= 0.04045, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4)


def cielab(light: Colours) -> Colours:
    relative = np.clip(light, 0, 1) @ XYZ.T / WHITE
    root = np.where(relative > 0.008856, np.cbrt(relative), 7.787 * relative + 16 / 116)
    x, y, z = root.T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def seen_by(eyes: str, rgb: NDArray[np.uint8] = SCALE) -> Colours:
    return cielab(linear(rgb) @ EYES[eyes].T)


def test_the_matrices_keep_white_white() -> None:
    for matrix in EYES.values():
        assert matrix.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_lightness_falls_in_even_steps() -> None:
    lightness = seen_by("usual")[::15, 0]
    steps = -np.diff(lightness)
    assert steps == pytest.approx(steps.mean(), rel=0.12)
    assert lightness[0] - lightness[-1] > 60


def test_equal_steps_look_equally_large() -> None:
    """In OKLab, reckoned from the colours as they are shown."""
    lms = np.cbrt(linear(SCALE[::25]) @ np.array([
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]).T)  # fmt: skip
    lab = lms @ np.array([
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]).T  # fmt: skip
    steps = np.linalg.norm(np.diff(lab, axis=0), axis=1)
    assert steps == pytest.approx(steps.mean(), rel=0.05)


@pytest.mark.parametrize("eyes", EYES)
def test_every_eye_sees_the_order_and_tells_the_stops_apart(eyes: str) -> None:
    lab = seen_by(eyes)
    assert (np.diff(lab[::5, 0]) < 0).all()
    stops = lab[np.linspace(0, STEPS - 1, MOST_STOPS).round().astype(int)]
    assert np.linalg.norm(np.diff(stops, axis=0), axis=1).min() > 10


def test_no_colour_was_cut_off_at_the_edge_of_what_a_screen_shows() -> None:
    inner = SCALE[1:-1]
    assert inner.min() > 0
    assert inner.max() < 255


def test_values_have_their_place_on_the_scale() -> None:
    found = colours(np.array([-1.0, 0.0, 5.0, 10.0, 99.0]), highest=10)
    expected = SCALE[[0, 0, 128, 255, 255]]
    assert (found == expected).all()


@pytest.mark.parametrize("highest", [0, -3, np.nan, np.inf])
def test_a_scale_without_an_end_is_refused(highest: float) -> None:
    with pytest.raises(ValueError, match="cannot end"):
        colours(np.array([1.0]), highest)


@pytest.mark.parametrize(
    ("highest", "stops"),
    [
        (0, (0, 1)),
        (0.4, (0, 1)),
        (1, (0, 1)),
        (5, (0, 1, 2, 3, 4, 5)),
        (6, (0, 2, 4, 6)),
        (11, (0, 5, 10, 15)),
        (26, (0, 10, 20, 30)),
        (51, (0, 20, 40, 60)),
        (185_000, (0, 50_000, 100_000, 150_000, 200_000)),
    ],
)
def test_a_legend_shows_round_numbers(highest: float, stops: tuple[int, ...]) -> None:
    assert legend_stops(highest) == stops


@given(highest=st.floats(0, 1e9))
def test_a_legend_is_short_and_holds_every_value(highest: float) -> None:
    stops = legend_stops(highest)
    assert 2 <= len(stops) <= MOST_STOPS
    assert stops[-1] >= highest
    assert len({high - low for low, high in pairwise(stops)}) == 1


@pytest.mark.parametrize("highest", [-1, np.nan, np.inf])
def test_a_legend_without_an_end_is_refused(highest: float) -> None:
    with pytest.raises(ValueError, match="cannot end"):
        legend_stops(highest)
