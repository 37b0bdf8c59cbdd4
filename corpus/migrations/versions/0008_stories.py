"""the story that each article belongs to"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revision", sa.Column("story", sa.String(), nullable=True))
    op.create_index(
        "ix_revision_no_story",
        "revision",
        ["id"],
        sqlite_where=sa.text("story IS NULL AND until IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_revision_no_story", "revision")
    op.drop_column("revision", "story")
