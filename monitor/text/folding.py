"""Text as it is compared: without case, accents, vowel signs of Arabic and Hebrew, width, and other typing habits.

What makes another letter stays: й, ї and ў of Cyrillic, vowel signs of Indic and Thai, the voicing marks of kana.
Every place in the folded text leads back to the place that it came from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

from monitor.text.scripts import UNSPACED, Script, script_of
from monitor.text.twins import in_one_script, is_in_one_script

_DECOMPOSED = frozenset({Script.LATIN, Script.GREEK, Script.CYRILLIC, Script.ARABIC, Script.HEBREW, Script.OTHER})
"""Scripts whose marks only colour a letter; the letters where that is not so stand in `_LETTERS`."""

_LETTERS = {
    # Letters whose mark makes another letter.
    **{c: c for c in "йїўќѓґѐѝ"},
    **{c: c.lower() for c in "ЙЇЎЌЃҐ"},
    "ѐ": "е", "Ѐ": "е", "ѝ": "и", "Ѝ": "и",
    # Latin letters that Unicode does not take apart.
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ħ": "h", "Ħ": "h", "ŧ": "t", "Ŧ": "t",
    "ı": "i", "İ": "i", "ĸ": "k", "ŋ": "n", "Ŋ": "n", "ə": "e", "Ə": "e", "ɓ": "b", "Ɓ": "b", "ɗ": "d", "Ɗ": "d",
    "ƙ": "k", "Ƙ": "k", "ƴ": "y", "Ƴ": "y", "ς": "σ",
    # Arabic and Persian forms of one letter.
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ئ": "ي",
    "ک": "ك", "ڪ": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه", "ؤ": "و", "ـ": "",
    # Hebrew letters at the end of a word.
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
    # Nasal signs and the dot below of Devanagari, which writers use as they like.
    "ँ": "ं", "़": "",
    # Typing habits.
    **dict.fromkeys("’‘‛ʼʻʹʽ`´′＇׳ʾʿ՚ꞌ", "'"),
    **dict.fromkeys("“”„‟«»″＂״〝〞", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-"),
    "…": "…", "™": " ", "®": " ", "©": " ", "℠": " ", "･": "・", "·": "・", "‧": "・", "•": "・",
}  # fmt: skip

_DROPPED_MARK = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff\u093c"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)

_CYRILLIC_MARK = re.compile("[\u0483-\u0489]")

_CONTEXT = re.compile(
    r"\s{2,}"
    "|[\u0410-\u0443\u0456\u0406]\u0306|[\u0410-\u0443\u0456\u0406\u0413\u0433]\u0308"
    "|[\u0413\u0433\u041a\u043a]\u0301"
    "|[\u3041-\u30ff][\u3099\u309a]|[\uff66-\uff9d][\uff9e\uff9f]"
    "|[\u1100-\u115f\ua960-\ua97c][\u1160-\u11a7\ud7b0-\ud7c6][\u11a8-\u11ff\ud7cb-\ud7fb]?"
    "|[\uac00-\ud7a3][\u11a7-\u11ff]"
    "|[\u0980-\u0dff][\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dca\u0dcf"
    "\u0ddf]"
    "|[\u1025]\u102e"
)
"""What cannot be folded character by character: runs of white space, and letters typed in parts."""

_SPACES = re.compile(r"\s{2,}")

_PARTS = frozenset(
    "\u0301\u0306\u0308\u102e\u3099\u309a\uff9e\uff9f\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56\u0cc2"
    "\u0cd5\u0cd6\u0d3e\u0d57\u0dca\u0dcf\u0ddf"
) | {chr(c) for c in (*range(0x1160, 0x1200), *range(0xD7B0, 0xD7FC))}
"""Second parts of such letters: a text without any is folded character by character."""

_UNSETTLED = re.compile(
    "[^ -_a-~\u03b1-\u03c1\u03c3-\u03c9\u0430-\u044f\u0454-\u0457\u0491\u05d0-\u05d9\u0627\u0628"
    "\u062a-\u063f\u0641-\u0648\u064a\u067e\u0686\u06af\u0902-\u093b\u093d-\u0957\u10d0-\u10fa\u3001\u3002"
    "\u3041-\u3096\u30a1-\u30fe\u3400-\u9fff\u0e01-\u0e32\u0e34-\u0e4f\uac00-\ud7a3]"
)
"""What may change, in a text of lower case: all but the letters that are common and surely stay."""

_NEITHER = re.compile(
    "[^\0-\x7f\u0410-\u044f\u0450-\u045f\u0490\u0491\u2010-\u2026\u3001\u3002\u3041-\u3096\u30a1-\u30fe\u3400-\u9fff"
    "\uac00-\ud7a3]"
)
"""Not of ASCII, plain Cyrillic or the usual punctuation, nor of the East, whose letters stay as they are."""

_MANY = 60
"""Different characters to be replaced, from which on one pass over the text is cheaper than one for each."""


_WORD = 30
"""Characters up to which one pass over the text is cheapest."""


class _Table(dict[int, str]):
    """Folds a character when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        self[code] = folded
        return folded


def _fold_char(char: str) -> str:
    known = _LETTERS.get(char)
    if known is not None:
        return known
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in ("Cf", "Cc", "Cs") or _DROPPED_MARK.match(char):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    script = script_of(char)
    if script in UNSPACED and script not in (Script.HAN, Script.KANA):
        return char
    if script not in _DECOMPOSED:
        parts = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold())
        return "".join(_LETTERS.get(c, c) for c in parts)
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    if parts == char:
        return char
    # A letter of parts may be one of those above (a presentation form of Arabic yeh).
    kept = unicodedata.normalize("NFC", "".join(c for c in parts if not _DROPPED_MARK.match(c)))
    return "".join(_LETTERS.get(c, c) for c in kept)


