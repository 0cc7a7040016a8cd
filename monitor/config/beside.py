"""Files that belong to the configuration and stand beside it: lists of terms, names of one's own."""

from __future__ import annotations

import hashlib
from pathlib import Path

from monitor.config.document import MAX_BYTES


def read(path: Path, folder: Path) -> tuple[bytes | None, str, str]:
    """The content; or why there is none, and what would be right. `folder`: where relative names begin."""
    try:
        if path.exists() and not path.is_file():
            return None, "this is not a file", ""  # a pipe would be waited for
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None, "this file does not exist", f"create it; relative names begin at {folder}"
    except PermissionError:
        return None, "this file may not be read", "give this user the right to read it"
    except (OSError, ValueError) as error:
        return None, f"this file can't be read ({getattr(error, 'strerror', None) or 'not the name of a file'})", ""
    if len(content) > MAX_BYTES:
        return None, "this file is larger than 64 MB", ""
    return content, "", ""


def digest_of(content: bytes | None) -> str:
    """SHA-256; '' for a file that can't be read."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def digest(path: Path) -> str:
    """The same, of what is there now; a file that is being replaced can't be read for a moment."""
    return digest_of(read(path, path.parent)[0])
