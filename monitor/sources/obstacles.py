"""What came in place of a document, as trouble of a source."""

from __future__ import annotations

from monitor.core.ports import Fetched, Trouble, Unreachable
from monitor.extract.obstacles import challenge_of, challenged, is_empty_shell

NOT_ASKED_FOR = Unreachable(trouble=Trouble.OTHER_STATUS, detail="304 to a request without validators", status=304)
"""In place of `Unchanged`, where nothing was known that could be unchanged."""


def in_the_way(answer: Fetched) -> Unreachable | None:
    """Why a readable answer holds nothing to read, where the reason is that only browsers are meant to read it."""
    if whose := challenge_of(answer.status, answer.headers, answer.body):
        return Unreachable(trouble=Trouble.CHALLENGE, detail=challenged(whose), status=answer.status)
    if is_empty_shell(answer.body):
        return Unreachable(
            trouble=Trouble.JAVASCRIPT,
            detail="the page is empty until a browser has run its scripts; look for a feed or sitemap of the site "
            "(`monitor discover`), or an address that serves its data",
            status=answer.status,
        )
    return None