_TABLE = _Table()
_ASCII = bytes(ord(_TABLE[c] or "\0") for c in range(128)) + bytes(128)


class Folded:
    """A folded text and the way back: `start`/`end` turn a span of `text` into one of `original` (code points)."""

    __slots__ = ("_steps", "is_even", "original", "settled", "text")

    def __init__(self, original: str, text: str, *, is_even: bool = False, settled: str | None = None) -> None:
        self.original = original
        self.text = text
        self.settled = in_one_script(original) if settled is None else settled
        """The original with every word in the script that it is of; of the same length."""
        self.is_even = is_even
        """Every character became one: places are the same in both. False where nobody looked."""
        self._steps: tuple[list[int], list[int], list[tuple[int, int]]] | None = None

    def start(self, index: int) -> int:
        """Where the character `text[index]` begins in the original."""
        return self._place(index)[0]

    def end(self, index: int) -> int:
        """Where the character before `index` ends in the original, the marks on it included."""
        at = self._place(index - 1)[1] if index else 0
        while at < len(self.original) and _DROPPED_MARK.match(self.original[at]):
            at += 1
        return at

    def span(self, start: int, end: int) -> tuple[int, int]:
        return (start, end) if self.is_even else (self.start(start), self.end(end))

    def _place(self, index: int) -> tuple[int, int]:
        """The span of the original that gave `text[index]`."""
        if self._steps is None:
            self._steps = _steps(self.original)
        befores, widths, spans = self._steps
        at = bisect_right(befores, index) - 1
        if at < 0:
            return index, index + 1
        if index < befores[at] + widths[at]:
            return spans[at]
        place = spans[at][1] + index - befores[at] - widths[at]
        return place, place + 1


@lru_cache(maxsize=16)
def fold(text: str) -> Folded:
    """The last few are remembered: matching, stories and recognition look at the same text one after another."""
    folded, is_even, settled = _folded(text)
    return Folded(text, folded, is_even=is_even, settled=settled)


def fold_text(text: str) -> str:
    """The folded text alone."""
    if text.isalpha():  # Most of what is asked for are words.
        if text.isascii():
            return text.lower()
        if len(text) <= _WORD and _PARTS.isdisjoint(text):
            folded = text.translate(_TABLE)
            if is_in_one_script(folded):
                return folded
    return _folded(text)[0]


fold_word = lru_cache(maxsize=50_000)(fold_text)
"""The same, remembered: for the words of texts, which repeat."""


def _folded(text: str) -> tuple[str, bool, str]:
    """The folded text, whether each character is known to have become one, and the text with every word in the script
    that it is of."""
    folded, is_even = _of_characters(text)
    if text.isascii() or (is_in_one_script(folded) and (is_even or not _CYRILLIC_MARK.search(text))):
        return folded, is_even, text  # What mixes scripts would still do so when it is folded, but for such a mark.
    settled = in_one_script(text)
    folded, is_even = _of_characters(settled)
    if _NEITHER.search(text):  # Accents may have hidden that a word mixes scripts.
        folded = in_one_script(folded)
    return folded, is_even, settled


def _of_characters(text: str) -> tuple[str, bool]:
    if text.isascii():
        folded = text.encode().translate(_ASCII).decode()
        if "  " not in folded and "\0" not in folded:
            return folded, True
    else:
        lowered = text.lower()
        chars = set(_UNSETTLED.findall(lowered))
        if _PARTS.isdisjoint(chars):
            changed = [(c, f) for c in chars if (f := _TABLE[ord(c)]) != c]
            if len(changed) > _MANY:
                folded = text.translate(_TABLE)
            else:
                folded = lowered
                for char, instead in changed:
                    folded = folded.replace(char, instead)
            if "  " not in folded:
                is_even = len(lowered) == len(text)
                for _, instead in changed:
                    is_even = is_even and len(instead) == 1
                return folded, is_even
    return _CONTEXT.sub(_compose, text).translate(_TABLE), False


def _compose(match: re.Match[str]) -> str:
    found = match[0]
    return " " if found.isspace() else unicodedata.normalize("NFKC", found)


def _steps(original: str) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """The places where one character did not become one: where each begins in the folded text, how long it is there,
    and its span in the original. Everything between moves along."""
    befores: list[int] = []
    widths: list[int] = []
    spans: list[tuple[int, int]] = []
    shift = 0
    unsettled = set(_UNSETTLED.findall(original))
    uneven = {c for c in unsettled if len(_TABLE[ord(c)]) != 1}
    context = _SPACES if _PARTS.isdisjoint(unsettled) else _CONTEXT
    places = [(m.start(), m.end(), _compose(m)) for m in context.finditer(original)]
    if uneven:
        taken = {at for start, end, _ in places for at in range(start, end)}
        single = re.compile(f"[{re.escape(''.join(uneven))}]")
        places += [(m.start(), m.end(), m[0]) for m in single.finditer(original) if m.start() not in taken]
        places.sort()
    for start, end, composed in places:
        width = sum(len(_TABLE[ord(c)]) for c in composed)
        befores.append(start + shift)
        widths.append(width)
        spans.append((start, end))
        shift += width - (end - start)
    return befores, widths, spans
