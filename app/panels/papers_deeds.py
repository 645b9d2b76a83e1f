"""What menus and keys do to the papers of the session on the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.stages import Stage
from app.editing.actions import STAGE_ACTIONS

if TYPE_CHECKING:
    from app.panels.desk import Desk


def papers_deeds(desk: Desk) -> dict[str, Callable[[], object]]:
    """What each action does, by its id."""

    def affirm() -> None:
        desk.chart.show_panels()
        desk.chart.column.stages.go_to(Stage.BEFORE)
        if desk.flush() and desk.editor.papers.affirm():
            desk.notifier.done("Screening affirmed.", "Undo", desk.undo)

    def no_event() -> None:
        desk.chart.show_panels()
        desk.chart.column.stages.go_to(Stage.AFTER)
        if not desk.flush():
            return
        if desk.editor.papers.say_no_event():
            desk.notifier.done("No adverse event recorded.", "Undo", desk.undo)
        else:
            desk.notifier.trouble("Adverse events are recorded. Remove them first.")

    deeds: dict[str, Callable[[], object]] = {"screening.affirm": affirm, "events.none": no_event}
    for stage, action in STAGE_ACTIONS.items():
        deeds[action.id] = lambda stage=stage: desk.chart.show_stage(stage)  # type: ignore[misc]
    return deeds
