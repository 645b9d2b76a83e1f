"""Sessions to report on: records around marks that lie on the real body."""

import random
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

import numpy as np

from app.body.atlas import Atlas
from app.domain.anatomy import Anchor, Body, Side
from app.domain.audit import Action, Stamp
from app.domain.identity import UUID, new_id
from app.domain.marks import (
    Activity,
    Criterion,
    Details,
    Mark,
    Needle,
    Note,
    PainQuality,
    Reaction,
    ReferredPain,
    Shape,
    Soreness,
    TautBand,
    Technique,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.own_zones import NoNeedleZone, ZoneReason
from app.domain.records import Patient, Practitioner, Problem, TreatmentSession
from tests.helpers.skin import circle

ZONE = timezone(timedelta(hours=1))
STARTED = datetime(2024, 11, 12, 14, 30, tzinfo=ZONE)
NOW = datetime(2024, 11, 13, 9, 5, tzinfo=ZONE)

POINTS: tuple[Details, ...] = (
    TriggerPoint(activity=Activity.ACTIVE, tenderness=3, criteria=frozenset(Criterion)),
    TriggerPoint(activity=Activity.LATENT, threshold_kpa=210.5),
    TriggerPoint(),
    TwitchResponse(count=3),
    TwitchResponse(response=Twitch.ABSENT),
    TwitchResponse(response=Twitch.UNSURE),
    TwitchResponse(response=Twitch.NOT_SOUGHT),
    Soreness(intensity=4),
    Needle(diameter_mm=0.3, length_mm=50, depth_mm=30, technique=Technique.PISTONING),
    Reaction(),
    Note(),
)
"""Every sign of a point."""

AREAS: tuple[Details, ...] = (
    Soreness(intensity=6, quality=PainQuality.ACHING),
    ReferredPain(quality=PainQuality.BURNING),
    Note(),
)

INJECTIONS = (
    '#panic("x")', "*bold* _it_", "$x$", "<script>alert(1)</script>", "\\", "` ``` `", "#{1}", "]]",
    "= Heading", "@ref <lab>", "// comment", '"}', "%PDF-1.7", "&amp; &#65;", "#sys.inputs",
)  # fmt: skip
"""What a typesetter, a browser or a JSON reader would take as its own language."""


class Visit(NamedTuple):
    """A stored session, and whose it is."""

    patient: Patient
    session: TreatmentSession


def stamp() -> Stamp:
    return Stamp(step=new_id(), action=Action.DO, at=NOW)


def patient(**fields: Any) -> Patient:
    given = {
        "id": new_id(),
        "family_name": "Grünwald",
        "given_name": "Hanna",
        "birth_date": date(1981, 3, 4),
        "number": "DEMO-0004",
        "body": Body.FEMALE,
        "warnings": ("Anticoagulant",),
    }
    return Patient(**{**given, **fields})


def practitioner(**fields: Any) -> Practitioner:
    given = {"id": new_id(), "name": "Léa Brönnimann", "profession": "Physiotherapist"}
    return Practitioner(**{**given, **fields})


def problem(of: Patient, **fields: Any) -> Problem:
    return Problem(**{"id": new_id(), "patient_id": of.id, "title": "Neck pain", **fields})


def session(of: Patient, by: Practitioner, **fields: Any) -> TreatmentSession:
    given = {"id": new_id(), "patient_id": of.id, "practitioner_id": by.id, "started_at": STARTED}
    return TreatmentSession(**{**given, **fields})


def plain_mark(number: int = 1, details: Details | None = None, **fields: Any) -> Mark:
    """A mark on no certain place, for what needs no picture."""
    given = {
        "id": new_id(),
        "session_id": new_id(),
        "number": number,
        "details": details or TriggerPoint(),
        "body_version": "hm08-1",
        "anchor": Anchor(0, 0.2, 0.2),
        "placed_on": Body.FEMALE,
        "placed_in": "posterior",
        "side": Side.RIGHT,
        "placed_at": STARTED,
    }
    return Mark(**{**given, **fields})


def point(
    atlas: Atlas, number: int, details: Details, view: str, x: float, y: float, **fields: Any
) -> Mark:
    """A point mark at (x, y) px of a view of the female body."""
    anchor = atlas.pick(Body.FEMALE, view, x, y)
    assert anchor is not None, "this spot is not on the body"
    return plain_mark(
        number,
        details,
        anchor=anchor,
        body_version=atlas.version,
        side=atlas.side(anchor),
        placed_in=view,
        **fields,
    )


def area(
    atlas: Atlas, number: int, details: Details, view: str, x: float, y: float, **fields: Any
) -> Mark:
    """An ellipse drawn around (x, y) px of a view of the female body."""
    turn = np.linspace(0, 2 * np.pi, 40)[:-1]
    line = np.stack([x + 90 * np.cos(turn), y + 60 * np.sin(turn)], axis=1)
    drawn = atlas.draw_area(Body.FEMALE, view, line)
    assert drawn is not None
    return plain_mark(
        number,
        details,
        **{
            "shape": Shape.AREA,
            "anchor": drawn.anchor,
            "outline": drawn.outline,
            "body_version": atlas.version,
            "side": drawn.side,
            "placed_in": view,
            **fields,
        },
    )


def zone(
    atlas: Atlas, of: Patient, x: float, y: float, view: str = "posterior", **fields: Any
) -> NoNeedleZone:
    """A zone of 90 px drawn around a pixel of a view of the patient's body."""
    line = circle(x, y, 45.0)
    drawn = atlas.draw_area(of.body, view, line)
    assert drawn is not None
    given = {
        "id": new_id(),
        "patient_id": of.id,
        "reason": ZoneReason.SCAR,
        "body_version": atlas.version,
        "anchor": drawn.anchor,
        "outline": drawn.outline,
        "placed_on": of.body,
        "placed_in": view,
        "side": drawn.side,
        "drawn_at": STARTED,
    }
    return NoNeedleZone(**{**given, **fields})


def every_kind(atlas: Atlas, session_id: UUID) -> list[Mark]:
    """One mark of each sign: points down the back and the front, three areas and a line."""
    marks = [
        point(atlas, number, details, view, 455 + 60 * (number % 3), 330 + 60 * number,
              session_id=session_id)
        for number, details in enumerate(POINTS, start=1)
        for view in (("posterior", "anterior")[number % 2],)
    ]  # fmt: skip
    for details in AREAS:
        number = len(marks) + 1
        marks.append(
            area(atlas, number, details, "posterior", 456, 100 * number - 800,
                 session_id=session_id)
        )  # fmt: skip
    band = area(
        atlas, len(marks) + 1, TautBand(), "anterior", 456, 600, shape=Shape.LINE,
        session_id=session_id,
    )  # fmt: skip
    return [*marks, band]


def scattered(atlas: Atlas, count: int, session_id: UUID, **fields: Any) -> list[Mark]:
    """``count`` point marks of all kinds all over the body, the same ones each time."""
    chance, marks = random.Random(count), list[Mark]()
    while len(marks) < count:
        view = atlas.view(Body.FEMALE, chance.choice(("anterior", "posterior", "left", "right")))
        x, y = chance.uniform(60, view.width - 60), chance.uniform(60, view.height - 60)
        if atlas.pick(Body.FEMALE, view.name, x, y) is not None:
            details = POINTS[len(marks) % len(POINTS)]
            number = len(marks) + 1
            marks.append(
                point(atlas, number, details, view.name, x, y, session_id=session_id, **fields)
            )
    return marks
