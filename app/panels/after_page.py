"""The stage after the last needle."""

from PySide6.QtWidgets import QVBoxLayout

from app.editing.session_editor import SessionEditor
from app.panels.closing_card import (
    AdviceCard,
    CountCard,
    NextStepCard,
    PainCard,
    RedFlags,
    ToleranceCard,
    TreatmentsCard,
    needled_over_lung,
)
from app.panels.events_card import EventsCard
from app.panels.stage_page import StagePage


class AfterPage(StagePage):
    """In the order in which it is done: count, ask, advise."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__("After the last needle", editor)
        self.count = self.add_card(CountCard(editor))
        self.red_flags = RedFlags()
        self.column.addWidget(self.red_flags)
        self.events = self.add_card(EventsCard(editor))
        self.pain = self.add_card(PainCard(editor))
        self.tolerance = self.add_card(ToleranceCard(editor))
        self.treatments = self.add_card(TreatmentsCard(editor))
        self.advice = self.add_card(AdviceCard(editor))
        self.next_step = self.add_card(NextStepCard(editor))
        self.extra = QVBoxLayout()
        """Room for what ends a session: its note, and the signature."""
        self.extra.setSpacing(8)
        self.column.addLayout(self.extra)
        self.column.addStretch()

    def show_session(self) -> None:
        super().show_session()
        self.red_flags.setVisible(needled_over_lung(self.editor))
