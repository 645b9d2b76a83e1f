"""The forms of what is recorded beside a session: a box of needles, an outcome score."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.findings import Finding
from app.domain.identity import UUID, new_id
from app.domain.marks import NEEDLE_DIAMETERS_MM, NEEDLE_LENGTHS_MM
from app.domain.outcomes import SCALES, Measure, OutcomeScore
from app.domain.supplies import NeedleBox
from app.panels.fields import Choice
from app.panels.record_forms import RecordForm, Save, read_optional_day
from app.panels.texts import day

_MEASURES = tuple(Measure)


class BoxForm(RecordForm[NeedleBox]):
    """A new box: chosen once a session, so its maker, lot and day are typed once a box."""

    def __init__(self, save: Save[NeedleBox], parent: QWidget | None = None) -> None:
        super().__init__("New box of needles", "Add box", save, parent)
        self.manufacturer = self.add_line("manufacturer", "Maker", "")
        self.lot = self.add_line("lot", "Lot", "")
        self.expires = self.add_line("expires_on", "Expires on", "", "30 Jun 2029")
        self.diameter = _sizes(NEEDLE_DIAMETERS_MM, "mm")
        self.add_field("diameter_mm", "Diameter", self.diameter)
        self.length = _sizes(NEEDLE_LENGTHS_MM, "mm")
        self.add_field("length_mm", "Length", self.length)
        self.resize(520, 380)

    def _try(self) -> list[Finding]:
        expires, findings = read_optional_day(self.expires, "expires_on")
        box = NeedleBox(
            id=new_id(),
            manufacturer=self.manufacturer.text().strip(),
            lot=self.lot.text().strip(),
            expires_on=expires,
            diameter_mm=self.diameter.currentData(),
            length_mm=self.length.currentData(),
        )
        return self._store(box, findings)


def _sizes(values: tuple[float, ...] | tuple[int, ...], unit: str) -> Choice:
    choice = Choice()
    choice.addItem("not recorded", None)
    for value in values:
        choice.addItem(f"{value:g} {unit}", value)
    choice.view().setAccessibleName("Sizes")
    return choice


class ScoreForm(RecordForm[OutcomeScore]):
    """A score by name, figure and day. The questionnaire's own words belong to its owners."""

    def __init__(
        self,
        score: OutcomeScore | None,
        patient_id: UUID,
        problem_id: UUID | None,
        today: date,
        save: Save[OutcomeScore],
        parent: QWidget | None = None,
    ) -> None:
        name = "New score" if score is None else "Score"
        super().__init__(name, "Add score" if score is None else "Done", save, parent)
        self._known = score
        self._ids = (patient_id, problem_id)
        self._today = today
        self.measure = Choice()
        self.measure.addItems([SCALES[each].name for each in _MEASURES])
        self.measure.view().setAccessibleName("Measures")
        self.measure.currentIndexChanged.connect(self._say_range)
        self.add_field("measure", "Measure", self.measure)
        self.score = self.add_line("score", "Score", "" if score is None else f"{score.score:g}")
        on = today if score is None else score.measured_on
        self.on = self.add_line("measured_on", "Measured on", day(on))
        self.detail = self.add_line(
            "detail", "What was measured", "" if score is None else score.detail,
            "Neck rotation, left",
        )  # fmt: skip
        if score is not None:
            self.measure.setCurrentIndex(_MEASURES.index(score.measure))
        self._say_range()
        self.resize(520, 340)

    def _say_range(self) -> None:
        scale = SCALES[_MEASURES[self.measure.currentIndex()]]
        better = "less is better" if scale.high_is_bad else "more is better"
        upto = f"{scale.highest:g} {scale.unit}".strip()
        self.field("score").show_hint(f"{scale.lowest:g} to {upto}, {better}")

    def _try(self) -> list[Finding]:
        on, findings = read_optional_day(self.on, "measured_on")
        if on is None and not findings:
            findings = [Finding("measured_on", "Enter the day of the score.")]
        try:
            figure = float(self.score.text().strip().replace(",", "."))
        except ValueError:
            figure = SCALES[_MEASURES[self.measure.currentIndex()]].lowest
            findings.append(Finding("score", "Enter the score as a figure."))
        patient_id, problem_id = self._ids
        known = self._known
        score = OutcomeScore(
            id=known.id if known is not None else new_id(),
            patient_id=patient_id,
            problem_id=known.problem_id if known is not None else problem_id,
            measure=_MEASURES[self.measure.currentIndex()],
            score=figure,
            measured_on=on or self._today,
            detail=self.detail.text().strip(),
        )
        return self._store(score, findings)
