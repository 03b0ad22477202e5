"""Visits, replies, answers and deeds.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "visits",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(128), nullable=False),
        sa.Column("scenario_id", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("scenario_text", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("coach", sa.String(8), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("outcome_json", sa.Text(), nullable=True),
        sa.Column("begun_at", moment, nullable=False),
        sa.Column("last_at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.CheckConstraint("coach IN ('off', 'each')", name="visits_coach"),
        sa.CheckConstraint("status IN ('talking', 'ended')", name="visits_status"),
        sa.CheckConstraint("(status = 'ended') = (outcome_json IS NOT NULL)", name="visits_outcome"),
    )
    op.create_index("visits_by_owner", "visits", ["owner", "last_at"])
    op.create_table(
        "replies",
        sa.Column("visit_id", sa.String(64), sa.ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", moment, nullable=False),
        sa.UniqueConstraint("visit_id", "token", name="replies_once"),
        sa.CheckConstraint("seq >= 1", name="replies_seq"),
    )
    op.create_table(
        "answers",
        sa.Column("visit_id", sa.String(64), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("turn_json", sa.Text(), nullable=False),
        sa.Column("answered_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id", "seq"], ["replies.visit_id", "replies.seq"], name="answers_to_replies", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "deeds",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("deed", sa.String(16), nullable=False),
        sa.Column("visit_id", sa.String(64), nullable=False),
    )
    # What was said stays said: these tables can be added to and, with their visit, deleted; never changed.
    if op.get_bind().dialect.name == "sqlite":
        for table in ("replies", "answers", "deeds"):
            op.execute(
                f"CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'what was said stays said'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION stays_said() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'what was said stays said'; END $$"
        )
        for table in ("replies", "answers", "deeds"):
            op.execute(
                f"CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION stays_said()"
            )


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only; restore the copy that was kept beside the file")
