"""Finding by a part of a name what can be done: actions and muscles, as one list of offers.

Predictable before clever: what fits equally well stays in the order of the menus, and letters
that merely occur somewhere in a name find nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.body.muscles import Catalogue, Muscle
from app.domain.folding import is_short_for, words_of
from app.domain.identity import UUID
from app.editing.actions import BY_ID

MOST_MUSCLES = 6
"""More than this many muscles are not listed: another letter makes them fewer."""


@dataclass(frozen=True, slots=True)
class ActionNow:
    """An action as it stands now. ``name`` may say more than its name in the menu: what undo
    would take back. ``why_not`` is why it cannot be done, where that is known.
    """

    id: str
    name: str
    keys: str = ""
    possible: bool = True
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class DoAction:
    id: str


@dataclass(frozen=True, slots=True)
class ShowMuscle:
    muscle: str
    """Its id."""


@dataclass(frozen=True, slots=True)
class SelectZone:
    zone: UUID
    """The id of one of the patient's no-needle zones."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the palette: what it says, and the ``deed`` that Enter does."""

    title: str
    deed: object
    keys: str = ""
    possible: bool = True
    note: str = ""
    """What is said of it while it is the one that Enter would do: why not, or what it means."""


@dataclass(frozen=True, slots=True)
class Found:
    """``sentence`` says why there are no offers, or why none is chosen yet."""

    offers: tuple[Offer, ...]
    sentence: str = ""
    chosen: int = 0
    """The offer that Enter does; -1 where the user must choose."""


def find_actions(text: str, actions: Iterable[ActionNow]) -> tuple[Offer, ...]:
    """The actions that ``text`` may mean, best first; all of them where it is empty."""
    wanted = list(words_of(text))
    ranked = [
        (rank, place, action)
        for place, action in enumerate(actions)
        if (rank := _rank(action, wanted)) is not None
    ]
    best_first = sorted(ranked, key=lambda each: each[:2])
    return tuple(_offer(action) for _rank_, _place, action in best_first)


def find_muscles(text: str, catalogue: Catalogue) -> tuple[Muscle, ...]:
    """The first few muscles that ``text`` may mean."""
    return catalogue.search(text)[:MOST_MUSCLES]


def find_zones(text: str, zones: Mapping[UUID, str]) -> tuple[Offer, ...]:
    """The no-needle zones, by what is said of them, that ``text`` may mean."""
    wanted = words_of(text)
    return tuple(
        Offer(f"Select no-needle zone: {words}", SelectZone(zone))
        for zone, words in zones.items()
        if wanted and _each_begins_one_of(wanted, words_of(f"select no-needle zone {words}"))
    )


def show_offer(muscle: Muscle) -> Offer:
    return Offer(f"Show {muscle.name}", ShowMuscle(muscle.id), note=f"{muscle.review}.")


def _offer(action: ActionNow) -> Offer:
    note = BY_ID[action.id].tip if action.possible else action.why_not
    return Offer(action.name, DoAction(action.id), action.keys, action.possible, note)


def _rank(action: ActionNow, wanted: list[str]) -> int | None:
    """0 the beginning of the name, 1 beginnings of its words, 2 parts of it, 3 short for it,
    4 beginnings of words in its menu and its tip; None where it is not meant.
    """
    if not wanted:
        return 0
    words = words_of(action.name)
    if " ".join(words).startswith(" ".join(wanted)):
        return 0
    if _each_begins_one_of(wanted, words):
        return 1
    if all(each in " ".join(words) for each in wanted):
        return 2
    if is_short_for("".join(wanted), words):
        return 3
    about = BY_ID[action.id]
    more = (*words, *words_of(f"{about.menu} {about.name} {about.tip}"))
    return 4 if _each_begins_one_of(wanted, more) else None


def _each_begins_one_of(wanted: Iterable[str], words: tuple[str, ...]) -> bool:
    return all(any(word.startswith(each) for word in words) for each in wanted)
