"""The forms around a session's papers, as the desk opens them: boxes of needles and scores."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.outcomes import OutcomeScore
from app.domain.supplies import NeedleBox
from app.editing.practice_editor import PracticeEditor
from app.editing.session_editor import SessionEditor
from app.notify import Notifier
from app.panels.saving import saver


class PapersDesk:
    """What the stage before the needles asks for. Each can be taken back by the message."""

    def __init__(
        self,
        editor: SessionEditor,
        practice: PracticeEditor,
        notifier: Notifier,
        window: QWidget,
    ) -> None:
        self._editor = editor
        self._practice = practice
        self._notifier = notifier
        self._window = window

    def new_box(self) -> None:
        """Adds a box, and takes this session's needles from it."""
        from app.panels.paper_forms import BoxForm

        def store(box: NeedleBox) -> bool:
            done = self._practice.save_box(box)
            if done:
                self._editor.papers.prepare("Choose box of needles", box_id=box.id)
            return done

        BoxForm(saver(self._practice, store), self._window).open()

    def edit_score(self, score: OutcomeScore | None = None) -> None:
        """Changes a score, or adds one to the problem that is treated."""
        from app.panels.paper_forms import ScoreForm

        patient, session = self._editor.store.patient, self._editor.session
        if patient is None:
            return
        problem_id = session.problem_id if session is not None else None

        def store(after: OutcomeScore) -> bool:
            return self._tell(
                self._practice.save_score(score, after),
                "Score added." if score is None else "Score changed.",
            )

        ScoreForm(
            score,
            patient.id,
            problem_id,
            self._practice.today,
            saver(self._practice, store),
            self._window,
        ).open()

    def remove_score(self, score: OutcomeScore) -> None:
        self._tell(self._practice.remove_score(score), "Score removed.")

    def _tell(self, done: bool, words: str) -> bool:
        undo: Callable[[], object] = self._practice.history.undo
        if done:
            self._notifier.done(words, "Undo", undo)
        return done
