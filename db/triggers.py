"""What the database itself refuses, whoever asks: the trail, signed sessions and the files of
pictures stay as they are, and so does a picture on which marks lie.

A migration that makes one of these tables anew drops its triggers with it: it must make them
again. It must drop those of ``mark`` before it touches ``treatment_session``, which they read,
those of ``own_picture`` before it touches ``mark``, and those of patients, problems, practitioners
and boxes (``_named``) before it touches what names them.

A row can be replaced by its id and by its row number, and where it is, SQLite does not tell the
triggers of deletion: so whatever comes in is asked for both. Where a statement names no row number,
NEW.rowid is none that a row has.
"""

from collections.abc import Sequence

SIGNED = "this session is signed"
"""What SQLite's error says where a signed session was to be changed."""
REWRITTEN = "the trail cannot be rewritten"
NEEDLE_IN = "a needle of this session is still in"
NOT_SIGNED = "this session is not signed yet"
PICTURE_IN_USE = "marks lie on this picture"
PICTURE_CHANGED = "the file of a picture cannot be changed"
NAMED = "a signed session names this"
"""Where the patient, problem, practitioner or box of a signed session was to go."""
NUMBER_NAMED = "patient.number_key: a signed session names the patient who has it"
"""As SQLite says that a number is taken."""

_LOCKED = "status IN ('signed', 'amended')"
_AS_SIGNED = (
    "id", "patient_id", "practitioner_id", "problem_id", "started_at", "ended_at", "pain_before",
    "pain_after", "note",
)  # fmt: skip
"""The columns of a session that its signature covers: all but the status and the revision."""


def _refuse(name: str, event: str, condition: str, words: str) -> str:
    when = f"WHEN {condition} " if condition else ""
    return f"CREATE TRIGGER {name} BEFORE {event} {when}BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _is_signed(session_id: str) -> str:
    return f"EXISTS (SELECT 1 FROM treatment_session WHERE id = {session_id} AND {_LOCKED})"


def _taken(table: str) -> str:
    """Whether a row that comes in would replace that row of the table."""
    return f"({table}.id = NEW.id OR {table}.rowid = NEW.rowid)"


def _trail() -> list[str]:
    again = "EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence)"  # INSERT OR REPLACE
    return [
        _refuse("audit_refuses_update", "UPDATE ON audit", "", REWRITTEN),
        _refuse("audit_refuses_delete", "DELETE ON audit", "", REWRITTEN),
        _refuse("audit_refuses_replace", "INSERT ON audit", again, REWRITTEN),
    ]


def _session() -> list[str]:
    table = "treatment_session"
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in (*_AS_SIGNED, "rowid"))
    amended = f"(OLD.status = 'signed' AND NEW.status = 'amended' AND {same})"
    held = f"EXISTS (SELECT 1 FROM {table} WHERE {_taken(table)} AND {_LOCKED})"
    moved = "(NEW.id <> OLD.id OR NEW.rowid <> OLD.rowid)"  # UPDATE OR REPLACE
    changed = f"(OLD.{_LOCKED} AND NOT {amended}) OR ({moved} AND {held})"
    return [
        _refuse(f"{table}_signed_update", f"UPDATE ON {table}", changed, SIGNED),
        _refuse(f"{table}_signed_delete", f"DELETE ON {table}", f"OLD.{_LOCKED}", SIGNED),
        _refuse(f"{table}_signed_replace", f"INSERT ON {table}", held, SIGNED),
    ]


def _needle_in() -> list[str]:
    """No session is signed while a needle is in, whoever signs it, and none comes signed in the
    place of a draft that has one.
    """
    signs = f"OLD.status = 'draft' AND NEW.{_LOCKED}"
    needle = (
        "EXISTS (SELECT 1 FROM mark WHERE session_id = NEW.id AND kind = 'needle' AND "
        "json_extract(details, '$.in_at') IS NOT NULL AND "
        "json_extract(details, '$.out_at') IS NULL)"
    )
    name, table = "treatment_session_needle_in", "treatment_session"
    comes = f"NEW.{_LOCKED} AND {needle}"
    return [
        _refuse(name, f"UPDATE ON {table}", f"{signs} AND {needle}", NEEDLE_IN),
        _refuse(f"{name}_replace", f"INSERT ON {table}", comes, NEEDLE_IN),
    ]


def _of_session(table: str) -> list[str]:
    """A mark, or a paper: written while its session is a draft, and locked with it."""
    replaced = (
        f"EXISTS (SELECT 1 FROM {table} "
        f"JOIN treatment_session AS held ON held.id = {table}.session_id "
        f"WHERE {_taken(table)} AND held.{_LOCKED})"
    )
    old, new = _is_signed("OLD.session_id"), _is_signed("NEW.session_id")
    changed = f"{old} OR {new} OR {replaced}"
    return [
        _refuse(f"{table}_signed_insert", f"INSERT ON {table}", f"{new} OR {replaced}", SIGNED),
        _refuse(f"{table}_signed_update", f"UPDATE ON {table}", changed, SIGNED),
        _refuse(f"{table}_signed_delete", f"DELETE ON {table}", old, SIGNED),
    ]


def _addendum() -> list[str]:
    """Written once the session is signed, and never again."""
    again = f"EXISTS (SELECT 1 FROM addendum WHERE {_taken('addendum')})"  # INSERT OR REPLACE
    early = f"NOT {_is_signed('NEW.session_id')}"
    return [
        _refuse("addendum_needs_signature", "INSERT ON addendum", early, NOT_SIGNED),
        _refuse("addendum_refuses_replace", "INSERT ON addendum", again, SIGNED),
        _refuse("addendum_refuses_update", "UPDATE ON addendum", "", SIGNED),
        _refuse("addendum_refuses_delete", "DELETE ON addendum", "", SIGNED),
    ]


