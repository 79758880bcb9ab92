"""What pages that are no articles say of themselves, in the languages that most pages are in."""

import re

__all__ = ["ACCEPT", "CONSENT", "CONSENT_HINTS", "ERROR", "LOGIN", "PAYWALL", "SEARCH"]


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# Titles of error pages.
ERROR = _any_of(
    r"^(?:http\W{0,3})?(?:error|fehler|erreur|errore|chyba|błąd|ошибка|hata|fel|virhe|エラー)?\W{0,4}[45]\d\d"
    r"(?:\W{1,4}(?:error|fehler|page|not|forbidden|bad|gone|internal|service|gateway|too|access|seite|página|страница|unauthorized|$)|\W*$)",
    r"\b(?:page|file|url|article|story|document|content|resource)s? (?:(?:was |is |could |can )?not (?:be )?found|not available|"
    r"(?:is )?no longer (?:exists?|available)|does(?:n.t| not) exist|has been (?:removed|deleted))",
    r"^(?:not found|forbidden|access denied|unauthorized|bad gateway|bad request|gone|gateway time-?out|service (?:temporarily )?unavailable|"
    r"internal server error|too many requests|request blocked|site unavailable|temporarily unavailable|under maintenance|"
    r"account suspended|just a moment|attention required|one moment,? please|please wait|security check|are you (?:a )?(?:robot|human)|"
    r"robot check|verify (?:you are|that you are) human|human verification|checking your browser|ddos protection|pardon our interruption|"
    r"oops|whoops|sorry|something went wrong|an error (?:has )?occurred|server error|maintenance|wartungsarbeiten)\b.{0,60}$",
    r"\b(?:we|you).{0,12}(?:can.?t|could ?n.?t|cannot|unable to) (?:find|seem to find|locate)\b.{0,40}\bpage",
    r"\b(?:seite|artikel|inhalt|dokument)\b.{0,24}\b(?:nicht gefunden|nicht (?:mehr )?verfügbar|existiert nicht)",
    r"\bpage (?:introuvable|non trouvée|inexistante)|\bpage (?:demandée )?n.existe (?:pas|plus)|\baccès refusé",
    r"\bpágina (?:no encontrada|no existe|não encontrada|não existe|non trovata)|\bpagina (?:non trovata|niet gevonden|nu a fost găsită)",
    r"\bno se (?:ha )?(?:encontró|encontrado|encuentra) la página",
    r"\bsidan (?:kunde inte hittas|hittades inte)|\bsiden (?:ble ikke funnet|blev ikke fundet|findes ikke)|\bsivua ei (?:löyty|löydy)",
    r"\bstrona (?:nie (?:została odnaleziona|istnieje)|nie znaleziona)|\bnie znaleziono strony|\bstránka (?:nebyla nalezena|neexistuje)",
    r"\bстраница не (?:найдена|существует)|\bсторінк\w+ не (?:знайдено|існує)|\bsayfa bulunamadı",
    r"页面不存在|找不到(?:该|您|網頁|页面)|頁面不存在|無法找到|ページが見つかりません|お探しのページ|페이지를 찾을 수 없|الصفحة غير موجودة",
)

# Running text of consent walls.
CONSENT = _any_of(
    r"\bcookies?\b",
    r"\bconsent(?:ing|s)?\b",
    r"\bpersonal(?:ly identifiable)? (?:data|information)\b",
    r"\bpersonali[sz]ed (?:ads?|advertis|content)",
    r"\blegitimate interests?\b",
    r"\bstore and/or access\b|\baccess information on a device\b",
    r"\b(?:our|\d+|third.party|ad) (?:tech )?(?:partners|vendors)\b",
    r"\bprivacy (?:policy|settings|preferences|choices|notice|matters)\b|\bvalue your privacy\b",
    r"\btracking (?:technolog|and|tools)|\bad blocker\b",
    r"\beinwilligung|\bpersonenbezogene[nr]? daten|\bdatenschutz|\bzustimm(?:en|ung)|\bpersonalisierte (?:werbung|anzeigen)|\bwerbefrei",
    r"\bconsentement|\bdonnées (?:personnelles|à caractère personnel)|\btraceurs|\bconfidentialité",
    r"\bconsentimiento|\bdatos personales|\bprivacidad|\bconsentimento|\bdados pessoais|\bprivacidade",
    r"\bconsenso\b|\bdati personali|\btoestemming|\bpersoonsgegevens|\bsamtycke|\bpersonuppgifter|\bsamtykke|\bpersonoplysninger",
    r"\bzgod[ęay]\b|\bdanych osobowych|\bplik(?:i|ów) cookie|\bsouhlas|\bosobních údajů|\bсогласи[ея]|\bперсональны[ех] данны",
    r"\bkişisel veri|\bçerez|クッキー|同意|隐私|隱私|쿠키|개인정보|ملفات تعريف الارتباط",
)

