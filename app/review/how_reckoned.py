"""What two sessions are compared by: the name, the unit, the formula and the source of each."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from app.review.clusters import LEAST_CM2, SAME_PATCH_MM, SHIFT_NOISE_MM
from app.review.extent import LEAST_SHARE_CHANGE


class What(StrEnum):
    PAIN_BEFORE = "Pain before, 0 to 10"
    PAIN_AFTER = "Pain after, 0 to 10"
    AREA = "Sore skin drawn, cm²"
    SHARE = "Sore skin drawn, % of the skin"
    MEAN = "Soreness, mean over that skin, 0 to 10"
    SUM = "Soreness times skin, cm²"
    JACCARD = "Overlap of the two drawings (Jaccard)"
    DICE = "Overlap of the two drawings (Dice)"
    PATCHES = "Patches of sore skin"
    SHIFT = "Shift of a patch, mm"
    LATERALITY = "Right against left, −1 to 1"
    SYMMETRY = "Likeness of right and left, 0 to 1"
    NEEDLES = "Needles"
    MINUTES = "Minutes that needles were in"
    TWITCHES = "Twitches"
    MARKS = "Marks"


class How(NamedTuple):
    """``digits``: how many figures after the point are shown."""

    formula: str
    source: str
    digits: int = 0


_WITH_INTENSITY = (
    "sore areas with a recorded intensity. Each counts with all of its skin, also where two lie "
    "over each other."
)
HOW: Mapping[What, How] = MappingProxyType(
    {
        What.PAIN_BEFORE: How(
            "As recorded before the session. Changed where it differs by 2 or more.",
            "minimal change of about 2, from memory",
        ),
        What.PAIN_AFTER: How(
            "As recorded after the session. Changed where it differs by 2 or more.",
            "minimal change of about 2, from memory",
        ),
        What.AREA: How(
            "Sum of the areas of the skin’s samples that drawn sore areas cover; what two of them "
            "cover counts once.",
            "extent, Leoni 2013, read in an abstract; summed over the body’s mesh, never by "
            "counting regions",
            1,
        ),
        What.SHARE: How(
            "That area / all skin that can be seen. Below "
            f"{100 * LEAST_SHARE_CHANGE:g} % of the skin a difference is noise even of a machine; "
            "above, nobody knows.",
            "0.08 to 0.38 %, Barbero 2024, read in an abstract",
            2,
        ),
        What.MEAN: How(
            f"Σ(intensity × area) / Σ(area), over {_WITH_INTENSITY}",
            "JoVE 65334, from notes of a survey",
            1,
        ),
        What.SUM: How(
            f"Σ(intensity × area), over {_WITH_INTENSITY}",
            "JoVE 65334, from notes of a survey",
            1,
        ),
        What.JACCARD: How(
            "Area of A and B / area of A or B; 1 where both are empty. At the threshold and above "
            "the two may be one thing drawn twice: within drawing noise.",
            "0.4 is derived from 0.62 ± 0.18 of drawings repeated within a minute, Leoni 2013, "
            "read in an abstract; shoulders repeat worse",
            2,
        ),
        What.DICE: How(
            "2 × area of A and B / (area of A + area of B); 1 where both are empty.",
            "2J / (1 + J), derived: the same measure in another form",
            2,
        ),
        What.PATCHES: How(
            f"Connected pieces of sore skin of at least {LEAST_CM2:g} cm², over edges and corners "
            "of samples.",
            "clusters, Shaballout 2019, from notes of a survey; the least size is this program’s",
        ),
        What.SHIFT: How(
            f"Straight from centroid to centroid. Patches at most {SAME_PATCH_MM:g} mm apart are "
            "taken for one, so that as many as possible are paired and the sum of ways is least. "
            f"Moved beyond {SHIFT_NOISE_MM:g} mm.",
            "33 mm holds 95 % of re-marks, derived from ± 26 mm per axis, Barbero 2012, read in "
            "copies; the 100 mm are this program’s",
        ),
        What.LATERALITY: How(
            "(R − L) / (R + L) of the sore areas of the patient’s sides; the mid-line is left out.",
            "usual index, from memory",
            2,
        ),
        What.SYMMETRY: How(
            "Dice of the right side with the mirror image of the left.", "derived", 2
        ),
        What.NEEDLES: How("Needle marks on the chart.", "a count; it grades nothing"),
        What.MINUTES: How("Σ(out − in), over needles with both times.", "a sum; it grades nothing"),
        What.TWITCHES: How(
            "Sum of the counts of present twitch responses; one that was not counted counts 1. "
            "None where no response was charted.",
            "a sum; more twitches were no better at short-term follow-up, Acupuncture in "
            "Medicine 2021, from notes of a survey",
        ),
        What.MARKS: How(
            "Marks of all kinds in that muscle and side.", "a count; it grades nothing"
        ),
    }
)
