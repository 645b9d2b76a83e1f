"""How alike two sets of skin are, how one-sided a set is, and how alike its two sides are."""

from app.body.mesh import Points
from app.body.skin_samples import SkinSamples
from app.domain.anatomy import Body
from app.review.marked_skin import Mask
from app.review.noise import Verdict

SAME_DRAWING = 0.4
"""Jaccard below which two drawings differ by more than drawing again does. Derived: 0.62 - 1.28 x
0.18 = 0.39 is the 10th percentile of drawings repeated within a minute in low back and neck pain
(Leoni 2013, read in an abstract). Drawings of shoulders repeat worse (mean 0.42 +/- 0.19, PubMed
37897081, read in an abstract), so it is a setting."""


def jaccard(one: Mask, other: Mask, area_mm2: Points) -> float:
    """J = area of A and B / area of A or B, from 0 to 1; 1 where both are empty.

    ``one`` and ``other`` (n,) masks, ``area_mm2`` (n,). The measure by which repeated pain
    drawings are compared (Leoni 2013, Galve Villa 2020, read in abstracts).
    """
    either = float(area_mm2[one | other].sum())
    return float(area_mm2[one & other].sum()) / either if either else 1.0


def dice(one: Mask, other: Mask, area_mm2: Points) -> float:
    """D = 2 x area of A and B / (area of A + area of B) = 2J / (1 + J); 1 where both are empty.

    Shapes as in ``jaccard``. That the two are one measure in two forms is derived.
    """
    both = float(area_mm2[one].sum() + area_mm2[other].sum())
    return 2 * float(area_mm2[one & other].sum()) / both if both else 1.0


def overlap_change(found: float, same_drawing: float = SAME_DRAWING) -> Verdict:
    """What a Jaccard of ``found`` says of two drawings. At ``same_drawing`` and above they may be
    the same thing drawn twice, which does not show that nothing changed.
    """
    return Verdict.CHANGED if found < same_drawing else Verdict.WITHIN_NOISE


def laterality(marked: Mask, skin: SkinSamples, body: Body) -> float | None:
    """(R - L) / (R + L) of the marked areas, from -1 (left alone) to 1 (right alone).

    The patient's sides; skin of the mid-line counts for neither. None where neither side is
    marked. A usual index of asymmetry, from memory.
    """
    area = skin.area_mm2(body)
    right, left = float(area[marked & skin.right].sum()), float(area[marked & skin.left].sum())
    return (right - left) / (right + left) if right + left else None


def symmetry(marked: Mask, skin: SkinSamples, body: Body) -> float:
    """Dice of the right side with the mirror image of the left, from 0 to 1; 1 where neither side
    is marked. Skin of the mid-line is left out. Derived: Dice as above.
    """
    mirrored_left = (marked & skin.left)[skin.mirrored]
    return dice(marked & skin.right, mirrored_left, skin.area_mm2(body))
