"""The letterhead, set and undone by the one write path."""

from app.domain.letterhead import Letterhead
from app.editing.history import History
from app.editing.practice_editor import PracticeEditor
from tests.helpers.chart import Chart


def test_it_is_set_changed_and_undone(chart: Chart) -> None:
    store = chart.editor.store
    editor = PracticeEditor(store, History(store, chart.clock), chart.clock)
    first, second = Letterhead(name="First"), Letterhead(name="Second")
    assert editor.save_letterhead(None, first)
    assert editor.save_letterhead(first, second)
    assert store.repository.letterhead() == second
    assert not editor.save_letterhead(first, second)  # somebody else has changed it meanwhile
    assert editor.history.undo() is False  # what follows a conflict is read anew
    assert editor.save_letterhead(second, first)
    assert editor.history.undo()
    assert store.repository.letterhead() == second
