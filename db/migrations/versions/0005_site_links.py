"""What was said of whose site a mark is. Written out, as the first tables are."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "site_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("mark_id", sa.Uuid(), nullable=False),
        sa.Column("earlier_id", sa.Uuid(), nullable=True),
        sa.Column("said_at", sa.String(48), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_site_link"),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
            name="fk_site_link_patient_id_patient",
            ondelete="RESTRICT",
        ),
        sa.UniqueConstraint("mark_id", name="uq_site_link_mark_id"),
    )
    op.create_index("ix_site_link_patient_id", "site_link", ["patient_id"])
