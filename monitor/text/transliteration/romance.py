"""How names are said that are spelled as French, Italian, Spanish or Portuguese."""

from __future__ import annotations

from monitor.text.transliteration.reading import Rules

FRENCH = Rules(
    r"""
(?<=V)s(?=V) z
eaux?$ o
a?u[dlt]+s?x?$ o
aux?$ o
eau o
au o
oin(?=K|$) uen
oi ua
oy(?=V) uaj
oy ua
ou[xst]?$ u
oue ue
ou(?=i|e|a) u
ou u
euil{0,2} @i
oeu @
œu @
eu[xr]?$ @
eu @
ier$ ie
iers$ ie
(?<=..)er$ e
(?<=..)ez$ e
(?<=.)ets?$ e
(?<=.)ents?$ an
(?<=.)[aeo]nts?$ an
(?<=.)an[cdg]s?$ an
(?<=.)on[cdt]s?$ on
aill?es?$ ai
eill?es?$ ei
aill aj
eill ej
ouill uj
ill(?=V) ij
ay(?=V) ej
ain(?=K|$) en
aî e
ai e
ei(?=n[^aeiouy]|n$) e
ei e
[ae][nm](?=[^aeiouyhnm]|$) an
(?:ie|ye|é)[nm](?=[^aeiouyhnm]|$) ien
[iy][nm](?=[^aeiouyhnm]|$) en
o[nm](?=[^aeiouyhnm]|$) on
un(?=[^aeiouyhnm]|$) en
(?<=.)es?$ -
(?<=[aeiouyéè])[dstxzp]+$ -
(?<=r)[dt]s?$ -
(?<=or)s$ -
(?<=ar)s$ -
(?<=n)c$ -
gn nj
ge(?=[aou]) Z
gu(?=[eiéèy]) g
g(?=[eiéèy]) Z
j Z
ch S
ph f
th t
qu k
q k
c(?=[eiéèy]) s
ç s
c k
x ks
w v
h -
y(?=V) j
y i
[éèê] e
ë e
[àâ] a
ô o
[ùû] u
ü u
[ïî] i
e(?=.es?$) e
e e
""",
    most=2,
)

ITALIAN = Rules(
    r"""
sci(?=[aou]) S
sc(?=[ei]) S
cci(?=[aou]) C
ci(?=[aou]) C
cc?(?=[ei]) C
ggi(?=[aou]) J
gi(?=[aou]) J
gg?(?=[ei]) J
gli(?=[aeou]) lj
gli li
gn nj
ch k
gh g
qu kw
gu(?=[aeio]) gw
c k
zz c
z c|z
(?<=V)s(?=V) z|s
j j
h -
w v
x ks
y i
[àá] a
[èé] e
[ìí] i
[òó] o
[ùú] u
""",
    most=2,
)

SPANISH = Rules(
    r"""
ll j|lj
ñ nj
ch C
qu k
gu(?=[eiéí]) g
gü gw
gu(?=[ao]) gw
g(?=[eiéí]) x
j x
hu(?=V) u
h -
z s
c(?=[eiéí]) s
c k
x ks|x
^y(?=V) j
y(?=V) j
y i
w v
á a
é e
í i
ó o
ú u
ü u
""",
    most=2,
)

_PORTUGUESE = r"""
lh lj
nh nj
ões$ onis
ãe ain
ão$ an
ão an
ã an
õ on
ç s
ch S
qu(?=[eiéê]) k
qu ku
gu(?=[eiéê]) g
g(?=[eiéê]) Z
j Z
x S
h -
c(?=[eiéê]) s
c k
ou o
w v
(?<=V)s(?=V) z
y i
[áâà] a
[éê] e
í i
[óôõ] o
[úü] u
os$ us
o$ u
"""
PORTUGUESE = Rules(
    _PORTUGUESE
    + r"""
es$ eS|iS
s$ S
""",
    most=2,
)
BRAZILIAN = Rules(
    r"""
^r h
rr h
l(?=K|$) u
ti(?=$|K) Ci
te$ Ci
di(?=$|K) Ji
de$ Ji
e$ i
"""
    + _PORTUGUESE,
    most=1,
)
