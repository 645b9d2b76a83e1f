"""demo, list and check."""

import shutil
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from app.cli.answer import table
from app.domain.audit import Action, Stamp
from app.domain.change import Change
from db.practice import open_practice
from tests.cli.conftest import NOW

NOBODY = "00000000-0000-7000-8000-000000000000"


def test_demo_fills_a_new_practice_and_says_where(needlepoint):
    made = needlepoint("demo", "--patients", 3, "--sessions", 2)
    assert made.code == 0
    assert made.out.startswith(
        f"Made a demo practice in {needlepoint.folder}: 3 patients, 6 sessions, "
    )
    assert len(needlepoint("list", "patients", "--json").document) == 3
    assert len(needlepoint("list", "sessions", "--json").document) == 6
    assert needlepoint("check").code == 0


def test_demo_makes_twelve_patients_if_not_told_otherwise(needlepoint):
    made = needlepoint("demo", "--json").document
    assert made["practice"] == str(needlepoint.folder)
    told = (made["practitioners"], made["patients"], made["problems"])
    assert told == (2, 12, 13)  # the first patient has two
    assert made["sessions"] >= 36
    assert made["marks"] >= 200


def test_the_same_seed_gives_the_same_chart_file(needlepoint, tmp_path: Path):
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        folder = tmp_path / name
        needlepoint("demo", "--patients", 2, "--sessions", 1, "--seed", seed, "--practice", folder)
        needlepoint("export", "chart", "--all", "--out", f"{folder}.json", "--practice", folder)
    files = [(tmp_path / f"{name}.json").read_bytes() for name in "abc"]
    assert files[0] == files[1] != files[2]


def test_demo_refuses_a_practice_that_holds_patients(filled):
    before = filled("list", "marks", "--json").out
    assert filled.refused("demo", "--seed", 9) == (
        f"The practice in {filled.folder} already holds 2 patients. "
        "Name another folder with --practice; a demo needs a new one."
    )
    assert filled("list", "marks", "--json").out == before


@pytest.mark.parametrize("count", ["0", "-1", "x", "1.5", "1000000", ""])
def test_demo_wants_a_sensible_number(needlepoint, count):
    said = needlepoint.misused("demo", f"--patients={count}")
    assert said == (
        f"needlepoint demo: error: argument --patients: {count!r} is not a number from 1 to 100,000"
    )
    assert not needlepoint.folder.exists()


def test_list_patients(filled):
    patients = filled("list", "patients", "--json").document
    assert [set(each) for each in patients] == [
        {"id", "family_name", "given_name", "birth_date", "number"}
    ] * 2
    text = filled("list", "patients").out.splitlines()
    assert text[0].split("  ")[0] == "NUMBER"
    assert len(text) == 3
    assert {line.split()[-1] for line in text[1:]} == {each["id"] for each in patients}


def test_list_sessions_of_one_patient(filled):
    patient = filled("list", "patients", "--json").document[0]["id"]
    sessions = filled("list", "sessions", "--patient", patient, "--json").document
    assert len(sessions) == 2
    assert all(each["patient_id"] == patient for each in sessions)
    assert [each["started_at"] for each in sessions] == sorted(e["started_at"] for e in sessions)
    assert set(sessions[0]) == {"id", "patient_id", "practitioner_id", "started_at", "status"}
    assert sessions[0]["status"] == "draft"
    assert sessions[0]["started_at"][-6:] in ("+01:00", "+02:00")
    assert len(filled("list", "sessions").out.splitlines()) == 1 + 4


def test_list_marks_of_one_session(filled):
    session = filled("list", "sessions", "--json").document[0]
    marks = filled("list", "marks", "--session", session["id"], "--json").document
    assert marks
    assert {each["session_id"] for each in marks} == {session["id"]}
    assert set(marks[0]) == {"id", "session_id", "kind", "side", "muscle", "anchor", "views"}
    assert all(set(each["views"]) <= {"anterior", "posterior", "left", "right"} for each in marks)
    assert all(each["views"] for each in marks)
    assert all(isinstance(each["anchor"][0], int) for each in marks)
    of_patient = filled("list", "marks", "--patient", session["patient_id"], "--json").document
    everything = filled("list", "marks", "--json").document
    assert len(marks) < len(of_patient) < len(everything)
    text = filled("list", "marks", "--session", session["id"]).out.splitlines()
    assert text[0].startswith("SESSION")
    assert len(text) == 1 + len(marks)


