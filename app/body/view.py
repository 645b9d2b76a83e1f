"""The views: which pictures of the body there are, and what each one shows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.body.camera import Camera
from app.body.picture_style import PictureStyle
from app.domain.anatomy import Body, Side

WHOLE = "whole"
"""The group of the views that show the whole body; all others are close-ups."""


@dataclass(frozen=True, eq=False)
class View:
    """One picture of one body, and the camera that took it.

    ``group`` names the part of the body that it shows, or ``WHOLE``. ``side`` is the one side
    of the patient that it shows, None where it shows both.
    """

    body: Body
    name: str
    title: str
    group: str
    side: Side | None
    images: Mapping[PictureStyle, Path]
    camera: Camera

    @property
    def is_close_up(self) -> bool:
        return self.group != WHOLE

    @property
    def width(self) -> int:
        return self.camera.width

    @property
    def height(self) -> int:
        return self.camera.height

    @property
    def letters(self) -> tuple[str, str]:
        """The patient's sides at the left and the right edge of the picture: "L", "R" or "".

        A picture of one side has none at its edges: beside a left hand, an "R" would mislead.
        """
        if self.side is not None:
            return ("", "")
        return ("R", "L") if self.camera.right[0] > 0 else ("L", "R")

    @property
    def letter(self) -> str:
        """The one side that the picture shows: "L", "R", or "" where it shows both."""
        return "" if self.side is None else self.side.value[0].upper()


def read_views(file: Path) -> tuple[str, tuple[View, ...]]:
    """The body version and all views of ``views.json``; the pictures lie beside that file."""
    described = json.loads(file.read_text(encoding="utf-8"))
    parts = described["parts"]
    views = tuple(_view(entry, parts, file.parent) for entry in described["views"])
    return described["body_version"], views


def _view(entry: Mapping[str, Any], parts: list[str], folder: Path) -> View:
    return View(
        body=Body(entry["body"]),
        name=entry["view"],
        title=entry["title"],
        group=entry["group"],
        side=None if entry["side"] is None else Side(entry["side"]),
        images={PictureStyle(style): folder / name for style, name in entry["images"].items()},
        camera=Camera.from_json(entry, parts),
    )
