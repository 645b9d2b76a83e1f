"""A practitioner's own pictures in the window: added, shown, renamed and removed.

What takes long, reading and decoding a file and keeping its bytes, is done in the background; the
chart can be used meanwhile.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.domain.errors import PictureFileError
from app.domain.findings import Finding
from app.domain.identity import UUID
from app.domain.own_pictures import OwnPicture, is_picture_version
from app.editing.practice_editor import PracticeEditor
from app.editing.session_editor import SessionEditor
from app.jobs import Jobs
from app.notify import Notifier
from app.painting.own_picture import images
from app.panels.file_dialogs import opening_dialog
from app.panels.map_area import MapArea
from app.panels.picture_chips import MOST
from app.panels.picture_form import PictureForm, Save
from app.settings import Settings

FILES = "Pictures (*.png *.jpg *.jpeg)"
LOST = "The file of a picture is not in the practice as it was. The command check tells more."
ONE_AT_A_TIME = "Drop one picture at a time: each gets a title of its own."
OTHER_CHART = "Another chart was opened meanwhile, so the picture was not added. Add it there anew."


class OwnPictures(QObject):
    """Joins the pictures of the open chart to the map."""

    changed = Signal()
    """Another picture is large now, or none: what can be done with it is different."""

    def __init__(
        self,
        practice: PracticeEditor,
        editor: SessionEditor,
        maps: MapArea,
        jobs: Jobs,
        settings: Settings,
        notifier: Notifier,
        saver: Callable[[Callable[..., bool]], Save],
        window: QWidget,
    ) -> None:
        """``saver`` makes what stores a record by a verb and says what stands against it."""
        super().__init__(window)
        self._saver = saver
        self._practice = practice
        self._editor = editor
        self._maps = maps
        self._jobs = jobs
        self._settings = settings
        self._notifier = notifier
        self._window = window
        self._patient_id: UUID | None = None
        self._asked: set[str] = set()
        """The hashes of pictures that are being decoded."""
        self._due = QTimer(self)
        """The line above the map and the decoding follow: a click on the skin never waits."""
        self._due.setSingleShot(True)
        self._due.setInterval(0)
        self._due.timeout.connect(self._follow)
        editor.store.changed.connect(self._on_changed)
        editor.session_changed.connect(self._due.start)
        maps.map.enlarged_changed.connect(self._on_enlarged)
        maps.file_dropped.connect(self.take)
        maps.files_dropped.connect(lambda: notifier.trouble(ONE_AT_A_TIME))
        maps.view_bar.add_asked.connect(self.ask)
        maps.view_bar.edit_asked.connect(self.edit)
        maps.view_bar.remove_asked.connect(self.remove)

    @property
    def shown(self) -> OwnPicture | None:
        """The picture that is large on the map."""
        enlarged = self._maps.map.enlarged
        if enlarged is None or not is_picture_version(enlarged):
            return None  # which is asked at every click
        return next((p for p in self._editor.store.pictures if p.version == enlarged), None)

    # -- adding ----------------------------------------------------------------------------

    def ask(self) -> None:
        """Opens the system's dialog of files."""
        if self._editor.store.patient is None:
            return
        folder = self._settings.values.picture_folder or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.PicturesLocation
        )
        dialog = opening_dialog(self._window, "Add picture", folder, FILES)
        dialog.fileSelected.connect(lambda file: self.take(Path(file)))
        dialog.open()

    def take(self, path: Path) -> None:
        """Looks at a file; where it is a picture, asks what it shows."""
        patient = self._editor.store.patient
        if patient is None:
            return
        self._settings.change(picture_folder=str(path.parent))

        def look() -> object:
            from app.painting.picture_file import read_picture_file

            return read_picture_file(path)

        self._notifier.done("Looking at the picture …")
        self._jobs.run(look, lambda file: self._ask_about(file, patient.id), self._notifier.trouble)

    def _ask_about(self, file: object, patient_id: UUID) -> None:
        from app.painting.picture_file import PictureFile

        assert isinstance(file, PictureFile)
        store = self._editor.store
        if store.patient is None or store.patient.id != patient_id:
            self._notifier.trouble(OTHER_CHART)
            return
        held = next((each for each in store.pictures if each.sha256 == file.sha256), None)
        if held is not None:
            self._maps.map.enlarge(held.version)
            self._notifier.done(f"This picture is here already: {held.title}.")
            return
        self._notifier.done("Say what the picture shows.")
        new = self._practice.new_picture(
            patient_id, file.sha256, file.media_type, file.width, file.height
        )
        form = PictureForm(new, patient_id, file.image, self._findings, self._window, is_new=True)
        form.stored_picture.connect(lambda picture: self._keep(picture, file.content, file.image))
        form.open()

    def _findings(self, picture: OwnPicture, unclear: list[Finding]) -> list[Finding]:
        return [*unclear, *self._practice.findings(picture)]

    def _keep(self, picture: OwnPicture, content: bytes, image: QImage) -> None:
        """First the bytes, then the record that names them."""
        repository = self._editor.store.repository

        def store(_sha256: object) -> None:
            if not self._practice.save_picture(None, picture):
                return  # which was said
            images.add(picture.sha256, image)
            self._open(picture)
            self._notifier.done(
                f"Picture added: {picture.title}.", "Undo", lambda: self.remove(picture)
            )

        self._notifier.done("Storing the picture …")
        self._jobs.run(lambda: repository.keep_picture(content), store, self._notifier.trouble)

    def _open(self, picture: OwnPicture) -> None:
        if picture in self._editor.store.pictures:
            self._maps.map.enlarge(picture.version)
            self._maps.map.setFocus()

    # -- changing --------------------------------------------------------------------------

    def edit(self) -> None:
        """Opens the form of the picture that is large."""
        before, patient = self.shown, self._editor.store.patient
        if before is None or patient is None:
            return

        def say(after: OwnPicture) -> None:
            if after != before:
                self._notifier.done(
                    f"Picture changed: {after.title}.",
                    "Undo",
                    lambda: self._put_back(after, before),
                )

        save = self._saver(lambda after: self._practice.save_picture(before, after))
        image = images.best(before.sha256, 0)
        form = PictureForm(before, patient.id, image, save, self._window, is_new=False)
        form.stored_picture.connect(say)
        form.open()

    def _put_back(self, now: OwnPicture, before: OwnPicture) -> None:
        if self._practice.save_picture(now, before):
            self._notifier.done(f"Undone: the picture is {before.title} again.")

    def remove(self, picture: OwnPicture | None = None) -> None:
        """Removes a picture, or the one that is large. Its bytes stay, so that it can come back."""
        gone = picture or self.shown
        if gone is not None and self._practice.remove_picture(gone):
            of_all = " from every patient's chart" if gone.patient_id is None else ""
            self._notifier.done(
                f"Picture removed{of_all}: {gone.title}.", "Undo", lambda: self._bring_back(gone)
            )

    def _bring_back(self, picture: OwnPicture) -> None:
        if self._practice.save("Bring picture back", None, picture):
            self._open(picture)
            self._notifier.done(f"Picture added: {picture.title}.")

    # -- showing ---------------------------------------------------------------------------

    def _on_changed(self, _change: object) -> None:
        patient = self._editor.store.patient
        now = None if patient is None else patient.id
        if now != self._patient_id:
            self._patient_id = now
            images.forget()
        if self._editor.atlas.own_views() or self._maps.view_bar.has_pictures:
            self._due.start()

    def _on_enlarged(self, _view: object) -> None:
        self._due.start()
        self.changed.emit()

    def _follow(self) -> None:
        """Lists the pictures with their counts of marks, and has decoded what is not yet."""
        counts = Counter(mark.body_version for mark in self._editor.marks)
        pictures = self._editor.store.pictures
        self._maps.view_bar.show_pictures([(each, counts[each.version]) for each in pictures])
        large = self.shown
        seen_small = pictures[-MOST:]
        for each in seen_small if large is None else (large, *seen_small):
            if images.wants(each.sha256, large=each == large):
                self._decode(each.sha256)
        self.changed.emit()

    def _decode(self, sha256: str) -> None:
        if sha256 in self._asked:
            return
        self._asked.add(sha256)
        repository = self._editor.store.repository

        def work() -> object:
            from app.painting.picture_file import decode

            content = repository.picture_bytes(sha256)
            if content is None:
                raise PictureFileError(LOST)
            return decode(content)

        def done(image: QImage | None) -> None:
            self._asked.discard(sha256)
            images.add(sha256, image)
            self._maps.repaint_pictures()
            self._due.start()

        def failed(error: Exception) -> None:
            done(None)
            self._notifier.trouble(error)

        self._jobs.run(work, done, failed)
