"""The names of the tools."""

from enum import StrEnum


class ToolKey(StrEnum):
    SELECT = "select"
    TRIGGER_POINT = "trigger_point"
    TWITCH = "twitch_response"
    SORENESS = "soreness"
    NOTE = "note"
    AGAIN = "again"
    NO_NEEDLE = "no_needle_zone"
    MOVE = "move"
    ERASE = "erase"
