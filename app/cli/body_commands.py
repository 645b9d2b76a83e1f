"""Commands about the body itself, which need no practice: body views, pick, locate."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.answer import Answer, table
from app.cli.services import Services
from app.domain.anatomy import Anchor, Body, Side
from app.domain.errors import KnownError

if TYPE_CHECKING:
    from app.body.atlas import Atlas
    from app.body.pain_map import Segment
    from app.body.view import View


@dataclass(frozen=True)
class SpotQuestion:
    """A spot of a picture; x and y from 0 to 1, from the top left."""

    body: Body
    view: str
    x: float
    y: float


@dataclass(frozen=True)
class AnchorQuestion:
    anchor: Anchor
    body: Body


def views(_options: Namespace, _services: Services) -> Answer:
    atlas = _atlas()
    document = [
        {
            "body": body.value,
            "view": view.name,
            "title": view.title,
            "group": view.group,
            "pose": view.camera.pose.value,
            "width": view.width,
            "height": view.height,
        }
        for body in Body
        for view in atlas.every_view(body)
    ]
    headings = ("BODY", "VIEW", "TITLE", "GROUP", "POSE", "WIDTH", "HEIGHT")
    return Answer(document, table(headings, [tuple(row.values()) for row in document], "No views."))


def pick(options: Namespace, _services: Services) -> Answer:
    asked = (options.body, options.view, options.x, options.y)
    if not _one_or_many(asked, options.points):
        options.misuse("give --body, --view, --x and --y, or --points FILE alone")
    if options.points is not None:
        questions = _read_questions(options.points, SpotQuestion)
        atlas = _atlas()
        found = [_pick(question, atlas) for question in questions]
        return Answer(found, _picked_text(found))
    question = SpotQuestion(Body(options.body), options.view, options.x, options.y)
    answer = _pick(question, _atlas())
    return Answer(answer, _picked_text([answer]))


def locate(options: Namespace, _services: Services) -> Answer:
    if not _one_or_many((options.anchor, options.body), options.anchors):
        options.misuse("give --anchor and --body, or --anchors FILE alone")
    if options.anchors is not None:
        questions = _read_questions(options.anchors, AnchorQuestion)
        atlas = _atlas()
        found = [_locate(question, atlas) for question in questions]
        return Answer(found, _located_text(found))
    answer = _locate(AnchorQuestion(options.anchor, Body(options.body)), _atlas())
    return Answer(answer, _located_text([answer]))


def _one_or_many(asked: tuple[object, ...], file: Path | None) -> bool:
    """Whether either one question is asked in full, or a file of many is named, not both."""
    if file is None:
        return None not in asked
    return all(part is None for part in asked)


def _atlas() -> Atlas:
    from app.body.atlas import Atlas
    from app.paths import BODY_MAPS

    return Atlas.load(BODY_MAPS)


def _read_questions(path: Path, made: type[Any]) -> Sequence[Any]:
    """The questions of a JSON file. Raises ChartFileError that names the place in it."""
    from app.exchange.question_file import read_list

    return read_list(path, made)


def _pick(question: SpotQuestion, atlas: Atlas) -> dict[str, Any] | None:
    view = _view(question, atlas)
    x, y = question.x * view.width, question.y * view.height
    here = atlas.look(question.body, view.name, x, y)
    if here is None:
        return None
    triangle, b1, b2 = here.anchor.triangle, here.anchor.b1, here.anchor.b2
    return {
        "anchor": [triangle, b1, b2],
        "side": here.side.value,
        "muscles": [
            {
                "id": each.muscle.id,
                "name": each.muscle.name,
                "depth_layer": each.muscle.layer.value,
                "side": each.side.value,
            }
            for each in here.muscles
        ],
        "hazard_zones": [{"id": zone.id, "severity": zone.severity.value} for zone in here.zones],
        "region": None
        if here.place is None
        else {"id": here.place.id, "name": here.place.words(here.side)},
        "choir_segment": None if here.segment is None else _segment(*here.segment, question.body),
    }


def _segment(segment: Segment, side: Side, body: Body) -> dict[str, Any]:
    """A segment of the CHOIR Body Map; its number is that on the map of ``body``."""
    return {
        "id": segment.id,
        "name": f"{segment.words}, {side}",
        "side": side.value,
        "number": segment.numbers[body, side],
    }


def _view(question: SpotQuestion, atlas: Atlas) -> View:
    try:
        return atlas.view(question.body, question.view)
    except KeyError:
        known = ", ".join(view.name for view in atlas.views(question.body))
        raise KnownError(
            f"The {question.body} body has no view {question.view!r}. Choose one of: {known}; "
            "or a close-up that this lists: body views."
        ) from None


def _locate(question: AnchorQuestion, atlas: Atlas) -> dict[str, Any]:
    anchor, body = question.anchor, question.body
    if anchor.triangle >= len(atlas.mesh.triangles):
        raise KnownError(
            f"The body has no triangle {anchor.triangle}. Take the anchor from: body pick"
        )
    return {"views": [_place(anchor, view, atlas) for view in atlas.every_view(body)]}


def _place(anchor: Anchor, view: View, atlas: Atlas) -> dict[str, Any]:
    spot = atlas.locate(anchor, view.body, view.name)
    return {
        "view": view.name,
        "x": float(spot.x) / view.width,
        "y": float(spot.y) / view.height,
        "visible": bool(spot.visible),
    }


def _picked_text(answers: Sequence[dict[str, Any] | None]) -> str:
    rows = [
        ("outside the body", None, None)
        if answer is None
        else (
            ",".join(str(part) for part in answer["anchor"]),
            answer["side"],
            "; ".join(muscle["name"] for muscle in answer["muscles"]),
        )
        for answer in answers
    ]
    headings = ("ANCHOR", "SIDE", "MUSCLES, SKIN TO BONE")
    return table(headings, rows, "No points were asked about.")


def _located_text(answers: Sequence[dict[str, Any]]) -> str:
    rows = [
        (number, spot["view"], f"{spot['x']:.4f}", f"{spot['y']:.4f}", _seen(spot["visible"]))
        for number, answer in enumerate(answers, start=1)
        for spot in answer["views"]
    ]
    return table(("ANCHOR", "VIEW", "X", "Y", "VISIBLE"), rows, "No anchors were asked about.")


def _seen(visible: bool) -> str:
    return "yes" if visible else "no"
