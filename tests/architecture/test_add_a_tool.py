"""docs/how-to/add-a-tool.md: the tool that it builds works, on a practice on the disk."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.body.atlas import Atlas
from app.domain.anatomy import Body
from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.identity import UUID, new_id
from app.domain.records import Patient, Practitioner, TreatmentSession
from app.editing.history import History
from app.editing.session_editor import SessionEditor
from app.editing.store import ChartStore
from app.editing.tools.tool import PointerEvent
from app.paths import BODY_MAPS
from db.practice import open_practice
from tests.architecture.project import PROJECT

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
PAGE = (PROJECT / "docs" / "how-to" / "add-a-tool.md").read_text(encoding="utf-8")

Pointer = Callable[..., PointerEvent]


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[SessionEditor]:
    """A session on the desk, of a patient in a practice of its own."""
    who = Practitioner(id=new_id(), name="Ada Nadel")
    whom = Patient(id=new_id(), family_name="Muster", number="1", body=Body.FEMALE)
    visit = TreatmentSession(
        id=new_id(), patient_id=whom.id, practitioner_id=who.id, started_at=NOW
    )
    with open_practice(tmp_path / "practice", clock=lambda: NOW) as practice:
        stamp = Stamp(step=new_id(), action=Action.DO, at=NOW)
        practice.repository.commit(Change.add("Begin", who, whom, visit), stamp)
        store = ChartStore(practice.repository)
        store.open_patient(whom.id)
        made = SessionEditor(store, History(store, lambda: NOW), Atlas.load(BODY_MAPS), lambda: NOW)
        made.open(visit.id)
        yield made


@pytest.fixture
def pointer(editor: SessionEditor) -> Pointer:
    """``pointer(0.5, 0.3)``: the pointer there on the back, in shares of the picture."""

    def at(x: float, y: float, hit: UUID | None = None) -> PointerEvent:
        view = editor.atlas.view(editor.body, "posterior")
        px, py = x * view.width, y * view.height
        return PointerEvent(
            "posterior", px, py, editor.atlas.pick(editor.body, "posterior", px, py), hit
        )

    return at


def code_of_the_page() -> dict[str, Any]:
    """What the page's Python blocks define, run one after the other as one module."""
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    namespace: dict[str, Any] = {"__name__": "add_a_tool"}
    exec(compile("\n".join(blocks), "add-a-tool.md", "exec"), namespace)
    return namespace


TESTS = {name: each for name, each in code_of_the_page().items() if name.startswith("test_")}


@pytest.mark.parametrize("name", TESTS)
def test_the_page_does_what_it_says(name: str, editor: SessionEditor, pointer: Pointer) -> None:
    TESTS[name](editor, pointer)


def test_the_page_tests_its_tool() -> None:
    assert TESTS
