"""What a record must hold to be stored, and what is said where it does not.

The same rules serve the forms (a finding is shown at its field), the store (which refuses),
and the import of a chart file (which names the place in the file).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from app.domain.anatomy import Anchor
from app.domain.closing import Closing
from app.domain.errors import InvalidRecordError
from app.domain.findings import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    Finding,
    check_aware,
    check_past,
    check_range,
    check_text,
)
from app.domain.letterhead import Letterhead, check_letterhead
from app.domain.marks import (
    NEEDLE_DIAMETERS_MM,
    NEEDLE_LENGTHS_MM,
    SHAPES_OF_KIND,
    Details,
    Mark,
    Needle,
    Shape,
    Soreness,
    SorenessTime,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.outcomes import OutcomeScore
from app.domain.own_pictures import (
    MOST_PIXELS,
    OwnPicture,
    all_on_picture,
    is_picture_version,
    is_sha256,
)
from app.domain.own_zones import NoNeedleZone
from app.domain.paper_rules import (
    check_addendum,
    check_box,
    check_closing,
    check_name_of_protocol,
    check_note,
    check_notice,
    check_preparation,
    check_score,
    check_signature,
)
from app.domain.papers import Addendum, HazardNotice, SessionNote, Signature
from app.domain.preparation import Preparation
from app.domain.records import Patient, Practitioner, Problem, Record, TreatmentSession
from app.domain.site_links import SiteLink
from app.domain.supplies import NeedleBox, PointSet
from app.domain.words import local_day

OLDEST_BIRTH_YEAR = 1880
MOST_TWITCHES = 99
DEEPEST_MM = 150
"""A depth, where the needle's length was not recorded."""
LONGEST_STAY_S = 2 * 60 * 60
MOST_PASSES = 200
HIGHEST_THRESHOLD_KPA = 3000
MOST_PLANNED_SESSIONS = 200
MOST_MARKS = 10_000_000
"""In one session: far more than anybody places, and few enough for every database."""
MOST_TRIANGLES = 10**12
"""What every database can hold; how many there are, the atlas knows."""
FEWEST_OUTLINE_ANCHORS = 3

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def check(record: Record, today: date) -> list[Finding]:
    """All rules that ``record`` breaks on the day ``today``; empty when it may be stored."""
    return list(_CHECKS[type(record)](record, today))


def require(record: Record, today: date) -> None:
    """Raises InvalidRecordError with the first finding's sentence where a rule is broken."""
    findings = check(record, today)
    if findings:
        raise InvalidRecordError(findings[0].message, tuple(findings))


def _check_practitioner(who: Practitioner, _today: date) -> Iterator[Finding]:
    if not who.name.strip():
        yield Finding("name", "Enter the practitioner's name.")
    yield from check_text(who.name, "name", "A name", LONGEST_NAME)
    for field, name in (
        ("profession", "The profession"),
        ("licence_number", "The licence number"),
        ("credential", "The credential"),
    ):
        yield from check_text(getattr(who, field), field, name, LONGEST_LINE)


def _check_patient(patient: Patient, today: date) -> Iterator[Finding]:
    if not patient.family_name.strip():
        yield Finding("family_name", "Enter the family name.")
    yield from check_text(patient.family_name, "family_name", "A name", LONGEST_NAME)
    yield from check_text(patient.given_name, "given_name", "A name", LONGEST_NAME)
    if not patient.number.strip():
        yield Finding("number", "Enter a patient number.")
    yield from check_text(patient.number, "number", "A number", 40)
    if patient.birth_date is not None:
        if patient.birth_date > today:
            yield Finding(
                "birth_date", "The birth date lies in the future. Check day, month, year."
            )
        elif patient.birth_date.year < OLDEST_BIRTH_YEAR:
            yield Finding(
                "birth_date", f"The birth date lies before {OLDEST_BIRTH_YEAR}. Check the year."
            )
    yield from check_text(patient.phone, "phone", "A phone number", LONGEST_LINE)
    yield from check_text(patient.email, "email", "An e-mail address", LONGEST_LINE)
    if patient.email and not _EMAIL.fullmatch(patient.email):
        yield Finding("email", "This is not a whole e-mail address, such as name@example.org.")
    for warning in patient.warnings:
        if not warning.strip():
            yield Finding("warnings", "A warning is empty.")
        yield from check_text(warning, "warnings", "A warning", LONGEST_NAME)
    yield from check_text(patient.note, "note", "A note", LONGEST_TEXT)


def _check_problem(problem: Problem, today: date) -> Iterator[Finding]:
    if not problem.title.strip():
        yield Finding("title", "Enter what is treated, such as neck pain.")
    yield from check_text(problem.title, "title", "A title", LONGEST_NAME)
    yield from check_text(problem.goals, "goals", "The goals", LONGEST_TEXT)
    if problem.onset is not None and problem.onset > today:
        yield Finding("onset", "The onset lies in the future.")
    yield from check_range(
        problem.planned_sessions,
        1,
        MOST_PLANNED_SESSIONS,
        "planned_sessions",
        "The planned sessions",
    )
    yield from check_text(problem.code, "code", "A code", LONGEST_NAME)
    yield from check_text(
        problem.other_treatment, "other_treatment", "The other treatment", LONGEST_TEXT
    )


