"""What the marks of a session say, with the names of this body's muscles and places."""

from collections.abc import Iterable

from app.body.atlas import Atlas
from app.domain.anatomy import Side
from app.domain.marks import Mark
from app.domain.needling_words import Named, Naming, needling_text

_SIDES = {
    Side.LEFT: "left side",
    Side.RIGHT: "right side",
    Side.MIDLINE: "midline",
    None: "side not said",
}


def what_marks_say(atlas: Atlas, marks: Iterable[Mark]) -> str:
    """The needling in words, a line for each muscle and side; "" without marks."""
    return needling_text(marks, naming_of(atlas))


def naming_of(atlas: Atlas) -> Naming:
    """Muscles by the catalogue, in its order; elsewhere the places of the skin in theirs."""
    catalogue = atlas.catalogue
    order = {muscle.id: place for place, muscle in enumerate(catalogue.muscles)}

    def muscle(muscle_id: str) -> Named:
        return Named(order.get(muscle_id, len(order)), catalogue.name(muscle_id))

    def place(mark: Mark) -> Named:
        """A mark on another version of the body has a side, and no place here."""
        found = atlas.anatomy.place_at(mark.anchor) if atlas.has_place_of(mark) else None
        if found is None:
            side = _SIDES[mark.side]
            return Named(len(atlas.anatomy.places), side)
        return Named(atlas.anatomy.places.index(found), found.words(mark.side or Side.MIDLINE))

    return Naming(muscle, place)
