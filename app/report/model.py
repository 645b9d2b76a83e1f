"""What a session's report says: every word of the page, made by one pure function.

What was not recorded says so or says nothing; no answer is ever made up. Nothing here knows
Qt, Typst or files, so that the words can be tested alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from app.body.flat_picture import PictureView
from app.domain.anatomy import Body, Side
from app.domain.identity import UUID
from app.domain.marks import (
    Mark,
)
from app.domain.needles import count_needles
from app.domain.own_pictures import is_picture_version
from app.domain.papers import Paper
from app.domain.records import Patient, Practitioner, Problem, SessionStatus, TreatmentSession
from app.domain.supplies import NeedleBox
from app.domain.words import attributes, kind_title, local_day, side_words, word
from app.painting.placing import PlacedMark
from app.report import wording
from app.report.before_after import PaperTable, before_and_after
from app.report.closeups import CloseUp
from app.report.legend import LegendEntry, legend_of
from app.report.note import NoteLines
from app.report.notices import notices_table
from app.report.signed import DRAFT, SignedLines, signed_lines
from app.report.wording import NOT_RECORDED
from app.report.zones import SeenZone, ZoneLines, told

LONGEST_CELL_NOTE = 240
"""Characters. A longer note of a mark would make its row fill a page; it moves to the notes."""

NOTHING = "–"

_STATUS = {
    SessionStatus.DRAFT: DRAFT,
    SessionStatus.SIGNED: "Signed",
    SessionStatus.AMENDED: "Signed, amended later",
}


@dataclass(frozen=True, slots=True)
class SeenView:
    """One view of the patient's body, and the marks and zones that are seen in it."""

    name: str
    title: str
    placed: tuple[PlacedMark, ...] = ()
    zones: tuple[SeenZone, ...] = ()

    @property
    def marks(self) -> list[Mark]:
        return [each.mark for each in self.placed]


@dataclass(frozen=True, slots=True)
class PatientLines:
    """Who the patient is, as it stands at the head of every page."""

    name: str
    birth_date: str
    number: str
    warnings: tuple[str, ...]
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureWords:
    """What is said of one picture: its caption, and the text for those who cannot see it."""

    view: str
    placed: tuple[PlacedMark, ...]
    title: str
    caption: str
    alt: str
    zones: tuple[SeenZone, ...] = ()