def _check_zone(zone: NoNeedleZone, _today: date) -> Iterator[Finding]:
    if len(zone.outline) < FEWEST_OUTLINE_ANCHORS:
        yield Finding("outline", "A no-needle zone needs an outline of at least three spots.")
    if is_picture_version(zone.body_version):
        yield Finding("body_version", "A no-needle zone lies on the body, not on a picture.")
    yield from _check_spots((zone.anchor, *zone.outline))
    yield from check_aware(zone.drawn_at, "drawn_at")
    yield from check_text(zone.note, "note", "A note", LONGEST_TEXT)
    yield from check_text(zone.placed_in, "placed_in", "A view", LONGEST_NAME)
    yield from check_text(zone.body_version, "body_version", "A body version", LONGEST_NAME)


def _check_picture(picture: OwnPicture, _today: date) -> Iterator[Finding]:
    if not picture.title.strip():
        yield Finding("title", "Enter what the picture shows, such as Left shoulder.")
    yield from check_text(picture.title, "title", "A title", LONGEST_NAME)
    if not is_sha256(picture.sha256):
        yield Finding("sha256", "A hash has 64 hexadecimal digits.")
    for field, pixels in (("width", picture.width), ("height", picture.height)):
        yield from check_range(pixels, 1, MOST_PIXELS, field, "The size of a picture in pixels")
    if picture.width * picture.height > MOST_PIXELS:
        yield Finding("width", f"A picture can have {MOST_PIXELS // 10**6} megapixels.")
    yield from check_aware(picture.added_at, "added_at")


def _check_session(session: TreatmentSession, today: date) -> Iterator[Finding]:
    yield from check_aware(session.started_at, "started_at")
    yield from check_past(
        local_day(session.started_at), today, "started_at", "The day of the session"
    )
    yield from check_aware(session.ended_at, "ended_at")
    both_aware = (
        session.ended_at is not None and session.started_at.tzinfo and session.ended_at.tzinfo
    )
    if both_aware and session.ended_at is not None and session.ended_at < session.started_at:
        yield Finding("ended_at", "The session ends before it starts.")
    yield from check_range(session.pain_before, 0, 10, "pain_before", "Pain")
    yield from check_range(session.pain_after, 0, 10, "pain_after", "Pain")
    yield from check_text(session.note, "note", "A note", LONGEST_TEXT)


def _check_mark(mark: Mark, _today: date) -> Iterator[Finding]:
    yield from check_range(mark.number, 1, MOST_MARKS, "number", "The number of a mark")
    yield from _check_place(mark)
    yield from check_aware(mark.placed_at, "placed_at")
    yield from check_text(mark.note, "note", "A note", LONGEST_TEXT)
    yield from check_text(mark.muscle or "", "muscle", "A muscle", LONGEST_NAME)
    yield from check_text(mark.placed_in, "placed_in", "A view", LONGEST_NAME)
    yield from check_text(mark.body_version, "body_version", "A body version", LONGEST_NAME)
    if mark.parent_id == mark.id:
        yield Finding("parent_id", "A mark cannot belong to itself.")
    yield from _check_details(mark.details)


def _check_details(details: Details) -> Iterator[Finding]:
    if isinstance(details, TriggerPoint):
        yield from _check_trigger_point(details)
    elif isinstance(details, Needle):
        yield from _check_needle(details)
    elif isinstance(details, TwitchResponse):
        yield from _check_twitch(details)
    elif isinstance(details, Soreness):
        yield from _check_soreness(details)


def _check_place(mark: Mark) -> Iterator[Finding]:
    if mark.shape not in SHAPES_OF_KIND[mark.kind]:
        yield Finding("shape", f"A {mark.kind.replace('_', ' ')} cannot be {_a(mark.shape)}.")
    if mark.shape is Shape.POINT and mark.outline:
        yield Finding("outline", "A point has no outline.")
    if mark.shape is Shape.AREA and len(mark.outline) < FEWEST_OUTLINE_ANCHORS:
        yield Finding("outline", "An area needs an outline of at least three spots.")
    if mark.shape is Shape.LINE and len(mark.outline) < 2:
        yield Finding("outline", "A line needs at least two spots.")
    yield from _check_spots((mark.anchor, *mark.outline))
    if is_picture_version(mark.body_version):
        yield from _check_place_on_picture(mark)
    elif mark.side is None:
        yield Finding("side", "A mark on the body needs its side.")


def _check_place_on_picture(mark: Mark) -> Iterator[Finding]:
    if mark.placed_in != mark.body_version:
        yield Finding("placed_in", "A mark on a picture is placed in that picture.")
    if not all_on_picture((mark.anchor, *mark.outline)):
        yield Finding("anchor", "An anchor is not a spot on the picture.")


