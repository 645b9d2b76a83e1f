"""Sites on the review page: they are found, listed, lit up on the map, and linked by hand."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.identity import UUID
from app.domain.marks import Mark
from app.domain.records import TreatmentSession
from app.editing.practice_editor import PracticeEditor
from app.editing.session_editor import SessionEditor
from app.notify import Notifier
from app.panels.review.follower import SiteFollower
from app.panels.review.site_rows import (
    SiteRow,
    VisitRow,
    course_words,
    place_words,
    site_row,
    visit_rows,
)
from app.panels.review.sites_panel import SitesPanel, place_in
from app.review.following import Followed
from app.review.sites import Site, Visit
from app.review.timeline import ReviewFilter
from app.settings import Settings

NO_SITES = "No spot was marked that can be followed: trigger points, needles and sore spots can."


class SiteDesk(QObject):
    """Joins the follower to its panel. The chosen site is known by its marks: a site is found
    anew whenever a link changes.
    """

    lit = Signal(object)
    """The Site whose marks are to be lit up on the map, or None."""
    session_asked = Signal(object)
    """A session is wanted at the slider, by its id."""

    def __init__(
        self,
        editor: SessionEditor,
        practice: PracticeEditor,
        settings: Settings,
        notifier: Notifier,
    ) -> None:
        super().__init__()
        self._store = editor.store
        self._editor = editor
        self._practice = practice
        self._settings = settings
        self._notifier = notifier
        self._name = editor.atlas.catalogue.name
        self._filter = ReviewFilter()
        self._at: TreatmentSession | None = None
        self._chosen: frozenset[UUID] = frozenset()
        """The marks of the site that is chosen."""
        self._rows: list[SiteRow] = []
        self._visits: list[VisitRow] = []
        self.site: Site | None = None
        """The site that is chosen, if it is listed."""
        self.panel = SitesPanel()
        self.panel.others = self.others
        self.panel.show_gate(settings.values.site_gate_mm)
        self.follower = SiteFollower(editor.atlas, self._store.repository)
        self._connect()

    # -- finding ---------------------------------------------------------------------------

    def open(self) -> None:
        """Finds the sites of the open chart, unless they are known."""
        patient = self._store.patient
        if patient is None:
            return
        if self.follower.found is None:
            self.follower.follow(
                patient.id, patient.body, list(self._store.sessions), self._store.site_links,
                self._settings.values.site_gate_mm,
            )  # fmt: skip
        self._show()

    def forget(self) -> None:
        """Marks or links are not what they were."""
        self.follower.forget()

    def choose_mark(self, mark_id: UUID | None) -> None:
        """Chooses the site that a mark of the map is of, where it is one's."""
        found = self.follower.found
        site = None if found is None else found.site_of(mark_id)
        if site is not None:
            self._choose(site)

    def show_session(self, at: TreatmentSession | None, wanted: ReviewFilter) -> None:
        """How the sites stand in the session at the slider. A step changes next to nothing."""
        self._at = at
        if wanted != self._filter:
            self._filter = wanted
            self._show()
            return
        self.panel.sites.say_anew()
        if self._visits:
            self.panel.show_visit(self._current())

    def _show(self) -> None:
        """Lists the sites that were found, as far as the filter lets them through."""
        found, panel = self.follower.found, self.panel
        self._rows, self._visits, self.site = [], [], None
        if found is None or not found.sites:
            waits = self.follower.is_under_way
            panel.show_word("Looking for the same spots …" if waits else NO_SITES)
            return
        panel.show_word("")
        self._rows = [
            self._row(site)
            for site in found.sites
            if any(self._filter.takes_mark(visit.mark) for visit in site.visits)
        ]
        self._rows.sort(key=lambda row: (row.muscle, row.kind, -len(row.site.visits)))
        place = place_in(self._rows, self._chosen)
        panel.show_sites(self._rows, len(found.sites), place)
        self._show_page(None if place is None else self._rows[place], found)

    def _show_page(self, row: SiteRow | None, found: Followed) -> None:
        self.site = None if row is None else row.site
        session_of = self._store.session
        self._visits = [] if row is None else visit_rows(row.site, found, session_of)
        self.panel.show_page(row, self._visits)
        if self._visits:
            self.panel.show_visit(self._current())

    def _row(self, site: Site) -> SiteRow:
        return site_row(site, self._name, self._store.session, self._course_of)

    def _course_of(self, site: Site) -> str:
        return course_words(site, self._store.session, self._at)

    def _current(self) -> int:
        """The visit of the session at the slider, else the newest."""
        at = None if self._at is None else self._at.id
        ids = [row.visit.mark.session_id for row in self._visits]
        return ids.index(at) if at in ids else 0

    def _choose(self, site: Site) -> None:
        self._chosen = frozenset(visit.mark.id for visit in site.visits)
        self._show()
        self.lit.emit(site)

    def _on_found(self) -> None:
        self._show()
        self.lit.emit(self.site)

    def _on_failed(self, error: Exception) -> None:
        self.panel.show_word("The same spots could not be looked for.")
        self._notifier.trouble(error)

    # -- linking ---------------------------------------------------------------------------

    def others(self, row: VisitRow) -> list[SiteRow]:
        """The sites that were marked before a visit, those of its muscle and side first."""
        found, mark = self.follower.found, row.visit.mark
        if found is None:
            return []
        session_of = self._store.session
        begun = session_of(mark.session_id).started_at
        sites = [
            site
            for site in found.sites
            if all(visit.mark.id != mark.id for visit in site.visits)
            and session_of(site.first.session_id).started_at < begun
        ]
        sites.sort(key=lambda site: _likeness(site, mark))
        return [self._row(site) for site in sites]

    def _link(self, visit: Visit, site: Site) -> None:
        begun = self._store.session(visit.mark.session_id).started_at
        earlier = [
            each.mark
            for each in site.visits
            if self._store.session(each.mark.session_id).started_at < begun
        ]
        self._say(
            lambda: self._practice.say_site(visit.mark, earlier[-1]),
            f"Mark {visit.mark.number} is of the same spot as {place_words(site, self._name)}.",
        )

    def _unlink(self, visit: Visit) -> None:
        self._say(
            lambda: self._practice.say_site(visit.mark, None),
            f"Mark {visit.mark.number} is of none of the spots before.",
        )

    def _let_place_tell(self, visit: Visit) -> None:
        self._say(
            lambda: self._practice.let_place_tell(visit.mark),
            f"Place tells again whose spot mark {visit.mark.number} is.",
        )

    def _say(self, store: Callable[[], bool], words: str) -> None:
        """Keeps what was said; nothing in a session changes, so a signed one is no matter."""
        if store():
            self._notifier.done(words, "Undo", self._practice.history.undo)

    def _connect(self) -> None:
        panel = self.panel
        panel.site_chosen.connect(lambda row: self._choose(row.site))
        panel.visit_chosen.connect(lambda row: self.session_asked.emit(row.visit.mark.session_id))
        panel.gate_chosen.connect(self._set_gate)
        panel.link_asked.connect(self._link)
        panel.unlink_asked.connect(self._unlink)
        panel.place_asked.connect(self._let_place_tell)
        self.follower.changed.connect(self._on_found)
        self.follower.went_on.connect(self._say_progress)
        self.follower.failed.connect(self._on_failed)

    def _say_progress(self, done: int, every: int) -> None:
        self.panel.show_word(f"Looking for the same spots: {done} of {every} sessions …")

    def _set_gate(self, gate_mm: float) -> None:
        self._settings.change(site_gate_mm=gate_mm)
        self.forget()
        self.open()


def _likeness(site: Site, mark: Mark) -> tuple[int, int]:
    """The less, the likelier: of the same kind, muscle and side; then the more often marked."""
    unlike = (
        (site.kind is not mark.kind) + (site.muscle != mark.muscle) + (site.side is not mark.side)
    )
    return unlike, -len(site.visits)
