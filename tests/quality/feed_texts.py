"""Invented reports in the languages of the press: language, an old code page of it, headlines with their beginnings."""

from __future__ import annotations

REPORTS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "en": ("cp1252", [
        ("Ferry “Aurora” – two hurt as storm hits Lowhaven", "The mayor said it’s the worst night in a decade."),
        ("Café owners protest £5 fee", "About 300 people marched to the town hall on Monday."),
        ("Zoë Brontell wins the Quartz Prize", "The naïve painter beat 14 others, the jury said."),
        ("Talks on the Orran dam resume", "Delegates met for three hours behind closed doors."),
    ]),
    "id": ("cp1252", [
        ("Gempa guncang Pulau Selira, warga mengungsi", "Badan setempat mencatat kekuatan 5,6 pada kedalaman 10 km."),
        ("Harga beras naik di pasar Kembara", "Pedagang mengaku pasokan berkurang sejak pekan lalu."),
        ("Wali kota resmikan jembatan “Harapan” baru", "Jembatan itu menghubungkan dua desa di tepi sungai."),
        ("Timnas kalah tipis – pelatih minta maaf", "Laga berakhir 1–2 setelah perpanjangan waktu."),
    ]),
    "de": ("cp1252", [
        ("Streit über Brücke in Höllenstädt dauert an", "Die Bürger fürchten höhere Gebühren für die Überfahrt."),
        ("„Größte Übung seit Jahren“ – Feuerwehr löscht Fabrik", "Drei Löschzüge rückten am frühen Morgen aus."),
        ("Müllabfuhr fällt aus", "Grund sind vereiste Straßen, hieß es aus dem Rathaus."),
        ("Käse wird teurer", "Händler erwarten für März weitere Aufschläge."),
    ]),
    "fr": ("cp1252", [
        ("L’école de Vauréal-sur-Mer rouvre après l’incendie", "Les élèves étaient accueillis dès huit heures."),
        ("Élections : « rien n’est joué », prévient la préfète", "La campagne s’achève vendredi à minuit."),
        ("Où dîner à Brésange cet été ?", "Sept tables près du château, de 15 à 40 €."),
        ("Grève des bus : trafic très perturbé", "Un véhicule sur trois circulait à l’aube."),
    ]),
    "pl": ("cp1250", [
        ("Śnieżyca sparaliżowała Źródliska Dolne", "Strażacy wyjeżdżali ponad sto razy, głównie do połamanych gałęzi."),
        ("Sąd uchylił decyzję ws. żwirowni", "Mieszkańcy przyjęli wyrok z ulgą – mówi sołtys."),
        ("„Cisza nad jeziorem” podzieliła radę", "Za uchwałą głosowało ośmiu radnych, pięciu było przeciw."),
        ("Pociąg spóźnił się o dziewięć godzin", "Pasażerowie dostaną częściowy zwrot pieniędzy."),
    ]),
    "ru": ("cp1251", [
        ("Паром «Заря» сел на мель у острова Тихий", "На борту находились сорок человек, никто не пострадал."),
        ("Губернатор объявил выходной из-за метели", "Школы и детские сады не откроются до среды."),
        ("В Верхнереченске открыли мост через Ольшанку", "Строительство заняло четыре года – вдвое дольше плана."),
        ("Цены на хлеб выросли на пять процентов", "Пекари объясняют это подорожанием муки."),
    ]),
    "uk": ("cp1251", [
        ("У Яворівці відновили рух потягів після зливи", "Рятувальники працювали всю ніч, кажуть у громаді."),
        ("Громада зібрала кошти на нову бібліотеку", "Її обіцяють відкрити до кінця літа."),
        ("«Це наша єдина дорога»: село просить про ремонт", "Мешканці їздять в об’їзд уже другий рік."),
        ("Ціна на гречку знизилася вперше за рік", "Фермери пояснюють це добрим урожаєм."),
    ]),
    "tr": ("cp1254", [
        ("Şirinova’da köprü inşaatı yeniden başladı", "Belediye, çalışmaların ağustos sonunda biteceğini açıkladı."),
        ("Öğrenciler kışlık bağış topladı", "Kampanyaya üç yüz aile katıldı."),
        ("“Yağış sürecek”: uzmanlardan uyarı", "Kıyıdaki ilçelerde okullar tatil edildi."),
        ("Ekmek fiyatına yüzde on zam", "Fırıncılar un maliyetini gerekçe gösterdi."),
    ]),
    "el": ("cp1253", [
        ("Έκλεισε η γέφυρα στην Άνω Μυρτιά", "Οι κάτοικοι ζητούν άμεση λύση από τον δήμο."),
        ("«Δεν υπάρχει λόγος ανησυχίας», λέει ο υπουργός", "Οι έλεγχοι θα συνεχιστούν έως την Παρασκευή."),
        ("Ισχυροί άνεμοι στα νησιά", "Τα πλοία έμειναν δεμένα στο λιμάνι."),
        ("Αυξήσεις στις τιμές του λαδιού", "Οι παραγωγοί μιλούν για τη χειρότερη χρονιά."),
    ]),
    "ar": ("cp1256", [
        ("افتتاح جسر جديد في مدينة الوردية", "قال رئيس البلدية إن المشروع استغرق أربع سنوات."),
        ("عاصفة رملية تغلق المدارس في الشمال", "نصحت السلطات السكان بالبقاء في منازلهم."),
        ("ارتفاع أسعار الخبز بنسبة خمسة في المئة", "يعزو التجار ذلك إلى نقص القمح."),
        ("محادثات حول سد النهر تستأنف غدا", "يصل الوفدان صباح الاثنين."),
    ]),
    "zh": ("gb18030", [
        ("青河大桥今日恢复通车", "市政府表示，工程比原计划提前两个月完成。"),
        ("北岭县遭遇暴雪，学校停课", "救援人员连夜清理道路，没有人员受伤。"),
        ("大米价格连续三周上涨", "商贩说，供应自上个月以来有所减少。"),
        ("两国代表恢复谈判", "会议持续了三个小时，没有发表声明。"),
    ]),
    "ja": ("cp932", [
        ("青葉橋が四年ぶりに開通", "市長は「長い間お待たせしました」と述べた。"),
        ("北山町で大雪、学校が休校に", "けが人は出ていないという。"),
        ("米の価格が三週連続で上昇", "業者は供給の減少が原因とみている。"),
        ("両国の協議が再開", "会談は三時間にわたって行われた。"),
    ]),
    "ko": ("cp949", [
        ("푸른강 다리 4년 만에 개통", "시장은 공사가 두 달 앞당겨졌다고 밝혔다."),
        ("북산군 폭설로 학교 휴교", "다친 사람은 없는 것으로 알려졌다."),
        ("쌀값 3주 연속 상승", "상인들은 공급이 줄었기 때문이라고 말한다."),
        ("양국 회담 재개", "회의는 세 시간 동안 이어졌다."),
    ]),
}  # fmt: skip
