"""What became of each spot from the first session of a course to its last."""

from collections import Counter, defaultdict

from app.body.atlas import Atlas
from app.body.needling import naming_of
from app.domain.words import kind_title
from app.report.blocks import Block, Differences, DifferenceSigns, Grid, Heading, Words
from app.report.course import Course, where_of
from app.report.maps import best_views, drawn_difference
from app.review.comparison import WORDS, Compared, Standing, difference
from app.review.following import RememberedDistances, links_of
from app.review.sites import GATE_MM, follow

NO_SPOT = (
    "No spot is marked in the first or the last session that can be followed: trigger points, "
    "needles and sore spots can."
)
HOW = (
    f"The same spot: marks of one kind, muscle and side within {GATE_MM:g} mm along the skin, "
    "followed from session to session, unless a person said otherwise. What is not marked again "
    "may be gone or was not looked for."
)
WIDTHS = (3.4, 2.2, 0.8, 0.8, 1.4)


def difference_blocks(course: Course, atlas: Atlas, edge_mm: float) -> list[Block]:
    """New, again and not marked again: on maps ``edge_mm`` wide, and by muscle and side. Nothing
    where there is one session.
    """
    if len(course.sessions) < 2:
        return []
    found = _compared(course, atlas)
    heading = Heading("What differs between the two")
    if not found:
        return [heading, Words(NO_SPOT)]
    body = course.patient.body
    visits = (course.first, course.last)
    views = best_views(atlas, body, [mark for each in visits for mark in each.marks])
    windows = tuple(drawn_difference(atlas, body, view, visits, found) for view in views)
    return [
        heading,
        Differences(windows, edge_mm),
        DifferenceSigns(),
        _table(found, atlas),
        Words(HOW, "small"),
    ]


def _compared(course: Course, atlas: Atlas) -> list[Compared]:
    from app.body.along_skin import SkinDistances

    marks = {each.session.id: each.marks for each in course.sessions}
    distances = RememberedDistances(SkinDistances(atlas.mesh, course.patient.body).from_spot)
    sites = follow(course.visits, lambda each: marks[each], links_of(course.links), distances)
    return difference(sites, course.first.session.id, course.last.session.id)


def _table(found: list[Compared], atlas: Atlas) -> Grid:
    """A row for each place and kind of mark, muscles in the order of the catalogue."""
    naming = naming_of(atlas)
    counts: dict[tuple[int, int, str, str], Counter[Standing]] = defaultdict(Counter)
    for each in found:
        key = (*where_of(each.mark, naming), kind_title(each.mark.kind))
        counts[key][each.standing] += 1
    rows = tuple(
        (*key[2:], *(str(counts[key][standing]) for standing in WORDS)) for key in sorted(counts)
    )
    headings = ("Muscle or place, side", "Mark", *(words.capitalize() for words in WORDS.values()))
    return Grid(headings, rows, WIDTHS)
