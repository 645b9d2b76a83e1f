"""How a session is said on the review page. Pure functions."""

from collections.abc import Callable, Mapping

from app.domain.closing import Closing
from app.domain.identity import UUID
from app.domain.records import Problem
from app.domain.words import counted_marks, kind_name, word
from app.panels.session_words import problem_title
from app.panels.signed_words import STATE_WORDS
from app.panels.texts import day
from app.review.timeline import Glance, ReviewFilter, Timeline

NO_PROBLEM = "No problem named"
NO_SESSION = "This patient has no session yet."
NONE_SHOWN = "No session is among what is shown. “Show everything” brings them back."


def counted_words(count: int, one: str, many: str = "") -> str:
    """ "1 needle", "4 needles"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def pain_words(glance: Glance) -> str:
    """ "pain 7 → 5", "pain before 7", "pain not recorded"."""
    before, after = glance.session.pain_before, glance.session.pain_after
    if before is not None and after is not None:
        return f"pain {before} → {after}"
    if before is not None:
        return f"pain before {before}"
    return "pain not recorded" if after is None else f"pain after {after}"


def event_words(closing: Closing | None, reactions: int = 0) -> str:
    """ "bruise, faintness"; "no adverse event" and "not asked" are different answers."""
    events = () if closing is None else closing.events
    said = list(dict.fromkeys(word(event.kind) for event in events))
    if reactions:
        said.append(f"{counted_words(reactions, 'reaction')} on the map")
    if said:
        return ", ".join(said)
    none = closing is not None and closing.no_adverse_events
    return "no adverse event" if none else "adverse events not asked"


def state_words(glance: Glance) -> str:
    return STATE_WORDS[glance.session.status] or "draft"


def figures_words(glance: Glance) -> str:
    """ "4 needles · 9 twitches", or how many other marks there are."""
    parts = [counted_words(glance.needles, "needle")] * bool(glance.needles)
    parts += [counted_words(glance.twitches, "twitch", "twitches")] * bool(glance.twitches)
    return " · ".join(parts) or (counted_marks(glance.marks) if glance.marks else "no marks")


def glance_words(glance: Glance, problem: str) -> str:
    """Everything of a session in a line, for who points at it or does not see it."""
    events = event_words(glance.closing, glance.reactions)
    return (
        f"{day(glance.session.started_at)}, {problem}: {counted_marks(glance.marks)}, "
        f"{counted_words(glance.needles, 'needle')}, "
        f"{counted_words(glance.twitches, 'twitch', 'twitches')}, {pain_words(glance)}, "
        f"{events}, {state_words(glance)}"
    )


def problem_words(problems: Mapping[UUID, Problem], problem_id: UUID | None) -> str:
    found = None if problem_id is None else problems.get(problem_id)
    return NO_PROBLEM if found is None else problem_title(found)


def left_out_words(timeline: Timeline) -> str:
    """ "12 of 40 marks shown, in 5 of 14 sessions"; "" where there is nothing to leave out."""
    if not timeline.sessions_in_all:
        return ""
    marks = f"{timeline.marks_shown:,} of {counted_marks(timeline.marks_in_all)} shown"
    shown, every = len(timeline.glances), timeline.sessions_in_all
    if shown == every:
        return marks
    return f"{marks}, in {shown} of {counted_words(every, 'session')}"


def looked_at_words(timeline: Timeline, wanted: ReviewFilter, name: Callable[[str], str]) -> str:
    """ "One patient, 3 of 7 sessions, 22 Oct 2026 to 12 Nov 2026, needles, left": of a patient who
    is not named. ``name``: of a muscle by its id.
    """
    shown, every = len(timeline.glances), timeline.sessions_in_all
    of = f"{shown} of {counted_words(every, 'session')}"
    parts = ["One patient", counted_words(every, "session") if shown == every else of]
    if timeline.glances:
        first, last = (day(timeline.glances[k].session.started_at) for k in (0, -1))
        parts.append(first if first == last else f"{first} to {last}")
    parts += ["one problem"] * (wanted.problem_id is not None)
    parts += ["one practitioner"] * (wanted.practitioner_id is not None)
    parts += [f"{kind_name(kind)} alone" for kind in (wanted.kind,) if kind is not None]
    parts += [name(muscle) for muscle in (wanted.muscle,) if muscle is not None]
    parts += [word(side) for side in (wanted.side,) if side is not None]
    return ", ".join(parts)
