"""Who is at work at this computer: the practitioner whose name stands under what is done."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.identity import UUID
from app.domain.ports import Repository
from app.domain.records import Practitioner
from app.editing.history import History
from app.editing.practice_editor import PracticeEditor
from app.panels.record_forms import PractitionerForm
from app.panels.saving import saver
from app.settings import Settings


class AtWork:
    """Knows the practitioner, asks for one, and tells the histories who acts."""

    def __init__(
        self,
        repository: Repository,
        settings: Settings,
        practice: PracticeEditor,
        histories: tuple[History, ...],
        window: QWidget,
    ) -> None:
        self._repository = repository
        self._settings = settings
        self._practice = practice
        self._histories = histories
        self._window = window

    @property
    def practitioner(self) -> Practitioner | None:
        """Who worked at this computer last, or the only one whom the practice knows."""
        known = self._repository.practitioners()
        wanted = self._settings.values.practitioner_id
        return next((p for p in known if p.id == wanted), known[0] if len(known) == 1 else None)

    def take_up(self) -> None:
        """From now on that practitioner is the one who acts."""
        practitioner = self.practitioner
        for history in self._histories:
            history.actor = practitioner.id if practitioner is not None else None

    def ask(self, then: Callable[[], object] = lambda: None) -> None:
        """Opens the form of the practitioner, and does ``then`` when it was stored."""
        known = {each.id: each for each in self._repository.practitioners()}
        save = saver(
            self._practice,
            lambda after: self._practice.save_practitioner(known.get(after.id), after),
        )
        form = PractitionerForm(list(known.values()), self.practitioner, save, self._window)

        def stored(practitioner_id: UUID) -> None:
            self._settings.change(practitioner=str(practitioner_id))
            self.take_up()
            then()

        form.stored.connect(stored)
        form.open()
