"""Items one after the other, each answered at once, with nothing but memory behind it."""

from __future__ import annotations

from datetime import datetime

from monitor.core.model import Candidate, ItemId, SourceId, StoryLink
from monitor.stories.across import FOREIGN, name_keys, wanted_names
from monitor.stories.assign import USUAL, Standard, assign
from monitor.stories.event import event_keys
from monitor.stories.index import Index, nearest
from monitor.stories.sketch import copy_keys, sketch_of
from monitor.stories.vocabulary import Vocabulary


class Stream:
    """What the pipeline does with a store. Items are numbered from 0 in the order in which they come."""

    def __init__(self, standard: Standard = USUAL) -> None:
        self._standard = standard
        self.vocabulary = Vocabulary()
        self._index = Index()
        self._length = 0

    def tell(
        self, *, title: str, text: str, source: SourceId, canonical_url: str = "", language: str = "",
        at: datetime | None = None,
    ) -> StoryLink:  # fmt: skip
        """`source` is '' where the outlet is unknown, `at` None where the time is: neither speaks against anything."""
        mine = sketch_of(
            title=title, text=text, canonical_url=canonical_url, language=language,
            across_languages=self._standard.across_languages,
        )  # fmt: skip
        self.vocabulary.add(mine)
        copies, events = copy_keys(mine), event_keys(mine, self.vocabulary)
        kin = {c.item: c for c in (*self._index.lookup(copies), *nearest(self._index.lookup(events), events))}
        if wanted := wanted_names(mine, self.vocabulary):
            kin |= {c.item: c for c in nearest(self._index.lookup(wanted), wanted, FOREIGN)}
        number, self._length = self._length, self._length + 1
        link = assign(source, str(number), mine, tuple(kin.values()), self.vocabulary, at, event=self._standard.event)
        self._index.add(
            Candidate(
                item=ItemId(number),
                story=link.story,
                source=source,
                title=title,
                keys=(*copies, *events, *name_keys(mine, self.vocabulary)),
                sketch=mine.pack(),
                seen_at=at,
            )
        )
        return link
