"""Marks on own pictures by the command line: listed, checked, exported, imported, printed."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.identity import new_id
from app.domain.own_pictures import FLAT_TRIANGLES, OwnPicture
from db.engine import look
from db.practice import DATABASE, open_practice
from tests.cli.conftest import NOW, CommandLine
from tests.helpers.pictures import own_picture, png
from tests.report import reading

CONTENT = png()


@pytest.fixture
def charted(filled: CommandLine) -> tuple[CommandLine, OwnPicture, str]:
    """The practice with one mark more, on a picture; that picture, and whose session it is."""
    with open_practice(filled.folder) as practice:
        repository = practice.repository
        whom = repository.patients()[0]
        visit = repository.patient_records(whom.id)[-1]
        picture = own_picture(CONTENT, whom.id, title="Knee, drawing")
        repository.keep_picture(CONTENT)
        like = next(each for each in visit.marks if not each.outline)
        mark = replace(
            like,
            id=new_id(),
            number=90,
            anchor=replace(like.anchor, triangle=FLAT_TRIANGLES[0], b1=0.25, b2=0.5),
            body_version=picture.version,
            placed_in=picture.version,
            side=None,
            muscle=None,
        )
        change = Change.add("Chart on a picture", picture, mark)
        repository.commit(change, Stamp(step=new_id(), action=Action.DO, at=NOW))
    return filled, picture, str(visit.session.id)


def test_a_mark_on_a_picture_is_listed_without_a_side(
    charted: tuple[CommandLine, OwnPicture, str],
) -> None:
    needlepoint, picture, session = charted
    found = needlepoint("list", "marks", "--session", session, "--json").document
    (mark,) = [each for each in found if each["side"] is None]
    assert mark["anchor"] == [FLAT_TRIANGLES[0], 0.25, 0.5]
    assert mark["views"] == [picture.version]
    assert mark["muscle"] is None
    assert all(each["views"] for each in found)
    lines = needlepoint("list", "marks", "--session", session).out.splitlines()
    (line,) = [each for each in lines if " 90 " in each]
    assert "Knee, drawing" in line
    assert picture.sha256 not in line


def test_check_looks_into_the_files_of_pictures(
    charted: tuple[CommandLine, OwnPicture, str],
) -> None:
    needlepoint, picture, _session = charted
    assert needlepoint("check", "--json").document == {"whole": True, "findings": []}
    behind = look(needlepoint.folder / DATABASE)
    behind.execute("DROP TRIGGER picture_file_refuses_update")
    behind.execute("UPDATE picture_file SET data = x'00'")
    behind.close()
    outcome = needlepoint("check")
    assert outcome.code == 1
    assert f"The file of the picture {picture.sha256} is not what it was" in outcome.out


def test_a_practice_goes_into_another_with_its_pictures(
    charted: tuple[CommandLine, OwnPicture, str], tmp_path: Path
) -> None:
    needlepoint, picture, session = charted
    first, second, pdf = (tmp_path / name for name in ("a.json", "b.json", "c.pdf"))
    other = tmp_path / "other"
    needlepoint("export", "chart", "--all", "--out", first)
    assert needlepoint("--practice", other, "import", "chart", first).code == 0
    again = needlepoint("--practice", other, "import", "chart", first, "--json").document
    assert again["added"] == 0
    needlepoint("--practice", other, "export", "chart", "--all", "--out", second)
    assert first.read_bytes() == second.read_bytes()
    assert needlepoint("--practice", other, "check").code == 0
    needlepoint("--practice", other, "export", "pdf", "--session", session, "--out", pdf)
    assert "Knee, drawing, own picture" in " ".join(reading.alternative_texts(pdf.read_bytes()))
    with open_practice(other) as practice:
        assert practice.repository.picture_bytes(picture.sha256) == CONTENT
