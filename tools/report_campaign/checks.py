"""What is looked for in a finished report: both standards, and every mark once where it belongs.

The text is read out of the file by a library that knows nothing of this program, and compared with
the records themselves: sides are reckoned anew from the mesh, and where a mark can be seen from its
spot in each view.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.body.atlas import Atlas
from app.domain.anatomy import Body, Side
from app.domain.marks import Mark, MarkKind, Needle, Shape, Twitch, TwitchResponse
from app.domain.own_pictures import OwnPicture, is_picture_version
from app.domain.summaries import SessionRecords
from app.domain.words import kind_title, side_words
from app.report.characters import Printable
from app.report.coverage import Coverage
from app.report.kinds import ReportKind
from tests.report import reading

_LABEL = re.compile(r"(?<![\d.-])(\d{1,9}) ([RLM])(?!\w)")
"""What stands beside a sign: the number of the mark and the patient's side."""
_SORENESS = re.compile(r"(?<!\d)\d{1,2}/10")
"""What stands after the side of soreness, maybe close before another label."""
_KINDS = "|".join(kind_title(each) for each in MarkKind)
_ROW = re.compile(
    rf"^(\d+) (?:{_KINDS}) (?=[\s\S]{{0,90}}?\b(?:Right|Left|Midline|Side\s+not\s+said)\s)",
    re.MULTILINE,
)
"""How a row of the table of marks begins; the name of a muscle may take several lines."""
_TITLE = "Dry needling session, "
_SIDE_COUNT = re.compile(r"(right|left) side (\d+)|(midline) (\d+)")
_WHOLE_VIEW = re.compile(r"(Anterior|Posterior|Left|Right) view: ")


