"""A program that charts until it is killed: needles in and out, twitches, papers, undo and redo.

python -m tests.journeys.charting FOLDER

Each line on its input lets one more begin, forked from this one, that goes on in the practice where
the last one was killed. It says each change as soon as that is called saved.
"""

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.body.atlas import Atlas
from app.domain.audit import Stamp
from app.domain.change import Change
from app.domain.preparation import Consent
from app.domain.screening import Screened, ScreeningAnswer, ScreeningItem
from app.editing.needles import plan_stay, take_all_out, take_one_out
from app.editing.tool_keys import ToolKey
from app.editing.twitches import count_twitch, take_twitch_back
from app.paths import BODY_MAPS
from tests.helpers.chart import Chart

TOOLS = (ToolKey.TRIGGER_POINT, ToolKey.NEEDLE, ToolKey.NEEDLE, ToolKey.NEEDLE)


def main() -> None:
    folder, atlas = Path(sys.argv[1]), Atlas.load(BODY_MAPS)
    for seed in sys.stdin:
        program = os.fork()
        if not program:
            chart_on(Chart(folder, atlas), random.Random(int(seed)))
        say(f"began {program}")
        os.waitpid(program, 0)
        say("ended")


def say(words: str) -> None:
    """In one write: who is killed has said a whole line or none."""
    os.write(sys.stdout.fileno(), f"{words}\n".encode())


def chart_on(chart: Chart, chance: random.Random) -> None:
    """Never returns."""
    _application = QCoreApplication([])
    commit = chart.repository.commit

    def commit_and_say(change: Change, stamp: Stamp) -> None:
        commit(change, stamp)
        say(f"saved {stamp.step} {stamp.action}")

    chart.repository.commit = commit_and_say  # type: ignore[method-assign]
    while True:
        chance.choice(gestures(chart, chance))()
        chart.editor.notices.look()


def gestures(chart: Chart, chance: random.Random) -> list[Callable[[], object]]:
    editor, papers = chart.editor, chart.editor.papers

    def place() -> None:
        x, y = chance.uniform(300, 460), chance.uniform(420, 700)
        chart.take(chance.choice(TOOLS)).click("posterior", x, y)

    def screen() -> None:
        item, answer = chance.choice([*ScreeningItem]), chance.choice([*ScreeningAnswer])
        papers.answer(item, Screened(item=item, answer=answer))

    def close() -> None:
        papers.close("Count needles", needles_counted=chance.randrange(50))

    return [
        place,
        place,
        place,
        lambda: count_twitch(editor),
        lambda: take_twitch_back(editor),
        lambda: take_one_out(editor),
        lambda: take_all_out(editor),
        lambda: plan_stay(editor, 60),
        lambda: papers.write_note(subjective=f"Stiff, {chance.random()}"),
        lambda: papers.consent(chance.choice([*Consent]), papers.today()),
        lambda: papers.say_no_event(chance.random() < 0.5),
        screen,
        close,
        chart.undo,
        chart.redo,
    ]


if __name__ == "__main__":
    main()
