"""How names are said that are Latin spellings of Chinese, Japanese or Korean."""

from __future__ import annotations

import re

from monitor.text.transliteration.reading import Rules

_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|ia|ie|in|iu|ou|ua|ue|ui|un|uo|üe|er|[aeiouü])"
)
IS_PINYIN = re.compile(rf"(?:{_SYLLABLE}){{1,3}}")

PINYIN = Rules(
    r"""
zh J
ch C
sh S
x s
q C
j J
ng n
yu u
y j
w u
ui uei
iu iou
ü u
h x
""",
    most=1,
)
PALLADIUS = Rules(
    r"""
zh CZ
ch C
sh S
x s
q c
j cz
z cz
ng n
n n
yu u
yi i
y j
wu u
w v
ui uei
iu iu
ü u
r Z
h x
c c
""",
    most=1,
)
"""Chinese as Cyrillic writes it."""

_MORA = (
    "(?:[kgsztdnhbpmr]y?|sh|ch|ts|[jfyw]|tch|ss|kk|tt|pp|ssh)?[aiueoāīūēō]|n(?=[^aiueoy]|$)|m(?=[bpm])|h(?=[^aiueoy]|$)"
)
IS_ROMAJI = re.compile(rf"(?:{_MORA})+")
ROMAJI = Rules(
    r"""
tch C
ssh S
ch C
sh S
ts c
j J
f h|f
m(?=[bpm]) n|m
y j
w v
h(?=[^aiueoy]|$) -
h h
[oō]u?(?=[^aiueo]|$) o
ō o
uu u
ū u
ā a
ī i
ē e
""",
    most=2,
)
POLIVANOV = Rules(
    r"""
tch t
ssh s
ch t
sh s
ts c
j dz
z dz
f f
y j
w v
h(?=[^aiueoy]|$) -
h x
ei ei
ō o
ou o
uu u
ū u
ā a
ī i
ē e
m(?=[bp]) m
m(?=m) m
""",
    most=1,
)
"""Japanese as Cyrillic writes it."""

IS_KOREAN = re.compile(
    r"(?:(?:ch|kk|tt|pp|ss|jj|sh|[gkndtrlmbpsjh])?[yw]?(?:ae|eo|eu|oe|ui|oo|ee|ou|[aeiou])(?:ng|ck|[ngkmlrbpth])?){1,3}"
)
KOREAN = Rules(
    r"""
yeo j@
yu j@
ye je
eo @
eu _
woo u
oo u
ee i
ou @
ae e
oe ue
ch C
j J
ng n
^park pak
^lee$ i
r r
y j
w u
""",
    most=1,
)
KONTSEVICH = Rules(
    r"""
yeo jo
ye je
jeong Con
jong Cen
jung Con
jun Cun
eo o
eu i
woo u
oo u
ee i
ae e
oe ue
^jo Co
^j C
j J
ch C
ng n
^park pak
^un$ in
y j
w v
h x
""",
    most=1,
)
"""Korean as Cyrillic writes it."""
