"""How many twitches a mark counts, told from its details as they are stored."""

import json

from app.domain.marks import Twitch, TwitchResponse
from db.plain import from_plain


class StoredTwitches(dict[str | None, int]):
    """By the text of the details; most of them come again. None, of other marks, counts none."""

    def __missing__(self, text: str | None) -> int:
        made = self[text] = 0 if text is None else _counted(text)
        return made


def _counted(text: str) -> int:
    twitch = from_plain(TwitchResponse, json.loads(text))
    if twitch.response is not Twitch.PRESENT:
        return 0  # of one that nobody is sure of it is not known, as in ``app.review.dose``
    return 1 if twitch.count is None else int(twitch.count)
