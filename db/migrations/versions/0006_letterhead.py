"""The practice's letterhead. Written out, as the first tables are.

What an older version kept in a file is taken over when the practice is opened (db/old_letterhead).
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "letterhead",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("foot", sa.String(120), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letterhead"),
    )
