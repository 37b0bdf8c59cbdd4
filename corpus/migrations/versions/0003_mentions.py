"""where an article names countries and regions; null where it was stored before"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('revision', sa.Column('mentions', sa.JSON(), nullable=True))
    # Conditions are decided in memory (corpus/facts.py).
    op.drop_index('ix_place_code', 'place')
    op.drop_index('ix_sentence_date_start', 'sentence_date')


def downgrade() -> None:
    op.create_index('ix_sentence_date_start', 'sentence_date', ['start'])
    op.create_index('ix_place_code', 'place', ['code', 'revision_id'])
    op.drop_column('revision', 'mentions')
