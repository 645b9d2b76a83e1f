"""The room of "how often": where the patient, or the whole practice, was needled and sore."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout

from app.body.picture_style import PictureStyle
from app.domain.change import Change
from app.panels.frequency.panel import FrequencyPanel
from app.panels.frequency.saving import FrequencySaving
from app.panels.frequency.sources import PatientSource, PracticeSource
from app.panels.review.map_deeds import map_deeds
from app.panels.review.room import Around, LookedAt, Room
from app.panels.review.words import NO_SESSION, NONE_SHOWN, looked_at_words
from app.panels.theme import Theme

WITHOUT_FILTERS = "The filters at the left do not apply."


class OftenRoom(Room):
    """A panel over two sources: the patient as the filters say, and the practice."""

    def __init__(self, around: Around) -> None:
        super().__init__()
        self._around = around
        self._store = around.editor.store
        atlas, repository = around.editor.atlas, self._store.repository
        self._of = None if self._store.patient is None else self._store.patient.id
        """The patient whose chart is open."""
        self.patient = PatientSource(atlas, repository)
        self.practice = PracticeSource(atlas, repository, WITHOUT_FILTERS)
        self.panel = FrequencyPanel(
            atlas,
            (self.patient, self.practice),
            FrequencySaving(around.jobs, around.settings, around.notifier, around.clock),
            around.theme,
            around.style,
            around.editor.body,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self.panel.map.escaped.connect(self.back_asked)

    def open(self, looked_at: LookedAt) -> None:
        """A patient is never shown with what was chosen of another one."""
        self.panel.begin()
        super().open(looked_at)

    def show_sessions(self, looked_at: LookedAt) -> None:
        patient = self._store.patient
        if patient is None:
            return
        sessions = [glance.session.id for glance in looked_at.timeline.glances]
        self.panel.show_body(patient.body)
        said = looked_at_words(
            looked_at.timeline, looked_at.filter, self._around.editor.atlas.catalogue.name
        )
        self.patient.look_at(patient.id, sessions, looked_at.filter, looked_at.figures, said)
        nothing = NONE_SHOWN if self._store.sessions else NO_SESSION
        self.panel.show_empty("" if sessions else nothing)

    def heed(self, change: Change | None) -> None:
        """Opening another patient changes nothing in the practice."""
        patient = self._store.patient
        of = None if patient is None else patient.id
        if of != self._of:
            self._of = of
            self.patient.leave()
            return
        self.patient.forget()
        self.practice.heed(change)

    def take_focus(self) -> None:
        self.panel.map.setFocus()

    def fold(self, folded: bool) -> None:
        self.panel.fold(folded)

    def set_look(self, theme: Theme, style: PictureStyle) -> None:
        self.panel.set_look(theme, style)

    def deeds(self) -> dict[str, Callable[[], object]]:
        return map_deeds(self.panel.map, self._around.toggle_lines)

    def close_room(self) -> None:
        self.patient.close()
        self.practice.close()
