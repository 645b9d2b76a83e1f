"""The names of the tools."""

from enum import StrEnum


class ToolKey(StrEnum):
    SELECT = "select"
    TRIGGER_POINT = "trigger_point"
    NEEDLE = "needle"
    TWITCH = "twitch_response"
    SORENESS = "soreness"
    REFERRED_PAIN = "referred_pain"
    TAUT_BAND = "taut_band"
    REACTION = "reaction"
    NOTE = "note"
    AGAIN = "again"
    NO_NEEDLE = "no_needle_zone"
    MOVE = "move"
    ERASE = "erase"