def _check_protocol(protocol: PointSet, _today: date) -> Iterator[Finding]:
    yield from check_name_of_protocol(protocol.name, len(protocol.points))
    for point in protocol.points:
        yield from _check_details(point.details)
        yield from _check_spots((point.anchor,))
        yield from check_text(point.muscle or "", "points", "A muscle", LONGEST_NAME)


def _check_spots(anchors: Iterable[Anchor]) -> Iterator[Finding]:
    for anchor in anchors:
        inside = anchor.b1 >= -1e-6 and anchor.b2 >= -1e-6 and anchor.b1 + anchor.b2 <= 1 + 1e-6
        if not 0 <= anchor.triangle < MOST_TRIANGLES or not inside:
            yield Finding("anchor", "An anchor is not a spot on the body.")
            return


def _a(shape: Shape) -> str:
    return f"an {shape}" if shape is Shape.AREA else f"a {shape}"


def _check_trigger_point(point: TriggerPoint) -> Iterator[Finding]:
    yield from check_range(point.tenderness, 0, 4, "trigger_point.tenderness", "Tenderness")
    yield from check_range(
        point.threshold_kpa,
        0,
        HIGHEST_THRESHOLD_KPA,
        "trigger_point.threshold_kpa",
        "A pressure pain threshold in kPa",
    )


def needle_findings(needle: Needle) -> list[Finding]:
    """The rules that these details of a needle break; for a form that asks before it stores."""
    return list(_check_needle(needle))


def _check_needle(needle: Needle) -> Iterator[Finding]:
    if needle.diameter_mm is not None and needle.diameter_mm not in NEEDLE_DIAMETERS_MM:
        yield Finding("needle.diameter_mm", f"{needle.diameter_mm:g} is not a known diameter")
    if needle.length_mm is not None and needle.length_mm not in NEEDLE_LENGTHS_MM:
        yield Finding("needle.length_mm", f"{needle.length_mm:g} is not a known length")
    yield from check_range(needle.depth_mm, 0, DEEPEST_MM, "needle.depth_mm", "Depth in mm")
    yield from _check_depth(needle)
    yield from check_range(needle.passes, 1, MOST_PASSES, "needle.passes", "The number of passes")
    yield from check_range(needle.pain, 0, 10, "needle.pain", "Pain")
    yield from check_range(
        needle.stay_s, 0, LONGEST_STAY_S, "needle.stay_s", "The planned stay in seconds"
    )
    yield from _check_times(needle)


def _check_depth(needle: Needle) -> Iterator[Finding]:
    depth, length = needle.depth_mm, needle.length_mm
    if depth is not None and length is not None and length < depth <= DEEPEST_MM:
        yield Finding(
            "needle.depth_mm",
            f"{depth} mm is deeper than the needle is long, {length} mm. Check depth and length.",
        )


def _check_times(needle: Needle) -> Iterator[Finding]:
    yield from check_aware(needle.in_at, "needle.in_at")
    yield from check_aware(needle.out_at, "needle.out_at")
    if needle.out_at is None:
        return
    if needle.in_at is None:
        yield Finding("needle.out_at", "The needle is out, but when it went in is not recorded.")
    elif needle.in_at.tzinfo and needle.out_at.tzinfo and needle.out_at < needle.in_at:
        yield Finding("needle.out_at", "The needle is taken out before it went in.")


def _check_twitch(twitch: TwitchResponse) -> Iterator[Finding]:
    yield from check_range(
        twitch.count, 1, MOST_TWITCHES, "twitch_response.count", "The count of twitches"
    )
    seen = twitch.response in (Twitch.PRESENT, Twitch.UNSURE)
    if not seen and (twitch.count is not None or twitch.strength is not None):
        yield Finding(
            "twitch_response.count",
            "A twitch that is absent or was not sought has no count or strength.",
        )


def _check_link(link: SiteLink, _today: date) -> Iterator[Finding]:
    yield from check_aware(link.said_at, "said_at")
    if link.earlier_id == link.mark_id:
        yield Finding("earlier_id", "A mark cannot be linked to itself.")


def _check_soreness(soreness: Soreness) -> Iterator[Finding]:
    yield from check_range(soreness.intensity, 0, 10, "soreness.intensity", "Soreness")
    yield from check_range(
        soreness.hours_after, 6, 72, "soreness.hours_after", "Hours after needling"
    )
    if soreness.hours_after is not None and soreness.when is not SorenessTime.LATER:
        yield Finding("soreness.hours_after", "Hours are given only for soreness that came later.")


_CHECKS: dict[type[Record], Callable[[Any, date], Iterator[Finding]]] = {
    Practitioner: _check_practitioner,
    Patient: _check_patient,
    Problem: _check_problem,
    NoNeedleZone: _check_zone,
    OwnPicture: _check_picture,
    TreatmentSession: _check_session,
    Mark: _check_mark,
    OutcomeScore: check_score,
    NeedleBox: check_box,
    PointSet: _check_protocol,
    Letterhead: check_letterhead,
    SiteLink: _check_link,
    Preparation: check_preparation,
    Closing: check_closing,
    SessionNote: check_note,
    HazardNotice: check_notice,
    Signature: check_signature,
    Addendum: check_addendum,
}
