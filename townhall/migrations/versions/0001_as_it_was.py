"""The tables as services made them by themselves before there were migrations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "clerk",
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("user_name", sa.String(40), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "user_name"),
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("clerk", sa.String(40), nullable=False),
        sa.Column("service", sa.String(40), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("start_at", sa.DateTime(), nullable=False),
        sa.Column("end_at", sa.DateTime(), nullable=False),
        sa.Column("invitation", sa.String(10), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_appointment_tenant", "appointment", ["tenant"])