def _named(table: str, *sources: str, stays: Sequence[str] = ()) -> list[str]:
    """Whom or what a signed session names: it may be renamed, and neither go nor be replaced.

    Foreign keys say so too, but to those alone who switch them on. ``sources`` select the ids
    that signed sessions name, ``stays`` are columns that stay beside the id.
    """
    named = " OR ".join(f"EXISTS ({source})" for source in sources).format
    old = named("OLD.id")
    moved = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in ("id", "rowid", *stays))
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {_taken(table)} AND ({named(f'{table}.id')}))"
    gone = f"(({moved}) AND ({old})) OR ((NEW.id <> OLD.id OR NEW.rowid <> OLD.rowid) AND {taken})"
    return [
        _refuse(f"{table}_named_update", f"UPDATE ON {table}", gone, NAMED),
        _refuse(f"{table}_named_delete", f"DELETE ON {table}", old, NAMED),
        _refuse(f"{table}_named_replace", f"INSERT ON {table}", taken, NAMED),
    ]


def _by_session(column: str) -> str:
    return f"SELECT 1 FROM treatment_session WHERE {column} = {{0}} AND {_LOCKED}"


def _by_paper(paper: str, column: str) -> str:
    return (
        f"SELECT 1 FROM {paper} JOIN treatment_session AS held ON held.id = {paper}.session_id "
        f"WHERE {paper}.{column} = {{0}} AND held.{_LOCKED}"
    )


def _number_of_named() -> list[str]:
    """A patient can be replaced by the number too, which is unique."""
    has = (
        "EXISTS (SELECT 1 FROM patient JOIN treatment_session AS held "
        "ON held.patient_id = patient.id "
        f"WHERE patient.number_key = NEW.number_key AND patient.id <> NEW.id AND held.{_LOCKED})"
    )
    return [
        _refuse("patient_named_number_insert", "INSERT ON patient", has, NUMBER_NAMED),
        _refuse("patient_named_number_update", "UPDATE ON patient", has, NUMBER_NAMED),
    ]


def _file() -> list[str]:
    again = (  # INSERT OR REPLACE
        "EXISTS (SELECT 1 FROM picture_file "
        "WHERE sha256 = NEW.sha256 OR picture_file.rowid = NEW.rowid)"
    )
    used = "EXISTS (SELECT 1 FROM own_picture WHERE sha256 = OLD.sha256)"
    return [
        _refuse("picture_file_refuses_update", "UPDATE ON picture_file", "", PICTURE_CHANGED),
        _refuse("picture_file_refuses_replace", "INSERT ON picture_file", again, PICTURE_CHANGED),
        _refuse("picture_file_refuses_delete", "DELETE ON picture_file", used, PICTURE_CHANGED),
    ]


_OF_FILE = ("id", "sha256", "media_type", "width", "height")
"""The columns of a picture that say which file it is: they stay."""


def _picture() -> list[str]:
    table = "own_picture"
    # Whose marks lie on it: of the picture's patient, or of any where it is for every patient.
    marked = (
        "EXISTS (SELECT 1 FROM mark JOIN treatment_session AS held ON held.id = mark.session_id "
        "WHERE mark.body_version = 'picture:' || OLD.sha256 "
        "AND held.patient_id = coalesce({}, held.patient_id){})"
    )
    taken_away = marked.format("OLD.patient_id", " AND held.patient_id <> NEW.patient_id")
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in _OF_FILE)
    used = marked.format("OLD.patient_id", "")
    replaced = f"SELECT 1 FROM {table} WHERE {_taken(table)}"
    other = f"NOT ({same}) OR NEW.rowid IS NOT OLD.rowid"
    return [
        _refuse(f"{table}_marked_delete", f"DELETE ON {table}", used, PICTURE_IN_USE),
        _refuse(f"{table}_marked_update", f"UPDATE ON {table}", taken_away, PICTURE_IN_USE),
        _refuse(f"{table}_keeps_file", f"UPDATE ON {table}", other, PICTURE_CHANGED),
        _refuse(
            f"{table}_refuses_replace", f"INSERT ON {table}", f"EXISTS ({replaced})",
            PICTURE_CHANGED,
        ),
    ]  # fmt: skip


OF_TABLE: dict[str, Sequence[str]] = {
    "audit": _trail(),
    "treatment_session": _session(),
    "picture_file": _file(),
    "own_picture": _picture(),
    "mark": [*_of_session("mark"), *_needle_in()],
    "preparation": _of_session("preparation"),
    "closing": _of_session("closing"),
    "session_note": _of_session("session_note"),
    "hazard_notice": _of_session("hazard_notice"),
    "signature": _of_session("signature"),
    "addendum": [
        *_addendum(),
        *_named("patient", _by_session("patient_id")),
        *_number_of_named(),
        *_named("problem", _by_session("problem_id"), stays=("patient_id",)),
        *_named(
            "practitioner", _by_session("practitioner_id"),
            _by_paper("signature", "practitioner_id"), _by_paper("addendum", "practitioner_id"),
        ),
        *_named("needle_box", _by_paper("preparation", "box_id")),
    ],
}  # fmt: skip
"""The statements that make the triggers of each table, once that is there."""
