"""Messages that were sent are edited."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("edits", sa.BigInteger()))
    op.add_column("outbox", sa.Column("told_title", sa.Text(), nullable=False, server_default=""))
    op.create_index("outbox_by_edits", "outbox", ["edits"])
