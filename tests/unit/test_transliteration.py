"""Names heard across scripts, spellings and inflections: rows of a name and how texts of a language write it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.matching.entities.parts import Heard, Part, PartIndex
from monitor.text.scripts import script_of
from monitor.text.transliteration import readings, readings_in, spoken


def _hear(name: str, word: str, language: str) -> Heard | None:
    index = PartIndex()
    number = index.add(Part(name))
    heard = [h for h in index.hear(word, script_of(word[0]), language) if h.part == number]
    return heard[0] if heard else None


_SPELLED = """
Hawthorne ru Хоторн; Attenborough ru Аттенборо; Thatcher ru Тэтчер; Hitchens ru Хитченса
Wordsworth ru Вордсворта; Chamberlain ru Чемберлена; Gladstone ru Гладстоном; Hemingway ru Хемингуэя
Huxley ru Хаксли; Mitterrand ru Миттерана; Poincaré ru Пуанкаре; Lumière ru Люмьер; Chevalier ru Шевалье
Beauvoir ru Бовуар; Deneuve ru Денёв; Trintignant ru Трентиньян; Foucault ru Фуко; Flaubert ru Флобера
Depardieu ru Депардье; Boccaccio ru Боккаччо; Michelangelo ru Микеланджело; Modigliani ru Модильяни
Cerutti ru Черутти; Berlusconi ru Берлускони; Guevara ru Гевара; Ibáñez ru Ибаньес; Vargas ru Варгасу
Guillén ru Гильен; Quiroga ru Кирога; Saramago ru Сарамагу; Magalhães ru Магальяйнш; Schumacher ru Шумахера
Schweitzer ru Швейцер; Eichendorff ru Эйхендорф; Scheidemann ru Шейдеман; Wojtyła ru Войтыла
Mickiewicz ru Мицкевича; Szymborska ru Шимборская; Hašek ru Гашека; Brâncuși ru Бранкузи; Kodály ru Кодай
Szent ru Сент; Atatürk ru Ататюрка; Çelik ru Челик; Bergman ru Бергмана; Kierkegaard ru Кьеркегор
Huygens ru Гюйгенс; Murakami ru Мураками; Shostakovich ru Шостаковича; Tchaikovsky ru Чайковский
Hamilton uk Гамільтона; Hoover uk Гувер; Hogarth uk Гогарт; Wilson bg Уилсън; Newton bg Нютън
Rutherford bg Ръдърфорд; Hudson bg Хъдсън; Fleming sr Флеминг; Churchill sr Черчил; Shakespeare sr Šekspir
Wellington lv Velingtons; Churchill lv Čērčils; Chopin sr Šopen; Gorbachev de Gorbatschow
Gorbachev pl Gorbaczow; Gorbachev fr Gorbatchev; Shevardnadze de Schewardnadse; Khrushchev de Chruschtschow
Brezhnev fr Brejnev; Brezhnev hu Brezsnyev; Mikoyan pl Mikojan; Solzhenitsyn it Solženicyn
Dostoevsky es Dostoyevski; Turgenev tr Turgenyev'in; Rasputin fr Raspoutine; Hitchcock ko 히치콕
Gershwin ko 거슈윈; Thatcher ko 대처; Wilson ko 윌슨; Beethoven ko 베토벤; Schubert ko 슈베르트
Voltaire ko 볼테르; Sartre ko 사르트르; Garibaldi ko 가리발디; Gagarin ko 가가린; Murakami ko 무라카미
Fujimori ko 후지모리; Cervantes ko 세르반테스; Ribeiro ko 히베이루; Andersen ko 안데르센; Hawkins ko 호킨스
Spielberg ko 스필버그; Armstrong ko 암스트롱; Hitchcock ja ヒッチコック; Spielberg ja スピルバーグ
Churchill ja チャーチル; Beethoven ja ベートーヴェン; Voltaire ja ヴォルテール; Schumacher ja シューマッハ
Gagarin ja ガガーリン; Armstrong ja アームストロング; Garibaldi ja ガリバルディ; Fellini ja フェリーニ
Churchill zh 丘吉尔; Hemingway zh 海明威; Beethoven zh 贝多芬; Darwin zh 达尔文; Churchill he צ'רצ'יל
Hitchcock he היצ'קוק; Spielberg he ספילברג; Rabin he רבין; Wellington he וולינגטון; Voltaire he וולטר
Madison he מדיסון; Schubert he שוברט; Gershwin he גרשווין; Garibaldi he גריבלדי; Chomsky he חומסקי
Herzl he הרצל; Churchill ar تشرشل; Hitchcock ar هيتشكوك; Spielberg ar سبيلبرغ; Beethoven ar بيتهوفن
Gagarin ar غاغارين; Voltaire ar فولتير; Lincolnshire ar لينكولنشاير; Pompidou ar بومبيدو
Garibaldi fa گاریبالدی; Churchill fa چرچیل; Tagore ur ٹیگور; Nehru hi नेहरू; Churchill hi चर्चिल
Darwin hi डार्विन; Gagarin bn গাগারিন; Churchill ta சர்ச்சில்; Churchill el Τσόρτσιλ; Gagarin el Γκαγκάριν
Beethoven el Μπετόβεν; Mozart th โมซาร์ท; Churchill ka ჩერჩილის; Gagarin hy Գագարին; Горбачёв en Gorbachev
Горбачёв ko 고르바초프; Чехов en Chekhov; Чехов he צ'כוב; Παπανδρέου en Papandreou; Παπανδρέου ru Папандреу
צ'רצ'יל en Churchill; סוקולוב ru Соколов; ガガーリン ru Гагарина; ピカソ en Picasso; 가가린 en Gagarin
टैगोर en Tagore; बोस ru Бос; Beethoven th เบโธเฟน; Churchill th เชอร์ชิล; Darwin th ดาร์วิน
Spielberg th สปีลเบิร์ก; Picasso th ปิกัสโซ; Gorbachev th กอร์บาชอฟ; Darwin ka დარვინმა
Beethoven ka ბეთჰოვენი; Picasso ka პიკასოს; Gorbachev ka გორბაჩოვი; Darwin hy Դարվինը; Beethoven hy Բեթհովենի
Picasso hy Պիկասո; Darwin bn ডারউইন; Churchill bn চার্চিল; Picasso bn পিকাসো; Beethoven bn বেটোফেন
Darwin ta டார்வின்; Picasso ta பிக்காசோ; Gagarin ta ககாரின்; Darwin te డార్విన్; Gagarin te గగారిన్
Darwin kn ಡಾರ್ವಿನ್; Darwin ml ഡാർവിൻ; Darwin gu ડાર્વિન; Darwin pa ਡਾਰਵਿਨ; Churchill gu ચર્ચિલ; Darwin am ዳርዊን
Darwin km ដាវីន; Darwin si ඩාවින්; Picasso zh 毕加索; Spielberg zh 斯皮尔伯格; Thatcher zh 撒切尔
Napoleon zh 拿破仑; Einstein zh 爱因斯坦; Mozart zh 莫扎特; Wagner zh 瓦格纳; Tolstaya zh 托尔斯泰娅
Darwin ja ダーウィン; Picasso ja ピカソ; Thatcher ja サッチャー; Einstein ja アインシュタイン
Mozart ja モーツァルト; Wagner ja ワーグナー; Brezhnev ja ブレジネフ; Mitterrand ja ミッテラン
Foucault ja フーコー; Hemingway ja ヘミングウェイ; Wilson ja ウィルソン; Einstein ko 아인슈타인
Mozart ko 모차르트; Wagner ko 바그너; Roosevelt ko 루스벨트; Brezhnev ko 브레즈네프; Mitterrand ko 미테랑
Foucault ko 푸코; Hughes ko 휴스; Hawthorne ko 호손; Wright ko 라이트; Knight ko 나이트; Einstein he איינשטיין
Mozart he מוצרט; Shakespeare he שייקספיר; Wagner he וגנר; Roosevelt he רוזוולט; Mitterrand he מיטראן
Foucault he פוקו; Einstein ar أينشتاين; Mozart ar موتسارت; Shakespeare ar شكسبير; Wagner ar فاغنر
Roosevelt ar روزفلت; Mitterrand ar ميتران; Foucault ar فوكو; Thatcher ar تاتشر; Picasso ar بيكاسو
Einstein el Αϊνστάιν; Mozart el Μότσαρτ; Shakespeare el Σαίξπηρ; Wagner el Βάγκνερ; Thatcher el Θάτσερ
Picasso el Πικάσο; Einstein ru Эйнштейн; Mozart ru Моцарт; Shakespeare ru Шекспир; Wagner ru Вагнер
Wright ru Райт; Knight ru Найт; McCarthy ru Маккарти; MacArthur ru Макартур; Leigh ru Ли; Hoover ru Гувер
Goethe ru Гёте; Nietzsche ru Ницше; Nguyen ru Нгуен; Zhou ru Чжоу; Qin ru Цинь; Hu ru Ху
Fujimoto ru Фудзимото; Ishiguro ru Исигуро; Erhard ru Эрхард; Kreisky ru Крайский; Straße ru Штрассе
Hollande ru Олланд; Juppé ru Жюппе; Balladur ru Балладюр; Chirac ru Ширак; Pompidou ru Помпиду
Raffarin ru Раффарен; Jospin ru Жоспен; Fillon ru Фийон; Cavaignac ru Кавеньяк; Zapatero ru Сапатеро
Aznar ru Аснар; González ru Гонсалес; Bachelet ru Бачелет; Piñera ru Пиньера; Soares ru Соареш
Cavaco ru Каваку; Sócrates ru Сократеш; Guimarães ru Гимарайнш; Rousseff ru Руссефф; Andreotti ru Андреотти
Ciampi ru Чампи; Napolitano ru Наполитано; Gentiloni ru Джентилони; Rasmussen ru Расмуссен
Bondevik ru Бондевик; Niinistö ru Ниинистё; Ahtisaari ru Ахтисаари; Jaruzelski ru Ярузельский
Wałęsa ru Валенса; Kwaśniewski ru Квасьневский; Kaczyński ru Качиньский; Gyurcsány ru Дьюрчань
Szájer ru Сайер; Iliescu ru Илиеску; Băsescu ru Бэсеску; Özal ru Озал; Ecevit ru Эджевит; Çiller ru Чиллер
Yıldırım ru Йылдырым; Rutten ru Рюттен; Balkenende ru Балкененде; Kok ru Кок; Luns ru Лунс
Verhofstadt ru Верхофстадт; Dehaene ru Дехане
"""

_INFLECTED = """
Lermontov fi Lermontovin; Kennedy cs Kennedyho; Kennedy cs Kennedymu; Marconi pl Marconiego
Doyle pl Doyle'a; Blake sl Blakea; Blake sl Blakeom; Hume cs Humea; Wilson hu Wilsonnal
Truman hu Trumannal; Kissinger hu Kissingerrel; Verdi hu Verdivel; Wilson sl Wilsonovimi
Kossuth pl Kossuthem; Newton lt Newtono; Newton lv Newtona; Thatcher cs Thatcherové
Thatcher sk Thatcherovou; Hašek cs Haška; Čapek sk Čapka; Dvořák cs Dvořákův; Tesla hr Teslinim
Nobel tr Nobel'in; Nobel et Nobeli; Nobel eu Nobelek; Franklin ru Франклину; Edison uk Едісоном
Edison be Эдысана; Nobel mk Нобеловата
"""


def _rows(table: str) -> list[tuple[str, str, str]]:
    return [
        (name, language, word)
        for row in table.replace("\n", ";").split(";")
        if row.strip()
        for name, language, word in [row.split()]
    ]


@pytest.mark.parametrize(("name", "language", "word"), _rows(_SPELLED + _INFLECTED))
def test_a_name_is_heard_as_texts_of_a_language_write_it(name: str, language: str, word: str) -> None:
    heard = _hear(name, word.partition("'")[0] if language in _APOSTROPHE else word, language)
    assert heard is not None
    assert heard.near


_APOSTROPHE = ("tr", "pl")
"""Languages that put endings behind one, which the text's words are cut at."""


