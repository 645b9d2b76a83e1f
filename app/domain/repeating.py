"""What "again" means: which marks of an earlier session may be repeated today, and what of them.

What is planned is repeated: the kind, the place, the muscle, the needle and how it is used. What
was found or what happened then is not: it must be seen again before it may be said again. Why,
field by field: docs/decisions/0021-what-is-repeated.md.
"""

from uuid import uuid5

from app.domain.identity import UUID
from app.domain.marks import (
    Details,
    Mark,
    MarkKind,
    Needle,
    Soreness,
    SorenessTime,
    TautBand,
    TriggerPoint,
)

_NEVER = "stays in its session."
WHY_NOT: dict[MarkKind, str] = {
    MarkKind.TWITCH: f"A twitch is what was seen then: it {_NEVER} Count today's anew.",
    MarkKind.SORENESS: f"Soreness that came with a needling {_NEVER} Mark today's anew.",
    MarkKind.REFERRED_PAIN: f"Referred pain is what was felt then: it {_NEVER}",
    MarkKind.REACTION: f"A reaction is what happened then: it {_NEVER}",
    MarkKind.NOTE: f"A note is about its day: it {_NEVER}",
}
"""The kinds that are not repeated, each with the sentence that says why."""


def planned(details: Details) -> Details:
    """What of a mark was decided beforehand, without anything that was found or came of it."""
    if isinstance(details, Needle):
        return Needle(
            diameter_mm=details.diameter_mm,
            length_mm=details.length_mm,
            angle=details.angle,
            technique=details.technique,
        )
    return type(details)()


def again(details: Details) -> Details | None:
    """What a mark becomes that is repeated today; None where nothing of it can be repeated."""
    if isinstance(details, TriggerPoint | Needle | TautBand):
        return planned(details)
    if isinstance(details, Soreness) and details.when in (None, SorenessTime.BEFORE):
        return planned(details)
    return None


def repeated_id(ghost: Mark, session_id: UUID) -> UUID:
    """The id of the mark that repeats ``ghost`` in a session.

    It follows from the two, so that wherever the mark is moved it is known what it repeats,
    after a restart too, and nothing is repeated twice.
    """
    return uuid5(ghost.id, session_id.hex)
