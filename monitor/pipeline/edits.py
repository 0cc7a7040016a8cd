"""What becomes of articles that were edited after they had been taken in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from monitor.alerts import Policy
from monitor.core.model import NewItem, PageState
from monitor.core.ports import Intake, Matcher
from monitor.core.settings import Edits, SourceSettings
from monitor.pipeline.judging import Judged, history_of, mark_of, outlets_for, recorded, sketched
from monitor.pipeline.recognition import Edited
from monitor.stories import Standard, Vocabulary

MAX_RESENDS = 5
MAX_EDITS = 50
"""Of one article: some sites change a word every minute, and some with every answer."""
MAX_PAGES = 5
"""How often the page of an edited article is read again."""


def edited(intake: Intake, found: Iterable[Edited], matcher: Matcher, settings: SourceSettings, policy: Policy,
           now: datetime, vocabulary: Vocabulary, standard: Standard) -> list[Judged]:  # fmt: skip
    """Puts the new words on record, and judges them: rules that hit only now are told, and with `edits: resend` those
    that were told before as well; else a message that told it is edited, if its headline is another one now. The story
    stays as it is."""
    judged: list[Judged] = []
    for edit in found:
        number, times = edit.known.item, edit.known.edits + 1
        if times > MAX_EDITS:
            continue
        kept = intake.stored(number)
        if kept is None:
            intake.note_edit(number, edits=times)
            continue
        stored, hits, was_told = kept
        old, item = stored.item, edit.item
        item = replace(
            item,
            uid=old.uid,
            # the page's text stands until the page was read again
            text=old.text if old.page is PageState.READ else item.text,
            published=old.published or item.published,
            language=item.language or old.language,
            credits=item.credits or old.credits,
            site=old.site,
            image=item.image or old.image,
            page=item.page if times <= MAX_PAGES else old.page,
        )
        new = NewItem(
            item=item,
            fingerprint=mark_of(sketched(item, standard), vocabulary),
            link=stored.link,
            matches=matcher.match(item),
        )
        intake.edit_item(number, new, edits=times)
        resend = settings.edits is Edits.RESEND and times <= MAX_RESENDS
        history = history_of(intake, {stored.link.story}, {m.rule for m in new.matches}, policy, now)
        fresh = replace(new, matches=tuple(m for m in new.matches if m.rule not in {h.rule for h in hits}))
        decisions = recorded(
            intake, number, new, history, policy, now,
            settled={m.rule for m in hits}, outlets=outlets_for(intake, fresh, history, policy),
            edits=dict.fromkeys(was_told, _change(old.title, item.title)) if resend else {},
        )  # fmt: skip
        if old.title != item.title and not resend:
            intake.queue_edits(now, items=[number], rules=policy.edited, channels=policy.editing)
        judged.append((number, new, decisions))
    return judged


def _change(before: str, after: str) -> str:
    return f"edited: the title was “{before}”" if before != after else "edited: the text was changed"
