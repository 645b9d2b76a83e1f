"""Placing by name: "rt utr 2" is two marks in the right upper trapezius.

A side, a muscle and a count, in any order; the count comes as a figure. Nothing is guessed: where
the words fit more than one muscle equally well, the user chooses.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.body.muscles import Catalogue, Muscle
from app.domain.anatomy import Side
from app.domain.folding import fold
from app.domain.marks import Details
from app.domain.words import counted
from app.editing.finding import MOST_MUSCLES, Found, Offer

SIDE_WORDS: dict[str, tuple[Side, ...]] = {
    **dict.fromkeys(("r", "rt", "right"), (Side.RIGHT,)),
    **dict.fromkeys(("l", "lt", "left"), (Side.LEFT,)),
    **dict.fromkeys(("b", "both", "bilateral", "bilat"), (Side.RIGHT, Side.LEFT)),
}
EITHER_SIDE: tuple[tuple[Side, ...], ...] = ((Side.RIGHT,), (Side.LEFT,), (Side.RIGHT, Side.LEFT))
MOST_MARKS = 9
"""On each side, of one muscle at once: more are placed by hand."""
DRAWING_AID = (
    "At the middle of the drawn muscle: a drawing aid, not where to needle. "
    "Move it to the spot that was palpated."
)
_COUNT = re.compile(r"[x×]?(\d+)[x×]?")


@dataclass(frozen=True, slots=True)
class Shorthand:
    """What was typed, taken apart. ``sides`` is empty where none was said."""

    muscle_words: str
    sides: tuple[Side, ...] = ()
    count: int | None = None

    @property
    def says_more(self) -> bool:
        """Whether a side or a count was said, so that placing is meant."""
        return bool(self.sides) or self.count is not None


@dataclass(frozen=True, slots=True)
class Placement:
    """Marks of one kind in one muscle: ``count`` on each of ``sides``."""

    muscle: Muscle
    sides: tuple[Side, ...]
    count: int
    details: Details

    @property
    def words(self) -> str:
        """ "Right trapezius, descending (upper) part: 2 trigger points"."""
        name, kind = self.muscle.name, self.details.kind
        if len(self.sides) == 1:
            told = f"{self.sides[0].value.capitalize()} {name[:1].lower()}{name[1:]}"
            return f"{told}: {counted(kind, self.count)}"
        return f"{name}, both sides: {counted(kind, self.count)} on each"


def read_shorthand(text: str) -> Shorthand:
    """The first word for a side is the side, the last figure the count; the rest is the muscle.

    So "lt lt 2" is the left lower trapezius, for which "LT" is short.
    """
    words = fold(text).split()
    sides: tuple[Side, ...] = ()
    for k, word in enumerate(words):
        if word in SIDE_WORDS:
            sides = SIDE_WORDS[word]
            del words[k]
            break
    count = None
    for k in range(len(words) - 1, -1, -1):
        figure = _COUNT.fullmatch(words[k])
        if figure is not None:
            count = int(figure[1])
            del words[k]
            break
    return Shorthand(" ".join(words), sides, count)


def find_placements(text: str, catalogue: Catalogue, details: Details) -> Found:
    """What ``text`` would place. None is chosen where more than one muscle is meant equally, or
    no side was said.
    """
    wanted = read_shorthand(text)
    if not wanted.muscle_words:
        said = "Which muscle?" if wanted.says_more else ""
        return Found((), said or "A side, a muscle and how many: rt utr 2, both levator, l ql.")
    muscles = catalogue.closest(wanted.muscle_words)
    if not muscles:
        return Found((), f"No muscle is called “{wanted.muscle_words}”.")
    if wanted.count is not None and not 1 <= wanted.count <= MOST_MARKS:
        return Found((), f"From 1 to {MOST_MARKS} marks can be placed at once on each side.")
    offers = place_offers(muscles[:MOST_MUSCLES], wanted, details)
    if len(muscles) > 1:
        return Found(offers, _which(wanted.muscle_words, muscles), -1)
    if not wanted.sides:
        return Found(offers, f"{muscles[0].name}: on which side?", -1)
    return Found(offers)


def place_offers(
    muscles: Sequence[Muscle], wanted: Shorthand, details: Details
) -> tuple[Offer, ...]:
    """An offer for each muscle, and for each side where none was said."""
    sides = (wanted.sides,) if wanted.sides else EITHER_SIDE
    placements = [
        Placement(muscle, each, wanted.count or 1, details) for muscle in muscles for each in sides
    ]
    return tuple(Offer(each.words, each, note=DRAWING_AID) for each in placements)


def _which(words: str, muscles: Sequence[Muscle]) -> str:
    names = [muscle.name for muscle in muscles[:MOST_MUSCLES]]
    more = f" and {len(muscles) - len(names)} more" if len(muscles) > len(names) else ""
    return f"“{words}” may be {'; '.join(names)}{more}. Choose one, or type more of it."
