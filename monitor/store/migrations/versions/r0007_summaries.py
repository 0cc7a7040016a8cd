"""Summaries that a model wrote."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "summaries",
        sa.Column("item", _IDENTITY, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item", name="summaries_key"),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="summaries_item", ondelete="CASCADE"),
    )
