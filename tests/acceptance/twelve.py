"""One accident as nine outlets tell it, in English or some of them in Indonesian, three that copy them, and what came
of it a day later."""

from __future__ import annotations

from tests.acceptance.articles import News

TOLD = {
    "gazette": News(
        title="Night train derails at Kestrel Junction, 31 hurt",
        text=(
            "A night train from Aldmoor to the coast derailed at Kestrel Junction shortly after two o'clock on Tuesday "
            "morning. Thirty-one of its 214 passengers were hurt, four of them badly, the railway company Northrail "
            "said. Three coaches lie on their side across both tracks. The line will be shut for at least two days. "
            "Inspector Lena Varga said that a broken point blade may be the cause."
        ),
    ),
    "courier": News(
        title="31 injured as sleeper leaves the rails at Kestrel Junction",
        text=(
            "Rescue workers freed passengers from three overturned coaches after the Aldmoor sleeper left the rails at "
            "Kestrel Junction in the small hours of Tuesday. Of 214 people on board, 31 were injured and four are in a "
            "serious condition. Northrail has closed the line to the coast and is sending buses. Investigators led by "
            "Lena Varga are looking at a set of points that had been due for repair."
        ),
    ),
    "observer": News(
        title="Broken point suspected after night train overturns at Kestrel Junction",
        text=(
            "Investigators suspect that a broken blade in a set of points threw the night train from Aldmoor off the "
            "track at Kestrel Junction. Three coaches overturned on Tuesday at about two in the morning. Lena Varga, "
            "who heads the inquiry, said the part had been reported in autumn. Northrail counted 31 injured among the "
            "214 passengers. Four of them were flown to hospital with grave injuries."
        ),
    ),
    "herald": News(
        title="“I woke up on the ceiling”: passengers tell of crash at Kestrel Junction",
        text=(
            "Passengers of the Aldmoor night train have described how they were thrown from their bunks when three "
            "coaches turned over at Kestrel Junction on Tuesday. “I woke up on the ceiling,” said Piet Holm, a "
            "teacher. Thirty-one people were hurt, four badly. Villagers brought blankets and tea before the first "
            "ambulance came. Northrail, whose train derailed at two o'clock, promised to pay for lost luggage."
        ),
    ),
    "echo": News(
        title="Line to the coast shut for days after Northrail derailment",
        text=(
            "Travellers to the coast must take buses until Thursday at the earliest. The derailment of a Northrail "
            "night train at Kestrel Junction on Tuesday tore up 200 metres of track and brought down the power line. "
            "A crane has been ordered to lift the three overturned coaches. Thirty-one of the 214 passengers on the "
            "train from Aldmoor were injured. Goods traffic is diverted by way of Thornley."
        ),
    ),
    "mercury": News(
        title="Kestrel Junction derailment leaves four in serious condition",
        text=(
            "Four people were in a serious condition on Tuesday after the derailment of a sleeper train at Kestrel "
            "Junction, hospitals in Aldmoor said. Twenty-seven others had broken bones and bruises. The train, run by "
            "Northrail, carried 214 passengers to the coast when three of its coaches toppled at two in the morning. "
            "Inspector Lena Varga is to examine the points over which it ran."
        ),
    ),
    "sentinel": News(
        title="Northrail train topples at Kestrel Junction: what we know",
        text=(
            "At two in the morning on Tuesday three coaches of a Northrail sleeper toppled at Kestrel Junction. On "
            "board were 214 people travelling from Aldmoor to the coast; 31 were hurt. Four remain in a serious state. "
            "The driver, unharmed, braked at once. A faulty set of points is the likely cause, said Lena Varga, who "
            "leads the investigators. Trains will not run before Thursday."
        ),
    ),
    "tribune": News(
        title="Minister visits scene of train accident at Kestrel Junction",
        text=(
            "Transport minister Odile Marchetti visited Kestrel Junction on Tuesday, where a night train of Northrail "
            "had derailed hours before. She thanked the villagers who pulled passengers out of three overturned "
            "coaches. Of 214 people who had boarded in Aldmoor, 31 were injured, four of them badly. A broken point "
            "is thought to have caused the accident. The minister promised that the inquiry by Lena Varga would be "
            "published."
        ),
    ),
    "standard": News(
        title="Three coaches overturn, dozens hurt in derailment of Aldmoor sleeper",
        text=(
            "Dozens of passengers were hurt when the Aldmoor sleeper derailed at Kestrel Junction. Three coaches "
            "overturned on Tuesday at two o'clock in the morning. Northrail put the number of injured at 31, four of "
            "them serious cases, out of 214 on board. Firemen needed three hours to bring everyone out. According to "
            "inspector Lena Varga a blade of the points was found broken beside the track."
        ),
    ),
}  # fmt: skip