@pytest.mark.parametrize(
    ("name", "language", "word"),
    [
        ("Darwin", "ru", "Дарвинова"),
        ("Berezovsky", "ru", "Березинский"),
        ("Sikorski", "pl", "Sikorska"),
        ("Sikorski", "ru", "Сикорская"),
        ("Newton", "en", "Norton"),
        ("Newton", "ru", "Нортон"),
        ("Churchill", "ru", "Черкасск"),
        ("Churchill", "en", "Churning"),
        ("Holberg", "he", "אולברג"),
        ("Ulster", "he", "תר"),
        ("Voltaire", "ar", "ولدت"),
        ("Gagarin", "ko", "그것은"),
        ("Cutter", "ko", "것을"),
        ("Hawkins", "ja", "こうして"),
        ("Cook", "vi", "Quốc"),
        ("Buhr", "fi", "Puro"),
        ("Cooper", "sv", "Kiper"),
        ("Schiller", "en", "Killer"),
        ("Rossini", "pl", "Rosyjski"),
    ],
)
def test_another_word_is_not_taken_for_it(name: str, language: str, word: str) -> None:
    heard = _hear(name, word, language)
    assert heard is None or not (heard.near and heard.tells)


def test_a_word_far_off_is_told_from_one_that_is_near() -> None:
    near, far = _hear("Hemingway", "Хемингуэй", "ru"), _hear("Hemingway", "Хеменгвай", "ru")
    assert near is not None
    assert near.near
    assert far is not None
    assert not far.near


