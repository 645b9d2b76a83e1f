"""What is asked before the first needle, and how it was answered.

The items are those that guidance on dry needling lists in common; which of them forbid and
which only ask for care differs between guidelines (clinical content, section 2: from memory,
to be checked by a clinician). The program asks and records; it forbids nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class ScreeningItem(StrEnum):
    # Against needling at all, or at that place.
    CANNOT_CONSENT = "cannot_consent"
    NEEDLE_PHOBIA = "needle_phobia"
    CANNOT_COOPERATE = "cannot_cooperate"
    ACUTE_UNDIAGNOSED = "acute_undiagnosed"
    SERIOUS_REACTION_BEFORE = "serious_reaction_before"
    SKIN_AT_SITE = "skin_at_site"
    LYMPHOEDEMA = "lymphoedema"
    TUMOUR_AT_SITE = "tumour_at_site"
    FEVER_OR_INFECTION = "fever_or_infection"
    BLEEDING_DISORDER = "bleeding_disorder"
    IMPLANT_AT_SITE = "implant_at_site"
    OVER_VITAL_STRUCTURE = "over_vital_structure"
    ACTIVE_IMPLANT_AND_CURRENT = "active_implant_and_current"
    # With reason, adaptation or advice.
    ANTICOAGULANT = "anticoagulant"
    IMMUNOSUPPRESSION = "immunosuppression"
    DIABETES_OR_NEUROPATHY = "diabetes_or_neuropathy"
    PREGNANCY = "pregnancy"
    EPILEPSY = "epilepsy"
    HEART_VALVE = "heart_valve"
    BLOOD_BORNE_VIRUS = "blood_borne_virus"
    METAL_ALLERGY = "metal_allergy"
    FAINTING = "fainting"
    DISTRESS = "distress"
    CHILD_OR_FRAIL = "child_or_frail"
    RECENT_SURGERY = "recent_surgery"
    VASCULAR_DISEASE = "vascular_disease"
    LUNG_DISEASE = "lung_disease"
    ANATOMICAL_VARIANT = "anatomical_variant"
    SPINAL_SURGERY = "spinal_surgery"
    ACUTE_INJURY = "acute_injury"
    OSTEOPOROSIS = "osteoporosis"
    SENSITISATION = "sensitisation"
    PERPETUATING_FACTOR = "perpetuating_factor"
    DRIVING_OR_SPORT_AFTER = "driving_or_sport_after"
    FIRST_TREATMENT = "first_treatment"

    @property
    def is_absolute(self) -> bool:
        """Whether guidance commonly says not to needle at all, or not there."""
        return self in ABSOLUTE_ITEMS


_ITEMS = tuple(ScreeningItem)
ABSOLUTE_ITEMS = frozenset(_ITEMS[: _ITEMS.index(ScreeningItem.ANTICOAGULANT)])

QUESTIONS = MappingProxyType(
    {
        ScreeningItem.CANNOT_CONSENT: "Consent refused, or cannot be given",
        ScreeningItem.NEEDLE_PHOBIA: "Afraid of needles, or unwilling",
        ScreeningItem.CANNOT_COOPERATE: "Cannot communicate or lie still safely",
        ScreeningItem.ACUTE_UNDIAGNOSED: "Emergency, or acute and not diagnosed",
        ScreeningItem.SERIOUS_REACTION_BEFORE: "Serious reaction to a needle before",
        ScreeningItem.SKIN_AT_SITE: "Infection, wound, rash or burn at the site",
        ScreeningItem.LYMPHOEDEMA: "Lymphoedema, or lymph nodes removed there",
        ScreeningItem.TUMOUR_AT_SITE: "Tumour, lump or radiotherapy at the site",
        ScreeningItem.FEVER_OR_INFECTION: "Fever or general infection",
        ScreeningItem.BLEEDING_DISORDER: "Severe bleeding disorder",
        ScreeningItem.IMPLANT_AT_SITE: "Implant, shunt, pump or new joint at the site",
        ScreeningItem.OVER_VITAL_STRUCTURE: "Over a vital structure without training for it",
        ScreeningItem.ACTIVE_IMPLANT_AND_CURRENT: "Pacemaker or other active implant, with current",
        ScreeningItem.ANTICOAGULANT: "Anticoagulant, bruises easily, few platelets",
        ScreeningItem.IMMUNOSUPPRESSION: "Weak immune system",
        ScreeningItem.DIABETES_OR_NEUROPATHY: "Diabetes, poor healing or loss of feeling",
        ScreeningItem.PREGNANCY: "Pregnant, or may be",
        ScreeningItem.EPILEPSY: "Epilepsy",
        ScreeningItem.HEART_VALVE: "Heart valve disease, endocarditis, unstable angina",
        ScreeningItem.BLOOD_BORNE_VIRUS: "Virus carried in blood",
        ScreeningItem.METAL_ALLERGY: "Allergic to nickel or chromium",
        ScreeningItem.FAINTING: "Faints easily, anxious, fasting or exhausted",
        ScreeningItem.DISTRESS: "Psychiatric illness or strong distress",
        ScreeningItem.CHILD_OR_FRAIL: "Child, adolescent or frail",
        ScreeningItem.RECENT_SURGERY: "Recent surgery near the site",
        ScreeningItem.VASCULAR_DISEASE: "Disease of vessels, varicose veins, aneurysm",
        ScreeningItem.LUNG_DISEASE: "Lung disease, marked curvature or very thin build",
        ScreeningItem.ANATOMICAL_VARIANT: "Known variant such as a sternal foramen",
        ScreeningItem.SPINAL_SURGERY: "Spinal fusion or laminectomy at that level",
        ScreeningItem.ACUTE_INJURY: "Fresh injury, fracture or haematoma at the site",
        ScreeningItem.OSTEOPOROSIS: "Osteoporosis",
        ScreeningItem.SENSITISATION: "Fibromyalgia or central sensitisation",
        ScreeningItem.PERPETUATING_FACTOR: "Underactive thyroid, malnutrition or acute flare",
        ScreeningItem.DRIVING_OR_SPORT_AFTER: "Driving, sport or heavy work soon after",
        ScreeningItem.FIRST_TREATMENT: "First treatment with needles",
    }
)
"""What is asked, so that "no" is the unremarkable answer."""


class ScreeningAnswer(StrEnum):
    """``None`` where an answer could stand means "not asked", which is none of these."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class ScreeningAction(StrEnum):
    """What follows from a yes."""

    PROCEED_ADAPTED = "proceed_adapted"
    AVOID_REGION = "avoid_region"
    DEFER = "defer"
    REFER = "refer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """One item as it was answered."""

    item: ScreeningItem
    answer: ScreeningAnswer
    action: ScreeningAction | None = None
    note: str = ""
