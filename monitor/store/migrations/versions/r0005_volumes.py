"""How often a rule was mentioned is asked."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("matches_by_rule_item", "matches", ["rule", "item"])
