"""Where a demo practice's patients hurt: places on the pictures, and complaints made of them.

A place is given on the patient's right side; the left one is its mirror image. Lengths are
shares of the picture's height, so that they fit both figures. The places were set by eye on
the pictures, and no clinician has reviewed them: they are for show and no guide for needling.
"""

from enum import Enum
from typing import NamedTuple

from app.domain.anatomy import Side


class Facing(Enum):
    BACK = "posterior"
    FRONT = "anterior"
    FLANK = "lateral"


class Site(NamedTuple):
    """A place where marks are made. ``across``: from the mid-line, or from the back edge."""

    name: str
    facing: Facing
    across: float
    down: float

    def view(self, side: Side) -> str:
        """The view that shows this site of the patient's ``side``."""
        return side.value if self.facing is Facing.FLANK else self.facing.value

    def pixel(self, side: Side, width: int, height: int) -> tuple[float, float]:
        """(x, y) in px of a picture of that size."""
        across = self.across * height
        right = side is Side.RIGHT
        if self.facing is Facing.FLANK:  # seen from the right, the back is on the left
            return (across if right else width - across, self.down * height)
        outwards = 1 if right == (self.facing is Facing.BACK) else -1
        return (width / 2 + outwards * across, self.down * height)


class Complaint(NamedTuple):
    """What a patient comes with, and the sites where it is treated."""

    title: str
    goals: tuple[str, ...]
    sites: tuple[Site, ...]


_BACK, _FRONT, _FLANK = Facing.BACK, Facing.FRONT, Facing.FLANK

SUBOCCIPITAL = Site("suboccipital", _BACK, 0.020, 0.118)
SPLENIUS = Site("splenius capitis", _BACK, 0.018, 0.138)
UPPER_TRAPEZIUS = Site("upper trapezius", _BACK, 0.050, 0.170)
LEVATOR = Site("levator scapulae", _BACK, 0.040, 0.186)
RHOMBOID = Site("rhomboid", _BACK, 0.032, 0.225)
INFRASPINATUS = Site("infraspinatus", _BACK, 0.066, 0.216)
TERES_MINOR = Site("teres minor", _BACK, 0.083, 0.224)
THORACIC = Site("thoracic erector spinae", _BACK, 0.020, 0.290)
LUMBAR = Site("lumbar erector spinae", _BACK, 0.025, 0.385)
QUADRATUS = Site("quadratus lumborum", _BACK, 0.048, 0.395)
GLUTEUS_MEDIUS = Site("gluteus medius", _BACK, 0.062, 0.435)
PIRIFORMIS = Site("piriformis", _BACK, 0.040, 0.470)
HAMSTRING = Site("hamstring", _BACK, 0.052, 0.600)
CALF_MEDIAL = Site("medial head of the calf", _BACK, 0.058, 0.770)
CALF_LATERAL = Site("lateral head of the calf", _BACK, 0.080, 0.770)
SOLEUS = Site("soleus", _BACK, 0.068, 0.840)
FOREARM = Site("forearm extensors", _BACK, 0.132, 0.388)
FOREARM_BELOW = Site("finger extensors", _BACK, 0.140, 0.410)
STERNOMASTOID = Site("sternocleidomastoid", _FRONT, 0.025, 0.145)
PECTORAL = Site("pectoralis major", _FRONT, 0.055, 0.225)
QUADRICEPS = Site("rectus femoris", _FRONT, 0.055, 0.580)
TEMPORAL = Site("temporalis", _FLANK, 0.112, 0.068)
MASSETER = Site("masseter", _FLANK, 0.120, 0.110)
DELTOID = Site("deltoid", _FLANK, 0.085, 0.220)
LATERAL_THIGH = Site("vastus lateralis", _FLANK, 0.095, 0.640)

COMPLAINTS = (
    Complaint(
        "Neck pain",
        ("Turn the head to look over the shoulder while driving.", "Work a morning without pain."),
        (UPPER_TRAPEZIUS, LEVATOR, SUBOCCIPITAL, SPLENIUS, STERNOMASTOID),
    ),
    Complaint(
        "Low back pain",
        ("Sit for an hour.", "Lift the grandchild from the floor."),
        (LUMBAR, QUADRATUS, GLUTEUS_MEDIUS, PIRIFORMIS, THORACIC),
    ),
    Complaint(
        "Shoulder pain",
        ("Reach the upper shelf.", "Sleep on the painful side."),
        (INFRASPINATUS, UPPER_TRAPEZIUS, TERES_MINOR, DELTOID, PECTORAL, RHOMBOID),
    ),
    Complaint(
        "Headache",
        ("Fewer than two headaches a week.", "Read for an hour without headache."),
        (SUBOCCIPITAL, TEMPORAL, UPPER_TRAPEZIUS, MASSETER, STERNOMASTOID),
    ),
    Complaint(
        "Buttock and leg pain",
        ("Walk for forty minutes.", "Sit through a film."),
        (PIRIFORMIS, GLUTEUS_MEDIUS, HAMSTRING, LATERAL_THIGH),
    ),
    Complaint(
        "Calf strain",
        ("Run five kilometres.", "Climb the stairs without limping."),
        (CALF_MEDIAL, CALF_LATERAL, SOLEUS, HAMSTRING),
    ),
    Complaint(
        "Elbow pain",
        ("Lift a full kettle.", "Type for two hours."),
        (FOREARM, FOREARM_BELOW, INFRASPINATUS, UPPER_TRAPEZIUS),
    ),
    Complaint(
        "Knee pain",
        ("Walk downhill without pain.", "Kneel in the garden."),
        (QUADRICEPS, LATERAL_THIGH, HAMSTRING, GLUTEUS_MEDIUS),
    ),
)
