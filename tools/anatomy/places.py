"""Reads places that are written as text.

    acromion                          a landmark (landmarks.toml)
    back(T7, 60)                      in a chart (charts.py)
    between(C7, acromion, 40)         that many per cent of the way, along the skin
    acromion + 10 down + 5 medial     mm from there, and onto the skin again

Directions are the patient's: up, down, medial, lateral, front, back.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from tools.anatomy import charts
from tools.anatomy.skin import NoSkinError, Skin, Spots
from tools.body_maps.surface import unit

LANDMARKS = Path(__file__).parent / "landmarks.toml"

_DIRECTIONS = {
    "up": (0, 1, 0),
    "down": (0, -1, 0),
    "medial": (-1, 0, 0),
    "lateral": (1, 0, 0),
    "front": (0, 0, 1),
    "back": (0, 0, -1),
}
_CALL = re.compile(r"^([a-z_]+)\((.*)\)$")
_SHIFT = re.compile(r"^(\d+(?:\.\d+)?)\s+([a-z]+)$")


class PlaceError(ValueError):
    """A place that cannot be read, or that is not on the skin."""


class Gazetteer:
    """Finds places on one skin by their text, and keeps what it found."""

    def __init__(self, skin: Skin, landmarks: Mapping[str, str], levels: Mapping[str, float]):
        self.skin = skin
        self.landmarks = landmarks
        self.levels = levels
        self._found: dict[str, Spots] = {}
        self._open: list[str] = []

    @classmethod
    def load(cls, skin: Skin, path: Path = LANDMARKS) -> Gazetteer:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(skin, written["landmarks"], written["levels"])

    def spot(self, text: str) -> Spots:
        """The one spot that `text` names. Raises PlaceError."""
        key = " ".join(text.split())
        if key not in self._found:
            if key in self._open:
                raise PlaceError(f"{key}: is defined by itself")
            self._open.append(key)
            try:
                self._found[key] = self._read(key)
            except NoSkinError as error:
                raise PlaceError(f"{key}: {error}") from error
            finally:
                self._open.pop()
        return self._found[key]

    def _read(self, text: str) -> Spots:
        base, *shifts = [part.strip() for part in text.split("+")]
        spot = self._base(base)
        return self._shifted(spot, shifts) if shifts else spot

    def _base(self, text: str) -> Spots:
        if text in self.landmarks:
            return self.spot(self.landmarks[text])
        call = _CALL.match(text)
        if call is None:
            raise PlaceError(f"{text}: no such landmark")
        name, words = call[1], _arguments(call[2])
        if name == "between":
            return self._between(words)
        if len(words) != 2:
            raise PlaceError(f"{text}: {name} takes two values")
        if name in charts.BY_LEVEL:
            return charts.BY_LEVEL[name](self.skin, self.height(words[0]), _number(words[1]))
        if name in charts.BY_NUMBERS:
            return charts.BY_NUMBERS[name](self.skin, _number(words[0]), _number(words[1]))
        raise PlaceError(f"{text}: no chart is called {name}")

    def height(self, text: str) -> float:
        """The height in dm of a vertebral level, a place, or a number of dm."""
        if text in self.levels:
            return self.levels[text]
        try:
            return float(text)
        except ValueError:
            return float(self.spot(text).points[0, 1])

    def _between(self, words: Sequence[str]) -> Spots:
        if len(words) != 3:
            raise PlaceError(f"between takes two places and a percentage, not {words}")
        one, other = self.spot(words[0]), self.spot(words[1])
        share = _number(words[2]) / 100
        point = (1 - share) * one.points + share * other.points
        facing = unit((1 - share) * one.normals + share * other.normals)
        return self.skin.nearest(point, facing)

    def _shifted(self, spot: Spots, shifts: Sequence[str]) -> Spots:
        point = spot.points.copy()
        for shift in shifts:
            read = _SHIFT.match(shift)
            if read is None or read[2] not in _DIRECTIONS:
                raise PlaceError(f"{shift}: not a shift such as 10 down")
            point += float(read[1]) * charts.MM * np.array(_DIRECTIONS[read[2]])
        return self.skin.nearest(point, spot.normals)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise PlaceError(f"{text}: not a number") from None


def _arguments(text: str) -> list[str]:
    """Splits at the commas that are not inside brackets."""
    words, depth, word = [], 0, ""
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            words.append(word.strip())
            word = ""
        else:
            word += letter
    return [*words, word.strip()]
