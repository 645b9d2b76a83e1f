"""Data is shown as plain text: QLabel and QMessageBox take what looks like HTML for HTML, and then
load files and follow links that a patient's record names.
"""

import ast
from pathlib import Path

import pytest

from tests.architecture.project import modules, name_of, parsed

LABELS = "app/panels/texts.py"
"""The one module that may make a QLabel, and makes it plain."""


def called(node: ast.AST) -> str:
    """The name that is called, without what it belongs to: "QLabel", "warning", or ""."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def qlabels(module: ast.Module) -> list[int]:
    """The lines where a QLabel is made, or a class is derived from it."""
    made = [node.lineno for node in ast.walk(module) if called(node) == "QLabel"]
    derived = [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef) and "QLabel" in {ast.unparse(b) for b in node.bases}
    ]
    return made + derived


def guessing_boxes(module: ast.Module) -> list[int]:
    """The lines where a QMessageBox is made that is left to guess what its text is.

    A box must be told PlainText in the function that makes it; the ready-made ones
    (``QMessageBox.warning``) cannot be told.
    """
    found = []
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef):
            continue
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        boxes = [call.lineno for call in calls if called(call) == "QMessageBox"]
        plain = [
            call
            for call in calls
            if called(call) == "setTextFormat" and ast.unparse(call).endswith("PlainText)")
        ]
        if len(plain) < len(boxes):
            found += boxes
        ready_made = (call for call in calls if ast.unparse(call.func).startswith("QMessageBox."))
        found += [call.lineno for call in ready_made]
    return found


@pytest.mark.parametrize("path", list(modules("app")), ids=name_of)
def test_data_is_shown_as_plain_text(path: Path) -> None:
    module = parsed(path)
    assert guessing_boxes(module) == []
    assert name_of(path) == LABELS or qlabels(module) == []


@pytest.mark.parametrize(
    "source",
    [
        "class Title(QLabel): ...",
        "QtWidgets.QLabel(name)",
        "def warn(text):\n    QMessageBox(parent).setText(text)",
        "def warn(text):\n    QMessageBox.warning(parent, 'Trouble', text)",
    ],
)
def test_the_guard_sees_what_it_looks_for(source: str) -> None:
    module = ast.parse(source)
    assert qlabels(module) + guessing_boxes(module)
