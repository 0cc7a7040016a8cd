"""Whether the configuration was edited: its file, or one of the files of terms that belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitor.config import beside


class Watch:
    def __init__(self, path: Path, digest: str, files: Mapping[Path, str]) -> None:
        self._path = path
        self._seen: Mapping[Path, str] = {}
        self.tried(digest, files)

    def tried(self, digest: str, files: Mapping[Path, str]) -> None:
        """This is what was loaded last, or was found not fit for it."""
        self._tried = {**files, self._path: digest}

    def is_edited(self) -> bool:
        """Reads the files: not for the loop. A file of terms is often long, and written bit by bit by a program: it
        counts as edited once it is the same at two looks in a row."""
        now = {path: beside.digest(path) for path in self._tried}
        if not now[self._path] or now == self._tried:
            return False
        before, self._seen = self._seen, now
        return now[self._path] != self._tried[self._path] or now == before
