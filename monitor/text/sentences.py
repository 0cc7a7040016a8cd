"""Sentences of running text in any script."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        """
    mr mrs ms dr prof st sr jr rev hon gen col lt capt sgt maj cmdr adm gov pres vs etc inc ltd corp co bros vol
    art fig approx dept est e.g i.e cf ca ed eds jan feb mar apr jun jul aug sep sept oct nov dec mt ft u.s u.k
    u.n d.c a.m p.m ph.d m.d bzw usw z.b d.h u.a s.o vgl nr hr fr dipl ing evtl ggf inkl mio mrd mme mlle av env
    sra srta ud uds ee.uu pág núm excmo exmo exma dra sig sigg sig.ra dott avv ecc pag dhr mevr mw drs bijv enz
    o.a tn tuan ny nn sdr sdri hj dkk dll tgl jl kpt brigjen letjen kol kombes s.h s.e m.h m.si m.m tzv např atd
    mj resp tj č tzn mgr bc mudr judr phdr np tzw itd itp m.in ul inż hab płk ks św г гг в вв др пр см ср стр тыс
    млн млрд руб ул им т.е т.п т.д т.н т.к и.о проф акад ген д-р обл р-н рис напр
    """,
    )
)
_BEFORE_NUMBERS = frozenset(("no", "nos", "p", "pp", "art", "fig", "vol"))
_END = re.compile(
    r"(?P<hard>[\n\r\u2028\u2029]+)"
    r"|(?P<wide>[。！？｡．]+[」』”’）】》〉\"')\]]*)"
    r"|(?P<mark>[!?؟۔।॥።፧։។៕။‽…]+[\"'”’»)\]›“]*(?=\s|$)|[.]+[!?]*[\"'”’»)\]›“]*(?=\s|$)|[؟۔।॥።፧។៕။]+)"
    r"|(?P<own>(?<=[\u0531-\u0587]):(?=\s|$)|፡፡+|[\u0f0d\u0f0e]+)"
    r"|(?P<space>(?<=[\u0e00-\u0eff])[ ]+(?=[\u0e00-\u0eff]))"
)
"""Armenian ends sentences with its own sign or a colon, Amharic also with two word spaces, Tibetan with a stroke."""
_LAST_WORD = re.compile(r"[^\s(\[\"'“„«—–-]*$")
_SPACE = re.compile(r"\s*")

_THAI_CLAUSE = 80
"""Thai ends sentences and clauses with a space alike; after so many characters one is taken for a sentence's end."""


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans (code points) of the sentences, in order, without the white space around them. A line break ends one."""
    found: list[tuple[int, int]] = []
    begin = _skip(text, 0)
    for match in _END.finditer(text):
        if match.start() < begin:
            continue
        if match["space"] is not None and match.start() - begin < _THAI_CLAUSE:
            continue
        if match["mark"] is not None and not _ends(text, begin, match):
            continue
        end = match.start() if match["hard"] is not None or match["space"] is not None else match.end()
        _add(found, text, begin, end)
        begin = _skip(text, match.end())
    _add(found, text, begin, len(text))
    return tuple(found)


def _add(found: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    while end > begin and text[end - 1].isspace():
        end -= 1
    if end > begin:
        found.append((begin, end))


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _ends(text: str, begin: int, match: re.Match[str]) -> bool:
    mark = match["mark"]
    following = text[_skip(text, match.end()) :][:2].lstrip("\"'“„«‘([¿¡-—–")
    if following[:1].islower():
        # "What?" she said; and abbreviations nobody listed.
        return False
    if mark[0] != ".":
        return True
    if mark.startswith(".."):
        return True
    word = _last_word(text, begin, match.start())
    if not word:
        return True
    bare = word.casefold()
    if bare in _BEFORE_NUMBERS:
        return not following[:1].isdigit()
    if bare in _ABBREVIATIONS:
        # At the end of the text there is nothing to hold together.
        return not following
    if len(word) == 1 and word.isalpha() and word.isupper():
        return not following  # An initial: J. K. Rowling.
    if "." in word and all(len(part) <= 2 for part in word.split(".")) and word.replace(".", "").isalpha():
        return not following[:1].isupper() or len(word) > 5
    if word.isdigit() and len(word) <= 2:
        # An ordinal ("3. Mai") or the number of a list entry at the start of the sentence.
        return match.start() - len(word) > begin and not following[:1].isalpha()
    return True


def _last_word(text: str, begin: int, end: int) -> str:
    found = _LAST_WORD.search(text, max(begin, end - 24), end)
    return found[0] if found else ""
