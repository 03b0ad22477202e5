"""Ratings by a language model beside the embedded ones, and what was said about it before each visit.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Visits begun before nobody was told about a second rater, so they stay with none.
    op.add_column("visits", sa.Column("second_rater", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "second_ratings",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("visit_id", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("prompt_sha256", sa.String(64), nullable=False),
        sa.Column("rubric_version", sa.String(64), nullable=False),
        sa.Column("skills_json", sa.Text(), nullable=False),
        sa.Column("raw_json", sa.Text(), nullable=False),
        sa.Column("failure", sa.String(64), nullable=False),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("case_json", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id", "seq"],
            ["replies.visit_id", "replies.seq"],
            name="second_ratings_to_replies",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("visit_id", "seq", name="second_ratings_once"),
    )
    # What was rated stays rated, with the answer as it came.
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER second_ratings_stay BEFORE UPDATE ON second_ratings "
            "BEGIN SELECT RAISE(ABORT, 'what was said stays said'); END"
        )
    else:
        op.execute(
            "CREATE TRIGGER second_ratings_stay BEFORE UPDATE ON second_ratings "
            "FOR EACH ROW EXECUTE FUNCTION stays_said()"
        )


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only; restore the copy that was kept beside the file")
