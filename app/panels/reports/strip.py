"""The strip at the foot of the window while reports of many are made: how far, how long, Cancel."""

from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar

from app.panels.reports.batch_run import BatchRun
from app.panels.texts import PlainLabel
from app.report.batch import Progress

BAR_WIDTH = 180


class BatchStrip(QStatusBar):
    """Seen on every page of the window, and only while a run is under way."""

    def __init__(self, run: BatchRun) -> None:
        super().__init__()
        self._run = run
        self.setSizeGripEnabled(False)
        self.words = PlainLabel("", "strong")
        self.words.setContentsMargins(12, 0, 0, 0)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(BAR_WIDTH)
        self.bar.setAccessibleName("Reports made")
        self.cancel = QPushButton("Cancel")
        self.cancel.setObjectName("quiet")
        self.cancel.setAccessibleName("Cancel the reports")
        self.cancel.clicked.connect(self._cancel)
        self.addWidget(self.words, 1)
        self.addPermanentWidget(self.bar)
        self.addPermanentWidget(self.cancel)
        self.hide()
        run.begun.connect(self._begin)
        run.progressed.connect(self._show)
        run.ended.connect(lambda _outcome: self.hide())

    def _begin(self) -> None:
        self.cancel.setEnabled(True)
        self.bar.setRange(0, self._run.told.total)
        self.bar.setValue(0)
        self.words.setText(f"Making reports: 0 of {self._run.told.total:,}")
        self.show()

    def _show(self, told: Progress) -> None:
        if self._run.is_cancelled:
            return
        self.bar.setValue(told.done)
        self.words.setText(f"Making reports: {told.words}")

    def _cancel(self) -> None:
        self._run.cancel()
        self.cancel.setEnabled(False)
        self.words.setText("Cancelling: what is being written is finished …")
