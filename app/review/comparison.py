"""Two sessions compared: which spots came new, which were marked again, which were not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.domain.identity import UUID
from app.domain.marks import Mark
from app.review.sites import Site


class Standing(StrEnum):
    """How a spot of two sessions stands. "Not marked" says nothing of why."""

    NEW = "new"
    AGAIN = "again"
    NOT_MARKED = "not_marked"


WORDS: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.NEW: "new",
        Standing.AGAIN: "again",
        Standing.NOT_MARKED: "not marked again",
    }
)


def counts_words(counts: Mapping[Standing, int]) -> str:
    """ "2 new, 3 again, 0 not marked again"."""
    return ", ".join(f"{counts.get(standing, 0)} {words}" for standing, words in WORDS.items())


@dataclass(frozen=True, slots=True)
class Compared:
    """A spot, by its mark in the later session where it has one there."""

    mark: Mark
    standing: Standing


def difference(sites: Iterable[Site], earlier: UUID, later: UUID) -> list[Compared]:
    """Every spot that was marked in at least one of two sessions, by their ids."""
    found = []
    for site in sites:
        of_session = {visit.mark.session_id: visit.mark for visit in site.visits}
        before, after = of_session.get(earlier), of_session.get(later)
        if after is not None:
            found.append(Compared(after, Standing.NEW if before is None else Standing.AGAIN))
        elif before is not None:
            found.append(Compared(before, Standing.NOT_MARKED))
    return found