class Checker:
    """Finds what is wrong in the reports on one patient's sessions, oldest first."""

    def __init__(self, atlas: Atlas, sessions: Sequence[SessionRecords]) -> None:
        self._atlas, self._sessions = atlas, sessions
        self._printable = Printable(Coverage())

    def chart(self, content: bytes, shown: SessionRecords) -> list[str]:
        """Findings on the chart of one session."""
        alts = reading.alternative_texts(content)
        pages = "\n".join(reading.pages(content))
        return [*reading.faults(content), *self._of_session(pages, alts, shown)]

    def report(self, kind: ReportKind, content: bytes) -> list[str]:
        """Findings on a report on the patient."""
        found = reading.faults(content)
        pages, alts = "\n".join(reading.pages(content)), reading.alternative_texts(content)
        if kind is ReportKind.RECORD:
            return [*found, *self._record(pages, alts)]
        if kind is ReportKind.PATIENT:
            last = self._sessions[-1]
            return [*found, *self._where(pages, last), *self._labels(pages, last.marks)]
        if kind is ReportKind.PROGRESS:
            both = (*self._sessions[0].marks, *self._sessions[-1].marks)
            found += self._labels(pages, both)
        return [*found, *self._needled(pages)]

    # Tables -----------------------------------------------------------------------------------

    def _record(self, pages: str, alts: Sequence[str]) -> Iterator[str]:
        parts = pages.split(_TITLE)[1:]
        if len(parts) != len(self._sessions):
            yield f"{len(parts)} of {len(self._sessions)} sessions"
            return
        first = [at for at, alt in enumerate(alts) if alt.startswith("Anterior view")]
        ends = [*first[1:], len(alts)]
        for text, shown, at, end in zip(parts, self._sessions, first, ends, strict=True):
            yield from self._of_session(text, alts[at:end], shown)

    def _of_session(self, text: str, alts: Sequence[str], shown: SessionRecords) -> Iterator[str]:
        """Every mark has one row, with its muscle, side and view; no other row is there."""
        for mark in shown.marks:
            row = self._row(mark, shown.pictures)
            times = reading.lines_beginning(text, row)
            if times != 1:
                yield f"the row {row} is there {times} times"
        rows = Counter(_ROW.findall(text))
        wanted = Counter(str(mark.number) for mark in shown.marks)
        if rows != wanted:
            yield f"rows {sorted((rows - wanted) + (wanted - rows))} are too many or too few"
        yield from self._labels(text, shown.marks)
        yield from self._views(alts, shown)

    def _row(self, mark: Mark, pictures: Iterable[OwnPicture]) -> str:
        muscle = self._atlas.catalogue.name(mark.muscle) if mark.muscle else "–"
        side = side_words(self._side(mark)).capitalize()
        place = self._place(mark, pictures)
        return f"{mark.number} {kind_title(mark.kind)} {muscle} {side} {place}"

    def _side(self, mark: Mark) -> Side | None:
        """Reckoned from the mesh for a point; that of an area is the side of most of its skin."""
        on_skin = not is_picture_version(mark.body_version)
        return self._atlas.side(mark.anchor) if on_skin and mark.shape is Shape.POINT else mark.side

    def _place(self, mark: Mark, pictures: Iterable[OwnPicture]) -> str:
        if is_picture_version(mark.body_version):
            title = next(each.title for each in pictures if each.version == mark.body_version)
            return self._printable.text(title).replace("\u200b", "")
        view = self._atlas.view(mark.placed_on, mark.placed_in)
        whole = {each.name for each in self._atlas.views(mark.placed_on)}
        return f"{view.title} view" if view.name in whole else view.title

    def _where(self, pages: str, last: SessionRecords) -> Iterator[str]:
        """The patient's copy: how many needles in each muscle, on which side."""
        squeezed = reading.squeezed(pages)
        for (muscle, side), count in self._counts([last]).items():
            told = f"{muscle}, {side}: {count} needle{'' if count == 1 else 's'}"
            if squeezed.count(f"•{reading.squeezed(told)}") != 1:
                yield f"the line {told} is not there once"

    def _needled(self, pages: str) -> Iterator[str]:
        """Letter and progress report: needles and sessions of each muscle and side."""
        squeezed = reading.squeezed(pages)
        visits: dict[tuple[str, str], int] = defaultdict(int)
        for each in self._sessions:
            for place in self._counts([each]):
                visits[place] += 1
        for (muscle, side), count in self._counts(self._sessions).items():
            told = f"{muscle}, {side} {count} {visits[muscle, side]}"
            if squeezed.count(reading.squeezed(told)) < 1:
                yield f"the row {told} is not there"

    def _counts(self, sessions: Iterable[SessionRecords]) -> Counter[tuple[str, str]]:
        return Counter(
            (self._atlas.catalogue.name(mark.muscle), side_words(self._side(mark)))
            for each in sessions
            for mark in each.marks
            if isinstance(mark.details, Needle) and mark.muscle is not None
        )

    # Pictures ---------------------------------------------------------------------------------

    def _labels(self, text: str, marks: Sequence[Mark]) -> Iterator[str]:
        """No sign bears another side than its mark has."""
        sides: dict[str, set[str]] = defaultdict(set)
        for mark in marks:
            side = self._side(mark)
            sides[str(mark.number)].add(side.value[0].upper() if side else "")
        counts = {str(count) for count in map(_twitches, marks) if count is not None}
        stars = re.compile(f"(?:{'|'.join(sorted(counts)) or 'none'})*")
        for figures, letter in set(_LABEL.findall(_SORENESS.sub(" ", text))):
            # Counts in stars may lie close before the number of a label: 3 and 7 L read 37 L.
            splits = range(len(figures))
            readings = [figures[at:] for at in splits if stars.fullmatch(figures[:at])]
            if not any(letter in sides.get(each, ()) for each in readings):
                yield f"a sign is labelled {figures} {letter}"

    def _views(self, alts: Sequence[str], shown: SessionRecords) -> Iterator[str]:
        """Each view of the whole body tells the points that can be seen in it, side by side."""
        body = shown.patient.body
        names = {view.title: view.name for view in self._atlas.views(body)}
        for alt in alts:
            title = _WHOLE_VIEW.match(alt)
            if title is None:
                continue
            told = {a or c: int(b or d) for a, b, c, d in _SIDE_COUNT.findall(alt)}
            least = self._seen(shown.marks, body, names[title[1]])
            if any(told.get(side, 0) < count for side, count in least.items()):
                yield f"{alt} does not tell {dict(least)}"
            on_skin = [each for each in shown.marks if not is_picture_version(each.body_version)]
            areas = sum(each.shape is not Shape.POINT for each in on_skin)
            if sum(told.values()) > sum(least.values()) + areas:
                yield f"{alt} tells more than {dict(least)} and {areas} areas"

    def _seen(self, marks: Iterable[Mark], body: Body, view: str) -> Counter[str]:
        """The points of each side whose spot can be seen in a view."""
        return Counter(
            side_words(self._side(mark))
            for mark in marks
            if mark.shape is Shape.POINT
            and not is_picture_version(mark.body_version)
            and self._atlas.locate(mark.anchor, body, view).visible
        )


def _twitches(mark: Mark) -> int | None:
    """What stands in the star of a mark."""
    if not isinstance(mark.details, TwitchResponse):
        return None
    return 0 if mark.details.response is Twitch.ABSENT else mark.details.count
