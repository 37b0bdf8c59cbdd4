"""what people are asked to type, what digests are about, and what is muted in them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "awaited_reply",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("shown_in", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id"),
    )
    op.create_index("ix_awaited_reply_at", "awaited_reply", ["at"])
    for column in ("people", "topics"):
        op.add_column(
            "subscription", sa.Column(column, sa.JSON(), nullable=False, server_default="[]")
        )
    op.add_column("delivery", sa.Column("headlines", sa.JSON(), nullable=True))
    op.add_column(
        "delivery",
        sa.Column("rest_asked", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("story_told", sa.Column("title", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("story_told", "title")
    op.drop_column("delivery", "rest_asked")
    op.drop_column("delivery", "headlines")
    for column in ("topics", "people"):
        op.drop_column("subscription", column)
    op.drop_table("awaited_reply")
