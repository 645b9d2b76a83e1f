"""The map as a file of its own: size, marks and letters, whichever format."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QColor, QImage

from app.body.atlas import Atlas
from app.body.chart_atlas import ChartAtlas
from app.domain.anatomy import Body
from app.domain.change import Change
from app.domain.errors import ExportError
from app.domain.identity import new_id
from app.domain.marks import Activity, TriggerPoint
from app.report.map_picture import LARGEST_PX, PictureFormat, write_map_picture
from db.repository import SqlRepository
from tests.helpers.pictures import own_picture, png
from tests.report import builders
from tests.report.builders import Visit, every_kind, zone

Store = Callable[..., Visit]


@pytest.fixture
def written(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> Callable[..., Path]:
    visit = stored(lambda session_id: every_kind(atlas, session_id))

    def write(view: str = "posterior", size: int = 900, form: PictureFormat = "png") -> Path:
        out = tmp_path / f"map-{view[:9]}-{size}.{form}"
        write_map_picture(
            repository, visit.session.id, view, out, size=size, form=form, atlas=atlas
        )
        return out

    return write


@pytest.mark.parametrize("size", [64, 901, 4000])
@pytest.mark.parametrize("view", ["posterior", "left", "foot_left_plantar"])
def test_the_longer_edge_is_as_asked(written: Callable[..., Path], view: str, size: int) -> None:
    image = QImage(str(written(view, size)))
    assert max(image.width(), image.height()) == size
    root = ElementTree.parse(written(view, size, "svg")).getroot()
    assert (int(root.get("width", 0)), int(root.get("height", 0))) == (
        image.width(), image.height(),
    )  # fmt: skip


def test_both_formats_show_the_same(written: Callable[..., Path], tmp_path: Path) -> None:
    from PySide6.QtGui import QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(str(written()))
    drawn = QImage(image.size(), QImage.Format.Format_RGB32)
    drawn.fill(QColor("red"))  # the file brings its own paper
    painter = QPainter(drawn)
    QSvgRenderer(str(written(form="svg"))).render(painter)
    painter.end()
    unlike = sum(
        abs(QColor(image.pixel(x, y)).lightness() - QColor(drawn.pixel(x, y)).lightness()) > 90
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )
    assert unlike < image.width() * image.height() / 9 * 0.01
    for corner in ((1, 1), (1, image.height() - 2), (image.width() - 2, 1)):
        assert QColor(image.pixel(*corner)) == QColor(drawn.pixel(*corner)) == QColor("white")


def test_a_mark_stands_on_its_spot_of_the_body(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    """An active trigger point is a filled circle: red where the picture has that spot."""
    active = TriggerPoint(activity=Activity.ACTIVE)
    visit = stored(
        lambda at: [builders.point(atlas, 1, active, "posterior", 380, 700, session_id=at)]
    )
    out, size = tmp_path / "map.png", 1500
    write_map_picture(
        repository, visit.session.id, "posterior", out, size=size, form="png", atlas=atlas
    )
    image, view = QImage(str(out)), atlas.view(Body.FEMALE, "posterior")
    scale = size / view.height  # the height is the longer edge, and has no room beside it
    x = (image.width() - view.width * scale) / 2 + 380 * scale
    colour = QColor(image.pixel(round(x), round(700 * scale)))
    assert colour.red() > 150 > colour.green() + colour.blue()


def test_text_stays_text_and_says_the_sides(written: Callable[..., Path]) -> None:
    text = written(form="svg").read_text(encoding="utf-8")
    words = re.findall(r">\s*([^<>\s]+)\s*</text>", text)
    assert {"L", "R", "12", "13", "14"} <= set(words)
    assert "Grünwald" not in text


def test_zones_of_the_patient_are_on_it(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:

    visit, made = stored(), []
    for name in ("without", "with"):
        out = tmp_path / f"{name}.svg"
        write_map_picture(
            repository, visit.session.id, "posterior", out, size=500, form="svg", atlas=atlas
        )
        made.append(out.read_text(encoding="utf-8"))
        change = Change.add("Add zone", zone(atlas, visit.patient, 456, 500))
        repository.commit(change, builders.stamp())
    assert "#b3261e" not in made[0]
    assert "#b3261e" in made[1]


def test_what_cannot_be_made_is_said(
    atlas: Atlas, repository: SqlRepository, written: Callable[..., Path], tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match=r"no view 'oblique'\. Choose one of: anterior"):
        written("oblique")
    with pytest.raises(ExportError, match="64 to 10,000 px"):
        written(size=LARGEST_PX + 1)
    with pytest.raises(ExportError, match="not in the practice"):
        write_map_picture(
            repository, new_id(), "left", tmp_path / "a", size=99, form="png", atlas=atlas
        )
    with pytest.raises(ExportError, match="does not exist"):
        write_map_picture(
            repository, new_id(), "left", tmp_path / "b" / "a", size=99, form="png", atlas=atlas
        )
    assert not list(tmp_path.glob("map*"))


def test_marks_on_an_own_picture_alone(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    content = png(600, 1400)
    picture = own_picture(content, title="Knee", width=600, height=1400)
    repository.keep_picture(content)
    repository.commit(Change.add("Add picture", picture), builders.stamp())
    anchor = ChartAtlas(atlas, [picture]).pick(Body.FEMALE, picture.version, 300, 500)
    placed = {"anchor": anchor, "body_version": picture.version, "placed_in": picture.version}
    visit = stored(lambda at: [builders.plain_mark(7, TriggerPoint(), session_id=at, **placed)])
    out = tmp_path / "own.svg"
    write_map_picture(
        repository, visit.session.id, picture.version, out, size=500, form="svg", atlas=atlas
    )
    assert re.findall(r">\s*(\d+)\s*</text>", out.read_text(encoding="utf-8")) == ["7"]
    with pytest.raises(ExportError, match="cannot be read any more"):
        write_map_picture(
            Lost(repository), visit.session.id, picture.version, out, size=500, form="svg",
            atlas=atlas,
        )  # fmt: skip


class Lost:
    """A repository in which the bytes of pictures were lost."""

    def __init__(self, repository: SqlRepository) -> None:
        self.session_records = repository.session_records
        self.patient_records = repository.patient_records
        self.patients = repository.patients

    def picture_bytes(self, _sha256: str) -> None:
        return None


def test_a_legend_stands_below_the_map(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    visit = stored(lambda session_id: every_kind(atlas, session_id))

    def words(view: str, legend: bool) -> tuple[set[str], float]:
        out = tmp_path / f"{view}-{legend}.svg"
        write_map_picture(
            repository, visit.session.id, view, out, size=900, form="svg", atlas=atlas,
            legend=legend,
        )  # fmt: skip
        root = ElementTree.parse(out).getroot()
        texts = {"".join(each.itertext()).strip() for each in root.iter() if "text" in each.tag}
        return texts, float(root.get("viewBox", "0 0 0 0").split()[3])

    plain, height = words("posterior", False)
    told, taller = words("posterior", True)
    assert {"Trigger point, latent", "Reaction", "Sore area"} <= told - plain
    assert "Needle, in or out not recorded" not in told  # it is seen in another view
    assert taller > height
    visit = stored(of=visit.patient)
    assert words("left", True)[1] == words("left", False)[1]