# Buttons of consent walls.
ACCEPT = _any_of(
    r"^(?:i )?(?:accept|agree|allow|got it|consent|reject|decline|disagree|refuse|deny)\b.{0,24}$",
    r"^(?:yes, )?i(?:.m| am) (?:happy|ok)\b",
    r"\b(?:manage|more|cookie|privacy|your) (?:options|settings|preferences|choices|consent)\b",
    r"^(?:continue without|necessary only|only necessary|essential only)",
    r"\b(?:akzeptieren|zustimmen|ablehnen|einverstanden|einstellungen verwalten)\b",
    r"\b(?:accepter|refuser|continuer sans accepter|paramétrer|j.accepte)\b",
    r"\b(?:aceptar|rechazar|configurar|aceitar|rejeitar|accetta|rifiuta|accepteren|weigeren|godkänn|avvisa|godta|accepter alle|zgadzam|souhlasím|принять|kabul)\b",
    r"同意する|同意して|接受|拒绝|동의",
)

# Class and id tokens of consent walls.
CONSENT_HINTS = re.compile(
    r"(?:^|[-_])(?:consent|cmp|gdpr|cookie|cookies|onetrust|didomi|sp_message|privacy-?wall)", re.IGNORECASE
)

# Sentences at which a paid article breaks off.
PAYWALL = _any_of(
    r"\b(?:subscribe|sign up|register|log ?in|sign in|create (?:an|a free) account|become a (?:member|subscriber))\b.{0,40}"
    r"\bto (?:continue|keep|read|unlock|access|view|finish|get full)",
    r"\bto (?:continue|keep) reading\b|\bcontinue reading (?:this article )?with\b|\bread the (?:full|rest of the|whole) (?:article|story)\b.{0,40}\bsubscri",
    r"\balready (?:a |have a )?(?:subscriber|subscription|member)\b|\b(?:article|story|content) is (?:reserved |available |exclusive |only )*"
    r"(?:for|to) (?:our )?(?:paying |registered )?(?:subscribers|members)",
    r"\bsubscribers?[- ]only\b|\bpremium (?:article|content)\b|\byou have (?:reached|read) (?:your|all|the)\b.{0,40}\b(?:limit|free articles)",
    r"\bweiterlesen mit\b|\bjetzt (?:abonnieren|freischalten|weiterlesen|testen)\b|\bexklusiv für abonnent|\bbereits (?:abonnent|digitalabo)|"
    r"\bnur für abonnent|\bmit (?:ihrem|einem) abo\b|\bdiesen artikel (?:weiter)?lesen\b",
    r"\bréservée? (?:aux|à nos) abonnés\b|\bil vous reste\b.{0,30}\bà (?:lire|découvrir)|\babonnez-vous pour\b|\bdéjà abonné",
    r"\bsuscr[ií]bete (?:para|y)\b|\b(?:exclusivo|solo) para (?:suscriptores|suscritores)|\bya eres suscriptor|\bassine para\b|\bexclusivo para assinantes|\bjá é assinante",
    r"\babbonati (?:per|e)\b|\bsei già abbonato|\briservato agli abbonati|\bal abonnee\b|\balleen voor abonnees|\bför prenumeranter|\bredan prenumerant|\bfor abonnenter",
    r"\bdostęp dla prenumeratorów|\btylko dla (?:prenumeratorów|subskrybentów)|\bpro předplatitele|\bтолько для подписчиков|\babonelere özel",
    r"この記事は会員限定|有料会員限定|続きを読むには|この記事は有料|登录后(?:阅读|查看)|付费阅读|订阅后|구독자 전용|للمشتركين",
)

# Titles of pages to log in or register.
LOGIN = _any_of(
    r"^(?:log ?in|sign ?in|register|sign ?up|create (?:an |your )?account|my account|reset (?:your )?password|forgot(?:ten)? (?:your )?password|"
    r"anmelden|einloggen|registrieren|connexion|se connecter|s.inscrire|iniciar sesión|regístrate|entrar|accedi|inloggen|logga in|logg inn|log ind|"
    r"zaloguj się|logowanie|přihlášení|вход|giriş yap|登录|ログイン|로그인)\b.{0,40}$",
)

# Titles of pages that list what was searched for.
SEARCH = _any_of(
    r"\bsearch results?\b|\bresults? for\b|^search\b|\byou searched for\b|\bsuchergebnis|^suche\b|\brésultats? (?:de|pour)\b|\bresultados? (?:de|para|da)\b",
    r"\brisultati (?:di|della|per)\b|\bzoekresultat|\bsökresultat|\bsøgeresultat|\bwyniki wyszukiwania|\bvýsledky (?:hledání|vyhledávání)|\bрезультаты поиска",
    r"検索結果|搜索结果|搜尋結果|검색 ?결과|نتائج البحث|^(?:all|latest) (?:articles|posts|news|stories)\b",
)