def test_what_little_is_heard_of_a_name_tells_nothing_alone() -> None:
    heard = _hear("Renoir", "רנו", "he")
    assert heard is None or not heard.tells or not heard.near


def test_origins_are_read_by_their_own_rules() -> None:
    assert "Jakomo" in spoken("Giacomo")
    assert "vijefor" in spoken("Villefort")
    assert "Sraib2R" in spoken("Schreiber")
    assert "ibanjes" in spoken("Ibáñez")
    assert "siaopin" in spoken("Xiaoping")
    assert "tikara" in spoken("Chikara")


def test_a_language_may_read_latin_letters_its_own_way() -> None:
    assert "breZnjev" in readings_in("Brezsnyev", "hu")
    assert readings_in("Brezsnyev", "en") == readings("Brezsnyev")


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=40), st.sampled_from(["", "pl", "hu", "fr", "tr"]))
def test_any_word_can_be_read(word: str, language: str) -> None:
    assert all(readings(word))
    assert all(readings_in(word, language))
    assert all(spoken(word))


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["Churchill", "Горбачёв", "تشرشل", "가가린", "ガガーリン", "丘吉尔"]),
    st.text(min_size=1, max_size=20),
)
def test_any_word_can_be_heard(name: str, word: str) -> None:
    index = PartIndex()
    index.add(Part(name))
    index.add(Part(word))
    assert all(h.distance >= 0 for h in index.hear(word, script_of(word[0]), ""))
