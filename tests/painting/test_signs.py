"""Each kind and state of mark has a sign of its own: on screen, on paper, in colour or grey."""

from datetime import UTC, datetime
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from app.domain.anatomy import Side
from app.domain.marks import (
    Activity,
    Details,
    MarkKind,
    Needle,
    Note,
    Reaction,
    ReferredPain,
    Shape,
    Soreness,
    TautBand,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.painting import ink, sprites
from app.painting.glyphs import paint_ghost, paint_glyph, paint_overdue, sign_key
from app.painting.labels import label_runs, label_size, paint_label
from app.painting.legend import SIGN_BOX, paint_sign
from tests.helpers.marks import a_mark, grey, painted

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SIGNS: dict[str, Details] = {
    "active": TriggerPoint(activity=Activity.ACTIVE),
    "latent": TriggerPoint(activity=Activity.LATENT),
    "neither said": TriggerPoint(),
    "needle": Needle(),
    "needle in": Needle(in_at=NOON),
    "needle out": Needle(in_at=NOON, out_at=NOON),
    "twitch": TwitchResponse(),
    "one twitch": TwitchResponse(count=1),
    "two twitches": TwitchResponse(count=2),
    "many twitches": TwitchResponse(count=12),
    "no twitch": TwitchResponse(response=Twitch.ABSENT),
    "twitch unsure": TwitchResponse(response=Twitch.UNSURE),
    "twitch not sought": TwitchResponse(response=Twitch.NOT_SOUGHT),
    "soreness": Soreness(),
    "referred pain": ReferredPain(),
    "taut band": TautBand(),
    "reaction": Reaction(),
    "note": Note(),
}
DIFFERENT = 40.0
"""Of 255: how much darker or lighter a pixel must be for an eye to see it."""
ENOUGH = 9
"""Pixels of a sign of 17 that must differ so."""


def sign(details: Details) -> np.ndarray:
    return painted(lambda painter: paint_glyph(painter, details, 30.0, 30.0, 1.0))


@pytest.mark.parametrize(("one", "other"), list(combinations(SIGNS, 2)))
def test_two_signs_differ_without_colour(one: str, other: str) -> None:
    apart = np.abs(grey(sign(SIGNS[one])) - grey(sign(SIGNS[other])))
    assert (apart > DIFFERENT).sum() >= ENOUGH


@pytest.mark.parametrize("state", ["needle", "needle in", "needle out"])
def test_an_overdue_needle_differs_from_any_other_without_colour(state: str) -> None:
    def overdue(painter: QPainter) -> None:
        paint_glyph(painter, SIGNS["needle in"], 30.0, 30.0, 1.0)
        paint_overdue(painter, 30.0, 30.0, 1.0)

    apart = np.abs(grey(painted(overdue)) - grey(sign(SIGNS[state])))
    assert (apart > DIFFERENT).sum() >= 4 * ENOUGH


@pytest.mark.parametrize("name", SIGNS)
def test_a_sign_stands_in_the_middle_of_its_spot(name: str) -> None:
    changed = (sign(SIGNS[name]) != painted(lambda _painter: None)).any(axis=2)
    rows, columns = np.nonzero(changed)
    assert abs(rows.mean() - 29.5) < 2.5
    assert abs(columns.mean() - 29.5) < 1.5
    assert changed.sum() > 120
    assert np.hypot(rows - 29.5, columns - 29.5).max() < SIGN_BOX / 2 + 1


@pytest.mark.parametrize("name", SIGNS)
def test_signs_of_one_key_look_the_same(name: str) -> None:
    details = SIGNS[name]
    assert sign_key(details)[0] is details.kind
    assert len({sign_key(each) for each in SIGNS.values()}) == len(SIGNS)


def test_what_is_not_drawn_does_not_make_another_sign() -> None:
    plain, graded = TriggerPoint(), TriggerPoint(tenderness=3, threshold_kpa=200.0)
    assert sign_key(plain) == sign_key(graded)
    assert (sign(plain) == sign(graded)).all()


@pytest.mark.parametrize("kind", MarkKind)
def test_ink_can_be_told_from_skin(kind: MarkKind) -> None:
    assert _contrast(ink.OF_KIND[kind], QColor("#EBDDD2")) >= 4.5


def _contrast(one: QColor, other: QColor) -> float:
    """Of WCAG 2.2."""

    def light(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


# -- kept pixels ------------------------------------------------------------------------------


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("name", SIGNS)
def test_kept_pixels_are_what_is_painted_on_paper(name: str, ratio: float) -> None:
    details = SIGNS[name]
    spot = QPointF(30.5, 30.5)  # the sprite then lies on whole pixels
    kept = painted(lambda painter: sprites.paint_sign(painter, details, spot, 1.0), ratio=ratio)
    vector = painted(
        lambda painter: paint_glyph(painter, details, spot.x(), spot.y(), 1.0), ratio=ratio
    )
    apart = np.abs(kept.astype(int) - vector)
    assert apart.max() <= 60
    assert apart.mean() < 0.6


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_kept_label_is_what_is_painted_on_paper(ratio: float) -> None:
    runs = label_runs(a_mark(27))
    box = QRectF(QPointF(10, 20), QPointF(50, 40))
    kept = painted(lambda painter: sprites.paint_label_sprite(painter, runs, box, 1.0), ratio=ratio)
    vector = painted(lambda painter: paint_label(painter, runs, box, 1.0), ratio=ratio)
    apart = np.abs(kept.astype(int) - vector)
    assert (apart.max(axis=2) > 60).mean() < 0.01
    assert apart.mean() < 1.0


def test_a_sign_that_comes_back_is_painted_once() -> None:
    spot = QPointF(30, 30)
    before = len(sprites._signs)
    unit = 0.7311  # of no other test
    for _time in range(3):
        for details in SIGNS.values():
            painted(lambda painter, d=details: sprites.paint_sign(painter, d, spot, unit))
    assert len(sprites._signs) - before == len(SIGNS)


def test_kept_signs_are_forgotten_before_they_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sprites, "_KEPT", 4)
    for step in range(9):
        unit = 0.5 + step / 1000
        painted(lambda painter, u=unit: sprites.paint_sign(painter, Note(), QPointF(30, 30), u))
        assert len(sprites._signs) <= max(4, len(sprites._signs) - 1)
    assert len(sprites._signs) <= 4


# -- labels -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("side", "letter"), [(Side.LEFT, "L"), (Side.RIGHT, "R")])
def test_a_label_holds_the_number_and_the_side(side: Side, letter: str) -> None:
    assert label_runs(a_mark(3, side=side)) == ("3", letter)


def test_the_label_of_soreness_says_how_sore() -> None:
    assert label_runs(a_mark(4, details=Soreness(intensity=0))) == ("4", "L · 0/10")
    assert label_runs(a_mark(4, details=Soreness(), side=Side.MIDLINE)) == ("4", "M")


def test_more_words_take_more_room() -> None:
    short, long = label_size(("1", "L"), 1.0), label_size(("1", "L · 10/10"), 1.0)
    assert long[0] > short[0] + 20
    assert label_size(("1", "L"), 2.0) == pytest.approx((2 * short[0], 2 * short[1]))


def test_a_label_is_painted_within_its_box() -> None:
    runs = label_runs(a_mark(27))
    width, height = label_size(runs, 1.0)
    box = QRectF(12, 20, width, height)
    pixels = painted(lambda painter: paint_label(painter, runs, box, 1.0))
    changed = (grey(pixels) < 120).nonzero()  # the ink, without its halo
    assert changed[0].min() >= 19
    assert changed[0].max() <= 20 + height + 1
    assert changed[1].min() >= 11
    assert changed[1].max() <= 12 + width + 1


# -- earlier sessions and the legend ----------------------------------------------------------


@pytest.mark.parametrize("kind", MarkKind)
def test_a_mark_of_an_earlier_session_is_pale_and_hollow(kind: MarkKind) -> None:
    from app.domain.marks import DETAILS_OF_KIND

    clay = grey(painted(lambda _painter: None))
    ghost = grey(painted(lambda painter: paint_ghost(painter, kind, 30.0, 30.0, 1.0)))
    own = grey(sign(DETAILS_OF_KIND[kind]()))
    assert (np.abs(ghost - clay) > 12).sum() > 20  # it is there
    assert np.clip(clay - ghost, 0, None).sum() < 0.8 * np.clip(clay - own, 0, None).sum()
    assert np.abs(ghost - clay)[27:33, 27:33].max() < 12  # nothing is within


@pytest.mark.parametrize("name", SIGNS)
def test_the_legend_shows_the_sign_of_the_picture(name: str) -> None:
    details, middle = SIGNS[name], SIGN_BOX / 2
    legend = painted(lambda painter: paint_sign(painter, details, Shape.POINT, 1.0))
    picture = painted(lambda painter: paint_glyph(painter, details, middle, middle, 1.0))
    assert (legend == picture).all()


def test_the_legend_shows_a_line_by_the_sign_that_stands_on_it() -> None:
    line = painted(lambda painter: paint_sign(painter, TautBand(), Shape.LINE, 1.0))
    point = painted(lambda painter: paint_sign(painter, TautBand(), Shape.POINT, 1.0))
    assert (line == point).all()


def test_the_legend_shows_an_area_as_a_hatched_patch() -> None:
    patch = grey(painted(lambda painter: paint_sign(painter, Soreness(), Shape.AREA, 1.0)))
    point = grey(painted(lambda painter: paint_sign(painter, Soreness(), Shape.POINT, 1.0)))
    clay = grey(painted(lambda _painter: None))
    assert (np.abs(patch - point) > DIFFERENT).sum() > 60
    rows, columns = np.nonzero(np.abs(patch - clay) > 5)
    assert rows.min() >= 3
    assert columns.max() < SIGN_BOX
