"""What the screenings of a patient say today, item by item, and on which day it was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.domain.preparation import Preparation
from app.domain.records import TreatmentSession
from app.domain.screening import Screened, ScreeningAnswer, ScreeningItem
from app.domain.words import local_day, word


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest answer to one item, and the day on which it was given."""

    screened: Screened
    on: date


WARNED_OF = MappingProxyType(
    {
        ScreeningItem.ANTICOAGULANT: ("Anticoagulant or bleeds easily", ("anticoag", "platelet")),
        ScreeningItem.BLEEDING_DISORDER: (
            "Bleeding disorder", ("bleeding", "haemophil", "hemophil"),
        ),
        ScreeningItem.ACTIVE_IMPLANT_AND_CURRENT: (
            "Pacemaker or active implant", ("pacemaker", "defibrillator", "stimulator"),
        ),
        ScreeningItem.PREGNANCY: ("Pregnant, or may be", ("pregnan",)),
        ScreeningItem.NEEDLE_PHOBIA: ("Afraid of needles", ("phobia", "afraid of needle")),
        ScreeningItem.LYMPHOEDEMA: ("Lymphoedema", ("lymphoedema", "lymphedema")),
        ScreeningItem.IMPLANT_AT_SITE: (
            "Implant at the site", ("implant", "replacement", "prosthes", "shunt"),
        ),
        ScreeningItem.EPILEPSY: ("Epilepsy", ("epilep", "seizure")),
        ScreeningItem.FAINTING: ("Faints easily", ("faint", "syncope")),
        ScreeningItem.BLOOD_BORNE_VIRUS: ("Virus carried in blood", ("hiv", "hepatitis", "virus")),
    }
)  # fmt: skip
"""What must not be overlooked: how it is said at the top of the chart, and by which parts of
words a warning that somebody wrote by hand is known to say it already.
"""

_MAY_BE_SEVERAL = frozenset({ScreeningItem.IMPLANT_AT_SITE, ScreeningItem.LYMPHOEDEMA})
"""A warning by hand may be about another one: where the note names what it does not, both stand."""


def standing(preparations: Iterable[tuple[TreatmentSession, Preparation]]) -> list[Standing]:
    """The newest answer to each item that was ever asked, from preparations newest first.

    A screening that was begun and not finished takes nothing away that an earlier one said.
    Reads no further than it must.
    """
    found: dict[ScreeningItem, Standing] = {}
    carried: dict[ScreeningItem, tuple[Screened, date]] = {}
    for session, held in preparations:
        for item, (screened, asked_on) in carried.items():
            same = held.screened_as(item) == screened
            found[item] = Standing(screened, asked_on if same else found[item].on)
        carried = {}
        for screened in held.screened:
            if screened.item in found:
                continue
            found[screened.item] = Standing(screened, local_day(session.started_at))
            if held.screened_at is not None and held.screened_at < session.started_at:
                carried[screened.item] = (screened, local_day(held.screened_at))
        if len(found) == len(ScreeningItem) and not carried:
            break
    return [found[item] for item in ScreeningItem if item in found]


def screening_warnings(
    stands: Iterable[Standing], by_hand: Iterable[str]
) -> list[tuple[str, date]]:
    """What a yes warns of, and since which day that is known; not what a warning that was
    written by hand says already.
    """
    written = [warning.casefold() for warning in by_hand]
    warnings = []
    for each in stands:
        screened = each.screened
        if screened.answer is not ScreeningAnswer.YES or screened.item not in WARNED_OF:
            continue
        words, known_by = WARNED_OF[screened.item]
        said = any(part in warning for warning in written for part in known_by)
        many = screened.item in _MAY_BE_SEVERAL and bool(screened.note)
        told = not many or any(screened.note.casefold() in each for each in written)
        if not (said and told):
            warnings.append((_with_note(words, screened), each.on))
    return warnings


def _with_note(words: str, screened: Screened) -> str:
    action = "" if screened.action is None else f", {word(screened.action)}"
    return f"{words}{action}{f' ({screened.note})' if screened.note else ''}"
