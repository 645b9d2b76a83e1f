"""When it is asked how sore a patient was after needling."""

from datetime import date, timedelta
from typing import NamedTuple

from app.domain.period import Period

USUAL_SORENESS = (
    "Soreness after needling is usually gone within 72 hours (a review of 2018, from memory; a "
    "study of 60 people followed it for 72 hours, 2016, read)."
)
"""Clinical content, section 4. The window below is the project's own choice."""
MOST_DAYS = 60


class FollowUpWindow(NamedTuple):
    """So many days after needling it is due to ask, at first and at last."""

    first: int = 1
    last: int = 7

    def period(self, today: date) -> Period:
        """The days on which sessions were that are due ``today``. A window whose ends were
        exchanged, or that reaches beyond ``MOST_DAYS``, is taken for the one that was meant.
        """
        first, last = sorted(min(max(each, 0), MOST_DAYS) for each in self)
        return Period(today - timedelta(days=last), today - timedelta(days=first))