IN_INDONESIAN = {
    "harian": News(
        title="Kereta malam Northrail anjlok di Kestrel Junction, 31 penumpang luka",
        text=(
            "Kereta malam milik Northrail dari Aldmoor anjlok di Kestrel Junction pada Selasa sekitar pukul dua "
            "dini hari. Dari 214 penumpang, 31 orang terluka dan empat di antaranya luka berat. Tiga gerbong "
            "terguling dan menutup kedua jalur. Penyelidik Lena Varga mengatakan wesel yang patah diduga menjadi "
            "penyebabnya."
        ),
    ),
    "suara": News(
        title="Wesel patah diduga sebabkan kecelakaan kereta Aldmoor di Kestrel Junction",
        text=(
            "Wesel yang patah diduga melempar kereta Northrail asal Aldmoor keluar dari rel di Kestrel Junction. "
            "Menurut Lena Varga yang memimpin penyelidikan, bagian itu pernah dilaporkan rusak. Kereta mengangkut"
            " 214 orang; 31 di antaranya terluka. Tiga gerbong terguling pada Selasa dini hari."
        ),
    ),
    "kabar": News(
        title="Tiga gerbong kereta malam Northrail terguling, jalur ke pesisir ditutup",
        text=(
            "Jalur kereta ke pesisir ditutup sedikitnya dua hari setelah tiga gerbong kereta malam Northrail "
            "terguling di Kestrel Junction. Kecelakaan pada Selasa dini hari itu melukai 31 dari 214 penumpang "
            "yang naik di Aldmoor. Empat orang dirawat intensif. Lena Varga menyelidiki wesel yang dilalui "
            "kereta."
        ),
    ),
    "pena": News(
        title="Penumpang kereta Aldmoor ceritakan detik-detik kecelakaan di Kestrel Junction",
        text=(
            "Para penumpang kereta malam dari Aldmoor terlempar dari tempat tidur saat tiga gerbong Northrail "
            "terguling di Kestrel Junction, Selasa. “Saya terbangun di langit-langit,” kata Piet Holm, seorang "
            "guru. Dari 214 penumpang, 31 orang luka-luka. Penyelidik Lena Varga tiba pada pagi hari."
        ),
    ),
}
"""The same accident. Their outlets take the places of as many that tell it in English."""

SEQUEL_IN_INDONESIAN = {
    "harian": News(
        title="Bos Northrail Casper Lindqvist mundur usai abaikan peringatan soal wesel",
        text=(
            "Pemimpin Northrail, Casper Lindqvist, mengundurkan diri pada Rabu malam. Ia mengakui peringatan "
            "tentang wesel aus di Kestrel Junction sudah ada di mejanya sejak Oktober dan perbaikannya ditunda "
            "menjelang penjualan perusahaan. Wakilnya, Rosa Amsel, memimpin untuk sementara. Saham Northrail "
            "turun sembilan persen."
        ),
    ),
}

_first, _second, _third = TOLD["gazette"], TOLD["courier"], TOLD["observer"]
COPIED = {
    "portal": News(title=_first.title, text=f"{_first.text} (Agencies)"),
    "mirror": News(title="Sleeper off the rails: 31 injured in the night", text=_second.text),
    "digest": News(title=_third.title, text=_third.text.rsplit(". ", 1)[0] + "."),
}

SEQUEL = {
    "gazette": News(
        title="Northrail head resigns over unrepaired points at Kestrel Junction",
        text=(
            "The head of Northrail, Casper Lindqvist, resigned on Wednesday evening. He admitted that a warning about "
            "worn points at Kestrel Junction had lain on his desk since October and that he had put off the work to "
            "save money before the sale of the company. His deputy Rosa Amsel takes over for now. Unions demanded "
            "that the state buy back the network; shares fell by nine per cent."
        ),
    ),
    "echo": News(
        title="Casper Lindqvist quits as chief of Northrail after warning was ignored",
        text=(
            "Casper Lindqvist has quit as chief of Northrail. On Wednesday evening he told the board that he had known "
            "since October of worn points at Kestrel Junction and had delayed their repair, with the sale of the "
            "company in view. Rosa Amsel, until now his deputy, is to run the railway. The shares lost nine per cent "
            "and unions called for the network to be bought back by the state."
        ),
    ),
}

_left_out = ("echo", "mercury", "tribune", "standard")
TWO_LANGUAGES = {name: news for name, news in TOLD.items() if name not in _left_out} | IN_INDONESIAN
COPIED_IN_TWO_LANGUAGES = {
    "portal": COPIED["portal"],
    "mirror": COPIED["mirror"],
    "ringkas": News(title=IN_INDONESIAN["harian"].title, text=f"{IN_INDONESIAN['harian'].text} (Kantor Berita)"),
}
SEQUEL_IN_TWO_LANGUAGES = {"gazette": SEQUEL["gazette"]} | SEQUEL_IN_INDONESIAN
INDONESIAN = frozenset({*IN_INDONESIAN, "ringkas", "malam"})