@dataclass(frozen=True, slots=True)
class CloseUpWords:
    """What is said of one close-up, and which window of which view it shows."""

    window: CloseUp
    caption: str
    alt: str
    zones: tuple[SeenZone, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class OwnPictureWords:
    """What is said of one of the practitioner's own pictures, and which it is."""

    view: PictureView
    placed: tuple[PlacedMark, ...]
    title: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One row of the table of marks."""

    number: str
    kind: str
    muscle: str
    side: str
    view: str
    recorded: str
    note: str


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """Words under a heading of their own, as they were typed."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReport:
    """All words of one session's report, and what is painted on its pictures."""

    patient: PatientLines
    practitioner: str
    practitioner_lines: tuple[str, ...]
    date: str
    weekday: str
    times: str
    status: str
    is_draft: bool
    problem: str
    problem_lines: tuple[str, ...]
    pain_before: str
    pain_after: str
    summary: str
    pictures: tuple[PictureWords, ...]
    close_ups: tuple[CloseUpWords, ...]
    own_pictures: tuple[OwnPictureWords, ...]
    unseen: str
    legend: tuple[LegendEntry, ...]
    rows: tuple[MarkRow, ...]
    notes: tuple[NoteBlock, ...]
    note: NoteLines
    signed: SignedLines
    papers: tuple[PaperTable, ...]
    printed: str
    body: Body
    mark_count: int
    made_at: datetime

    @property
    def shows_zones(self) -> bool:
        """Whether a no-needle zone is painted on any picture."""
        painted = [each.zones for each in self.pictures] + [each.zones for each in self.close_ups]
        return any(painted)

    @property
    def title(self) -> str:
        return f"Dry needling session, {self.date}"


def session_report(
    patient: Patient,
    practitioner: Practitioner | None,
    problem: Problem | None,
    session: TreatmentSession,
    marks: Iterable[Mark],
    views: Sequence[SeenView],
    now: datetime,
    close_ups: Sequence[CloseUp] = (),
    close_up_titles: Mapping[str, str] | None = None,
    muscle_name: Callable[[str], str] = str,
    zones: Sequence[ZoneLines] = (),
    zones_in: Mapping[str, tuple[SeenZone, ...]] = MappingProxyType({}),
    own: Sequence[tuple[PictureView, tuple[PlacedMark, ...]]] = (),
    note: NoteLines | None = None,
    signed: SignedLines | None = None,
    papers: Sequence[Paper] = (),
    boxes: Sequence[NeedleBox] = (),
) -> SessionReport:
    """The report of one session. ``views`` in the order in which they are printed.

    ``close_up_titles``: what the close-ups are called in which a mark may have been placed.
    ``muscle_name`` gives the name of a muscle by its id. ``zones`` are the patient's own, and
    ``zones_in`` those that are seen in the view of each close-up, by the name of the view.
    ``note`` and ``signed`` are what its papers say.
    ``papers`` are written of the session beside its marks, ``boxes`` what its needles came in.
    ``own`` are the practitioner's pictures on which marks lie, each with these.
    """
    ordered = tuple(sorted(marks, key=lambda mark: mark.number))
    titles = {view.name: f"{view.title} view" for view in views} | dict(close_up_titles or {})
    titles |= {view.name: view.title for view, _placed in own}
    return SessionReport(
        patient=_patient_lines(patient, zones),
        practitioner=practitioner.name if practitioner else NOT_RECORDED,
        practitioner_lines=_practitioner_lines(practitioner),
        date=wording.day(local_day(session.started_at)),
        weekday=wording.weekday(local_day(session.started_at)),
        times=wording.time_span(session.started_at, session.ended_at),
        status=_STATUS[session.status],
        is_draft=session.status is SessionStatus.DRAFT,
        problem=problem.title if problem else NOT_RECORDED,
        problem_lines=_problem_lines(problem),
        pain_before=_pain(session.pain_before),
        pain_after=_pain(session.pain_after),
        summary=_summary(ordered),
        pictures=tuple(_picture(view) for view in views),
        close_ups=tuple(_close_up(window, zones_in.get(window.view, ())) for window in close_ups),
        own_pictures=tuple(_own_picture(view, placed) for view, placed in own),
        unseen=_unseen(ordered, views, close_ups, own),
        legend=legend_of(ordered),
        rows=tuple(_row(mark, ordered, titles, muscle_name) for mark in ordered),
        notes=_notes(problem, session, ordered, zones),
        note=note or NoteLines(),
        signed=signed or signed_lines(session, ()),
        papers=(
            *before_and_after(papers, ordered, boxes),
            *notices_table(papers, ordered, local_day(session.started_at)),
        ),
        printed=wording.moment(now),
        body=patient.body,
        mark_count=len(ordered),
        made_at=now,
    )


def _summary(marks: Sequence[Mark]) -> str:
    """What was marked; of needles, how many are out: as many must be as were in."""
    counts = count_needles(marks)
    words = wording.counts_of_kinds(marks)
    if not counts.in_ + counts.out:
        return words
    states = [f"{counts.out} out"] + [f"{counts.in_} not out"] * bool(counts.in_)
    return f"{words}; needles: {', '.join(states)}"


def _patient_lines(patient: Patient, zones: Sequence[ZoneLines]) -> PatientLines:
    born = wording.day(patient.birth_date) if patient.birth_date else NOT_RECORDED
    words = tuple(zone.words for zone in zones)
    return PatientLines(patient.full_name, born, patient.number, patient.warnings, words)


def _practitioner_lines(who: Practitioner | None) -> tuple[str, ...]:
    if who is None:
        return ()
    licence = f"Licence {who.licence_number}" if who.licence_number else ""
    return tuple(line for line in (who.profession, licence, who.credential) if line)


def _problem_lines(problem: Problem | None) -> tuple[str, ...]:
    if problem is None:
        return ()
    side = ""
    if problem.side is not None:
        side = "Midline" if problem.side is Side.MIDLINE else f"{word(problem.side).title()} side"
    onset = f"Since {wording.day(problem.onset)}" if problem.onset else ""
    code = f"Code {problem.code}" if problem.code else ""
    return tuple(line for line in (side, onset, code) if line)


def _pain(value: int | None) -> str:
    return NOT_RECORDED if value is None else str(value)


def _picture(view: SeenView) -> PictureWords:
    sides = wording.counts_of_sides(view.marks)
    alt = f"{view.title} view: {wording.counts_of_kinds(view.marks)}"
    return PictureWords(
        view=view.name,
        placed=view.placed,
        title=view.title,
        caption=wording.marks_counted(len(view.marks)),
        alt=told(f"{alt}; {sides}" if sides else alt, view.zones),
        zones=view.zones,
    )


def _close_up(window: CloseUp, zones: Sequence[SeenZone]) -> CloseUpWords:
    numbers = wording.listed([str(mark.number) for mark in window.marks])
    which = f"{'mark' if len(window.marks) == 1 else 'marks'} {numbers}"
    counts, sides = wording.counts_of_kinds(window.marks), wording.counts_of_sides(window.marks)
    here = tuple(zone for zone in zones if zone.reaches(window))
    shown = f"{window.title.lower()} view" if window.of_whole else window.title.lower()
    return CloseUpWords(
        window=window,
        caption=which,
        alt=told(f"Close-up of the {shown}, {which}: {counts}; {sides}", here),
        zones=here,
    )


def _own_picture(view: PictureView, placed: tuple[PlacedMark, ...]) -> OwnPictureWords:
    marks = [each.mark for each in placed]
    counts, sides = wording.counts_of_kinds(marks), wording.counts_of_sides(marks)
    return OwnPictureWords(
        view=view,
        placed=placed,
        title=view.title,
        caption=f"{_side_of(view)} · {wording.marks_counted(len(marks))}",
        alt=f"{view.title}, own picture: {counts}; {sides}",
    )


def _side_of(view: PictureView) -> str:
    lateral = view.side in (Side.LEFT, Side.RIGHT)
    return f"{side_words(view.side)} side" if lateral else side_words(view.side)


def _unseen(
    marks: Sequence[Mark],
    views: Sequence[SeenView],
    close_ups: Sequence[CloseUp],
    own: Sequence[tuple[PictureView, tuple[PlacedMark, ...]]],
) -> str:
    seen: set[UUID] = {mark.id for view in views for mark in view.marks}
    seen |= {mark.id for close_up in close_ups for mark in close_up.marks}
    seen |= {each.mark.id for _view, placed in own for each in placed}
    numbers = [str(mark.number) for mark in marks if mark.id not in seen]
    if not numbers:
        return ""
    which = "mark" if len(numbers) == 1 else "marks"
    return f"Not shown on the pictures: {which} {wording.listed(numbers)}."


def _row(
    mark: Mark, marks: Sequence[Mark], titles: dict[str, str], muscle_name: Callable[[str], str]
) -> MarkRow:
    parents = [f"at mark {each.number}" for each in marks if each.id == mark.parent_id]
    return MarkRow(
        number=str(mark.number),
        kind=kind_title(mark.kind),
        muscle=muscle_name(mark.muscle) if mark.muscle else NOTHING,
        side=side_words(mark.side).capitalize(),
        view=titles.get(mark.placed_in) or _other_place(mark),
        recorded=_capitalised(", ".join(parents + attributes(mark))) or NOTHING,
        note=_cell_note(mark),
    )


def _other_place(mark: Mark) -> str:
    """What is said of a view that is not printed."""
    if is_picture_version(mark.body_version):
        return "A picture that is not here"
    return f"{mark.placed_in.capitalize()} view"


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _is_long(mark: Mark) -> bool:
    return len(mark.note) > LONGEST_CELL_NOTE


def _cell_note(mark: Mark) -> str:
    return "See the notes below." if _is_long(mark) else mark.note.strip() or NOTHING


def _notes(
    problem: Problem | None,
    session: TreatmentSession,
    marks: Sequence[Mark],
    zones: Sequence[ZoneLines],
) -> tuple[NoteBlock, ...]:
    blocks = [NoteBlock("Session", session.note)]
    blocks += [NoteBlock(f"Mark {mark.number}", mark.note) for mark in marks if _is_long(mark)]
    blocks += [NoteBlock(f"No-needle zone: {zone.words}", zone.note) for zone in zones]
    if problem is not None:
        blocks.append(NoteBlock("Goals of treatment", problem.goals))
        blocks.append(NoteBlock("Other treatment of the plan", problem.other_treatment))
    return tuple(block for block in blocks if block.text.strip())
