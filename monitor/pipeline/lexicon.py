"""What the pipeline has learnt of words, for telling stories apart: in memory, and in the store now and then."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.core.model import ItemId
from monitor.core.ports import Intake, Store
from monitor.stories import Sketch, Vocabulary

SAVED_EVERY = 5_000
"""Items. What came since is learnt again from what is remembered of them."""
_BATCH = 2_000


class Lexicon:
    """Only the store's writing thread, and the loop while nothing is written, may touch it."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self._last = ItemId(0)
        self._unsaved = 0

    @property
    def last(self) -> ItemId:
        """The last item that was learnt from."""
        return self._last

    async def load(self, store: Store) -> None:
        packed, self._last = await store.vocabulary()
        if packed:
            self.vocabulary = Vocabulary.unpack(packed)
        while batch := await store.sketches(self._last, _BATCH):
            for _, sketch in batch:
                self.vocabulary.add(Sketch.unpack(sketch))
            self._last = batch[-1][0]
            self._unsaved += len(batch)

    def took_in(self, intake: Intake, items: Sequence[ItemId]) -> None:
        """In the transaction that took them in."""
        if not items:
            return
        self._unsaved += len(items)
        self._last = max(self._last, *items)
        if self._unsaved >= SAVED_EVERY:
            self.save(intake)

    def save(self, intake: Intake) -> None:
        if self._unsaved:
            intake.save_vocabulary(self.vocabulary.pack(), self._last)
            self._unsaved = 0

    def undo(self, learnt: Sequence[Sketch]) -> None:
        """After a transaction that came to nothing."""
        for sketch in learnt:
            self.vocabulary.forget(sketch)
