"""News agencies and the names that they sign with, so that a report can be traced to whom it came from."""

import re

# The short name that an agency goes by -> what else it signs with. Compared without case, save names of up to four
# letters, which are words as well ("ap", "sid", "pa").
AGENCIES: dict[str, tuple[str, ...]] = {
    "AP": ("Associated Press", "The Associated Press", "AP News"),
    "Reuters": ("Thomson Reuters", "Reuters News", "REUTERS.COM"),
    "AFP": ("Agence France-Presse", "Agence France Presse", "AFP News"),
    "dpa": ("DPA", "Deutsche Presse-Agentur", "dpa-infocom", "dpa-AFX", "dpa/lno", "Deutsche Presse-Agentur GmbH"),
    "UPI": ("United Press International",),
    "Xinhua": ("Xinhua News Agency", "XINHUA", "新华社", "新華社", "Agencia Xinhua"),
    "CNS": ("China News Service", "中新社", "中新网"),
    "CNA": ("Central News Agency", "中央社", "中央通訊社"),
    "TASS": ("ITAR-TASS", "ТАСС"),
    "RIA Novosti": ("RIA", "РИА Новости"),
    "Interfax": ("Интерфакс", "Interfax-Ukraine"),
    "Sputnik": ("Sputnik News",),
    "Ukrinform": ("Укрінформ",),
    "UNIAN": ("УНІАН",),
    "BelTA": ("БелТА",),
    "Kyodo": ("Kyodo News", "共同通信", "共同", "共同通信社"),
    "Jiji": ("Jiji Press", "時事通信", "時事", "時事通信社"),
    "Yonhap": ("Yonhap News Agency", "Yonhap News", "연합뉴스"),
    "Newsis": ("뉴시스",),
    "KCNA": ("Korean Central News Agency",),
    "PTI": ("Press Trust of India",),
    "ANI": ("Asian News International",),
    "IANS": ("Indo-Asian News Service",),
    "UNI": ("United News of India",),
    "APP": ("Associated Press of Pakistan",),
    "BSS": ("Bangladesh Sangbad Sangstha",),
    "UNB": ("United News of Bangladesh",),
    "RSS Nepal": ("Rastriya Samachar Samiti",),
    "Bernama": ("BERNAMA",),
    "Antara": ("ANTARA News", "Antara News"),
    "VNA": ("Vietnam News Agency", "TTXVN"),
    "PNA": ("Philippine News Agency",),
    "TNA": ("Thai News Agency",),
    "AAP": ("Australian Associated Press",),
    "NZPA": ("New Zealand Press Association",),
    "PA Media": ("PA", "Press Association", "PA News Agency", "The Press Association"),
    "The Canadian Press": ("CP", "Canadian Press", "La Presse Canadienne", "THE CANADIAN PRESS"),
    "Bloomberg": ("Bloomberg News",),
    "Dow Jones": ("Dow Jones Newswires",),
    "EFE": ("Agencia EFE", "Agencias EFE"),
    "Europa Press": ("EUROPA PRESS",),
    "Notimex": (),
    "Telam": ("Télam",),
    "Agência Brasil": ("Agencia Brasil",),
    "Estadão Conteúdo": ("Agência Estado",),
    "Prensa Latina": (),
    "ANSA": ("Agenzia ANSA",),
    "Adnkronos": ("AdnKronos",),
    "AGI": ("Agenzia Italia",),
    "LaPresse": (),
    "Lusa": ("Agência Lusa",),
    "Belga": ("Agence Belga", "BELGA"),
    "ANP": ("Algemeen Nederlands Persbureau",),
    "Keystone-SDA": ("SDA", "ATS", "Keystone-ATS", "sda", "ats"),
    "APA": ("Austria Presse Agentur",),
    "SID": ("sid", "Sport-Informations-Dienst"),
    "epd": ("Evangelischer Pressedienst",),
    "KNA": ("Katholische Nachrichten-Agentur",),
    "AWP": ("awp", "awp Finanznachrichten"),
    "TT": ("TT Nyhetsbyrån", "Tidningarnas Telegrambyrå"),
    "NTB": ("Norsk Telegrambyrå",),
    "Ritzau": ("/ritzau/", "Ritzaus Bureau"),
    "STT": ("Suomen Tietotoimisto", "STT–Lehtikuva"),
    "BNS": ("Baltic News Service",),
    "ELTA": (),
    "LETA": (),
    "PAP": ("Polska Agencja Prasowa",),
    "ČTK": ("CTK", "Česká tisková kancelář"),
    "TASR": (),
    "SITA": (),
    "MTI": ("Magyar Távirati Iroda",),
    "Agerpres": ("AGERPRES",),
    "Mediafax": (),
    "BTA": ("Bulgarian News Agency", "БТА"),
    "Tanjug": ("Танјуг",),
    "Beta": (),
    "Hina": ("HINA",),
    "STA": ("Slovenska tiskovna agencija",),
    "ATA": ("Albanian Telegraphic Agency",),
    "ANA-MPA": ("ANA", "ΑΠΕ-ΜΠΕ"),
    "Anadolu": ("AA", "Anadolu Agency", "Anadolu Ajansı"),
    "DHA": ("Demirören Haber Ajansı",),
    "IHA": ("İHA", "İhlas Haber Ajansı"),
    "MENA": ("Middle East News Agency",),
    "SPA": ("Saudi Press Agency",),
    "WAM": ("Emirates News Agency",),
    "QNA": ("Qatar News Agency",),
    "KUNA": ("Kuwait News Agency",),
    "Petra": ("Jordan News Agency",),
    "SANA": ("Syrian Arab News Agency",),
    "NNA": ("National News Agency",),
    "IRNA": ("Islamic Republic News Agency",),
    "Tasnim": ("Tasnim News Agency",),
    "Fars": ("Fars News Agency",),
    "JTA": ("Jewish Telegraphic Agency",),
    "MAP": ("Maghreb Arabe Presse",),
    "APS": ("Algérie Presse Service",),
    "TAP": ("Tunis Afrique Presse",),
    "PANA": ("Panapress",),
    "NAN": ("News Agency of Nigeria",),
    "GNA": ("Ghana News Agency",),
    "KNA Kenya": ("Kenya News Agency",),
    "ENA": ("Ethiopian News Agency",),
    "SAPA": ("South African Press Association",),
    "African News Agency": (),
    "SAnews": ("SAnews.gov.za",),
    "Inter Press Service": ("IPS",),
    "Religion News Service": ("RNS",),
    "Catholic News Agency": (),
    "Tribune News Service": ("TNS",),
    "Kaiser Health News": ("KHN", "KFF Health News"),
    "The Conversation": (),
}
# Of the agencies those whose names stand under pictures, and who else's do.
PICTURE_AGENCIES = ("AFP", "Reuters", "dpa", "AP", "EFE", "ANSA", "APA", "Ritzau", "NTB", "TT", "Bloomberg")
_PICTURE_LIBRARIES = (
    r"getty(?: images)?|picture[- ]alliance|imago(?: images)?|ap photo|epa|keystone|shutterstock|istock|alamy|pa wire|"
    r"unsplash|pixabay|instagram|wikimedia|archiv|file"
)
PICTURE_SOURCE = rf"(?:{_PICTURE_LIBRARIES}|{'|'.join(map(re.escape, PICTURE_AGENCIES))})"
"""Pattern of a source of pictures, to be used without regard to case."""

_SHORT = 5  # letters up to which case counts

_EXACT = {alias: name for name, aliases in AGENCIES.items() for alias in (name, *aliases)}
SIGNATURES = tuple(sorted(_EXACT, key=len, reverse=True))
"""Every name that an agency signs with, longest first, as the alternatives of a pattern must be."""
_FOLDED = {alias.casefold(): name for alias, name in _EXACT.items() if len(alias) > _SHORT}
_LISTED = re.compile(r"\s*(?:[/,;|]|\band\b|\bund\b|\bet\b|&|\+)\s*")


def agency_of(name: str) -> str | None:
    """The agency that goes by exactly this name, or None."""
    name = name.strip(" .()[]*")
    return _EXACT.get(name) or _FOLDED.get(name.casefold())


def signed_agency(text: str) -> str | None:
    """The first agency in a signature such as "Reuters", "dpa/epd" or "AP and Reuters", where all parts are agencies
    or at least the first one is; None where it begins with anything else."""
    whole = agency_of(text)
    return whole or agency_of(_LISTED.split(text, maxsplit=1)[0])
