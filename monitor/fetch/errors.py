"""How the parts of this package tell each other that a fetch has come to nothing. Never leaves the package."""

from __future__ import annotations

import re
from datetime import timedelta

from monitor.core.ports import Trouble, Unreachable

MAX_DETAIL = 200
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\U0010ffff]+|\s+")


class FetchError(Exception):
    """Carries what an `Unreachable` says. `detail` names hosts and addresses, never paths, queries or credentials."""

    def __init__(
        self, trouble: Trouble, detail: str, *, status: int | None = None, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(detail)
        self.trouble = trouble
        self.detail = detail
        self.status = status
        self.retry_after = retry_after

    def answer(self) -> Unreachable:
        detail = _UNPRINTABLE.sub(" ", self.detail).strip()
        if len(detail) > MAX_DETAIL:
            detail = detail[: MAX_DETAIL - 1] + "…"
        return Unreachable(trouble=self.trouble, detail=detail, status=self.status, retry_after=self.retry_after)
