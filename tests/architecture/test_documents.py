"""The documents lead where they say, and say what the program does."""

import re
from pathlib import Path

import pytest

from app.editing.actions import ACTIONS
from tests.architecture.project import PROJECT, modules, name_of, own_files

DOCUMENTS = [path for path in own_files() if path.suffix == ".md"]
DECISIONS = sorted((PROJECT / "docs" / "decisions").glob("*.md"))
README = (PROJECT / "README.md").read_text(encoding="utf-8")

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
"""``[text](target)``, and the pictures among them."""


def local_links(document: Path) -> list[str]:
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    return [each.split("#")[0] for each in targets if not re.match(r"[a-z]+:|#", each)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_to_files(document: Path) -> None:
    targets = [(document.parent / each).resolve() for each in local_links(document)]
    missing = [str(each) for each in targets if not each.exists()]
    assert missing == []


@pytest.mark.parametrize("decision", DECISIONS, ids=name_of)
def test_a_decision_says_why_and_what_it_costs(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert re.match(rf"# {decision.name[:4]} \S", text)
    for part in ("Context", "Choice", "Price"):
        assert re.search(rf"^\*\*{part}\.\*\* \S", text, re.MULTILINE), part


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(each.name[:4]) for each in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_keys_in_the_readme_are_those_of_the_window() -> None:
    rows = re.findall(r"^\| ((?:`[^`]+`[, ]*)+) \| ([^|]+) \|", README, re.MULTILINE)
    keys = {action.name: set(action.shortcuts) for action in ACTIONS}
    told = {name.strip(): set(re.findall(r"`([^`]+)`", cell)) for cell, name in rows}
    assert told
    assert {name: given for name, given in told.items() if not given <= keys.get(name, set())} == {}


def test_the_gesture_goes_through_functions_that_exist() -> None:
    text = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
    gesture = text.partition("## One gesture")[2].partition("\n## ")[0]
    code = [
        path.read_text(encoding="utf-8") for folder in ("app", "db") for path in modules(folder)
    ]
    names = set(re.findall(r"`([A-Za-z_]+(?:\.[A-Za-z_]+)?)`", gesture))
    assert len(names) > 20
    assert {name for name in names if not any(defines(each, name) for each in code)} == set()


def defines(code: str, name: str) -> bool:
    """Whether a module defines ``Class``, ``Class.member``, ``function`` or ``CONSTANT``."""
    owner, _, member = name.rpartition(".")
    if owner and f"class {owner}" not in code:
        return False
    return (
        re.search(rf"^\s*((def|class) {member}\b|{member}\b( =|:))", code, re.MULTILINE) is not None
    )
