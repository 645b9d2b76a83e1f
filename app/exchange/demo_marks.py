"""The marks of one invented session: trigger points, needles, twitches, soreness and a note."""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import numpy as np

from app.body.atlas import Atlas
from app.body.mesh import Points
from app.domain.anatomy import Anchor, Body, Side
from app.domain.marks import (
    Activity,
    Angle,
    Bleeding,
    Criterion,
    Details,
    Mark,
    Needle,
    Note,
    PainQuality,
    Reaction,
    ReactionKind,
    ReferredPain,
    Sensation,
    Shape,
    Soreness,
    SorenessTime,
    Strength,
    Technique,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.records import TreatmentSession
from app.exchange.demo_chance import make_id, on_scale
from app.exchange.demo_sites import Complaint, Site

_OWN_SPREAD = 0.004
"""How far a patient's site lies from the textbook's, as a share of the height: 7 mm."""
_MARKING_SPREAD = 0.0017
"""How far the same site is marked from where it was marked last week: 3 mm."""
_DECIMALS = 6
"""Weights of an anchor are rounded (to nanometres on the skin), so that every machine's
arithmetic gives the same bytes."""
_OUTLINE_POINTS = 32

_USUAL_SIZES = ((0.25, 25), (0.25, 30), (0.25, 40), (0.30, 40), (0.30, 50))

_NOTES = (
    "Old scar: keep a finger's width away.",
    "Tender on the bone here, not in the muscle.",
    "Pulls when the arm is lifted.",
    "Skin dry; no patch here.",
)


@dataclass(frozen=True)
class TreatedSite:
    """A site of one patient: where it is on this body, and how irritable it was at first."""

    site: Site
    side: Side
    shift: tuple[float, float]
    irritability: float


@dataclass
class _Pen:
    """Places marks of one session in turn: gives each its number, time and id."""

    chance: Random
    session: TreatmentSession
    body: Body
    atlas: Atlas
    marks: list[Mark] = field(default_factory=list)

    def point(
        self, site: TreatedSite, details: Details, parent: Mark | None = None, note: str = ""
    ) -> Mark | None:
        """A point near ``site``, or None where there is no skin."""
        view, x, y = self.pixel(site)
        anchor = self.atlas.pick(self.body, view, x, y)
        if anchor is None:
            return None
        anchor = _rounded(anchor)
        return self._place(view, anchor, self.atlas.side(anchor), details, parent=parent, note=note)

    def at(self, parent: Mark, details: Details) -> Mark:
        """A point that belongs to ``parent``, at its very spot."""
        return self._place(parent.placed_in, parent.anchor, parent.side, details, parent=parent)

    def needle(self, site: TreatedSite, point: Mark) -> Mark | None:
        """A needle in a trigger point, taken out before the session ended."""
        in_at = self._now()
        ended = self.session.ended_at
        assert ended is not None
        stay_s = self.chance.choice((0, 0, 120, 300, 600))
        stayed = timedelta(seconds=stay_s + self.chance.randint(15, 50))
        details = _needle(self.chance, in_at, min(in_at + stayed, ended), stay_s)
        return self.point(site, details, parent=point)

    def area(self, site: TreatedSite, details: Details, radius: float) -> Mark | None:
        """A rounded patch around ``site``; ``radius`` as a share of the picture's height."""
        view, x, y = self.pixel(site)
        line = self._loop(x, y, radius * self.atlas.view(self.body, view).height)
        area = self.atlas.draw_area(self.body, view, line)
        if area is None:
            return None
        outline = tuple(_rounded(anchor) for anchor in area.outline)
        return self._place(view, _rounded(area.anchor), area.side, details, outline=outline)

    def pixel(self, site: TreatedSite) -> tuple[str, float, float]:
        view = self.atlas.view(self.body, site.site.view(site.side))
        x, y = site.site.pixel(site.side, view.width, view.height)
        right, down = (shift + self.chance.gauss(0, _MARKING_SPREAD) for shift in site.shift)
        return view.name, x + right * view.height, y + down * view.height

    def _loop(self, x: float, y: float, radius: float) -> Points:
        """(k, 2) px: a closed line as a hand draws it, longer one way and never quite round."""
        turn, wobble = self.chance.uniform(0, math.pi), self.chance.uniform(0, math.tau)
        points = []
        for step in range(_OUTLINE_POINTS):
            angle = step * math.tau / _OUTLINE_POINTS
            reach = radius * (1 + 0.12 * math.cos(2 * angle + wobble) + self.chance.gauss(0, 0.02))
            along, across = 1.3 * reach * math.cos(angle), 0.8 * reach * math.sin(angle)
            points.append(
                (
                    x + along * math.cos(turn) - across * math.sin(turn),
                    y + along * math.sin(turn) + across * math.cos(turn),
                )
            )
        return np.array(points)

    def _now(self) -> datetime:
        """When the next mark is placed: half a minute after the one before."""
        number = len(self.marks) + 1
        return self.session.started_at + timedelta(minutes=2, seconds=30 * number + number * 7 % 20)

    def _place(
        self,
        view: str,
        anchor: Anchor,
        side: Side | None,
        details: Details,
        outline: tuple[Anchor, ...] = (),
        parent: Mark | None = None,
        note: str = "",
    ) -> Mark:
        number, at = len(self.marks) + 1, self._now()
        mark = Mark(
            id=make_id(self.chance, at),
            session_id=self.session.id,
            number=number,
            details=details,
            shape=Shape.AREA if outline else Shape.POINT,
            body_version=self.atlas.version,
            anchor=anchor,
            outline=outline,
            placed_on=self.body,
            placed_in=view,
            side=side,
            muscle=self._muscle(details, anchor, outline, parent),
            parent_id=parent.id if parent is not None else None,
            note=note,
            placed_at=at,
        )
        self.marks.append(mark)
        return mark

    def _muscle(
        self, details: Details, anchor: Anchor, outline: tuple[Anchor, ...], parent: Mark | None
    ) -> str | None:
        """As the window would suggest it."""
        if parent is not None:
            return parent.muscle
        if outline or isinstance(details, Note):
            return None
        return self.atlas.anatomy.usual_muscle(anchor)


def choose_sites(chance: Random, complaint: Complaint, side: Side | None) -> list[TreatedSite]:
    """The sites that a patient is treated at, the most irritable first: mostly on one side."""
    count = chance.randint(3, min(5, len(complaint.sites)))
    worse = side or chance.choice((Side.LEFT, Side.RIGHT))
    other = Side.LEFT if worse is Side.RIGHT else Side.RIGHT
    chosen = [(site, worse) for site in chance.sample(complaint.sites, count)]
    chosen += [(site, other) for site, _side in chosen if chance.random() < 0.3]
    treated = [
        TreatedSite(
            site,
            on,
            shift=(chance.gauss(0, _OWN_SPREAD), chance.gauss(0, _OWN_SPREAD)),
            irritability=chance.uniform(0.6, 1.0) if on is worse else chance.uniform(0.3, 0.7),
        )
        for site, on in chosen
    ]
    return sorted(treated, key=lambda site: site.irritability, reverse=True)


def make_marks(
    chance: Random,
    session: TreatmentSession,
    visit: int,
    sites: list[TreatedSite],
    body: Body,
    atlas: Atlas,
) -> list[Mark]:
    """The marks of a patient's session number ``visit`` (from 0), treated at ``sites``."""
    pen = _Pen(chance, session, body, atlas)
    worst = sites[0]
    if visit == 0 or chance.random() < 0.5:
        pen.area(worst, _soreness(chance, session.pain_before, SorenessTime.BEFORE), 0.026)
    for site in sites:
        now = site.irritability - 0.09 * visit + chance.gauss(0, 0.08)
        point = pen.point(site, _trigger_point(chance, now))
        if point is None:
            continue
        needle = pen.needle(site, point) if chance.random() < 0.8 else None
        if chance.random() < 0.75:
            pen.at(needle or point, _twitch(chance, now))
    if chance.random() < 0.25:
        pen.area(worst, ReferredPain(quality=PainQuality.ACHING, recognised=True), 0.022)
    if chance.random() < 0.12:
        pen.point(worst, Reaction(reaction=ReactionKind.BRUISE))
    if chance.random() < 0.35:
        when = chance.choice((SorenessTime.AFTER, SorenessTime.LATER))
        pen.area(chance.choice(sites), _soreness(chance, session.pain_after, when), 0.016)
    if chance.random() < 0.3:
        pen.point(chance.choice(sites), Note(), note=chance.choice(_NOTES))
    return pen.marks


_HIGHEST_KPA = 800.0
"""However long a course, a muscle does not get better than that of the healthy."""


def _trigger_point(chance: Random, irritability: float) -> TriggerPoint:
    active = irritability > 0.45
    likely = {
        Criterion.TAUT_BAND: 0.9,
        Criterion.HYPERSENSITIVE_SPOT: 0.95,
        Criterion.REFERRED_SENSATION: 0.7 if active else 0.2,
        Criterion.RECOGNISED_PAIN: 1.0 if active else 0.0,
    }
    measured = chance.random() < 0.3
    threshold = float(round(480 - 300 * irritability + chance.gauss(0, 25), -1))
    return TriggerPoint(
        activity=Activity.ACTIVE if active else Activity.LATENT,
        criteria=frozenset(each for each, share in likely.items() if chance.random() < share),
        tenderness=on_scale(1 + 3 * irritability, 4),
        threshold_kpa=min(max(60.0, threshold), _HIGHEST_KPA) if measured else None,
    )


def _twitch(chance: Random, irritability: float) -> TwitchResponse:
    response = chance.choices((Twitch.PRESENT, Twitch.ABSENT, Twitch.UNSURE), (8, 1.5, 0.5))[0]
    if response is Twitch.ABSENT:
        return TwitchResponse(response=response)
    if response is Twitch.UNSURE:
        return TwitchResponse(response=response, strength=Strength.WEAK)
    strengths = (Strength.WEAK, Strength.MEDIUM, Strength.STRONG)
    return TwitchResponse(
        response=response,
        count=1 + on_scale(6 * irritability * chance.random(), 8),
        strength=strengths[on_scale(2.4 * irritability + chance.gauss(0, 0.4), 2)],
    )


def _needle(chance: Random, in_at: datetime, out_at: datetime, stay_s: int) -> Needle:
    """A needle of a usual size, as deep as it may be."""
    diameter_mm, length_mm = chance.choice(_USUAL_SIZES)
    fast = stay_s == 0
    felt = {Sensation.DULL_ACHE: 0.8, Sensation.CRAMP: 0.3, Sensation.SPREADING: 0.15}
    return Needle(
        diameter_mm=diameter_mm,
        length_mm=length_mm,
        depth_mm=chance.randint(length_mm // 3, length_mm - 5) if chance.random() < 0.7 else None,
        angle=chance.choice((Angle.PERPENDICULAR, Angle.PERPENDICULAR, Angle.OBLIQUE)),
        technique=Technique.PISTONING if fast else Technique.DEEP_STATIC,
        in_at=in_at,
        out_at=out_at,
        stay_s=stay_s,
        passes=chance.randint(3, 12) if fast else None,
        sensations=frozenset(each for each, share in felt.items() if chance.random() < share),
        pain=chance.randint(1, 6) if chance.random() < 0.5 else None,
        bleeding=chance.choice((Bleeding.NONE, Bleeding.NONE, Bleeding.SPOT)),
    )


def _soreness(chance: Random, pain: int | None, when: SorenessTime) -> Soreness:
    return Soreness(
        intensity=pain,
        quality=chance.choice((PainQuality.ACHING, PainQuality.TENDER, PainQuality.TIGHT)),
        when=when,
        hours_after=chance.choice((12, 24, 24, 48)) if when is SorenessTime.LATER else None,
    )


def _rounded(anchor: Anchor) -> Anchor:
    """``anchor`` with its weights rounded; adding zero takes the sign off a negative zero."""
    return Anchor(
        anchor.triangle, round(anchor.b1, _DECIMALS) + 0.0, round(anchor.b2, _DECIMALS) + 0.0
    )
