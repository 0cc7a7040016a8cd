"""How names are said that are spelled as German, Dutch, Scandinavian, Slavic, Hungarian or Turkish."""

from __future__ import annotations

from monitor.text.transliteration.reading import Rules

GERMAN = Rules(
    r"""
tsch C
sch S
chs ks
ch x
ck k
^s(?=[pt]) S
^s(?=V) z
(?<=V)s(?=V) z
ß s
ss s
tz c
dt t
th t
ph f
pf pf
qu kv
z c
^v f
v(?=$) f
w v
j j
x ks
ey ai
ei ai
ay ai
ai ai
äu oi
eu oi
oe(?=K) @
ue(?=K) u
ae(?=K) e
ie i
ä e
ö @
ü u
y i
b$ p
(?<=V)d$ d
er$ 2R
er(?=[nlst]) eR
(?<=V)h(?=K|$) -
h h
c(?=[eiy]) c
c k
(?<=.)e(?=[nl]$) e
""",
    most=1,
)

DUTCH = Rules(
    r"""
ij ei
ey ei
uy @i
ui @i
oei ui
oe u
ou au
auw au
eeuw eu
eu @
ieu iu
ee e
aa a
ae a
oo o
uu u
ie i
sch(?=$|t) s
sch sx
ch x
g x
sj S
tj C
j j
^v f
w v
c(?=[eiy]) s
ck k
c k
dt t
th t
x ks
y i
qu kv
er$ 2R
""",
    most=1,
)

NORDIC = Rules(
    r"""
skj S
stj S
sj S
^sk(?=[eiyöä]) S
tj C
kj C
^[dghl]j j
(?<=r)g(?=$|h|s) g|j
(?<=[nlr])d(?=$|s) -|d
j j
å o
aa o
y$ i
[äæ] e
[öø] @
y u
ch k
ck k
c(?=[eiy]) s
c k
w v
x ks
z s
th t
ph f
qu kv
hv v
h h
ü u
é e
""",
    most=2,
)

SLAVIC = Rules(
    r"""
szcz SC
sz S
cz C
dż J
dź J
dzi(?=[aeouóąę]) J
dz dz
rz Z
ch x
[cć]i(?=[aeouóąę]) C
[sś]i(?=[aeouóąę]) S
zi(?=[aeouóąę]) Z
ni(?=[aeouóąę]) nj
ie e
i(?=[aouóąę]) j
ć C
ś S
[źż] Z
ł l
ó u
ą(?=[pb]) om
ą on
ę(?=[pb]) em
ę en
ń nj
w v
y i
j j
c c
x ks
""",
    most=1,
)
"""Polish."""

BALKAN = Rules(
    r"""
dz J
dj J
lj lj
nj nj
^s(?=[aeioukpt]) s|S
^z(?=[aeiou]) z|Z
^c C
(?<=[aeiou])[cć]$ C
(?<=.)c(?=ek$|ev|ov|ic$|ak) C
s$ S
s(?=ek$|ko$|k[oa]v|ic$) S
č C
š S
ž Z
ć C
đ J
c c
h x
j j
w v
y i
x ks
""",
    most=2,
)
"""Names of Czech, Croatian and other languages that have lost their marks."""

HUNGARIAN = Rules(
    r"""
ssz s
sz s
zs Z
cs C
gy dj
ny nj
ty tj
ly j
dzs J
ij i
s S
c c
j j
h h
y i
w v
á a
é e
í i
[óö] o
ő @
[úü] u
ű u
ch x
x ks
""",
    most=1,
)

TURKISH = Rules(
    r"""
ç C
ş S
c J
ğ -
ı @
ö @
ü u
j Z
y(?=V) j
y i
â a
î i
û u
h h
w v
x ks
""",
    most=1,
)
