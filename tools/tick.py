"""Makes the tick that is heard when a key counts a twitch: python -m tools.tick

A short tone that dies away at once: soft enough for a treatment room, and nobody else's recording.
"""

import math
import struct
import wave

from app.paths import TICK

RATE = 44_100
"""Samples a second."""
SECONDS, HERTZ = 0.04, 1_400
LOUDNESS = 0.12
"""Share of the loudest that a file can hold."""
DIES_AWAY_IN = 0.007
"""Seconds in which the tone falls to a third."""


def main() -> None:
    samples = [
        math.sin(2 * math.pi * HERTZ * k / RATE) * math.exp(-k / RATE / DIES_AWAY_IN)
        for k in range(round(RATE * SECONDS))
    ]
    TICK.parent.mkdir(exist_ok=True)
    with wave.open(str(TICK), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        loudest = 32_767 * LOUDNESS
        file.writeframes(b"".join(struct.pack("<h", round(each * loudest)) for each in samples))


if __name__ == "__main__":
    main()
