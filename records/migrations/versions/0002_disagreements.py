"""Levels that people set themselves, beside the scorer's.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disagreements",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("visit_id", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(16), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("stance", sa.String(16), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("scorer_level", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("case_json", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id", "seq"],
            ["replies.visit_id", "replies.seq"],
            name="disagreements_to_replies",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("stance IN ('level', 'not_called_for', 'taken_back')", name="disagreements_stance"),
        sa.CheckConstraint("(stance = 'level') = (level IS NOT NULL)", name="disagreements_level"),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name="disagreements_levels"),
        sa.CheckConstraint("scorer_level BETWEEN 0 AND 4", name="disagreements_scorer_levels"),
    )
    op.create_index("disagreements_by_reply", "disagreements", ["visit_id", "seq", "skill", "actor"])
    # A change of mind is a further row; what somebody once thought stays.
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER disagreements_stay BEFORE UPDATE ON disagreements "
            "BEGIN SELECT RAISE(ABORT, 'what was said stays said'); END"
        )
    else:
        op.execute(
            "CREATE TRIGGER disagreements_stay BEFORE UPDATE ON disagreements "
            "FOR EACH ROW EXECUTE FUNCTION stays_said()"
        )


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only; restore the copy that was kept beside the file")
