"""complete"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=80), nullable=False),
        sa.Column("appointment", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_appointment"), ["appointment"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_tenant"), ["tenant"], unique=False)

    op.create_table(
        "live_session",
        sa.Column("sid_hash", sa.String(length=64), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("user_name", sa.String(length=40), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=False),
        sa.Column("enrolling", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sid_hash"),
    )
    op.create_table(
        "opening",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant"),
    )
    op.create_table(
        "pilot_answer",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("ease", sa.Integer(), nullable=False),
        sa.Column("quality", sa.Integer(), nullable=False),
        sa.Column("satisfaction", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("pilot_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_answer_tenant"), ["tenant"], unique=False)

    op.create_table(
        "pilot_answered",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pilot_day",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("no_show", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Integer(), nullable=False),
        sa.Column("connected", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "day"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("user_name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_table(
        "second_factor",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("user_name", sa.String(length=40), nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "user_name"),
    )
    op.create_table(
        "guest",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("appointment", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["appointment"], ["appointment.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    with op.batch_alter_table("guest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guest_appointment"), ["appointment"], unique=False)

    op.create_table(
        "mail",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("appointment", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["appointment"], ["appointment.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_appointment"), ["appointment"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_state"), ["state"], unique=False)

    op.create_table(
        "pilot_visit",
        sa.Column("appointment", sa.String(length=16), nullable=False),
        sa.Column("citizen_came", sa.Boolean(), nullable=False),
        sa.Column("clerk_came", sa.Boolean(), nullable=False),
        sa.Column("connected", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["appointment"], ["appointment.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("appointment"),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=10), server_default=sa.text("'video'"), nullable=False))
        batch_op.add_column(sa.Column("cancelled", sa.Boolean(), server_default=sa.text("(false)"), nullable=False))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("link_version", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.drop_column("invitation")
