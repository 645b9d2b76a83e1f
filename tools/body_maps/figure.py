"""The neutral male and the neutral female: which morph targets, and how much of each.

The figures are adults of no particular origin (a third of each of the three ancestries that the
source data offer), lean and muscular enough that the landmarks a practitioner orients by can be
read, with closed eyes and a calm face.
"""

from __future__ import annotations

from dataclasses import dataclass

ANCESTRIES = ("african", "asian", "caucasian")
BODIES = ("male", "female")


@dataclass(frozen=True)
class Build:
    """How one figure is built; every value runs from 0 to 1.

    `muscle` and `weight` are 0.5 for the average adult; `ideal` draws the proportions towards the
    artist's canon; `bust` is the amount of a firm, average bust; `lips` presses the lips together.
    """

    muscle: float
    weight: float
    ideal: float
    bust: float
    lips: float
    extra: dict[str, float]


BUILDS = {
    "male": Build(0.92, 0.46, 0.6, 0.0, 0.0, {"torso/torso-muscle-dorsi-incr": 0.25}),
    "female": Build(0.84, 0.46, 0.6, 0.7, 0.35, {"buttocks/buttocks-volume-decr": 0.35}),
}


def target_amounts(body: str) -> dict[str, float]:
    """Target name (below `targets/`, without suffix) -> amount, for `body` male or female."""
    build = BUILDS[body]
    amounts = dict(build.extra)
    for ancestry in ANCESTRIES:
        amounts[f"macrodetails/{ancestry}-{body}-young"] = 1 / 3
        for side in ("left", "right"):
            amounts[f"expression/units/{ancestry}/eye-{side}-closure"] = 1 / 3
        amounts[f"expression/units/{ancestry}/mouth-compression"] = build.lips / 3
    for muscle, muscle_share in _split(build.muscle, "muscle").items():
        for weight, weight_share in _split(build.weight, "weight").items():
            share = muscle_share * weight_share
            kind = f"{muscle}-{weight}"
            amounts[f"macrodetails/universal-{body}-young-{kind}"] = share
            proportions = f"macrodetails/proportions/{body}-young-{kind}-idealproportions"
            amounts[proportions] = share * build.ideal
            bust = f"breast/{body}-young-{kind}-averagecup-maxfirmness"
            amounts[bust] = share * build.bust
    return {name: amount for name, amount in amounts.items() if amount != 0}


def _split(value: float, noun: str) -> dict[str, float]:
    """Share a value between the average target and the extreme it leans towards."""
    lean = abs(value - 0.5) * 2
    extreme = "max" if value > 0.5 else "min"
    return {f"average{noun}": 1 - lean, f"{extreme}{noun}": lean}
