"""The language of a text, found out from its letters: the one door to the language model."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from monitor.text.scripts import Script, script_of

MAX_CHARS = 1_500
"""More of a text tells nothing new."""

_MIN_LETTERS = 12
_MIN_CONFIDENCE = 0.3
_PRIOR = 10.0
"""How much likelier than any other the usual language is: enough for a headline, nothing against a paragraph."""

_OWN_SCRIPT = {
    Script.HANGUL: "ko",
    Script.KANA: "ja",
    Script.THAI: "th",
    Script.LAO: "lo",
    Script.KHMER: "km",
    Script.MYANMAR: "my",
    Script.GREEK: "el",
    Script.ARMENIAN: "hy",
    Script.GEORGIAN: "ka",
    Script.TAMIL: "ta",
    Script.TELUGU: "te",
    Script.KANNADA: "kn",
    Script.MALAYALAM: "ml",
    Script.SINHALA: "si",
    Script.GUJARATI: "gu",
    Script.GURMUKHI: "pa",
    Script.ORIYA: "or",
    Script.TIBETAN: "bo",
}
"""Scripts that one language has to itself, as far as news goes."""


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


@cache
def _identifier() -> _Identifier:
    # Imported late: the model costs a second of start-up that most commands can do without.
    from numpy import ascontiguousarray  # noqa: PLC0415
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  (see above)

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Left out: the written dialects that the model tells from their language and news does not (uzs, wuu, arz), Latin.
    identifier.set_languages([code for code in identifier.labels if len(code) == 2 and code not in ("la", "sa")])
    # Made anew of what is left: the first one keeps all that was left out, 28 MB, to take it back when asked to.
    answer: _Identifier = LanguageIdentifier(
        ascontiguousarray(identifier.nb_ptc),
        identifier.nb_pc,
        identifier.nb_classes,
        identifier.tk_nextmove,
        identifier.tk_output,
        norm_probs=True,
        tk_row=identifier.tk_row,
    )
    return answer


def detect(text: str, usual: str = "") -> str:
    """ISO 639-1 code in lower case; '' when the text is too short or says too little. `usual` is the language in which
    its source usually writes, '' when that is not known: it decides where the text alone does not."""
    sample = text[:MAX_CHARS]
    counts: dict[Script, int] = {}
    for char in sample:
        if char.isalpha():
            script = script_of(char)
            counts[script] = counts.get(script, 0) + 1
    letters = sum(counts.values())
    if not letters:
        return ""
    kana = counts.get(Script.KANA, 0)
    if kana and (kana + counts.get(Script.HAN, 0)) * 2 > letters and kana * 8 > counts.get(Script.HAN, 0):
        return "ja"
    script, most = max(counts.items(), key=lambda pair: pair[1])
    if script in _OWN_SCRIPT and most * 2 > letters and most >= 2:
        return _OWN_SCRIPT[script]
    if script is Script.HAN:
        return "zh" if most >= 4 and most * 2 > letters else ""
    if letters < _MIN_LETTERS and not usual:
        return ""
    ranked = _identifier().rank(sample)
    language, confidence = max(((code, p * (_PRIOR if code == usual else 1.0)) for code, p in ranked), key=_by_share)
    total = 1.0 + next((p for code, p in ranked if code == usual), 0.0) * (_PRIOR - 1)
    return language if confidence / total >= _MIN_CONFIDENCE else ""


def primary(code: str) -> str:
    """The language without script or region: `pt` of `pt-BR`."""
    return code.lower().replace("_", "-").split("-")[0]


def _by_share(ranked: tuple[str, float]) -> float:
    return ranked[1]
