"""where an article names countries and regions

Articles of before have none until the next ingest, which derives them anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('revision', sa.Column('mentions', sa.JSON(), server_default='[]', nullable=False))


def downgrade() -> None:
    op.drop_column('revision', 'mentions')