def test_a_mark_on_another_body_version_is_seen_nowhere(filled):
    with open_practice(filled.folder) as practice:
        session = practice.repository.everything()[-1].session_id
        old = practice.repository.marks(session)[0]
        new = replace(old, id=uuid4(), number=99, body_version="of-long-ago", parent_id=None)
        stamp = Stamp(step=new.id, action=Action.DO, at=NOW)
        practice.repository.commit(Change.add("Add mark", new), stamp)
    marks = filled("list", "marks", "--session", session, "--json").document
    assert [each["views"] == [] for each in marks] == [False] * (len(marks) - 1) + [True]


def test_the_patient_of_a_session_can_be_listed(filled):
    session = filled("list", "sessions", "--json").document[0]
    found = filled("list", "patients", "--session", session["id"], "--json").document
    assert [each["id"] for each in found] == [session["patient_id"]]


@pytest.mark.parametrize("what", ["patients", "sessions", "marks"])
@pytest.mark.parametrize("unknown", [NOBODY, "nobody", ""])
def test_an_id_that_nobody_has(filled, what, unknown):
    assert filled.refused("list", what, "--patient", unknown) == (
        f"There is no patient with the id {unknown}. See: needlepoint list patients"
    ).replace("  ", " ")
    said = filled.refused("list", what, "--session", unknown, "--json")
    assert said.startswith("There is no session with the id")


def test_a_session_of_another_patient_is_refused(filled):
    sessions = filled("list", "sessions", "--json").document
    one, other = sessions[0], sessions[-1]
    said = filled.refused("list", "marks", "--patient", one["patient_id"], "--session", other["id"])
    assert said == f"The session {other['id']} is another patient's. Name one of the two."


def test_an_empty_practice_has_empty_lists(needlepoint):
    open_practice(needlepoint.folder).close()
    assert needlepoint("list", "patients", "--json").out == "[]\n"
    assert needlepoint("list", "patients").out == "The practice holds no patients yet.\n"
    assert needlepoint("list", "sessions").out == "There are no sessions.\n"
    assert needlepoint("list", "marks").out == "There are no marks.\n"


@pytest.mark.parametrize("arguments", [
    ("list", "patients"), ("list", "marks", "--json"), ("check",),
    ("export", "chart", "--all", "--out", "{}/a.json"),
    ("export", "pdf", "--session", str(uuid4()), "--out", "{}/a.pdf"),
])  # fmt: skip
def test_where_there_is_no_practice_none_is_made(needlepoint, tmp_path, arguments):
    said = needlepoint.refused(*(each.format(tmp_path) for each in arguments))
    assert said == f"There is no practice in {needlepoint.folder}. Check the name of the folder."
    assert list(tmp_path.iterdir()) == []


def test_a_whole_practice(filled):
    assert filled("check").out == f"The practice in {filled.folder} is whole.\n"
    assert filled("check", "--json").document == {"whole": True, "findings": []}


def test_damage_is_told_with_exit_1(filled, monkeypatch):
    findings = ["A mark has no session.", "The index is damaged."]
    monkeypatch.setattr("db.repository.SqlRepository.check", lambda _self: findings)
    told = filled("check")
    assert (told.code, told.out) == (1, "A mark has no session.\nThe index is damaged.\n")
    told = filled("check", "--json")
    assert told.code == 1
    assert '"whole": false' in told.out


def test_columns_are_aligned_whatever_the_letters():
    text = table(("A", "B"), [("Nguye\u0302\u0303n", 1), ("山本", None), ("x", "")], "nothing")
    assert text == "A       B\nNguye\u0302\u0303n  1\n山本    –\nx       –"


def test_check_tells_of_a_backup_that_cannot_be_made(filled):
    backups = filled.folder / "backups"
    shutil.rmtree(backups)
    backups.symlink_to("/proc")  # a folder that takes no file
    said = filled("check", "--json")
    assert said.code == 1
    assert "Today's backup of the practice could not be made" in said.out
    backups.unlink()
    assert filled("check").code == 0
    assert len(list(backups.iterdir())) == 1
