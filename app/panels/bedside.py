"""What happens while a patient lies there with needles in: the keys of the hand that holds them,
the watch on the time, and the question before anybody leaves.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget

from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind, Strength, Twitch
from app.domain.needles import needle_of, needles_are, needles_in, over_by
from app.domain.words import kind_name, stay_words
from app.editing import needles, twitches
from app.editing.actions import KIND_ACTIONS
from app.editing.nudging import nudge
from app.editing.retyping import SEVERAL, retype
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey
from app.editing.toolbox import Toolbox
from app.notify import Notifier
from app.panels.chart_page import ChartPage

TICK_MS = 1000
RUN_MS = 1200
"""Arrow keys that follow each other faster than this are one step of undo."""


class Bedside(QObject):
    """Joins the verbs on needles, twitches and kinds to keys, buttons and the clock."""

    def __init__(
        self,
        editor: SessionEditor,
        toolbox: Toolbox,
        chart: ChartPage,
        notifier: Notifier,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._editor = editor
        self._toolbox = toolbox
        self._chart = chart
        self._notifier = notifier
        self._window = window
        self._overdue: frozenset[UUID] = frozenset()
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.look)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.look)
        self._run = QTimer(self, singleShot=True, interval=RUN_MS)
        self._run.timeout.connect(editor.history.seal)
        chart.map.nudged.connect(self._nudge)
        chart.column.needles.all_out_asked.connect(self.take_all_out)
        chart.column.needles.stay_chosen.connect(lambda stay_s: needles.plan_stay(editor, stay_s))
        chart.may_leave_session = self.may_leave_session
        chart.installEventFilter(self)
        editor.session_changed.connect(self._on_session)
        editor.store.changed.connect(lambda _change: self._soon.start())

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What each action of the menu Treatment does, by its id."""
        editor = self._editor
        deeds: dict[str, Callable[[], object]] = {
            "needle.out": lambda: needles.take_one_out(editor),
            "needle.all_out": self.take_all_out,
            "needle.stay": self.plan_stay,
            "twitch.count": lambda: twitches.count_twitch(editor),
            "twitch.take_back": lambda: twitches.take_twitch_back(editor),
            "twitch.absent": lambda: twitches.set_response(editor, Twitch.ABSENT),
            "twitch.not_sought": lambda: twitches.set_response(editor, Twitch.NOT_SOUGHT),
        }
        for strength in Strength:
            deeds[f"twitch.{strength}"] = lambda strength=strength: twitches.set_strength(  # type: ignore[misc]
                editor, strength
            )
        for kind, action in KIND_ACTIONS.items():
            deeds[action.id] = lambda kind=kind: self.choose_kind(kind)  # type: ignore[misc]
        return deeds

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space presses the button that has the focus; only elsewhere does it count a twitch."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            on_button = isinstance(self._window.focusWidget(), QAbstractButton)
            if on_button and event.key() == Qt.Key.Key_Space and not event.modifiers():
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def plan_stay(self) -> None:
        """One planned stay for all needles that are in."""
        if needles_in(self._editor.marks):
            self._chart.show_panels()
            self._chart.column.needles.ask_stay()
        else:
            self._editor.refused.emit(needles.NONE_IN)

    def take_all_out(self) -> None:
        needles.take_all_out(self._editor)

    def choose_kind(self, kind: MarkKind) -> None:
        """Makes the selected mark one of another kind; with none selected, the next one."""
        ids = self._editor.selection.ids
        mark = needles.selected(self._editor)
        if len(ids) > 1:
            self._notifier.trouble(SEVERAL)
        elif mark is not None:
            retype(self._editor, mark, kind)
        else:
            self._toolbox.take(ToolKey(kind.value))
            self._notifier.done(f"The next mark will be a {kind_name(kind)}.")

    # -- the watch -------------------------------------------------------------------------

    def look(self) -> None:
        """Shows how long needles have been in; of one whose stay has run out it says so once."""
        now, still = self._editor.now(), needles_in(self._editor.marks)
        over = {mark.id: each for mark in still if (each := over_by(mark, now)) is not None}
        fresh = [mark for mark in still if mark.id in over and mark.id not in self._overdue]
        self._overdue = frozenset(over)
        self._chart.map.show_overdue(self._overdue)
        self._chart.column.tick(now)
        self._chart.header.show_needles(still, folded=self._chart.column.isHidden())
        due = [mark for mark in fresh if _planned(mark)]
        if due:
            self._alarm(due)

    def _alarm(self, due: Sequence[Mark]) -> None:
        if len(due) == 1:
            stay = stay_words(_planned(due[0]))
            words = f"Needle {due[0].number}: the planned {stay} are over."
        else:
            words = f"The planned time is over: {needles_are(due, 'in')}."
        self._notifier.done(words)
        QApplication.beep()

    def _on_session(self) -> None:
        self._overdue = frozenset()
        self._run.stop()
        if self._editor.session is None:
            self._tick.stop()
        else:
            self._tick.start()

    def _nudge(self, view: str, right: int, down: int) -> None:
        if nudge(self._editor, view, right, down):
            self._run.start()

    def say_what_was_found(self, other_patients: int) -> None:
        """Says why this chart is open at the start, and whether it is the only such one."""
        still = needles_in(self._editor.marks)
        if not still:
            return
        words = f"By the record {needles_are(still, 'in')}. So this chart is open again."
        if other_patients:
            who = "another patient" if other_patients == 1 else f"{other_patients} more patients"
            words += f" Of {who}, too, needles are recorded as in today."
        self._notifier.trouble(words)

    # -- leaving ---------------------------------------------------------------------------

    def may_leave_session(self) -> bool:
        """Whether another session or patient may be opened; asks where a needle is in."""
        return self._may("leave this chart", "Stay here", "Leave")

    def may_close(self) -> bool:
        """Whether the program may be closed; asks where a needle is in."""
        return self._may("close the program", "Keep open", "Close")

    def _may(self, what: str, stay: str, go: str) -> bool:
        still = needles_in(self._editor.marks)
        if not still:
            return True
        many = "the needle" if len(still) == 1 else f"{len(still)} needles"
        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Needlepoint")
        box.setText(f"{needles_are(still, 'in')}. Do you want to {what} with {many} in?")
        keep = box.addButton(stay, QMessageBox.ButtonRole.RejectRole)
        box.addButton(f"{go} with {many} in", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(keep)
        box.exec()
        return box.clickedButton() is not keep


def _planned(mark: Mark) -> int:
    """The planned stay in seconds; 0 where the needle was to be withdrawn at once."""
    needle = needle_of(mark)
    return 0 if needle is None or needle.stay_s is None else needle.stay_s
