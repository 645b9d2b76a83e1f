"""Last time again, in words: what a ghost is, and what was repeated."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.domain.marks import Mark
from app.domain.words import attributes, counted_marks, kind_title, side_words
from app.editing.session_editor import SessionEditor
from app.notify import Notifier
from app.panels.texts import day


def place_of(editor: SessionEditor, mark: Mark) -> str:
    """ "Trapezius, right"; where no muscle is recorded, the kind and the side."""
    what = editor.atlas.catalogue.name(mark.muscle) if mark.muscle else kind_title(mark.kind)
    return f"{what}, {side_words(mark.side)}"


def ghost_words(editor: SessionEditor, ghost: Mark) -> tuple[str, str]:
    """ "Trapezius, right: again?" and what was recorded then. What cannot be repeated, and a
    session in which nothing may be written, do not ask.
    """
    on = day(editor.store.session(ghost.session_id).started_at)
    then = f"{on}: {' · '.join([kind_title(ghost.kind), *attributes(ghost)])}"
    asks = editor.writable and editor.again.can_repeat(ghost)
    return place_of(editor, ghost) + (": again?" if asks else ""), then


class LastTime(QObject):
    """Says what was repeated, with a way back."""

    def __init__(
        self, editor: SessionEditor, notifier: Notifier, undo: Callable[[], object]
    ) -> None:
        super().__init__()
        self._editor = editor
        self._notifier = notifier
        self._undo = undo
        editor.again.repeated.connect(self._tell)

    def repeat_all(self) -> None:
        """Repeats all of the last session that is not repeated yet."""
        again = self._editor.again
        if again.left:
            again.repeat_all()
        elif again.last is None:
            self._notifier.done("There is no session before this one.")
        else:
            self._notifier.done("Nothing of last time is left to repeat.")

    def _tell(self, marks: Sequence[Mark]) -> None:
        if len(marks) == 1:
            what = f"{place_of(self._editor, marks[0])}: again."
        else:
            what = f"{counted_marks(len(marks))} again."
        self._notifier.done(what, "Undo", self._undo)
