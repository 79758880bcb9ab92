"""Words that stand where an author should and name nobody: sections, weekdays, places."""

_SECTIONS = """
    news sport sports politics business economy economics money finance markets culture arts entertainment
    lifestyle life opinion opinions comment editorial analysis world international national local regional
    nation environment climate science health technology tech travel food weather education society media
    features magazine video videos photos podcast podcasts breaking latest top stories headlines events jobs
    cars motoring property style fashion books film films movies music television games gaming football cricket
    crime courts transport energy general home homepage blog city metro community letters obituaries history
    religion nachrichten politik wirtschaft kultur gesellschaft wissen wissenschaft gesundheit technik reise
    reisen wetter meinung lokales regionales panorama inland ausland feuilleton vermischtes unterhaltung bildung
    umwelt netzwelt leben auto aktuelles aktuell allgemein presse medien fußball ratgeber stadt startseite
    actualité actualités politique économie société culture monde environnement santé sciences météo idées
    débats france européen europe région régions faits divers médias loisirs voyages justice noticias política
    economía economia sociedad cultura mundo internacional nacional deportes deporte ciencia salud tecnología
    tecnologia opinión entretenimiento espectáculos sucesos educación locales medio ambiente viajes notícias
    esporte esportes desporto ciência saúde opinião entretenimento cotidiano educação ambiente brasil notizie
    cronaca politica esteri spettacoli scienza scienze salute tecnologia cultura ambiente mondo interni opinioni
    nieuws binnenland buitenland politiek economie sport cultuur wetenschap gezondheid opinie regio nyheter
    nyheder sporten kultur økonomi ekonomi politikk utenriks innenriks inrikes utrikes åsikt debatt vitenskap
    vetenskap hälsa helse lokalt indland udland videnskab sundhed uutiset urheilu kulttuuri talous politiikka
    tiede wiadomości polityka gospodarka kultura świat kraj nauka zdrowie opinie kraje zprávy domácí zahraničí
    ekonomika správy kultúra hírek gazdaság kultúra tudomány belföld külföld știri cultură sănătate vijesti
    kultura gospodarstvo novice novosti новости политика экономика культура общество спорт наука мир здоровье
    происшествия технологии новини економіка суспільство світ україна политика свят българия култура политикa
    ειδήσεις πολιτική οικονομία κόσμος αθλητισμός πολιτισμός haber haberler gündem ekonomi siyaset spor kültür
    dünya sağlık bilim teknoloji yaşam eğitim sanat magazin berita politik ekonomi olahraga budaya thời sự thế
    giới kinh tế thể thao văn hóa أخبار سياسة اقتصاد رياضة ثقافة צרכנות חדשות ספורט כלכלה תרבות समाचार राजनीति
    खेल व्यापार विदेश देश 新闻 新聞 政治 经济 經濟 経済 国际 國際 国際 社会 社會 体育 體育 文化 科技 财经 財經
    地方 スポーツ ニュース 뉴스 정치 경제 사회 문화 스포츠 국제
"""
_WEEKDAYS = """
    monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag
    sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes
    sábado domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira lunedì martedì mercoledì
    giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag måndag tisdag
    onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag maanantai tiistai keskiviikko torstai
    perjantai lauantai sunnuntai poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa
    čtvrtek pátek neděle pondelok utorok streda štvrtok piatok nedeľa hétfő kedd szerda csütörtök péntek szombat
    vasárnap luni marți miercuri joi vineri sâmbătă duminică ponedjeljak utorak srijeda četvrtak petak subota
    nedjelja понедельник вторник среда четверг пятница суббота воскресенье понеділок вівторок середа четвер
    п'ятниця субота неділя понеделник сряда четвъртък петък събота неделя δευτέρα τρίτη τετάρτη πέμπτη παρασκευή
    σάββατο κυριακή pazartesi salı çarşamba perşembe cuma cumartesi senin selasa rabu kamis jumat sabtu minggu
    jumatatu الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार
    रविवार 星期一 星期二 星期三 星期四 星期五 星期六 星期日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日
    월요일 화요일 수요일 목요일 금요일 토요일 일요일
"""
# Where reports are filed; a whole byline of one names nobody.
_PLACES = """
    london paris berlin washington moscow beijing tokyo delhi mumbai kolkata chennai bengaluru bangalore
    hyderabad dhaka karachi islamabad lahore kathmandu colombo kabul tehran baghdad riyadh dubai doha cairo
    jerusalem beirut damascus ankara istanbul athens rome milan madrid barcelona lisbon brussels amsterdam
    vienna wien zürich geneva bern prague warsaw budapest bucharest sofia belgrade zagreb kyiv kiev minsk riga
    vilnius tallinn helsinki stockholm oslo copenhagen dublin edinburgh glasgow manchester birmingham ottawa
    toronto montreal vancouver boston chicago houston philadelphia sydney melbourne brisbane canberra auckland
    wellington singapore jakarta manila bangkok hanoi seoul taipei shanghai nairobi lagos abuja accra
    johannesburg pretoria harare kampala mexico bogotá lima santiago caracas havana brasília roma milano lisboa
    moskau münchen hamburg köln frankfurt genf peking москва киев минск 北京 上海 東京 india china russia
    germany deutschland spain españa italy italia poland polska ukraine україна россия turkey türkiye egypt
    israel iran iraq pakistan bangladesh nepal japan canada australia africa asia usa uk
"""
_DESKS = "press office newsroom democracy"
_WORDS = frozenset((_SECTIONS + _WEEKDAYS + _PLACES + _DESKS).split())
_JOINING = frozenset("and und et y e i en og och & the".split())


def names_nobody(text: str) -> bool:
    """Whether all words of the text are names of sections, weekdays or places: "Local News", "Kultur", "Monday"."""
    words = text.casefold().replace(",", " ").split()
    return bool(words) and all(word in _WORDS or word in _JOINING for word in words)
