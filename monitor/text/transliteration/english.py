"""How an English speaker would say a name: what other scripts often write down.

English vowels are heard in many ways, which would make too many readings: `1` to `5` stand for what a, e, i, o, u
may be. `R` is an r that only some speakers sound.
"""

from __future__ import annotations

from monitor.text.transliteration.reading import Rules

ENGLISH = Rules(
    r"""
^ma?c(?=[^aeiouhk]) mak
^mc mak
^michael maik2l
^sean$ S4n
^shaun$ S4n
^stephen stiv2n
^thom tom
^geo(?=ff) J2
^graham$ grei2m
^isaac aiz1k
^hugh hju
^joa Jou
^leo(?=n) l2
^gi(?=b) g3
^ch(?=a[bekn]) C|S
^kn n
^gn n
^wr r
^ps s
^x z
^rh r
^wh u|hu
augh o
ough o|af
eigh ei
igh ai
tion$ S4n
sion$ S4n
cious$ S@s
tious$ S@s
ious$ i@s
ous$ @s
ture$ C@R
(?<=.)tz c
dge J
dg(?=[eiy]) J
tch C
ch(?=[rl]) k
ch C|k
sch S|sk
sh S
th(?=m) t
th t|s
ph f
gh(?=$|K) 
gh g
ck k
cq k
qu ku
kh k
bb b
sc(?=[eiy]) s
cc(?=[eiy]) ks
ci(?=[aou]) S
c(?=[eiy]) s
c k
g(?=[eiy]) J|g
j J
x ks
(?<=[aeiou])w(?=K|$) 
w w
wh w
oore 4R
our(?=K|$) 4R|auR
oar 4R
air eR
ear(?=K|$) 2R
eer iR
ier(?=$|s$) i2R
yer(?=$|s$) ai2R
ire(?=$|s$) ai2R
are(?=$|s$) eR
ore(?=$|s$) 4R
ure(?=$|s$) juR
yre(?=$|s$) ai2R
arr 1r
err 2r
orr 4r
urr 5r
irr 3r
ar(?=K|$) 1R
er(?=K|$) 2R
ir(?=K|$) 2R
yr(?=K|$) 2R
or(?=K|$) 4R
ur(?=K|$) 2R
eau o
ea(?=u) i
ea(?=[gtk]) i|ei|e
ea i|e
ee i
ie(?=$|s$) i
ie i
oo u
oa ou
oe o
ow au|ou
ou(?=l) ou|u
ou u|au
oi oi
oy oi
ds$ z|ds
ew ju|u
eu ju
ue(?=$|s$) u
ui u
aw o
au o
ay ei
ai ei
ey(?=$|s$) i
ey ei
ei ai|i
ia ia
io io
^a(?=[b-df-hj-np-tv-z][aeiouy]) 1
(?<=^K)a(?=[b-df-hj-np-tvz][aeiouy]) ei|1
(?<=^KK)a(?=[b-df-hj-np-tvz][aeiouy]) ei|1
a(?=[b-df-hj-np-tvz]es?$) ei
(?<=^K)e(?=[b-df-hj-np-tvz][aeiouy]) i|2
e(?=[b-df-hj-np-tvz]es?$) i
^i(?=[b-df-hj-np-tvz][aeiouy]) ai|3
(?<=^K)i(?=[b-df-hj-np-tvz][aeiouy]) ai|3
(?<=^KK)i(?=[b-df-hj-np-tvz][aeiouy]) ai|3
i(?=[b-df-hj-np-tvz]es?$) ai|3
i(?=nd$|ld$) ai|3
(?<=^K)o(?=[b-df-hj-np-tvz][aeiouy]) 4|ou
o(?=[b-df-hj-np-tvz]es?$) 4|ou
(?<=^K)u(?=[b-df-hj-np-tvz][aeiouy]) u
u(?=[b-df-hj-np-tvz]es?$) u
^y(?=V) j
^y i
(?<=^K)y(?=[aeo]) ai|j
(?<=^KK)y(?=[aeo]) ai|j
(?<=^K)i(?=a[lns]) ai|i
(?<=^KK)i(?=a[lns]) ai|i
(?<=^K)y(?=[b-df-hj-np-tvz][aeiouy]) ai|3
(?<=^KK)y(?=[b-df-hj-np-tvz][aeiouy]) ai|3
y(?=[b-df-hj-np-tvz]e) ai|3
y(?=V) j
y$ i
y 3
(?<=V[b-df-hj-np-tvz])e(?=s$) 
(?<=[aeiouy][b-df-hj-np-tvz])e$ 
(?<=[aeiouy][b-df-hj-np-tvz][b-df-hj-np-tvz])e$ |e
(?<=[aeiouy][b-df-hj-np-tvz])e(?=[mn]an$|ton$|ley$|ly$|well$|field$|ford$|land$|wood$|worth$) 
(?<=.)mb$ m
h(?=[aeiouy]) h
h 
es(?=[lm]) ez
(?<=[aeiou])s(?=[aeiou]) s|z
a$ a
e$ e
i$ i
o$ o
u$ u
a 1
e 2
i 3
o 4
u 5
""",
    most=8,
)
