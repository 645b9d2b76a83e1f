"""The clinic of the journeys serves the panels too."""

from tests.helpers.finger import quick_taps
from tests.journeys.conftest import atlas, open_clinic

__all__ = ["atlas", "open_clinic", "quick_taps"]
