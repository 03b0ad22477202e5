"""A second rating that failed may be asked for again: each try is a row of its own, and what failed stays as history.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("second_ratings") as table:
        table.add_column(sa.Column("attempt", sa.Integer(), nullable=False, server_default="1"))
        table.drop_constraint("second_ratings_once", type_="unique")
        table.create_unique_constraint("second_ratings_tries", ["visit_id", "seq", "attempt"])
    # SQLite makes the table anew for this, and the trigger on it goes with the old one.
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER second_ratings_stay BEFORE UPDATE ON second_ratings "
            "BEGIN SELECT RAISE(ABORT, 'what was said stays said'); END"
        )


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only; restore the copy that was kept beside the file")
