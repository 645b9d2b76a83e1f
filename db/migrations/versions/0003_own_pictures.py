"""Own pictures, and marks whose side is not known. Written out, as the first tables are."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_MARK_TRIGGERS = ("mark_signed_insert", "mark_signed_update", "mark_signed_delete")
_MARK_INDEXES = ("ix_mark_parent_id", "ix_mark_session_id_kind")


def upgrade() -> None:
    _let_marks_have_no_side()
    _make_files()
    _make_pictures()
    _keep_pictures()


def _let_marks_have_no_side() -> None:
    """SQLite cannot drop a NOT NULL: the table is made anew and its rows are carried over."""
    connection = op.get_bind()
    kept = [
        connection.execute(
            sa.text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name}
        ).scalar_one()
        for name in (*_MARK_TRIGGERS, *_MARK_INDEXES)
    ]
    for name in _MARK_TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    for name in _MARK_INDEXES:
        op.execute(f"DROP INDEX {name}")
    # The new table gets its name at once, or SQLite would write that name in quotes.
    op.rename_table("mark", "mark_before_0003")
    _make_marks()
    columns = ", ".join(column["name"] for column in sa.inspect(connection).get_columns("mark"))
    op.execute(f"INSERT INTO mark ({columns}) SELECT {columns} FROM mark_before_0003")
    op.drop_table("mark_before_0003")
    for statement in reversed(kept):
        op.execute(sa.text(statement.replace(":", r"\:")))


def _make_marks() -> None:
    op.create_table(
        "mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("shape", sa.String(16), nullable=False),
        sa.Column("body_version", sa.String(120), nullable=False),
        sa.Column("triangle", sa.Integer(), nullable=False),
        sa.Column("b1", sa.Float(), nullable=False),
        sa.Column("b2", sa.Float(), nullable=False),
        sa.Column("outline", sa.JSON(), nullable=True),
        sa.Column("placed_on", sa.String(16), nullable=False),
        sa.Column("placed_in", sa.String(120), nullable=False),
        sa.Column("side", sa.String(16), nullable=True),
        sa.Column("muscle", sa.String(120), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.String(48), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mark"),
        sa.CheckConstraint(
            "kind IN ('trigger_point', 'needle', 'twitch_response', 'soreness', "
            "'referred_pain', 'taut_band', 'reaction', 'note')",
            name=op.f("ck_mark_kind"),
        ),
        sa.CheckConstraint("shape IN ('point', 'area', 'line')", name=op.f("ck_mark_shape")),
        sa.CheckConstraint("placed_on IN ('female', 'male')", name=op.f("ck_mark_placed_on")),
        sa.CheckConstraint("side IN ('left', 'right', 'midline')", name=op.f("ck_mark_side")),
        sa.UniqueConstraint("session_id", "number", name="uq_mark_session_id_number"),
        _reference("mark", "session_id", "treatment_session"),
        _reference("mark", "parent_id", "mark"),
    )


def _make_files() -> None:
    op.create_table(
        "picture_file",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_picture_file"),
    )


def _make_pictures() -> None:
    op.create_table(
        "own_picture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("side", sa.String(16), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(16), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.String(48), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_own_picture"),
        sa.CheckConstraint(
            "side IN ('left', 'right', 'midline')", name=op.f("ck_own_picture_side")
        ),
        sa.CheckConstraint(
            "media_type IN ('image/png', 'image/jpeg')", name=op.f("ck_own_picture_media_type")
        ),
        _reference("own_picture", "patient_id", "patient"),
        _reference("own_picture", "sha256", "picture_file", "sha256"),
    )
    op.create_index("ix_own_picture_patient_id", "own_picture", ["patient_id"])
    op.create_index("ix_own_picture_sha256", "own_picture", ["sha256"])


def _keep_pictures() -> None:
    """``db/triggers.py`` says why each is there."""
    changed, in_use = "the file of a picture cannot be changed", "marks lie on this picture"
    marked = (
        "EXISTS (SELECT 1 FROM mark JOIN treatment_session AS held ON held.id = mark.session_id "
        r"WHERE mark.body_version = 'picture\:' || OLD.sha256 "
        "AND held.patient_id = coalesce(OLD.patient_id, held.patient_id)"
    )
    same = " AND ".join(
        f"NEW.{column} IS OLD.{column}"
        for column in ("id", "sha256", "media_type", "width", "height")
    )
    for name, event, words in (
        ("picture_file_refuses_update", "UPDATE ON picture_file", changed),
        (
            "picture_file_refuses_replace",
            "INSERT ON picture_file WHEN "
            "EXISTS (SELECT 1 FROM picture_file WHERE sha256 = NEW.sha256)",
            changed,
        ),
        (
            "picture_file_refuses_delete",
            "DELETE ON picture_file WHEN "
            "EXISTS (SELECT 1 FROM own_picture WHERE sha256 = OLD.sha256)",
            changed,
        ),
        ("own_picture_marked_delete", f"DELETE ON own_picture WHEN {marked})", in_use),
        (
            "own_picture_marked_update",
            f"UPDATE ON own_picture WHEN {marked} AND held.patient_id <> NEW.patient_id)",
            in_use,
        ),
        ("own_picture_keeps_file", f"UPDATE ON own_picture WHEN NOT ({same})", changed),
        (
            "own_picture_refuses_replace",
            "INSERT ON own_picture WHEN EXISTS (SELECT 1 FROM own_picture WHERE id = NEW.id)",
            changed,
        ),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )


def _reference(table: str, column: str, target: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.{key}"], name=f"fk_{table}_{column}_{target}", ondelete="RESTRICT"
    )
