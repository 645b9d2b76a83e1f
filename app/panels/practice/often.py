"""How often skin was needled and sore, of all patients together."""

from app.body.picture_style import PictureStyle
from app.panels.frequency.panel import FrequencyPanel
from app.panels.frequency.saving import TABLE, FrequencySaving, table_row
from app.panels.frequency.sources import PracticeSource
from app.panels.practice.tab import PracticeTab, SavedTable, Sources
from app.panels.theme import Theme


class OftenTab(PracticeTab):
    name = "How often"

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.source = PracticeSource(sources.atlas, sources.repository)
        saving = FrequencySaving(sources.jobs, sources.settings, sources.notifier, sources.clock)
        self.panel = FrequencyPanel(
            sources.atlas, (self.source,), saving, sources.theme, sources.style
        )
        self.panel.column.rows.hide()  # the page has a button for the tables of all tabs
        self.panel.map.escaped.connect(self.back_asked)
        self.column.addWidget(self.panel, 1)

    def refresh(self) -> None:
        """Counts anew: anything may have been charted since."""
        self.source.heed(None)

    @property
    def is_reading(self) -> bool:
        return self.source.is_under_way

    def saved(self) -> list[SavedTable]:
        name = self.sources.atlas.catalogue.name
        rows = [table_row(row, name) for row in self.panel.column.table.places.rows]
        return [SavedTable("How often, by muscle and side", TABLE, lambda: rows)]

    def take_focus(self) -> None:
        self.panel.map.setFocus()

    def set_look(self, theme: Theme, style: PictureStyle) -> None:
        self.panel.set_look(theme, style)

    def close_tab(self) -> None:
        self.source.close()
