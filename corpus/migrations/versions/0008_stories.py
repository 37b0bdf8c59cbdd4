"""the story that each article belongs to, and when it arrived"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revision", sa.Column("story", sa.String(), nullable=True))
    op.add_column("revision", sa.Column("arrived", sa.String(), nullable=True))
    op.add_column("revision", sa.Column("revised", sa.String(), nullable=True))
    for column in ("arrived", "revised"):
        op.execute(
            f"UPDATE revision SET {column} ="
            " (SELECT published_at FROM version WHERE number = revision.since)"
        )
    op.create_index(
        "ix_revision_no_story",
        "revision",
        ["id"],
        sqlite_where=sa.text("story IS NULL AND until IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_revision_no_story", "revision")
    for column in ("revised", "arrived", "story"):
        op.drop_column("revision", column)
