"""What is said of a site and of each of its visits. Pure functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind, Needle, Soreness, TriggerPoint, TwitchResponse
from app.domain.records import TreatmentSession
from app.domain.words import TENDERNESS_GRADES, kind_name, needle_size, side_words, word
from app.panels.texts import day
from app.review.following import Followed
from app.review.sites import Course, Site, Visit

COURSE_WORDS = {
    Course.NEW: "new",
    Course.REPEATED: "again",
    Course.MOVED: "moved",
    Course.NOT_MARKED: "not marked",
}
LATER = "not yet"
NameMuscle = Callable[[str], str]
SessionOf = Callable[[UUID], TreatmentSession]


CourseOf = Callable[[Site], str]


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One spot. How it stands in the session at the slider is asked when it is seen."""

    site: Site
    muscle: str
    kind: str
    """With the side, which is never cut."""
    span: str
    """First and last day, and how often."""
    course_of: CourseOf

    @property
    def course(self) -> str:
        return self.course_of(self.site)

    @property
    def words(self) -> str:
        return f"{self.muscle}, {self.kind}: {self.course}; {self.span}"


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One session in which a spot was marked; "" for what was not recorded."""

    visit: Visit
    day: str
    course: str
    tenderness: str
    threshold: str
    twitches: str
    soreness: str
    needle: str

    @property
    def in_full(self) -> tuple[str, ...]:
        return self.tenderness, self.threshold, self.twitches, self.soreness, self.needle

    @property
    def cells(self) -> tuple[str, ...]:
        """As short as a narrow column needs it."""
        return tuple(_SHORT.get(each, each) for each in self.in_full)

    @property
    def words(self) -> str:
        named = zip(VISIT_NAMES, self.in_full, strict=True)
        said = [f"{name} {cell}" for name, cell in named if cell] or ["nothing more recorded"]
        by_hand = ", said by a person" if self.visit.by_hand else ""
        return f"{self.day}, {self.course}{by_hand}: {', '.join(said)}"


VISIT_HEADINGS = ("Tender", "kPa", "Twitch", "Sore", "Needle")
_SHORT = {"absent": "0", "unsure": "?", "not sought": "–", "present": "yes"}
VISIT_NAMES = ("tenderness", "threshold in kPa", "twitches", "soreness", "needle")


def muscle_words(site: Site, name: NameMuscle) -> str:
    return name(site.muscle) if site.muscle else "No muscle named"


def place_words(site: Site, name: NameMuscle) -> str:
    """ "Infraspinatus, right"."""
    return f"{muscle_words(site, name)}, {side_words(site.side)}"


def site_row(site: Site, name: NameMuscle, session_of: SessionOf, course_of: CourseOf) -> SiteRow:
    first, last = (session_of(mark.session_id).started_at for mark in (site.first, site.last))
    often = len(site.visits)
    span = f"{day(first)} – {day(last)} · {often} times" if often > 1 else f"{day(first)} · once"
    kind = f"{side_words(site.side)} · {kind_name(site.kind)}"
    return SiteRow(site, muscle_words(site, name), kind, span, course_of)


def course_words(site: Site, session_of: SessionOf, at: TreatmentSession | None) -> str:
    """ "again" in the session at the slider. Whether a spot is gone nobody has said."""
    if at is None:
        return ""
    if session_of(site.first.session_id).started_at > at.started_at:
        return LATER
    return COURSE_WORDS[site.course_in(at.id)]


def visit_rows(site: Site, followed: Followed, session_of: SessionOf) -> list[VisitRow]:
    """Newest first, as sessions are listed everywhere."""
    return [
        _visit_row(visit, followed.marks[visit.mark.session_id], session_of)
        for visit in reversed(site.visits)
    ]


def _visit_row(visit: Visit, marks: Sequence[Mark], session_of: SessionOf) -> VisitRow:
    mark, details = visit.mark, visit.mark.details
    point = details if isinstance(details, TriggerPoint) else TriggerPoint()
    belonging = _belonging(mark, marks)
    return VisitRow(
        visit=visit,
        day=day(session_of(mark.session_id).started_at),
        course=COURSE_WORDS[visit.course],
        tenderness="" if point.tenderness is None else TENDERNESS_GRADES[point.tenderness],
        threshold="" if point.threshold_kpa is None else f"{point.threshold_kpa:g}",
        twitches=_twitches(belonging),
        soreness=_soreness(mark, marks),
        needle=_needles(belonging),
    )


def _belonging(mark: Mark, marks: Sequence[Mark]) -> list[Mark]:
    """A mark with those that belong to it, and those that belong to these."""
    ids, found = {mark.id}, [mark]
    for _depth in range(2):
        more = [each for each in marks if each.parent_id in ids and each.id not in ids]
        found += more
        ids |= {each.id for each in more}
    return found


def _twitches(marks: Sequence[Mark]) -> str:
    responses = [each.details for each in marks if isinstance(each.details, TwitchResponse)]
    if not responses:
        return ""
    counts = [each.count for each in responses if each.count is not None]
    return str(sum(counts)) if counts else word(responses[0].response)


def _soreness(mark: Mark, marks: Sequence[Mark]) -> str:
    """The worst that was marked in the session in that muscle and side; at a sore spot its own."""
    if mark.kind is MarkKind.SORENESS:
        marks = [mark]
    alike = [each for each in marks if (each.muscle, each.side) == (mark.muscle, mark.side)]
    figures = [
        each.details.intensity
        for each in alike
        if isinstance(each.details, Soreness) and each.details.intensity is not None
    ]
    return str(max(figures)) if figures else ""


def _needles(marks: Sequence[Mark]) -> str:
    """ "0.25×40" of one needle, how many of several."""
    needles = [each.details for each in marks if isinstance(each.details, Needle)]
    if len(needles) > 1:
        return str(len(needles))
    size = "".join(words for each in needles for words in needle_size(each))
    return size.removesuffix(" mm").replace(" × ", "×") or "1" * len(needles)
