"""The stage before the first needle."""

from collections.abc import Callable
from datetime import date

from app.editing.session_editor import SessionEditor
from app.panels.preparation_card import (
    BoxCard,
    ConsentCard,
    PainBeforeCard,
    PositionCard,
    SorenessCard,
)
from app.panels.scores_card import ScoresCard
from app.panels.screening_card import ScreeningCard
from app.panels.stage_page import StagePage


class BeforePage(StagePage):
    """In the order in which it is asked."""

    def __init__(self, editor: SessionEditor, today: Callable[[], date]) -> None:
        super().__init__("Before the first needle", editor)
        self.screening = self.add_card(ScreeningCard(editor))
        self.consent = self.add_card(ConsentCard(editor, today))
        self.soreness = self.add_card(SorenessCard(editor))
        self.pain = self.add_card(PainBeforeCard(editor))
        self.position = self.add_card(PositionCard(editor))
        self.box = self.add_card(BoxCard(editor, today))
        self.scores = self.add_card(ScoresCard(editor))
        self.column.addStretch()
