"""Records to measure with: enough of them, spread over the body, the same in every run."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from app.body.atlas import Atlas
from app.domain.anatomy import Anchor, Body
from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.identity import UUID, new_id
from app.domain.marks import Activity, Mark, Soreness, TriggerPoint, TwitchResponse
from app.domain.ports import Repository
from app.domain.records import Patient, Practitioner, Record, TreatmentSession

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BODY = Body.FEMALE
VIEW = "posterior"

_DETAILS = (
    TriggerPoint(activity=Activity.ACTIVE, tenderness=3),
    TriggerPoint(activity=Activity.LATENT),
    TwitchResponse(count=2),
    Soreness(intensity=4),
)
_SYLLABLES = ("ba", "den", "el", "gar", "hof", "ki", "lund", "mer", "no", "ras", "stein", "vik")


def spots(atlas: Atlas, count: int, seed: int = 1) -> list[tuple[float, float, Anchor]]:
    """``count`` places of skin that are seen in ``VIEW``: x and y px, and their anchor."""
    chance = Random(seed)
    view = atlas.view(BODY, VIEW)
    found: list[tuple[float, float, Anchor]] = []
    while len(found) < count:
        x, y = chance.uniform(0, view.width), chance.uniform(0, view.height)
        anchor = atlas.pick(BODY, VIEW, x, y, reach=0.0)
        if anchor is not None:
            found.append((x, y, anchor))
    return found


def marks(atlas: Atlas, session_id: UUID, count: int, seed: int = 1) -> list[Mark]:
    """Marks of the usual kinds, numbered from 1."""
    return [
        Mark(
            id=new_id(),
            session_id=session_id,
            number=number,
            details=_DETAILS[number % len(_DETAILS)],
            body_version=atlas.version,
            anchor=anchor,
            placed_on=BODY,
            placed_in=VIEW,
            side=atlas.side(anchor),
            placed_at=NOW,
        )
        for number, (_x, _y, anchor) in enumerate(spots(atlas, count, seed), start=1)
    ]


def practitioner() -> Practitioner:
    return Practitioner(id=new_id(), name="Bench Practitioner")


def patient(number: int = 1) -> Patient:
    """A patient with an invented name that depends on ``number`` alone."""
    chance = Random(number)
    family, given = ("".join(chance.choices(_SYLLABLES, k=3)).capitalize() for _ in range(2))
    return Patient(
        id=new_id(),
        family_name=family,
        given_name=given,
        birth_date=NOW.date() - timedelta(days=chance.randrange(7_000, 30_000)),
        number=str(number),
        body=BODY,
    )


def sessions(of: Patient, by: Practitioner, count: int) -> list[TreatmentSession]:
    """Sessions a week apart, newest first."""
    return [
        TreatmentSession(
            id=new_id(),
            patient_id=of.id,
            practitioner_id=by.id,
            started_at=NOW - timedelta(weeks=week),
            pain_before=6,
            pain_after=4,
        )
        for week in range(count)
    ]


def history(
    atlas: Atlas, of: Patient, by: Practitioner, count: int, marks_each: int
) -> Iterator[Record]:
    """``count`` sessions of a patient, each with its marks."""
    for seed, session in enumerate(sessions(of, by, count)):
        yield session
        yield from marks(atlas, session.id, marks_each, seed)


def store(repository: Repository, *records: Record) -> None:
    """Adds records at one go, outside every session's own history."""
    repository.commit(Change.add("Bench", *records), Stamp(step=new_id(), action=Action.DO, at=NOW))
